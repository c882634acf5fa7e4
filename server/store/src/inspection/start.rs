//! Starting an inspection: the snapshot of the organisation and of who owes which sheet.

use super::hand_out;
use super::target::{Desk, absent, holders, place};
use crate::Db;
use crate::access::require_city;
use crate::approval;
use crate::entity::{
    department, edition, inspection, inspection_about, inspection_department, inspection_edition,
};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::notice;
use domain::actor::Actor;
use domain::inspection::{Holder, Start, may_hand_out, may_start, owed};
use domain::permission::Action;
use domain::role::Role;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Set,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Starts an inspection and hands out the sheets.
///
/// # Errors
/// `Forbidden`; refused without a frozen edition, with days in the wrong order, the same name twice, or when
/// nobody would owe a sheet.
pub async fn start(db: &Db, actor: &Actor, start: Start, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let id = begin(&txn, actor, start, None, now).await?;
    txn.commit().await?;
    db.wake_hand_out();
    Ok(id)
}

/// The same inside a transaction. With pilots only these people get sheets, and nothing is sent by itself.
///
/// # Errors
/// As [`start`].
pub(super) async fn begin(
    txn: &DatabaseTransaction,
    actor: &Actor,
    start: Start,
    pilots: Option<&BTreeSet<Uuid>>,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let start = Start { name: start.name.trim().to_string(), ..start };
    let same = inspection::Entity::find().filter(inspection::Column::Name.eq(&start.name)).count(txn).await?;
    may_start(&start, same > 0)?;
    check_editions(txn, &start).await?;
    let id = Uuid::now_v7();
    put_inspection(txn, actor, id, &start, now).await?;
    if pilots.is_none() {
        approval::put(txn, id, &start.levels).await?;
        notice::begin(txn, id, actor.person_id, now).await?;
    }
    let roles: Vec<Role> = start.editions.iter().map(|(role, _)| *role).collect();
    let mut owed = owing(txn, start.base_on, &roles).await?;
    owed.retain(|one| pilots.is_none_or(|pilots| pilots.contains(&one.person_id)));
    may_hand_out(owed.len())?;
    put_departments(txn, id, &owed, start.base_on, pilots.is_none()).await?;
    let sheets = owed.len();
    let desk = Desk::load(txn, id, start.editions.iter().copied().collect()).await?;
    hand_out::first(txn, &desk, &owed, now).await?;
    if pilots.is_none() {
        let mut after = said(&start);
        after["sheets"] = json!(sheets);
        let event = NewEvent::created("inspection", id, "inspection.started", after);
        ledger::record(txn, actor, now, event).await?;
    }
    Ok(id)
}

/// Who owes a sheet by the roster of 基準日.
pub(super) async fn owing<C: ConnectionTrait>(
    connection: &C,
    base_on: Date,
    roles: &[Role],
) -> StoreResult<Vec<Holder>> {
    let away = absent(connection, base_on).await?;
    let mut holders = holders(connection, base_on).await?;
    holders.retain(|one| !away.contains_key(&one.person_id));
    Ok(owed(&holders, roles))
}

/// What the record says of it.
pub(super) fn said(start: &Start) -> Value {
    json!({
        "name": start.name, "fiscal_year": start.fiscal_year, "base_on": start.base_on.to_string(),
        "opens_on": start.opens_on.to_string(), "due_on": start.due_on.to_string(),
        "visibility": start.visibility.key(), "contact": start.contact.trim(),
        "programme": start.about.programme.trim(), "covers": start.about.covers.trim(),
        "steps": start.levels.iter().map(|level| level.key()).collect::<Vec<_>>(),
        "partial": start.about.scoring.partial_text(), "threshold": start.about.scoring.threshold,
    })
}

/// Every edition exists and is of the role it was chosen for.
async fn check_editions<C: ConnectionTrait>(connection: &C, start: &Start) -> StoreResult<()> {
    let found: BTreeMap<Uuid, String> = edition::Entity::find()
        .filter(edition::Column::Id.is_in(start.editions.iter().map(|(_, id)| *id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|edition| (edition.id, edition.role))
        .collect();
    match start.editions.iter().all(|(role, id)| found.get(id).is_some_and(|found| found == role.key())) {
        true => Ok(()),
        false => {
            Err(StoreError::refused("選んだ点検票が見つかりません。画面を開き直して選び直してください。"))
        }
    }
}

async fn put_inspection<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
    start: &Start,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = inspection::ActiveModel {
        id: Set(id),
        fiscal_year: Set(start.fiscal_year),
        name: Set(start.name.clone()),
        base_on: Set(start.base_on),
        opens_on: Set(start.opens_on),
        due_on: Set(start.due_on),
        visibility: Set(start.visibility.key().to_string()),
        contact: Set(start.contact.trim().to_string()),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    inspection::Entity::insert(row).exec_without_returning(connection).await?;
    let about = inspection_about::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        programme: Set(start.about.programme.trim().to_string()),
        covers: Set(start.about.covers.trim().to_string()),
        partial: Set(start.about.scoring.partial),
        threshold: Set(start.about.scoring.threshold),
    };
    inspection_about::Entity::insert(about).exec_without_returning(connection).await?;
    let rows = start.editions.iter().map(|(role, edition)| inspection_edition::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        edition_id: Set(*edition),
        role: Set(role.key().to_string()),
    });
    insert_in_portions::<inspection_edition::Entity, _, _>(connection, rows.collect()).await
}

/// The organisation of the day: every one that owes a sheet and, unless a few people only try it out, every department
/// without others below it.
async fn put_departments<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    owed: &[Holder],
    day: Date,
    whole: bool,
) -> StoreResult<()> {
    let owing: BTreeSet<Uuid> = owed.iter().map(|one| one.department_id).collect();
    let rows = department::Entity::find().order_by_asc(department::Column::Position).all(connection).await?;
    let names: BTreeMap<Uuid, String> = rows.iter().map(|row| (row.id, row.name.clone())).collect();
    let holds = |row: &department::Model| row.valid_from <= day && row.valid_to.is_none_or(|to| to > day);
    let above: BTreeSet<Uuid> =
        rows.iter().filter(|row| holds(row)).filter_map(|row| row.parent_id).collect();
    let kept = rows
        .into_iter()
        .filter(|row| owing.contains(&row.id) || (whole && !above.contains(&row.id) && holds(row)))
        .map(|row| place(id, &row, &names))
        .collect();
    insert_in_portions::<inspection_department::Entity, _, _>(connection, kept).await
}
