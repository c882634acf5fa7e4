//! The register of information systems: which department owns each, and who answers for it.

use crate::Db;
use crate::access::{post_holds, require_city};
use crate::department::{succession, tree};
use crate::entity::{department, information_system as table, person, post};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use domain::post::hand::{Period, may_end};
use domain::role::Role;
use domain::system::{may_add, may_own};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A system of the day.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub department_id: Uuid,
    pub department: String,
    /// 情報システム管理者 of the day: person and name.
    pub managers: Vec<(Uuid, String)>,
    pub from: Date,
    /// The first day on which the department no longer owns it.
    pub to: Option<Date>,
}

/// The register.
#[derive(Debug, Clone)]
pub struct Register {
    /// In the order of the departments.
    pub lines: Vec<Line>,
    /// Departments that may own one.
    pub departments: Vec<(Uuid, String)>,
}

/// The systems of a day with their owners. Four statements.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor, today: Date) -> StoreResult<Register> {
    require_city(actor, Action::ManageRoster)?;
    let rows = table::Entity::find().order_by_asc(table::Column::Name).all(db.read()).await?;
    let departments: BTreeMap<Uuid, (i32, String)> = department::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| (row.id, (row.position, row.name)))
        .collect();
    let mut managers = managers(db.read(), today).await?;
    let mut lines: Vec<(i32, Line)> = rows
        .into_iter()
        .filter(|row| row.to_is_after(today))
        .map(|row| {
            let (position, department) = departments.get(&row.department_id).cloned().unwrap_or_default();
            let line = Line {
                id: row.id,
                managers: managers.remove(&row.name).unwrap_or_default(),
                name: row.name,
                department_id: row.department_id,
                department,
                from: row.valid_from,
                to: row.valid_to,
            };
            (position, line)
        })
        .collect();
    lines.sort_by_key(|(position, _)| *position);
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    Ok(Register { lines, departments: tree::choices(db.read(), today).await? })
}

impl table::Model {
    fn to_is_after(&self, today: Date) -> bool {
        self.valid_to.is_none_or(|to| to > today)
    }
}

/// Who answers for each system, by its name.
async fn managers<C: ConnectionTrait>(
    connection: &C,
    today: Date,
) -> StoreResult<BTreeMap<String, Vec<(Uuid, String)>>> {
    let posts = post::Entity::find()
        .filter(post::Column::Role.eq(Role::SystemManager.key()))
        .filter(post_holds(today))
        .all(connection)
        .await?;
    let people: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(posts.iter().map(|post| post.person_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut managers: BTreeMap<String, Vec<(Uuid, String)>> = BTreeMap::new();
    for post in posts {
        let (Some(system), Some(name)) = (post.system, people.get(&post.person_id)) else { continue };
        managers.entry(system).or_default().push((post.person_id, name.clone()));
    }
    Ok(managers)
}

async fn owner<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<department::Model> {
    department::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)
}

/// The event of a new system.
pub(crate) fn added(id: Uuid, name: &str, owner: &str, from: Date) -> NewEvent {
    let after = json!({ "name": name, "owner": owner, "from": from.to_string() });
    NewEvent::created("system", id, "system.added", after)
}

/// The event of a system that another department owns from a day on.
pub(crate) fn handed_over(row: &table::Model, before: &str, after: &str, on: Date) -> NewEvent {
    let (before, after) = (json!({ "owner": before }), json!({ "owner": after }));
    NewEvent::changed("system", row.id, "system.handed_over", before, after)
        .beside(json!({ "name": row.name, "on": on.to_string() }))
}

fn period(owner: &department::Model) -> Period {
    Period { from: owner.valid_from, to: owner.valid_to }
}

/// Enters a system.
///
/// # Errors
/// `Forbidden`, `NotFound`; a refusal by the rule or when the name is taken.
pub async fn add(
    db: &Db,
    actor: &Actor,
    name: &str,
    department_id: Uuid,
    from: Date,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let taken: Vec<String> = table::Entity::find()
        .filter(table::Column::ValidTo.is_null())
        .all(&txn)
        .await?
        .into_iter()
        .map(|row| row.name)
        .collect();
    let owner = owner(&txn, department_id).await?;
    may_add(name, &taken, period(&owner), from)?;
    let id = Uuid::now_v7();
    let row = table::ActiveModel {
        id: Set(id),
        name: Set(name.trim().to_string()),
        department_id: Set(department_id),
        valid_from: Set(from),
        valid_to: Set(None),
    };
    let inserted = table::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "同じ名称の情報システムが既にあります。")?;
    ledger::record(&txn, actor, now, added(id, name.trim(), &owner.name, from)).await?;
    txn.commit().await?;
    Ok(id)
}

async fn open(txn: &impl ConnectionTrait, id: Uuid) -> StoreResult<table::Model> {
    let row = table::Entity::find_by_id(id).lock_exclusive().one(txn).await?;
    row.ok_or(StoreError::NotFound)
}

/// Another department owns a system from a day on; whoever answered for it keeps the post until it is ended.
///
/// # Errors
/// As [`add`].
pub async fn hand_over(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    department_id: Uuid,
    on: Date,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let row = open(&txn, id).await?;
    may_end(Period { from: row.valid_from, to: row.valid_to }, on)?;
    let next = owner(&txn, department_id).await?;
    may_own(period(&next), on)?;
    if row.department_id == department_id {
        return Err(StoreError::Refused(domain::Refusal::field("department", "今の所管と同じ所属です。")));
    }
    let last = owner(&txn, row.department_id).await?;
    let event = handed_over(&row, &last.name, &next.name, on);
    succession::hand_over(&txn, row, department_id, on).await?;
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// A system is no longer in use from a day on.
///
/// # Errors
/// As [`add`].
pub async fn end(db: &Db, actor: &Actor, id: Uuid, on: Date, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let row = open(&txn, id).await?;
    may_end(Period { from: row.valid_from, to: row.valid_to }, on)?;
    table::Entity::update_many()
        .col_expr(table::Column::ValidTo, Expr::value(on))
        .filter(table::Column::Id.eq(id))
        .exec(&txn)
        .await?;
    let before = json!({ "to": row.valid_to.map(|to| to.to_string()) });
    let event = NewEvent::changed("system", id, "system.ended", before, json!({ "to": on.to_string() }));
    ledger::record(&txn, actor, now, event.beside(json!({ "name": row.name }))).await?;
    Ok(txn.commit().await?)
}
