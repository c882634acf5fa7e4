//! Where one is signed in: the list of own sessions, and ending them.

use crate::Db;
use crate::entity::session;
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use crate::session::IDLE;
use domain::actor::Actor;
use domain::session::{Way, agent_words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: Uuid,
    /// Browser and system, e.g. 「Edge（Windows）」.
    pub browser: String,
    pub address: String,
    pub way: Way,
    pub since: OffsetDateTime,
    /// Exact to five minutes.
    pub last_seen: OffsetDateTime,
    /// The second factor was not given yet.
    pub half: bool,
    /// The browser that asks.
    pub present: bool,
}

/// Own sessions that hold: the present one first, then by last use.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, actor: &Actor, present: Uuid, now: OffsetDateTime) -> StoreResult<Vec<Device>> {
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(actor.person_id))
        .filter(session::Column::EndsAt.gt(now))
        .filter(session::Column::LastSeenAt.gt(now - IDLE))
        .order_by_desc(session::Column::LastSeenAt)
        .order_by_desc(session::Column::Id)
        .all(db.read())
        .await?;
    let mut devices: Vec<Device> = rows.into_iter().map(|row| device(row, present)).collect();
    devices.sort_by_key(|device| !device.present);
    Ok(devices)
}

fn device(row: session::Model, present: Uuid) -> Device {
    Device {
        id: row.id,
        browser: agent_words(&row.agent),
        address: row.address,
        way: Way::from_key(&row.way),
        since: row.at,
        last_seen: row.last_seen_at,
        half: row.must_give_second,
        present: row.id == present,
    }
}

/// Ends one other session of one's own.
///
/// # Errors
/// `NotFound` for the present one, somebody else's, and one that ended already.
pub async fn end_one(
    db: &Db,
    actor: &Actor,
    present: Uuid,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let txn = db.begin().await?;
    let ended = session::Entity::delete_many()
        .filter(session::Column::PersonId.eq(actor.person_id))
        .filter(session::Column::Id.ne(present))
        .filter(session::Column::Id.eq(id))
        .exec(&txn)
        .await?;
    if ended.rows_affected == 0 {
        return Err(StoreError::NotFound);
    }
    record(&txn, actor, 1, now).await?;
    Ok(txn.commit().await?)
}

/// Ends all other sessions of one's own and says how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_others(db: &Db, actor: &Actor, present: Uuid, now: OffsetDateTime) -> StoreResult<u64> {
    let txn = db.begin().await?;
    let count = end_others_of(&txn, actor.person_id, present).await?;
    if count > 0 {
        record(&txn, actor, count, now).await?;
    }
    txn.commit().await?;
    Ok(count)
}

async fn record<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    count: u64,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let payload = json!({ "count": count });
    let event = NewEvent::new("person", actor.person_id, "session.ended_elsewhere", payload);
    ledger::record(connection, actor, now, event).await
}

/// Ends every session of a person but one inside the caller's transaction; with a nil key, every one.
///
/// # Errors
/// When the database fails.
pub async fn end_others_of<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    present: Uuid,
) -> StoreResult<u64> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::PersonId.eq(person_id))
        .filter(session::Column::Id.ne(present))
        .exec(connection)
        .await?;
    Ok(ended.rows_affected)
}
