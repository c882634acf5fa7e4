//! 配付: the sheets of a start. The first portion goes out with the start itself, so that a small city is done at once;
//! the rest is written by a job, portion by portion, so that nobody who saves an answer waits for long. A job that was
//! stopped goes on where it was: what is there is not written again.

use super::is_closed;
use super::start::owing;
use super::target::Desk;
use crate::Db;
use crate::access::require_city;
use crate::entity::{closing, handing_out, handing_out_end, inspection, inspection_edition, target};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, Author, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::inspection::{Holder, SheetKey, sheet_key};
use domain::permission::Action;
use domain::role::Role;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    Set,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// So many sheets in one transaction.
const PORTION: usize = 2_000;

/// How far the handing out of an inspection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    /// How many were owed when it started.
    pub all: u64,
}

/// Inspections that are not handed out to the last sheet.
pub(crate) fn under_way() -> SelectStatement {
    let ended = Query::select()
        .column(handing_out_end::Column::InspectionId)
        .from(handing_out_end::Entity)
        .to_owned();
    let closed = Query::select().column(closing::Column::InspectionId).from(closing::Entity).to_owned();
    Query::select()
        .column(handing_out::Column::InspectionId)
        .from(handing_out::Entity)
        .and_where(handing_out::Column::InspectionId.not_in_subquery(ended))
        .and_where(handing_out::Column::InspectionId.not_in_subquery(closed))
        .to_owned()
}

/// Whether sheets of an inspection are still to come.
pub(crate) async fn is_under_way<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<bool> {
    let rows = inspection::Entity::find_by_id(id).filter(inspection::Column::Id.in_subquery(under_way()));
    Ok(rows.count(connection).await? > 0)
}

/// How far it is; none when all sheets are out.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn progress(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Option<Progress>> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let row = handing_out::Entity::find()
        .filter(handing_out::Column::InspectionId.eq(id))
        .filter(handing_out::Column::InspectionId.in_subquery(under_way()))
        .one(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let done = target::Entity::find().filter(target::Column::InspectionId.eq(id)).count(connection).await?;
    Ok(Some(Progress { done, all: u64::try_from(row.sheets).unwrap_or_default() }))
}

/// Hands out the first portion inside the transaction of the start, and leaves the rest to the job.
pub(super) async fn first(
    txn: &DatabaseTransaction,
    desk: &Desk,
    owed: &[Holder],
    now: OffsetDateTime,
) -> StoreResult<()> {
    put(txn, desk, owed.iter().take(PORTION)).await?;
    if owed.len() <= PORTION {
        return Ok(());
    }
    let row = handing_out::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(desk.inspection_id),
        sheets: Set(i32::try_from(owed.len()).unwrap_or(i32::MAX)),
        at: Set(now),
    };
    handing_out::Entity::insert(row).exec_without_returning(txn).await?;
    Ok(())
}

async fn put(
    txn: &DatabaseTransaction,
    desk: &Desk,
    owed: impl Iterator<Item = &Holder>,
) -> StoreResult<usize> {
    let targets: Vec<target::ActiveModel> =
        owed.filter_map(|one| desk.target(one)).map(target::ActiveModel::from).collect();
    let number = targets.len();
    insert_in_portions::<target::Entity, _, _>(txn, targets).await?;
    Ok(number)
}

/// What the job does: hands out what is still to come of every inspection; gives how many sheets. It may be stopped at
/// any point and run twice at once.
///
/// # Errors
/// When the database fails.
pub async fn hand_out_left(db: &Db, now: OffsetDateTime) -> StoreResult<usize> {
    let waiting = inspection::Entity::find()
        .filter(inspection::Column::Id.in_subquery(under_way()))
        .all(db.read())
        .await?;
    let mut number = 0;
    for one in waiting {
        number += of_inspection(db, &one, now).await?;
    }
    Ok(number)
}

async fn of_inspection(db: &Db, one: &inspection::Model, now: OffsetDateTime) -> StoreResult<usize> {
    let connection = db.read();
    let editions: BTreeMap<Role, Uuid> = inspection_edition::Entity::find()
        .filter(inspection_edition::Column::InspectionId.eq(one.id))
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|row| Some((Role::from_key(&row.role)?, row.edition_id)))
        .collect();
    let roles: Vec<Role> = editions.keys().copied().collect();
    let owed = owing(connection, one.base_on, &roles).await?;
    let desk = Desk::load(connection, one.id, editions).await?;
    let mut there = BTreeSet::new();
    let mut number = 0;
    while let Some(written) = portion(db, &desk, &owed, &mut there, now).await? {
        number += written;
    }
    Ok(number)
}

/// One portion; none when nothing is left. `there` is what is known to be out, and is read again when somebody else
/// wrote in between.
async fn portion(
    db: &Db,
    desk: &Desk,
    owed: &[Holder],
    there: &mut BTreeSet<SheetKey>,
    now: OffsetDateTime,
) -> StoreResult<Option<usize>> {
    let id = desk.inspection_id;
    let txn = db.begin().await?;
    inspection::Entity::find_by_id(id).lock_exclusive().one(&txn).await?.ok_or(StoreError::NotFound)?;
    if is_closed(&txn, id).await? || !is_under_way(&txn, id).await? {
        return Ok(None);
    }
    let known = target::Entity::find().filter(target::Column::InspectionId.eq(id)).count(&txn).await?;
    if usize::try_from(known).ok() != Some(there.len()) {
        *there = keys(&txn, id).await?;
    }
    let left: Vec<&Holder> = owed
        .iter()
        .filter(|one| desk.people.contains_key(&one.person_id) && !there.contains(&key(one)))
        .take(PORTION)
        .collect();
    if left.is_empty() {
        end(&txn, id, known, now).await?;
        txn.commit().await?;
        return Ok(None);
    }
    let written = put(&txn, desk, left.iter().copied()).await?;
    txn.commit().await?;
    there.extend(left.into_iter().map(key));
    Ok(Some(written))
}

fn key(one: &Holder) -> SheetKey {
    sheet_key(one.person_id, one.role, one.department_id, one.system.as_deref())
}

async fn keys(txn: &DatabaseTransaction, id: Uuid) -> StoreResult<BTreeSet<SheetKey>> {
    let rows: Vec<(Uuid, String, Uuid, Option<String>)> = target::Entity::find()
        .select_only()
        .columns([
            target::Column::PersonId,
            target::Column::Role,
            target::Column::DepartmentId,
            target::Column::System,
        ])
        .filter(target::Column::InspectionId.eq(id))
        .into_tuple()
        .all(txn)
        .await?;
    let key = |(person, role, department, system): (Uuid, String, Uuid, Option<String>)| {
        Some(sheet_key(person, Role::from_key(&role)?, department, system.as_deref()))
    };
    Ok(rows.into_iter().filter_map(key).collect())
}

async fn end(txn: &DatabaseTransaction, id: Uuid, sheets: u64, now: OffsetDateTime) -> StoreResult<()> {
    let row = handing_out_end::ActiveModel { id: Set(Uuid::now_v7()), inspection_id: Set(id), at: Set(now) };
    handing_out_end::Entity::insert(row).exec_without_returning(txn).await?;
    let event = NewEvent::new("inspection", id, "inspection.handed_out", json!({ "sheets": sheets }));
    ledger::append(txn, &Author::job(), now, vec![event]).await
}
