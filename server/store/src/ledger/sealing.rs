//! Seals: the heads of the streams that grew, chained to the seal before.

use super::verify::hash_of_seal;
use super::{START, micros};
use crate::Db;
use crate::entity::{ledger_head, seal};
use crate::error::StoreResult;
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
