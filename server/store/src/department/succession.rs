//! One department follows another: its people, systems and attributes go along, and so does what stands below.

use crate::entity::{
    department, department_attribute, department_attribute_withdrawal, department_succession,
    information_system, post,
};
use crate::error::StoreResult;
use crate::ledger::{self, Author, NewEvent, insert_in_portions};
use domain::department::Change;
use domain::post::Kind as PostKind;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Who acts, when, and from which day it holds.
#[derive(Debug, Clone)]
pub struct Act {
    pub author: Author,
    pub on: Date,
    pub now: OffsetDateTime,
}

/// The departments that some follow on a day, however far back. One statement where nothing was reorganised.
///
/// # Errors
/// When the database fails.
pub async fn before<C: ConnectionTrait>(
    connection: &C,
    departments: BTreeSet<Uuid>,
    day: Date,
) -> StoreResult<BTreeMap<Uuid, Vec<Uuid>>> {
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = departments.iter().map(|id| (*id, Vec::new())).collect();
    let mut level = departments;
    while !level.is_empty() {
        let rows = department_succession::Entity::find()
            .filter(department_succession::Column::SuccessorId.is_in(level.iter().copied()))
            .filter(department_succession::Column::OnDate.lte(day))
            .order_by_asc(department_succession::Column::Id)
            .all(connection)
            .await?;
        level = BTreeSet::new();
        for row in rows {
            for (id, before) in &mut found {
                let reached = *id == row.successor_id || before.contains(&row.successor_id);
                if reached && *id != row.predecessor_id && !before.contains(&row.predecessor_id) {
                    before.push(row.predecessor_id);
                    level.insert(row.predecessor_id);
                }
            }
        }
    }
    Ok(found)
}

/// What a department is called on a day after everything that became of it; empty if nothing did. One statement
/// where nothing was reorganised.
///
/// # Errors
/// When the database fails.
pub async fn names_now<C: ConnectionTrait>(
    connection: &C,
    department: Uuid,
    day: Date,
) -> StoreResult<Vec<String>> {
    let (mut seen, mut last) = (BTreeSet::from([department]), BTreeSet::new());
    let mut level = vec![department];
    while !level.is_empty() {
        let rows = department_succession::Entity::find()
            .filter(department_succession::Column::PredecessorId.is_in(level.iter().copied()))
            .filter(department_succession::Column::OnDate.lte(day))
            .all(connection)
            .await?;
        let followed: BTreeSet<Uuid> = rows.iter().map(|row| row.predecessor_id).collect();
        last.extend(level.into_iter().filter(|id| *id != department && !followed.contains(id)));
        level = rows.into_iter().map(|row| row.successor_id).filter(|id| seen.insert(*id)).collect();
    }
    if last.is_empty() {
        return Ok(Vec::new());
    }
    let rows = department::Entity::find()
        .filter(department::Column::Id.is_in(last))
        .order_by_asc(department::Column::Position)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Posts of a department that hold on a day or later.
pub(crate) fn posts_from(department: Uuid, on: Date) -> Condition {
    Condition::all()
        .add(post::Column::DepartmentId.eq(department))
        .add(Condition::any().add(post::Column::ValidTo.is_null()).add(post::Column::ValidTo.gt(on)))
}

/// What a new department is called and where it stands.
#[derive(Debug, Clone)]
pub struct New {
    pub parent_id: Option<Uuid>,
    pub name: String,
    pub code: String,
    pub kind: String,
    pub position: i32,
}

/// Sets a department up.
pub(crate) async fn insert<C: ConnectionTrait>(connection: &C, act: &Act, new: New) -> StoreResult<Uuid> {
    let id = Uuid::now_v7();
    let row = department::Model {
        id,
        parent_id: new.parent_id,
        code: new.code,
        name: new.name,
        kind: new.kind,
        position: new.position,
        valid_from: act.on,
        valid_to: None,
    };
    let event = added(&row);
    let row = department::ActiveModel { id: Set(id), ..row.into() };
    department::Entity::insert(row).exec_without_returning(connection).await?;
    ledger::append(connection, &act.author, act.now, vec![event]).await?;
    Ok(id)
}

/// The event of a new department.
pub(crate) fn added(row: &department::Model) -> NewEvent {
    NewEvent::created("department", row.id, "department.added", told(row))
}

fn told(row: &department::Model) -> Json {
    json!({
        "name": row.name, "code": row.code, "parent": row.parent_id, "from": row.valid_from.to_string(),
    })
}

/// Ends a department.
pub(crate) async fn end<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    old: &department::Model,
    to: Option<Uuid>,
) -> StoreResult<()> {
    department::Entity::update_many()
        .col_expr(department::Column::ValidTo, Expr::value(act.on.max(old.valid_from)))
        .filter(department::Column::Id.eq(old.id))
        .exec(connection)
        .await?;
    let event = NewEvent::removed("department", old.id, "department.ended", told(old))
        .beside(json!({ "on": act.on.to_string(), "to": to }));
    ledger::append(connection, &act.author, act.now, vec![event]).await
}

/// Writes down that one follows the other.
pub(crate) async fn link<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    old: &department::Model,
    successor: Uuid,
    change: Change,
) -> StoreResult<()> {
    let row = department_succession::ActiveModel {
        id: Set(Uuid::now_v7()),
        predecessor_id: Set(old.id),
        successor_id: Set(successor),
        kind: Set(change.key().to_string()),
        on_date: Set(act.on),
        at: Set(act.now),
        by_person_id: Set(act.author.id),
    };
    department_succession::Entity::insert(row).exec_without_returning(connection).await?;
    let after = json!({ "predecessor": old.name, "change": change.key(), "from": act.on.to_string() });
    let event = NewEvent::created("department", successor, "department.succeeded", after)
        .beside(json!({ "predecessor": old.id }));
    ledger::append(connection, &act.author, act.now, vec![event]).await
}

