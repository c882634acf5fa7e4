//! The tamper-evident ledger: each stream of events is a hash chain; seals chain the heads of the streams.

pub mod look;
pub(crate) mod removed;
pub mod sealing;
pub mod search;
mod shape;
pub mod verify;

pub use sealing::seal;

use crate::entity::{event, ledger_head};
use crate::error::StoreResult;
use domain::actor::Actor;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// The hash before the first event of a stream.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An event that is to be recorded.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What it is about, e.g. `target:<id>`. See [`stream`].
    pub stream: String,
    /// Noun and verb, e.g. `finding.recorded`.
    pub kind: &'static str,
    /// Before and after as its kind demands (`domain::record`), and whatever is needed to understand it years later.
    pub payload: Value,
}

impl NewEvent {
    /// An event about one thing; for an act that changes nothing that could be put side by side. For the others
    /// see [`NewEvent::created`], [`NewEvent::changed`], [`NewEvent::removed`].
    pub fn new(noun: &str, id: Uuid, kind: &'static str, payload: Value) -> NewEvent {
        NewEvent { stream: stream(noun, id), kind, payload }
    }
}

/// The name of the stream of one thing.
pub fn stream(noun: &str, id: Uuid) -> String {
    format!("{noun}:{id}")
}

/// Who is written beside an event.
#[derive(Debug, Clone)]
pub struct Author {
    /// The person; none for the command line.
    pub id: Option<Uuid>,
    /// The name as it was on that day.
    pub name: String,
    /// The address the request came from; empty on the command line.
    pub address: String,
}

impl Author {
    /// The command line of the server.
    pub fn console() -> Author {
        Author { id: None, name: "コマンド操作".to_string(), address: String::new() }
    }

    /// What is sent by itself on its day.
    pub fn schedule() -> Author {
        Author { id: None, name: "自動送信".to_string(), address: String::new() }
    }

    /// What the server goes on with by itself.
    pub fn job() -> Author {
        Author { id: None, name: "自動処理".to_string(), address: String::new() }
    }

    /// The city's directory, as its groups give and take roles.
    pub fn directory() -> Author {
        Author { id: None, name: "庁内の認証基盤".to_string(), address: String::new() }
    }
}

impl From<&Actor> for Author {
    fn from(actor: &Actor) -> Author {
        Author { id: Some(actor.person_id), name: actor.name.clone(), address: actor.origin.clone() }
    }
}

/// Writes events inside the caller's transaction, in their order.
///
/// # Errors
/// When the database fails; two writers of one stream meet at the unique index (stream, seq).
pub async fn append<C: ConnectionTrait>(
    connection: &C,
    author: &Author,
    now: OffsetDateTime,
    events: Vec<NewEvent>,
) -> StoreResult<()> {
    let signed = events.into_iter().map(|new| (author.clone(), now, new)).collect();
    append_each(connection, signed).await
}

/// Writes events of different authors and times, in their order; for taking over what happened elsewhere.
///
/// # Errors
/// As [`append`].
pub async fn append_each<C: ConnectionTrait>(
    connection: &C,
    events: Vec<(Author, OffsetDateTime, NewEvent)>,
) -> StoreResult<()> {
    events.iter().try_for_each(|(_, _, new)| shape::check(new))?;
    let mut heads = heads_of(connection, events.iter().map(|(_, _, new)| new.stream.as_str())).await?;
    let rows: Vec<event::ActiveModel> = events
        .into_iter()
        .map(|(author, at, new)| {
            let head = heads.entry(new.stream.clone()).or_insert_with(|| (0, START.to_string()));
            let row = chain(head.0 + 1, &head.1, &author, at, new);
            *head = (row.seq, row.hash.clone());
            row.into()
        })
        .collect();
    insert_in_portions::<event::Entity, _, _>(connection, rows).await?;
    keep_heads(connection, heads).await
}

