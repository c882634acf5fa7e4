//! What the job that sends mail takes from the outbox and notes beside it.

use super::list::Pile;
use crate::Db;
use crate::entity::{delivery, outbox};
use crate::error::StoreResult;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// After so many tries a message is given up.
pub const TRIES: u8 = 5;
/// The pause after the first try, the second ...
const PAUSES: [Duration; 4] =
    [Duration::minutes(1), Duration::minutes(10), Duration::hours(1), Duration::hours(6)];
/// So many messages are looked at in a round.
const ROUND: u64 = 500;

/// A message that is to be tried now.
#[derive(Debug, Clone)]
pub struct Due {
    pub message: outbox::Model,
    pub address: String,
}

/// Messages to be tried now, oldest first: those whose pause is over. The number limits the round.
///
/// # Errors
/// When the database fails.
pub async fn due(db: &Db, limit: usize, now: OffsetDateTime) -> StoreResult<Vec<Due>> {
    let waiting = outbox::Entity::find()
        .filter(Pile::Waiting.condition())
        .order_by_asc(outbox::Column::At)
        .order_by_asc(outbox::Column::Id)
        .limit(ROUND)
        .all(db.read())
        .await?;
    let rows = delivery::Entity::find()
        .filter(delivery::Column::OutboxId.is_in(waiting.iter().map(|message| message.id)))
        .all(db.read())
        .await?;
    let mut tries: BTreeMap<Uuid, (usize, OffsetDateTime)> = BTreeMap::new();
    for row in rows {
        let entry = tries.entry(row.outbox_id).or_insert((0, row.at));
        *entry = (entry.0 + 1, entry.1.max(row.at));
    }
    Ok(waiting
        .into_iter()
        .filter(|message| tries.get(&message.id).is_none_or(|(count, last)| *last + pause(*count) <= now))
        .filter_map(|message| Some(Due { address: message.to_address.clone()?, message }))
        .take(limit)
        .collect())
}

/// How long to wait after so many tries.
fn pause(tries: usize) -> Duration {
    let index = tries.saturating_sub(1).min(PAUSES.len() - 1);
    PAUSES.get(index).copied().unwrap_or(Duration::HOUR)
}

/// Notes a try beside the message.
///
/// # Errors
/// When the database fails.
pub async fn note(
    db: &Db,
    outbox_id: Uuid,
    result: Result<(), String>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = delivery::ActiveModel {
        id: Set(Uuid::now_v7()),
        outbox_id: Set(outbox_id),
        at: Set(now),
        delivered: Set(result.is_ok()),
        detail: Set(result.err().unwrap_or_default()),
    };
    let txn = db.begin().await?;
    delivery::Entity::insert(row).exec_without_returning(&txn).await?;
    Ok(txn.commit().await?)
}
