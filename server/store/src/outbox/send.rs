//! What the job that sends mail takes from the outbox and notes beside it.

use super::list::{Pile, addresses};
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
    let again = addresses(db, waiting.iter().map(|message| message.id).collect()).await?;
    let mut tries: BTreeMap<Uuid, (usize, OffsetDateTime)> = BTreeMap::new();
    for row in rows {
        let entry = tries.entry(row.outbox_id).or_insert((0, row.at));
        *entry = (entry.0 + 1, entry.1.max(row.at));
    }
    Ok(waiting
        .into_iter()
        .filter(|message| tries.get(&message.id).is_none_or(|(count, last)| *last + pause(*count) <= now))
        .filter_map(|message| {
            let address = again.get(&message.id).cloned().or_else(|| message.to_address.clone())?;
            Some(Due { address, message })
        })
        .take(limit)
        .collect())
}

/// How long to wait after so many tries.
fn pause(tries: usize) -> Duration {
    let index = tries.saturating_sub(1).min(PAUSES.len() - 1);
    PAUSES.get(index).copied().unwrap_or(Duration::HOUR)
}

/// Why a message did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One sentence for the officer.
    pub text: String,
    /// The mail server refused for good: trying again by itself is of no use.
    pub for_good: bool,
}

/// Notes a try beside the message.
///
/// # Errors
/// When the database fails.
pub async fn note(
    db: &Db,
    outbox_id: Uuid,
    result: Result<(), Failure>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let txn = db.begin().await?;
    let tries = delivery::Entity::find()
        .filter(delivery::Column::OutboxId.eq(outbox_id))
        .all(&txn)
        .await?
        .iter()
        .map(|row| 1 + row.spent)
        .sum();
    let row = delivery::ActiveModel {
        id: Set(Uuid::now_v7()),
        outbox_id: Set(outbox_id),
        at: Set(now),
        delivered: Set(result.is_ok()),
        spent: Set(result.as_ref().err().map_or(0, |failure| spent(tries, failure))),
        detail: Set(result.err().map(|failure| failure.text).unwrap_or_default()),
    };
    delivery::Entity::insert(row).exec_without_returning(&txn).await?;
    Ok(txn.commit().await?)
}

/// The further tries a failure takes away: none, or the rest of this series of [`TRIES`].
fn spent(tries: i32, failure: &Failure) -> i32 {
    if failure.for_good { i32::from(TRIES) - 1 - tries.rem_euclid(i32::from(TRIES)) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_for_good_uses_the_series_up() {
        let failure = |for_good| Failure { text: String::new(), for_good };
        for (tries, for_good, more) in
            [(0, true, 4), (2, true, 2), (4, true, 0), (5, true, 4), (7, true, 2), (3, false, 0)]
        {
            assert_eq!(spent(tries, &failure(for_good)), more, "{tries}");
        }
    }
}
