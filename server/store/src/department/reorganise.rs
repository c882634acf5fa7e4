//! 組織改正 by the 事務局: set up, rename, move, merge, split, abolish; each one transaction.

use super::lead::settle;
use super::succession::{
    Act, New, absorb, copy_attributes, end, insert, link, move_posts, move_systems, posts_from, replace,
};
use crate::Db;
use crate::access::require_city;
use crate::entity::{department, information_system, post};
use crate::error::{StoreError, StoreResult};
use crate::ledger::Author;
use domain::Refusal;
use domain::actor::Actor;
use domain::department::reorganise::{
    Place, Target, may_abolish, may_add, may_merge, may_move, may_rename, may_split,
};
use domain::department::{Change, Kind};
use domain::permission::Action;
use domain::post::hand::Period;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A department to be set up.
#[derive(Debug, Clone)]
pub struct Addition {
    pub name: String,
    pub kind: Option<Kind>,
    pub code: String,
    pub parent: Option<Uuid>,
    pub on: Date,
}

/// The departments, locked for the one who changes them.
struct Desk {
    txn: DatabaseTransaction,
    rows: Vec<department::Model>,
    places: Vec<Place>,
    act: Act,
}

impl Desk {
    async fn open(db: &Db, actor: &Actor, on: Date, now: OffsetDateTime) -> StoreResult<Desk> {
        require_city(actor, Action::ManageRoster)?;
        let txn = db.begin().await?;
        let rows = department::Entity::find()
            .order_by_asc(department::Column::Position)
            .order_by_asc(department::Column::Id)
            .lock_exclusive()
            .all(&txn)
            .await?;
        let places = rows.iter().map(place).collect();
        Ok(Desk { txn, rows, places, act: Act { author: Author::from(actor), on, now } })
    }

    fn row(&self, id: Uuid) -> StoreResult<&department::Model> {
        self.rows.iter().find(|row| row.id == id).ok_or(StoreError::NotFound)
    }

    /// The place right behind a department and everything below it, or the last one.
    fn position_below(&self, parent: Option<Uuid>) -> i32 {
        let siblings = self
            .rows
            .iter()
            .filter(|row| parent.is_none_or(|parent| row.id == parent || row.parent_id == Some(parent)));
        siblings.map(|row| row.position).max().unwrap_or_default() + i32::from(parent.is_none())
    }
}

fn place(row: &department::Model) -> Place {
    let period = Period { from: row.valid_from, to: row.valid_to };
    Place { id: row.id, parent: row.parent_id, name: row.name.clone(), period }
}

/// The same department with another name or place.
fn like(old: &department::Model, parent_id: Option<Uuid>, name: &str) -> New {
    New {
        parent_id,
        name: name.trim().to_string(),
        code: old.code.clone(),
        kind: old.kind.clone(),
        position: old.position,
    }
}

/// Sets a department up and gives its key.
///
/// # Errors
/// `Forbidden`; a refusal by the rule.
pub async fn add(db: &Db, actor: &Actor, new: Addition, now: OffsetDateTime) -> StoreResult<Uuid> {
    let desk = Desk::open(db, actor, new.on, now).await?;
    may_add(&desk.places, new.parent, &new.name, new.on)?;
    let row = New {
        parent_id: new.parent,
        name: new.name.trim().to_string(),
        code: new.code.trim().to_string(),
        kind: new.kind.map(Kind::key).unwrap_or_default().to_string(),
        position: desk.position_below(new.parent),
    };
    let id = insert(&desk.txn, &desk.act, row).await?;
    desk.txn.commit().await?;
    Ok(id)
}

/// 改称. Gives the key of the department under its new name.
///
/// # Errors
/// `Forbidden`, `NotFound`; a refusal by the rule.
pub async fn rename(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    name: &str,
    on: Date,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let desk = Desk::open(db, actor, on, now).await?;
    let old = desk.row(id)?;
    may_rename(&desk.places, id, name, on)?;
    let new = replace(&desk.txn, &desk.act, old, like(old, old.parent_id, name), Change::Renamed).await?;
    desk.txn.commit().await?;
    Ok(new)
}

/// 移管: under another 部, or to the top.
///
/// # Errors
/// As [`rename`].
pub async fn relocate(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    parent: Option<Uuid>,
    on: Date,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let desk = Desk::open(db, actor, on, now).await?;
    let old = desk.row(id)?;
    may_move(&desk.places, id, parent, on)?;
    let place = New { position: desk.position_below(parent), ..like(old, parent, &old.name) };
    let new = replace(&desk.txn, &desk.act, old, place, Change::Moved).await?;
    desk.txn.commit().await?;
    Ok(new)
}

/// Departments that become one.
#[derive(Debug, Clone)]
pub struct Merger {
    pub ids: Vec<Uuid>,
    pub into: Target,
    /// Who of their heads goes on leading; see [`settle`].
    pub head: Option<Uuid>,
}