/// A new department takes the place of an old one, with its people, systems, attributes and everything below.
pub(crate) async fn replace<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    old: &department::Model,
    new: New,
    change: Change,
) -> StoreResult<Uuid> {
    let id = insert(connection, act, new).await?;
    absorb(connection, act, old, id, change).await?;
    Ok(id)
}

/// An old department ends and another one takes everything over.
pub(crate) async fn absorb<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    old: &department::Model,
    successor: Uuid,
    change: Change,
) -> StoreResult<()> {
    link(connection, act, old, successor, change).await?;
    move_posts(connection, act, old.id, successor, None).await?;
    move_systems(connection, act, old.id, successor, None).await?;
    copy_attributes(connection, act, old.id, successor).await?;
    let below = department::Entity::find()
        .filter(department::Column::ParentId.eq(old.id))
        .filter(department::Column::ValidTo.is_null())
        .order_by_asc(department::Column::Position)
        .all(connection)
        .await?;
    for child in below {
        let new = New {
            parent_id: Some(successor),
            name: child.name.clone(),
            code: child.code.clone(),
            kind: child.kind.clone(),
            position: child.position,
        };
        Box::pin(replace(connection, act, &child, new, Change::Moved)).await?;
    }
    end(connection, act, old, Some(successor)).await
}

/// Posts go on in another department; whoever holds the same post there already keeps one of them.
pub(crate) async fn move_posts<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    from: Uuid,
    to: Uuid,
    people: Option<&BTreeSet<Uuid>>,
) -> StoreResult<()> {
    let all = |id| post::Entity::find().filter(posts_from(id, act.on)).order_by_asc(post::Column::Id);
    let there = all(to).all(connection).await?;
    let mut new = Vec::new();
    for row in all(from).all(connection).await? {
        if people.is_some_and(|people| !people.contains(&row.person_id)) {
            continue;
        }
        let twin = there.iter().find(|other| {
            (other.person_id, &other.role, &other.system) == (row.person_id, &row.role, &row.system)
        });
        end_post(connection, &row, act.on).await?;
        match twin {
            // The main post is the one that stays.
            Some(twin) if row.kind == PostKind::Main.key() && twin.kind != row.kind => {
                end_post(connection, twin, act.on).await?;
            }
            Some(_) => continue,
            None => {}
        }
        new.push(post::ActiveModel {
            id: Set(Uuid::now_v7()),
            department_id: Set(to),
            valid_from: Set(act.on.max(row.valid_from)),
            valid_to: Set(row.valid_to),
            ..row.into()
        });
    }
    insert_in_portions::<post::Entity, _, _>(connection, new).await
}

/// Ends a post on a day, but never before it began.
pub(crate) async fn end_post<C: ConnectionTrait>(
    connection: &C,
    row: &post::Model,
    on: Date,
) -> StoreResult<()> {
    post::Entity::update_many()
        .col_expr(post::Column::ValidTo, Expr::value(on.max(row.valid_from)))
        .filter(post::Column::Id.eq(row.id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Systems go on in another department.
pub(crate) async fn move_systems<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    from: Uuid,
    to: Uuid,
    systems: Option<&BTreeSet<Uuid>>,
) -> StoreResult<()> {
    let rows = information_system::Entity::find()
        .filter(information_system::Column::DepartmentId.eq(from))
        .filter(information_system::Column::ValidTo.is_null())
        .all(connection)
        .await?;
    for row in rows.into_iter().filter(|row| systems.is_none_or(|systems| systems.contains(&row.id))) {
        hand_over(connection, row, to, act.on).await?;
    }
    Ok(())
}

/// A system belongs to another department from a day on.
pub(crate) async fn hand_over<C: ConnectionTrait>(
    connection: &C,
    row: information_system::Model,
    to: Uuid,
    on: Date,
) -> StoreResult<()> {
    let from = on.max(row.valid_from);
    information_system::Entity::update_many()
        .col_expr(information_system::Column::ValidTo, Expr::value(from))
        .filter(information_system::Column::Id.eq(row.id))
        .exec(connection)
        .await?;
    let new = information_system::ActiveModel {
        id: Set(Uuid::now_v7()),
        name: Set(row.name),
        department_id: Set(to),
        valid_from: Set(from),
        valid_to: Set(None),
    };
    information_system::Entity::insert(new).exec_without_returning(connection).await?;
    Ok(())
}

pub(crate) async fn copy_attributes<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    from: Uuid,
    to: Uuid,
) -> StoreResult<()> {
    let withdrawn = Query::select()
        .column(department_attribute_withdrawal::Column::DepartmentAttributeId)
        .from(department_attribute_withdrawal::Entity)
        .to_owned();
    let rows = department_attribute::Entity::find()
        .filter(department_attribute::Column::DepartmentId.is_in([from, to]))
        .filter(department_attribute::Column::Id.not_in_subquery(withdrawn))
        .all(connection)
        .await?;
    let there: BTreeSet<&str> =
        rows.iter().filter(|row| row.department_id == to).map(|row| row.attribute.as_str()).collect();
    let missing: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.department_id == from && !there.contains(row.attribute.as_str()))
        .map(|row| row.attribute.as_str())
        .collect();
    let new = missing.into_iter().map(|attribute| department_attribute::ActiveModel {
        id: Set(Uuid::now_v7()),
        department_id: Set(to),
        attribute: Set(attribute.to_string()),
        at: Set(act.now),
        by_person_id: Set(act.author.id),
    });
    insert_in_portions::<department_attribute::Entity, _, _>(connection, new.collect()).await
}