/// The heads move in the transaction of their events.
async fn keep_heads<C: ConnectionTrait>(
    connection: &C,
    heads: BTreeMap<String, (i64, String)>,
) -> StoreResult<()> {
    let rows: Vec<ledger_head::ActiveModel> = heads
        .into_iter()
        .map(|(stream, (seq, hash))| ledger_head::ActiveModel {
            id: Set(Uuid::now_v7()),
            stream: Set(stream),
            seq: Set(seq),
            hash: Set(hash),
            sealed_seq: Set(0),
        })
        .collect();
    for portion in rows.chunks(500) {
        let moved = OnConflict::column(ledger_head::Column::Stream)
            .update_columns([ledger_head::Column::Seq, ledger_head::Column::Hash])
            .to_owned();
        ledger_head::Entity::insert_many(portion.to_vec())
            .on_conflict(moved)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

/// Writes one event inside the caller's transaction.
///
/// # Errors
/// As [`append`].
pub async fn record<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    now: OffsetDateTime,
    new: NewEvent,
) -> StoreResult<()> {
    append(connection, &Author::from(actor), now, vec![new]).await
}

/// Inserts many rows without meeting the database's limit of bound values.
///
/// # Errors
/// When the database fails.
pub async fn insert_in_portions<E, A, C>(connection: &C, rows: Vec<A>) -> StoreResult<()>
where
    E: EntityTrait,
    A: sea_orm::ActiveModelTrait<Entity = E> + Send,
    C: ConnectionTrait,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let portion: Vec<A> = rows.by_ref().take(500).collect();
        E::insert_many(portion).exec_without_returning(connection).await?;
    }
    Ok(())
}

async fn heads_of<C: ConnectionTrait>(
    connection: &C,
    streams: impl Iterator<Item = &str>,
) -> StoreResult<BTreeMap<String, (i64, String)>> {
    let mut streams: Vec<&str> = streams.collect();
    streams.sort_unstable();
    streams.dedup();
    let mut heads = BTreeMap::new();
    for portion in streams.chunks(500) {
        let rows = ledger_head::Entity::find()
            .filter(ledger_head::Column::Stream.is_in(portion.iter().copied()))
            .order_by_asc(ledger_head::Column::Stream)
            // A second writer of a stream waits and then goes on behind the first; everybody locks in this order.
            .lock_exclusive()
            .all(connection)
            .await?;
        heads.extend(rows.into_iter().map(|row| (row.stream, (row.seq, row.hash))));
    }
    Ok(heads)
}

fn chain(seq: i64, prev_hash: &str, author: &Author, now: OffsetDateTime, new: NewEvent) -> event::Model {
    // serde_json keeps the keys of its maps sorted, so the text is canonical.
    let payload = new.payload.to_string();
    let mut row = event::Model {
        id: Uuid::now_v7(),
        stream: new.stream,
        seq,
        at_micros: micros(now),
        actor_id: author.id,
        actor_name: author.name.clone(),
        kind: new.kind.to_string(),
        payload_digest: digest(&[&payload]),
        payload,
        address: author.address.clone(),
        prev_hash: prev_hash.to_string(),
        hash: String::new(),
    };
    row.hash = hash_of(&row);
    row
}

/// UTC microseconds since 1970.
pub fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX)
}

/// The hash an event must have: over the hash before it and everything it says. Of the payload it covers the digest,
/// so that the chain outlives a payload that was disposed of; events from before cover the payload itself.
pub fn hash_of(row: &event::Model) -> String {
    let actor = row.actor_id.map(|id| id.to_string()).unwrap_or_default();
    let (seq, at) = (row.seq.to_string(), row.at_micros.to_string());
    let said: [&str; 7] = [&row.prev_hash, &row.stream, &seq, &at, &actor, &row.actor_name, &row.kind];
    let mut parts = said.to_vec();
    if row.payload_digest.is_empty() {
        parts.push(&row.payload);
    } else {
        parts.extend([row.payload_digest.as_str(), row.address.as_str()]);
    }
    digest(&parts)
}

/// SHA-256 in hex over texts, each with its length before it, so that no two lists give the same input.
pub fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
