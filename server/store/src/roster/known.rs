//! People, posts and departments as the database has them, in the terms of a roster.

use crate::entity::{absence, department, person, post};
use crate::error::StoreResult;
use domain::post::{AbsenceReason, Kind};
use domain::role::Role;
use domain::roster::difference::{Holding, Known};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// Everything a roster is compared with.
pub struct Everything {
    /// By staff number.
    pub people: BTreeMap<String, Known>,
    pub rows: BTreeMap<String, person::Model>,
    /// Posts of the day, by staff number.
    pub posts: BTreeMap<String, Vec<post::Model>>,
    /// Absences of the day, by staff number.
    pub absences: BTreeMap<String, absence::Model>,
    /// Departments of the day, in their order.
    pub department_rows: Vec<department::Model>,
    /// Full names by key.
    pub names: BTreeMap<Uuid, String>,
}

impl Everything {
    /// Full names of the departments with their codes.
    pub fn departments(&self) -> BTreeMap<String, String> {
        let named = self.department_rows.iter();
        named.filter_map(|row| Some((self.names.get(&row.id)?.clone(), row.code.clone()))).collect()
    }

    /// A post in the terms of a roster.
    pub fn holding(&self, post: &post::Model) -> Option<Holding> {
        Some(Holding {
            department: self.names.get(&post.department_id)?.clone(),
            role: Role::from_key(&post.role)?,
            kind: Kind::from_key(&post.kind).unwrap_or_default(),
            title: post.title.clone(),
            system: post.system.clone(),
        })
    }
}

/// Loads what holds on a day, in four statements. Let the day be today or later: what ended before it is past.
pub async fn load<C: ConnectionTrait>(connection: &C, day: Date) -> StoreResult<Everything> {
    let department_rows = department::Entity::find()
        .filter(holds(department::Column::ValidFrom, department::Column::ValidTo, day))
        .order_by_asc(department::Column::Position)
        .all(connection)
        .await?;
    let people = person::Entity::find().all(connection).await?;
    let posts = post::Entity::find()
        .filter(holds(post::Column::ValidFrom, post::Column::ValidTo, day))
        .order_by_asc(post::Column::Id)
        .all(connection)
        .await?;
    let absences = absence::Entity::find()
        .filter(holds(absence::Column::ValidFrom, absence::Column::ValidTo, day))
        .all(connection)
        .await?;
    let numbers: BTreeMap<Uuid, String> =
        people.iter().map(|person| (person.id, person.staff_no.clone())).collect();
    let mut of: BTreeMap<String, Vec<post::Model>> = BTreeMap::new();
    for post in posts {
        if let Some(number) = numbers.get(&post.person_id) {
            of.entry(number.clone()).or_default().push(post);
        }
    }
    let away = absences.into_iter().filter_map(|row| Some((numbers.get(&row.person_id)?.clone(), row)));
    let mut everything = Everything {
        absences: away.collect(),
        people: BTreeMap::new(),
        rows: people.into_iter().map(|person| (person.staff_no.clone(), person)).collect(),
        posts: of,
        names: full_names(&department_rows),
        department_rows,
    };
    everything.people = everything.rows.values().map(|row| known(&everything, row)).collect();
    Ok(everything)
}

fn holds<C: ColumnTrait>(from: C, to: C, day: Date) -> Condition {
    Condition::all().add(from.lte(day)).add(Condition::any().add(to.is_null()).add(to.gt(day)))
}

fn known(everything: &Everything, row: &person::Model) -> (String, Known) {
    let posts = everything.posts.get(&row.staff_no).into_iter().flatten();
    let person = Known {
        staff_no: row.staff_no.clone(),
        name: row.name.clone(),
        kana: row.kana.clone(),
        employment: row.employment.clone(),
        email: row.email.clone(),
        posts: posts.filter_map(|post| everything.holding(post)).collect(),
        absence: everything.absences.get(&row.staff_no).and_then(|row| AbsenceReason::from_key(&row.reason)),
    };
    (row.staff_no.clone(), person)
}

/// 部 and 課 together, by key.
pub fn full_names(departments: &[department::Model]) -> BTreeMap<Uuid, String> {
    let plain: BTreeMap<Uuid, &str> = departments.iter().map(|one| (one.id, one.name.as_str())).collect();
    departments
        .iter()
        .map(|one| {
            let parent = one.parent_id.and_then(|parent| plain.get(&parent));
            let name = parent.map_or_else(|| one.name.clone(), |parent| format!("{parent}　{}", one.name));
            (one.id, name)
        })
        .collect()
}