/// 統合. Gives the key of the department they became.
///
/// # Errors
/// As [`rename`]; refused when the head named is none of theirs.
pub async fn merge(
    db: &Db,
    actor: &Actor,
    merger: Merger,
    on: Date,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let Merger { ids, into, head } = merger;
    let desk = Desk::open(db, actor, on, now).await?;
    may_merge(&desk.places, &ids, &into, on)?;
    let first = ids.first().copied().ok_or(StoreError::NotFound)?;
    let target = match into {
        Target::Existing(target) => target,
        Target::New { parent, name } => {
            insert(&desk.txn, &desk.act, New { code: String::new(), ..like(desk.row(first)?, parent, &name) })
                .await?
        }
    };
    settle(&desk.txn, &desk.act, &ids, target, head).await?;
    for id in ids.iter().filter(|id| **id != target) {
        absorb(&desk.txn, &desk.act, desk.row(*id)?, target, Change::Merged).await?;
    }
    desk.txn.commit().await?;
    Ok(target)
}

/// What becomes of a department that is split.
#[derive(Debug, Clone, Default)]
pub struct Split {
    /// Names of the new departments.
    pub names: Vec<String>,
    /// Person and the number of the department they go to, from 0.
    pub people: BTreeMap<Uuid, usize>,
    /// The same for systems.
    pub systems: BTreeMap<Uuid, usize>,
}

/// 分割. Gives the keys of the new departments.
///
/// # Errors
/// As [`rename`]; refused while people or systems have no place among the new ones.
pub async fn split(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    split: Split,
    on: Date,
    now: OffsetDateTime,
) -> StoreResult<Vec<Uuid>> {
    let desk = Desk::open(db, actor, on, now).await?;
    let old = desk.row(id)?;
    let names: Vec<String> =
        split.names.iter().map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect();
    let (people, systems) = occupants(&desk.txn, id, on).await?;
    let placed = |map: &BTreeMap<Uuid, usize>, id: &Uuid| map.get(id).is_some_and(|at| *at < names.len());
    let left = people.iter().filter(|id| !placed(&split.people, id)).count()
        + systems.iter().filter(|id| !placed(&split.systems, id)).count();
    may_split(&desk.places, id, &names, left, on)?;
    let mut new = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let row = New { code: String::new(), ..like(old, old.parent_id, name) };
        let part = insert(&desk.txn, &desk.act, row).await?;
        let of = |map: &BTreeMap<Uuid, usize>| -> BTreeSet<Uuid> {
            map.iter().filter(|(_, to)| **to == at).map(|(id, _)| *id).collect()
        };
        link(&desk.txn, &desk.act, old, part, Change::Split).await?;
        move_posts(&desk.txn, &desk.act, id, part, Some(&of(&split.people))).await?;
        move_systems(&desk.txn, &desk.act, id, part, Some(&of(&split.systems))).await?;
        copy_attributes(&desk.txn, &desk.act, id, part).await?;
        new.push(part);
    }
    end(&desk.txn, &desk.act, old, None).await?;
    desk.txn.commit().await?;
    Ok(new)
}

/// 廃止. People and systems go to another department, if there are any.
///
/// # Errors
/// As [`rename`]; refused while people or systems have nowhere to go.
pub async fn abolish(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    to: Option<Uuid>,
    on: Date,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let desk = Desk::open(db, actor, on, now).await?;
    let old = desk.row(id)?;
    let (people, systems) = occupants(&desk.txn, id, on).await?;
    may_abolish(&desk.places, id, people.len(), to, on)?;
    match to {
        Some(to) => {
            move_posts(&desk.txn, &desk.act, id, to, None).await?;
            move_systems(&desk.txn, &desk.act, id, to, None).await?;
        }
        None if !systems.is_empty() => {
            let text = "情報システムを所管しています。行き先の所属を選んでください。";
            return Err(StoreError::Refused(Refusal::field("to", text)));
        }
        None => {}
    }
    end(&desk.txn, &desk.act, old, to).await?;
    desk.txn.commit().await?;
    Ok(())
}

/// People with posts on a day or later, and systems.
async fn occupants<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    on: Date,
) -> StoreResult<(BTreeSet<Uuid>, BTreeSet<Uuid>)> {
    let posts = post::Entity::find().filter(posts_from(id, on)).all(connection).await?;
    let systems = information_system::Entity::find()
        .filter(information_system::Column::DepartmentId.eq(id))
        .filter(information_system::Column::ValidTo.is_null())
        .all(connection)
        .await?;
    Ok((
        posts.into_iter().map(|post| post.person_id).collect(),
        systems.into_iter().map(|system| system.id).collect(),
    ))
}
