//! Days on which the city hall is closed beside weekends and holidays, and the calendar they make.

use crate::Db;
use crate::access::require_city;
use crate::entity::{closed_day, closed_day_withdrawal};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::Refusal;
use domain::actor::Actor;
use domain::calendar::iso;
use domain::calendar::office::Calendar;
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

async fn rows<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<closed_day::Model>> {
    let removed = Query::select()
        .column(closed_day_withdrawal::Column::ClosedDayId)
        .from(closed_day_withdrawal::Entity)
        .to_owned();
    Ok(closed_day::Entity::find()
        .filter(closed_day::Column::Id.not_in_subquery(removed))
        .order_by_asc(closed_day::Column::Day)
        .all(connection)
        .await?)
}

/// The days on which the city hall is open.
///
/// # Errors
/// When the database fails.
pub async fn calendar<C: ConnectionTrait>(connection: &C) -> StoreResult<Calendar> {
    Ok(Calendar {
        closed: rows(connection).await?.into_iter().map(|row| row.day).collect(),
        every_day: false,
    })
}

/// The closed days of the city's own, in order.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor) -> StoreResult<Vec<closed_day::Model>> {
    require_city(actor, Action::RunInspection)?;
    rows(db.read()).await
}

/// Adds a closed day.
///
/// # Errors
/// `Forbidden`; refused without a day or a name, and for a day that is listed already.
pub async fn add(
    db: &Db,
    actor: &Actor,
    day: Option<Date>,
    name: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let day = day.ok_or_else(|| Refusal::field("day", "閉庁日を入力してください。"))?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::field("name", "「市制記念日」など、閉庁の理由を入力してください。").into());
    }
    let txn = db.begin().await?;
    if calendar(&txn).await?.closed.contains(&day) {
        return Err(Refusal::field("day", "この日は、既に登録されています。").into());
    }
    let id = Uuid::now_v7();
    let row = closed_day::ActiveModel {
        id: Set(id),
        day: Set(day),
        name: Set(name.to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    closed_day::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "day": iso(day), "name": name });
    ledger::record(&txn, actor, now, NewEvent::created("closed_day", id, "closed_day.added", after)).await?;
    Ok(txn.commit().await?)
}

/// Takes a closed day back.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused the second time.
pub async fn remove(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let row = closed_day::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let back = closed_day_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        closed_day_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = closed_day_withdrawal::Entity::insert(back).exec_without_returning(&txn).await;
    on_double(inserted, "この閉庁日は、既に取り消されています。")?;
    let before = json!({ "day": iso(row.day), "name": row.name });
    ledger::record(&txn, actor, now, NewEvent::removed("closed_day", id, "closed_day.removed", before))
        .await?;
    Ok(txn.commit().await?)
}
