//! Proves the ledger, or names the first broken link.
//!
//! Goes once through the events in portions, so that memory does not grow with them; of the seals only the first half
//! of each sealed hash is kept. An event's hash covers its stream and number, so a sealed hash that no event bears
//! names an event that was rewritten or lost.

use super::removed::{Removals, said};
use super::{START, digest, hash_of};
use crate::Db;
use crate::entity::{event, ledger_head, seal};
use crate::error::StoreResult;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashSet};

/// The head of each stream: number and hash of its last event.
pub type Heads = BTreeMap<String, (i64, String)>;

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Events looked at.
    pub events: u64,
    /// Streams looked at.
    pub streams: u64,
    /// Seals looked at.
    pub seals: u64,
    /// The first broken link, in Japanese; `None` if everything holds.
    pub broken: Option<String>,
}

/// The first 32 characters of each hash that a seal names and no event has borne yet.
type Sealed = HashSet<[u8; 32]>;

/// Events read at once.
const PORTION: u64 = 5000;

/// Goes through all seals, then through all events, then compares with the heads kept beside them.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db) -> StoreResult<Proof> {
    let mut proof = Proof { events: 0, streams: 0, seals: 0, broken: None };
    let mut sealed = Sealed::new();
    proof.broken = verify_seals(db.read(), &mut sealed, &mut proof.seals).await?;
    if proof.broken.is_none() {
        proof.broken = verify_events(db.read(), &mut sealed, &mut proof).await?;
    }
    if proof.broken.is_none() && !sealed.is_empty() {
        proof.broken = lost(db.read(), &sealed).await?;
    }
    if proof.broken.is_none() {
        proof.broken = unlike_heads(db.read()).await?;
    }
    Ok(proof)
}

fn mark(hash: &str) -> [u8; 32] {
    let mut mark = [0; 32];
    mark.iter_mut().zip(hash.bytes()).for_each(|(place, byte)| *place = byte);
    mark
}

async fn verify_events<C: ConnectionTrait>(
    connection: &C,
    sealed: &mut Sealed,
    proof: &mut Proof,
) -> StoreResult<Option<String>> {
    let mut before: Option<event::Model> = None;
    let mut removals = Removals::default();
    loop {
        let rows = portion(connection, before.as_ref()).await?;
        if rows.is_empty() {
            return removals.fault(connection).await;
        }
        let said = said(connection, &rows).await?;
        for row in rows {
            let head = before.as_ref().filter(|before| before.stream == row.stream);
            let disposal = said.get(&row.id);
            if let Some(fault) = fault_of(&row, head, disposal.is_some()) {
                return Ok(Some(fault));
            }
            if let Some(disposal) = disposal {
                removals.meet(*disposal, &row, || place(&row));
            }
            proof.events += 1;
            proof.streams += u64::from(head.is_none());
            sealed.remove(&mark(&row.hash));
            before = Some(row);
        }
    }
}

async fn portion<C: ConnectionTrait>(
    connection: &C,
    after: Option<&event::Model>,
) -> StoreResult<Vec<event::Model>> {
    let mut query = event::Entity::find()
        .order_by_asc(event::Column::Stream)
        .order_by_asc(event::Column::Seq)
        .limit(PORTION);
    if let Some(last) = after {
        // A comparison of pairs goes straight to its place in the index.
        let place = Expr::tuple([Expr::col(event::Column::Stream), Expr::col(event::Column::Seq)]);
        let last = Expr::tuple([Expr::val(last.stream.as_str()), Expr::val(last.seq)]);
        query = query.filter(ExprTrait::gt(place, last));
    }
    Ok(query.all(connection).await?)
}

fn place(row: &event::Model) -> String {
    format!("{} の {} 番目の記録（{}、{}）", row.stream, row.seq, row.kind, row.actor_name)
}

fn fault_of(row: &event::Model, head: Option<&event::Model>, emptied: bool) -> Option<String> {
    let (seq, hash) = head.map_or((0, START), |head| (head.seq, head.hash.as_str()));
    if row.seq != seq + 1 {
        return Some(format!("{}の前に、{} 番目の記録がありません。", place(row), seq + 1));
    }
    if row.prev_hash != hash {
        return Some(format!("{}が、直前の記録とつながっていません。", place(row)));
    }
    // No payload is empty when it is written.
    if row.payload.is_empty() && !emptied {
        return Some(format!("{}の内容が、承認された廃棄によらずに除かれています。", place(row)));
    }
    // Old events carry neither digest nor address, and their hash covers the payload itself.
    let altered = if row.payload_digest.is_empty() {
        !row.address.is_empty()
    } else {
        !emptied && row.payload_digest != digest(&[&row.payload])
    };
    if altered || row.hash != hash_of(row) {
        return Some(format!("{}の内容が書き換えられています。", place(row)));
    }
    None
}

