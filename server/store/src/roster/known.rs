//! People, posts and departments as the database has them, in the terms of a roster.

use crate::entity::{department, person, post};
use crate::error::StoreResult;
use domain::role::Role;
use domain::roster::difference::{Holding, Known};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Everything a roster is compared with.
pub struct Everything {
    /// By staff number.
    pub people: BTreeMap<String, Known>,
    pub rows: BTreeMap<String, person::Model>,
    /// Posts without an end, by staff number.
    pub posts: BTreeMap<String, Vec<post::Model>>,
    /// Departments without an end, in their order.
    pub department_rows: Vec<department::Model>,
    /// Full names by key.
    pub names: BTreeMap<Uuid, String>,
}

impl Everything {
    /// Full names of the departments.
    pub fn departments(&self) -> BTreeSet<String> {
        self.names.values().cloned().collect()
    }

    /// A post in the terms of a roster.
    pub fn holding(&self, post: &post::Model) -> Option<Holding> {
        Some(Holding {
            department: self.names.get(&post.department_id)?.clone(),
            role: Role::from_key(&post.role)?,
            title: post.title.clone(),
            system: post.system.clone(),
        })
    }
}

/// Loads it in three statements.
pub async fn load<C: ConnectionTrait>(connection: &C) -> StoreResult<Everything> {
    let department_rows = department::Entity::find()
        .filter(department::Column::ValidTo.is_null())
        .order_by_asc(department::Column::Position)
        .all(connection)
        .await?;
    let people = person::Entity::find().all(connection).await?;
    let posts = post::Entity::find()
        .filter(post::Column::ValidTo.is_null())
        .order_by_asc(post::Column::Id)
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
    let mut everything = Everything {
        people: BTreeMap::new(),
        rows: people.into_iter().map(|person| (person.staff_no.clone(), person)).collect(),
        posts: of,
        names: full_names(&department_rows),
        department_rows,
    };
    everything.people = everything.rows.values().map(|row| known(&everything, row)).collect();
    Ok(everything)
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
