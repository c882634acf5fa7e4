//! What departments have or do, as far as questions depend on it. Ticked by the 事務局; an inspection freezes it
//! with its targets when it begins.

use crate::Db;
use crate::access::require_city;
use crate::entity::{
    department, department_attribute as table, department_attribute_withdrawal as withdrawal,
};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::permission::Action;
use domain::question::setting::Attribute;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A department with its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub division: String,
    pub attributes: BTreeSet<Attribute>,
}

async fn rows<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<table::Model>> {
    let withdrawn =
        Query::select().column(withdrawal::Column::DepartmentAttributeId).from(withdrawal::Entity).to_owned();
    Ok(table::Entity::find().filter(table::Column::Id.not_in_subquery(withdrawn)).all(connection).await?)
}

/// The attributes that hold, by department.
pub(crate) async fn held<C: ConnectionTrait>(
    connection: &C,
) -> StoreResult<BTreeMap<Uuid, BTreeSet<Attribute>>> {
    let mut held: BTreeMap<Uuid, BTreeSet<Attribute>> = BTreeMap::new();
    for row in rows(connection).await? {
        if let Some(attribute) = Attribute::from_key(&row.attribute) {
            held.entry(row.department_id).or_default().insert(attribute);
        }
    }
    Ok(held)
}

/// The departments of a day that have none below them, in the order of the organisation.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor, today: Date) -> StoreResult<Vec<Line>> {
    require_city(actor, Action::RunInspection)?;
    let held = held(db.read()).await?;
    let rows = department::Entity::find()
        .filter(department::Column::ValidFrom.lte(today))
        .order_by_asc(department::Column::Position)
        .all(db.read())
        .await?;
    let now: Vec<_> = rows.into_iter().filter(|row| row.valid_to.is_none_or(|to| to > today)).collect();
    let above: BTreeSet<Uuid> = now.iter().filter_map(|row| row.parent_id).collect();
    let name = |id: Uuid| now.iter().find(|row| row.id == id).map(|row| row.name.clone());
    Ok(now
        .iter()
        .filter(|row| !above.contains(&row.id))
        .map(|row| Line {
            id: row.id,
            name: row.name.clone(),
            division: row.parent_id.and_then(name).unwrap_or_default(),
            attributes: held.get(&row.id).cloned().unwrap_or_default(),
        })
        .collect())
}

/// Sets the attributes of departments: what is new gets a row, what is gone its withdrawal. Departments that are
/// not named stay as they are. Gives how many departments changed.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown department.
pub async fn set(
    db: &Db,
    actor: &Actor,
    wanted: BTreeMap<Uuid, BTreeSet<Attribute>>,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    // Locking the departments keeps two officers from adding the same attribute twice.
    let known = department::Entity::find()
        .filter(department::Column::Id.is_in(wanted.keys().copied()))
        .lock_exclusive()
        .all(&txn)
        .await?;
    if known.len() != wanted.len() {
        return Err(StoreError::NotFound);
    }
    let held = rows(&txn).await?;
    let mut changes = Changes::default();
    for (department, wanted) in &wanted {
        changes.collect(*department, wanted, &held, actor, now);
    }
    let changed = changes.events.len();
    insert_in_portions::<table::Entity, _, _>(&txn, changes.added).await?;
    insert_in_portions::<withdrawal::Entity, _, _>(&txn, changes.withdrawn).await?;
    ledger::append(&txn, &actor.into(), now, changes.events).await?;
    txn.commit().await?;
    Ok(changed)
}

#[derive(Default)]
struct Changes {
    added: Vec<table::ActiveModel>,
    withdrawn: Vec<withdrawal::ActiveModel>,
    events: Vec<NewEvent>,
}

impl Changes {
    fn collect(
        &mut self,
        department: Uuid,
        wanted: &BTreeSet<Attribute>,
        held: &[table::Model],
        actor: &Actor,
        now: OffsetDateTime,
    ) {
        let own: Vec<(&table::Model, Attribute)> = held
            .iter()
            .filter(|row| row.department_id == department)
            .filter_map(|row| Some((row, Attribute::from_key(&row.attribute)?)))
            .collect();
        let gone: Vec<_> = own.iter().filter(|(_, attribute)| !wanted.contains(attribute)).collect();
        let new: Vec<Attribute> =
            wanted.iter().copied().filter(|one| !own.iter().any(|(_, has)| has == one)).collect();
        if gone.is_empty() && new.is_empty() {
            return;
        }
        let keys = |all: Vec<Attribute>| all.into_iter().map(Attribute::key).collect::<Vec<_>>();
        let before = json!({ "attributes": keys(own.iter().map(|(_, attribute)| *attribute).collect()) });
        let after = json!({ "attributes": keys(wanted.iter().copied().collect()) });
        let event = NewEvent::changed("department", department, "department.attributes_set", before, after);
        self.events.push(event);
        self.added.extend(new.into_iter().map(|attribute| table::ActiveModel {
            id: Set(Uuid::now_v7()),
            department_id: Set(department),
            attribute: Set(attribute.key().to_string()),
            at: Set(now),
            by_person_id: Set(Some(actor.person_id)),
        }));
        self.withdrawn.extend(gone.into_iter().map(|(row, _)| withdrawal::ActiveModel {
            id: Set(Uuid::now_v7()),
            department_attribute_id: Set(row.id),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        }));
    }
}
