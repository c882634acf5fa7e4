//! Proves the ledger, or names the first broken link.

use super::{START, digest, hash_of};
use crate::Db;
use crate::entity::{event, seal};
use crate::error::StoreResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

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

/// What the seals say: for each stream the hash that each sealed event had, by its number.
type Sealed = BTreeMap<String, BTreeMap<i64, String>>;

/// Goes through all seals, then through all events.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db) -> StoreResult<Proof> {
    let mut proof = Proof { events: 0, streams: 0, seals: 0, broken: None };
    let mut sealed = Sealed::new();
    let (seals, fault) = verify_seals(db.read(), &mut sealed).await?;
    proof.seals = seals;
    if fault.is_some() {
        proof.broken = fault;
        return Ok(proof);
    }
    let mut heads = Heads::new();
    let mut after: Option<(String, i64)> = None;
    loop {
        let rows = portion(db.read(), after.as_ref()).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.stream.clone(), last.seq));
        for row in &rows {
            proof.events += 1;
            let fault = fault_of(row, heads.get(&row.stream)).or_else(|| unlike_seal(row, &sealed));
            if fault.is_some() {
                proof.broken = fault;
                return Ok(proof);
            }
            heads.insert(row.stream.clone(), (row.seq, row.hash.clone()));
        }
    }
    proof.streams = u64::try_from(heads.len()).unwrap_or(u64::MAX);
    proof.broken = cut_off(&sealed, &heads);
    Ok(proof)
}

async fn portion<C: ConnectionTrait>(
    connection: &C,
    after: Option<&(String, i64)>,
) -> StoreResult<Vec<event::Model>> {
    let mut query = event::Entity::find()
        .order_by_asc(event::Column::Stream)
        .order_by_asc(event::Column::Seq)
        .limit(2000);
    if let Some((stream, seq)) = after {
        query = query.filter(
            event::Column::Stream
                .gt(stream.as_str())
                .or(event::Column::Stream.eq(stream.as_str()).and(event::Column::Seq.gt(*seq))),
        );
    }
    Ok(query.all(connection).await?)
}

fn fault_of(row: &event::Model, head: Option<&(i64, String)>) -> Option<String> {
    let (seq, hash) = head.map_or((0, START), |(seq, hash)| (*seq, hash.as_str()));
    let place = format!("{} の {} 番目の記録（{}、{}）", row.stream, row.seq, row.kind, row.actor_name);
    if row.seq != seq + 1 {
        return Some(format!("{place}の前に、{} 番目の記録がありません。", seq + 1));
    }
    if row.prev_hash != hash {
        return Some(format!("{place}が、直前の記録とつながっていません。"));
    }
    if row.hash != hash_of(row) {
        return Some(format!("{place}の内容が書き換えられています。"));
    }
    None
}

/// A stream can be rewritten from its first event on so that its chain holds again; what it cannot match then
/// is any head that was sealed before, also one that newer events have left behind.
fn unlike_seal(row: &event::Model, sealed: &Sealed) -> Option<String> {
    let hash = sealed.get(&row.stream)?.get(&row.seq)?;
    (*hash != row.hash).then(|| {
        format!(
            "{} の {} 番目の記録（{}、{}）が、封印した時の照合値と違います。この記録又はこれより前の記録が書き換えられています。",
            row.stream, row.seq, row.kind, row.actor_name
        )
    })
}

fn cut_off(sealed: &Sealed, heads: &Heads) -> Option<String> {
    sealed.iter().find_map(|(stream, points)| {
        let (seq, _) = points.last_key_value()?;
        let there = heads.get(stream).map_or(0, |(seq, _)| *seq);
        (there < *seq).then(|| {
            format!("{stream} は封印の時に {seq} 番目までありましたが、末尾の記録が失われています。")
        })
    })
}

async fn verify_seals<C: ConnectionTrait>(
    connection: &C,
    sealed: &mut Sealed,
) -> StoreResult<(u64, Option<String>)> {
    let mut previous = START.to_string();
    let mut count = 0;
    for (row, expected) in seals(connection).await?.into_iter().zip(1..) {
        count += 1;
        if row.number != expected || row.prev_hash != previous || row.hash != hash_of_seal(&row) {
            let text = format!("{expected} 番目の封印が書き換えられているか、失われています。");
            return Ok((count, Some(text)));
        }
        for (stream, (seq, hash)) in serde_json::from_str::<Heads>(&row.heads)? {
            sealed.entry(stream).or_default().insert(seq, hash);
        }
        previous = row.hash;
    }
    Ok((count, None))
}

async fn seals<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<seal::Model>> {
    Ok(seal::Entity::find().order_by_asc(seal::Column::Number).all(connection).await?)
}

/// The hash a seal must have.
pub fn hash_of_seal(row: &seal::Model) -> String {
    digest(&[&row.prev_hash, &row.number.to_string(), &row.at_micros.to_string(), &row.heads])
}

/// What the seals so far say about the heads.
///
/// # Errors
/// When the database fails.
pub async fn sealed_heads<C: ConnectionTrait>(connection: &C) -> StoreResult<Heads> {
    let mut heads = Heads::new();
    for row in seals(connection).await? {
        heads.extend(serde_json::from_str::<Heads>(&row.heads)?);
    }
    Ok(heads)
}

/// The heads of all streams as they stand.
///
/// # Errors
/// When the database fails.
pub async fn heads<C: ConnectionTrait>(connection: &C) -> StoreResult<Heads> {
    let rows: Vec<(String, i64, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Stream, event::Column::Seq, event::Column::Hash])
        .order_by_asc(event::Column::Seq)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(stream, seq, hash)| (stream, (seq, hash))).collect())
}