/// A stream can be rewritten from its first event on so that its chain holds again, or cut off at its end; what it
/// cannot match then is a head that was sealed before.
async fn lost<C: ConnectionTrait>(connection: &C, missing: &Sealed) -> StoreResult<Option<String>> {
    let mut cut: Option<(String, i64)> = None;
    let mut number = 0;
    while let Some(row) = seal_after(connection, number).await? {
        number = row.number;
        for (stream, (seq, hash)) in serde_json::from_str::<Heads>(&row.heads)? {
            if !missing.contains(&mark(&hash)) {
                continue;
            }
            match event_at(connection, &stream, seq).await? {
                Some(event) => return Ok(Some(unlike_seal(&event))),
                None if cut.as_ref().is_none_or(|(first, _)| *first == stream) => cut = Some((stream, seq)),
                None => {}
            }
        }
    }
    Ok(cut.map(|(stream, seq)| {
        format!("{stream} は封印の時に {seq} 番目までありましたが、末尾の記録が失われています。")
    }))
}

fn unlike_seal(row: &event::Model) -> String {
    format!(
        "{}が、封印した時の照合値と違います。この記録又はこれより前の記録が書き換えられています。",
        place(row)
    )
}

async fn event_at<C: ConnectionTrait>(
    connection: &C,
    stream: &str,
    seq: i64,
) -> StoreResult<Option<event::Model>> {
    let found =
        event::Entity::find().filter(event::Column::Stream.eq(stream)).filter(event::Column::Seq.eq(seq));
    Ok(found.one(connection).await?)
}

/// What was written after the last seal is held by the heads: each must be an event, and no event may stand behind it.
async fn unlike_heads<C: ConnectionTrait>(connection: &C) -> StoreResult<Option<String>> {
    let there = Query::select()
        .expr(Expr::val(1))
        .from(event::Entity)
        .and_where(
            Expr::col((event::Entity, event::Column::Hash))
                .equals((ledger_head::Entity, ledger_head::Column::Hash)),
        )
        .and_where(
            Expr::col((event::Entity, event::Column::Stream))
                .equals((ledger_head::Entity, ledger_head::Column::Stream)),
        )
        .and_where(
            Expr::col((event::Entity, event::Column::Seq))
                .equals((ledger_head::Entity, ledger_head::Column::Seq)),
        )
        .to_owned();
    let short = ledger_head::Entity::find().filter(Expr::exists(there).not()).one(connection).await?;
    if let Some(head) = short {
        return Ok(Some(format!(
            "{} には {} 番目までの記録がありましたが、末尾の記録が失われているか、書き換えられています。",
            head.stream, head.seq
        )));
    }
    let held = Query::select()
        .expr(Expr::val(1))
        .from(ledger_head::Entity)
        .and_where(
            Expr::col((ledger_head::Entity, ledger_head::Column::Stream))
                .equals((event::Entity, event::Column::Stream)),
        )
        .and_where(
            Expr::col((ledger_head::Entity, ledger_head::Column::Seq))
                .gte(Expr::col((event::Entity, event::Column::Seq))),
        )
        .to_owned();
    let beyond = event::Entity::find().filter(Expr::exists(held).not()).one(connection).await?;
    Ok(beyond.map(|row| format!("{}は、記録の手順を経ずに書き加えられています。", place(&row))))
}

async fn verify_seals<C: ConnectionTrait>(
    connection: &C,
    sealed: &mut Sealed,
    count: &mut u64,
) -> StoreResult<Option<String>> {
    let mut previous = START.to_string();
    let mut number = 0;
    while let Some(row) = seal_after(connection, number).await? {
        number += 1;
        *count += 1;
        if row.number != number || row.prev_hash != previous || row.hash != hash_of_seal(&row) {
            return Ok(Some(format!("{number} 番目の封印が書き換えられているか、失われています。")));
        }
        for (_, hash) in serde_json::from_str::<Heads>(&row.heads)?.into_values() {
            sealed.insert(mark(&hash));
        }
        previous = row.hash;
    }
    Ok(None)
}

/// The next seal; one at a time, because one can name very many streams.
async fn seal_after<C: ConnectionTrait>(connection: &C, number: i64) -> StoreResult<Option<seal::Model>> {
    let next =
        seal::Entity::find().filter(seal::Column::Number.gt(number)).order_by_asc(seal::Column::Number);
    Ok(next.one(connection).await?)
}

/// The hash a seal must have; what it counts is covered since it is counted.
pub fn hash_of_seal(row: &seal::Model) -> String {
    let (number, at) = (row.number.to_string(), row.at_micros.to_string());
    let (events, streams) = (row.events.to_string(), row.streams.to_string());
    let mut parts: Vec<&str> = vec![&row.prev_hash, &number, &at, &row.heads];
    if row.events > 0 {
        parts.extend([events.as_str(), streams.as_str()]);
    }
    digest(&parts)
}
