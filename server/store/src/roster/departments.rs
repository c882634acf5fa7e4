//! The departments of a roster: new ones, renamed ones, and the order of the file.

use super::known::{self, Everything};
use crate::department::succession::{self, Act, New, replace};
use crate::entity::department;
use crate::error::StoreResult;
use crate::ledger::{self, NewEvent};
use domain::department::{Change, Kind};
use domain::roster::Roster;
use domain::roster::organisation::{Place, places};
use domain::roster::renaming::Renaming;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Makes the departments that are new in the chosen rows, lets renamed ones follow the old ones, and brings all
/// into the order of the file; what the file does not name follows in its old order.
pub async fn bring<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    known: Everything,
    roster: &Roster,
    chosen: &Roster,
    renamed: &[Renaming],
) -> StoreResult<()> {
    let wanted: BTreeSet<String> = places(&chosen.rows).iter().map(Place::full).collect();
    let mut known = known;
    let (mut order, mut added): (Vec<Uuid>, Vec<NewEvent>) = (Vec::new(), Vec::new());
    for place in places(&roster.rows) {
        let full = place.full();
        let ids = ids(&known);
        let parent_id = place.parent.as_ref().and_then(|parent| ids.get(parent).copied());
        let old = renamed.iter().find(|one| one.after == full).and_then(|one| ids.get(&one.before));
        let old = old.and_then(|id| known.department_rows.iter().find(|row| row.id == *id));
        let id = match (ids.get(&full), old) {
            (Some(id), _) => *id,
            (None, Some(old)) => {
                let change = if old.name == place.name { Change::Moved } else { Change::Renamed };
                let new = New { kind: old.kind.clone(), ..new(place, parent_id, order.len()) };
                let id = replace(connection, act, old, new, change).await?;
                known = known::load(connection, act.on.max(domain::calendar::day(act.now))).await?;
                id
            }
            (None, None) if wanted.contains(&full) => {
                let row = insert(connection, act, new(place, parent_id, order.len())).await?;
                added.push(succession::added(&row));
                known.names.insert(row.id, full);
                let id = row.id;
                known.department_rows.push(row);
                id
            }
            (None, None) => continue,
        };
        order.push(id);
    }
    ledger::append(connection, &act.author, act.now, added).await?;
    let named: BTreeSet<Uuid> = order.iter().copied().collect();
    order.extend(known.department_rows.iter().map(|row| row.id).filter(|id| !named.contains(id)));
    reorder(connection, &known, &order).await
}

fn ids(known: &Everything) -> BTreeMap<String, Uuid> {
    known.names.iter().map(|(id, name)| (name.clone(), *id)).collect()
}

fn new(place: Place, parent_id: Option<Uuid>, before: usize) -> New {
    let kind = if place.parent.is_some() { Kind::Department } else { Kind::Division };
    New {
        parent_id,
        kind: if place.name.ends_with(['部', '局']) || place.parent.is_some() { kind.key() } else { "" }
            .to_string(),
        name: place.name,
        code: place.code,
        position: i32::try_from(before + 1).unwrap_or(i32::MAX),
    }
}

/// A new department.
async fn insert<C: ConnectionTrait>(connection: &C, act: &Act, new: New) -> StoreResult<department::Model> {
    let row = department::Model {
        id: Uuid::now_v7(),
        parent_id: new.parent_id,
        code: new.code,
        name: new.name,
        kind: new.kind,
        position: new.position,
        valid_from: act.on,
        valid_to: None,
    };
    let active = department::ActiveModel { id: Set(row.id), ..row.clone().into() };
    department::Entity::insert(active).exec_without_returning(connection).await?;
    Ok(row)
}

async fn reorder<C: ConnectionTrait>(connection: &C, known: &Everything, order: &[Uuid]) -> StoreResult<()> {
    let old: BTreeMap<Uuid, i32> = known.department_rows.iter().map(|row| (row.id, row.position)).collect();
    for (id, position) in order.iter().zip(1..) {
        if old.get(id).is_some_and(|old| *old != position) {
            let row = department::ActiveModel { id: Set(*id), position: Set(position), ..Default::default() };
            department::Entity::update(row).exec(connection).await?;
        }
    }
    Ok(())
}
