//! Reading the ledger page by page, for those entitled.

use crate::Db;
use crate::entity::event;
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::permission::{Action, allows};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

/// One entry as the page shows it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: OffsetDateTime,
    pub actor_name: String,
    pub kind: String,
    pub stream: String,
    pub seq: i64,
    pub payload: String,
    pub hash: String,
}

/// A page of entries, newest first.
#[derive(Debug, Clone)]
pub struct Entries {
    pub entries: Vec<Entry>,
    /// All entries that match.
    pub total: u64,
    /// Entries a page.
    pub size: u64,
}

/// Entries whose author, kind or stream contains the words, or whose kind is one of `kinds`; page 0 is the newest.
///
/// # Errors
/// `Forbidden` without the permission to read the ledger.
pub async fn search(db: &Db, actor: &Actor, words: &str, kinds: &[&str], page: u64) -> StoreResult<Entries> {
    if !allows(actor, Action::ReadLedger) {
        return Err(StoreError::Forbidden);
    }
    const SIZE: u64 = 50;
    let mut query = event::Entity::find();
    if !words.trim().is_empty() {
        let words = words.trim();
        query = query.filter(
            event::Column::ActorName
                .contains(words)
                .or(event::Column::Kind.contains(words))
                .or(event::Column::Stream.contains(words))
                .or(event::Column::Kind.is_in(kinds.iter().copied())),
        );
    }
    let total = query.clone().count(db.read()).await?;
    let rows = query
        .order_by_desc(event::Column::AtMicros)
        .order_by_desc(event::Column::Id)
        .offset(page * SIZE)
        .limit(SIZE)
        .all(db.read())
        .await?;
    Ok(Entries { entries: rows.into_iter().map(entry).collect(), total, size: SIZE })
}

fn entry(row: event::Model) -> Entry {
    let nanos = i128::from(row.at_micros) * 1000;
    Entry {
        at: OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH),
        actor_name: row.actor_name,
        kind: row.kind,
        stream: row.stream,
        seq: row.seq,
        payload: row.payload,
        hash: row.hash,
    }
}
