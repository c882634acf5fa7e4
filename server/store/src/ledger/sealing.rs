//! Seals: the heads of the streams that grew, chained to the seal before.

use super::verify::hash_of_seal;
use super::{START, micros};
use crate::Db;
use crate::access::require_city;
use crate::entity::{ledger_head, seal};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Seals what happened since the last seal: the heads of all streams that grew, chained to the seal before.
/// Does nothing if nothing happened.
///
/// # Errors
/// When the database fails.
pub async fn seal(db: &Db, now: OffsetDateTime) -> StoreResult<Option<seal::Model>> {
    let txn = db.begin().await?;
    let last = seal::Entity::find().order_by_desc(seal::Column::Number).one(&txn).await?;
    // Locked, so that no head moves between being read and being marked as sealed.
    let grown = ledger_head::Entity::find()
        .filter(Expr::col(ledger_head::Column::Seq).gt(Expr::col(ledger_head::Column::SealedSeq)))
        .order_by_asc(ledger_head::Column::Stream)
        .lock_exclusive()
        .all(&txn)
        .await?;
    if grown.is_empty() {
        return Ok(None);
    }
    let row = next(last, &grown, now)?;
    seal::Entity::insert(row.clone().into_active_model()).exec_without_returning(&txn).await?;
    mark_sealed(&txn, &grown).await?;
    txn.commit().await?;
    Ok(Some(row))
}

/// The seal that follows the last one.
fn next(
    last: Option<seal::Model>,
    grown: &[ledger_head::Model],
    now: OffsetDateTime,
) -> StoreResult<seal::Model> {
    let heads: BTreeMap<&str, (i64, &str)> =
        grown.iter().map(|head| (head.stream.as_str(), (head.seq, head.hash.as_str()))).collect();
    let fresh: i64 = grown.iter().map(|head| head.seq - head.sealed_seq).sum();
    let mut row = seal::Model {
        id: Uuid::now_v7(),
        number: last.as_ref().map_or(1, |seal| seal.number + 1),
        at_micros: micros(now),
        heads: serde_json::to_string(&heads)?,
        events: last.as_ref().map_or(0, |seal| seal.events) + fresh,
        streams: i64::try_from(grown.len()).unwrap_or(i64::MAX),
        prev_hash: last.map_or_else(|| START.to_string(), |seal| seal.hash),
        hash: String::new(),
    };
    row.hash = hash_of_seal(&row);
    Ok(row)
}

async fn mark_sealed<C: ConnectionTrait>(connection: &C, grown: &[ledger_head::Model]) -> StoreResult<()> {
    for portion in grown.chunks(500) {
        ledger_head::Entity::update_many()
            .col_expr(ledger_head::Column::SealedSeq, Expr::col(ledger_head::Column::Seq))
            .filter(ledger_head::Column::Id.is_in(portion.iter().map(|head| head.id)))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// A seal as it is shown.
#[derive(Debug, Clone)]
pub struct SealLine {
    pub number: i64,
    pub at: OffsetDateTime,
    /// All events until then; 0 where they were not counted yet.
    pub events: i64,
    /// Streams that grew since the seal before; 0 where they were not counted yet.
    pub streams: i64,
    pub hash: String,
    pub prev_hash: String,
}

fn line(row: seal::Model) -> SealLine {
    SealLine {
        number: row.number,
        at: at(row.at_micros),
        events: row.events,
        streams: row.streams,
        hash: row.hash,
        prev_hash: row.prev_hash,
    }
}

fn at(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// The 50 seals before a number, newest first.
///
/// # Errors
/// `Forbidden` without the permission to read the ledger.
pub async fn list(db: &Db, actor: &Actor, before: i64) -> StoreResult<Vec<SealLine>> {
    require_city(actor, Action::ReadLedger)?;
    let rows = seal::Entity::find()
        .filter(seal::Column::Number.lt(before))
        .order_by_desc(seal::Column::Number)
        .limit(50)
        .all(db.read())
        .await?;
    Ok(rows.into_iter().map(line).collect())
}

/// One seal.
///
/// # Errors
/// As [`list`]; `NotFound` for a number that no seal has.
pub async fn one(db: &Db, actor: &Actor, number: i64) -> StoreResult<SealLine> {
    require_city(actor, Action::ReadLedger)?;
    numbered(db, number).await?.map(line).ok_or(StoreError::NotFound)
}

async fn numbered(db: &Db, number: i64) -> StoreResult<Option<seal::Model>> {
    Ok(seal::Entity::find().filter(seal::Column::Number.eq(number)).one(db.read()).await?)
}

/// What comparing a paper with the database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// The seal says what the paper says, and what it names still gives this hash.
    Same { number: i64, at: OffsetDateTime },
    /// What was typed is no hash: so many characters of 64.
    NoHash { typed: usize },
    /// The database has no seal of this number.
    NoSuch { number: i64 },
    /// No seal has this hash; no number was given.
    Nowhere,
    /// The seal of this number has another hash; these groups of four differ, counted from 1.
    Other { number: i64, groups: Vec<usize> },
    /// The hash is the one of the paper, but what it names was altered.
    Altered { number: i64 },
}

impl Checked {
    /// The finding in one sentence.
    pub fn text(&self) -> String {
        match self {
            Checked::Same { number, .. } => format!("一致。第{number}号の封印は、紙のとおりです。"),
            Checked::NoHash { typed } => {
                format!("照合値は0から9まで及びaからfまでの64文字です（入力は{typed}文字）。紙を見て入力し直してください。")
            }
            Checked::NoSuch { number } => {
                format!("不一致。データベースに第{number}号の封印がありません。番号が正しければ、封印が失われています。")
            }
            Checked::Nowhere => "不一致。この照合値の封印は、データベースにありません。番号も入力すると、違う箇所が分かります。".into(),
            Checked::Other { number, groups } => {
                let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
                format!("不一致。第{number}号の封印の照合値は、紙と違います（左上から数えて{}組目）。入力の誤りでなければ、記録又は封印が書き換えられています。", groups.join("、"))
            }
            Checked::Altered { number } => {
                format!("不一致。第{number}号の封印の照合値は紙のとおりですが、封印の中身が書き換えられています。")
            }
        }
    }
}

/// Compares what stands on a paper with the database; case and blanks do not matter.
///
/// # Errors
/// When the database fails.
pub async fn check(db: &Db, number: Option<i64>, typed: &str) -> StoreResult<Checked> {
    let typed: String =
        typed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    if typed.len() != START.len() || !typed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Checked::NoHash { typed: typed.chars().count() });
    }
    let found = match number {
        Some(number) => numbered(db, number).await?.ok_or(Checked::NoSuch { number }),
        None => seal::Entity::find()
            .filter(seal::Column::Hash.eq(typed.as_str()))
            .one(db.read())
            .await?
            .ok_or(Checked::Nowhere),
    };
    Ok(match found {
        Err(missing) => missing,
        Ok(seal) if seal.hash != typed => {
            Checked::Other { number: seal.number, groups: unlike(&seal.hash, &typed) }
        }
        Ok(seal) if hash_of_seal(&seal) != seal.hash => Checked::Altered { number: seal.number },
        Ok(seal) => Checked::Same { number: seal.number, at: at(seal.at_micros) },
    })
}

/// The groups of four in which two hashes differ.
fn unlike(stored: &str, typed: &str) -> Vec<usize> {
    let pairs = stored.as_bytes().chunks(4).zip(typed.as_bytes().chunks(4)).zip(1..);
    pairs.filter(|((stored, typed), _)| stored != typed).map(|(_, place)| place).collect()
}
