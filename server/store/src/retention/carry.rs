//! Carrying a disposal out: the content goes, figures and chain stay.

use crate::entity::{answer, disposal_item, event, outbox, payload_disposal, roster_import};
use crate::error::StoreResult;
use crate::evidence;
use crate::intake;
use crate::ledger::{START, insert_in_portions, removed::next, stream};
use domain::permission::record::OF_ANSWERS;
use domain::retention::Kind;
use domain::roster::Roster;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

pub(super) use crate::ledger::removed::APPROVED;

/// Things taken at once, below the limit of bound values.
const PORTION: usize = 500;

/// What was removed from the ledger.
pub(super) struct Removed {
    /// Payloads removed.
    pub events: u64,
    /// Chained over their hashes, see [`next`].
    pub digest: String,
    /// Payloads that stayed, because their hash covers them (events from before digests were introduced).
    pub older: u64,
}

/// Removes the content of everything on a list inside the caller's transaction.
pub(super) async fn out<C: ConnectionTrait>(
    connection: &C,
    disposal: Uuid,
    items: &[disposal_item::Model],
) -> StoreResult<Removed> {
    let of = |kind: Kind| -> Vec<Uuid> {
        items.iter().filter(|item| item.kind == kind.key()).map(|item| item.object_id).collect()
    };
    for messages in of(Kind::Outbox).chunks(PORTION) {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::Body, Expr::value(""))
            .filter(outbox::Column::Id.is_in(messages.iter().copied()))
            .exec(connection)
            .await?;
    }
    rosters(connection, &of(Kind::Rosters)).await?;
    answers(connection, disposal, of(Kind::Answers)).await
}

/// Of an uploaded roster its name and its day stay.
async fn rosters<C: ConnectionTrait>(connection: &C, imports: &[Uuid]) -> StoreResult<()> {
    let empty = serde_json::to_string(&Roster::default())?;
    for portion in imports.chunks(PORTION) {
        roster_import::Entity::update_many()
            .col_expr(roster_import::Column::Roster, Expr::value(empty.as_str()))
            .col_expr(roster_import::Column::Content, Expr::value(None::<Vec<u8>>))
            .col_expr(roster_import::Column::Organisations, Expr::value(None::<Vec<u8>>))
            .col_expr(roster_import::Column::Settings, Expr::value("{}"))
            .filter(roster_import::Column::Id.is_in(portion.iter().copied()))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// Answers are deleted; tallies, spreads, submissions and what was hidden stay. What the ledger kept of them goes, too.
async fn answers<C: ConnectionTrait>(
    connection: &C,
    disposal: Uuid,
    mut targets: Vec<Uuid>,
) -> StoreResult<Removed> {
    // In the order in which the ledger is verified, which is that of the names of the streams.
    targets.sort_unstable();
    let mut removed = Removed { events: 0, digest: START.to_string(), older: 0 };
    for portion in targets.chunks(PORTION) {
        answer::Entity::delete_many()
            .filter(answer::Column::TargetId.is_in(portion.iter().copied()))
            .exec(connection)
            .await?;
        evidence::dispose(connection, portion).await?;
        intake::dispose(connection, portion).await?;
        let streams: Vec<String> = portion.iter().map(|id| stream("target", *id)).collect();
        payloads(connection, disposal, streams, &mut removed).await?;
    }
    Ok(removed)
}

async fn payloads<C: ConnectionTrait>(
    connection: &C,
    disposal: Uuid,
    streams: Vec<String>,
    removed: &mut Removed,
) -> StoreResult<()> {
    let rows: Vec<(Uuid, String, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::Hash, event::Column::PayloadDigest])
        .filter(event::Column::Stream.is_in(streams))
        .filter(event::Column::Kind.is_in(OF_ANSWERS))
        .order_by_asc(event::Column::Stream)
        .order_by_asc(event::Column::Seq)
        .into_tuple()
        .all(connection)
        .await?;
    let (covered, older): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(.., digest)| !digest.is_empty());
    removed.older += older.len() as u64;
    for (_, hash, _) in &covered {
        removed.events += 1;
        removed.digest = next(&removed.digest, hash);
    }
    let ids: Vec<Uuid> = covered.into_iter().map(|(id, ..)| id).collect();
    for portion in ids.chunks(PORTION) {
        event::Entity::update_many()
            .col_expr(event::Column::Payload, Expr::value(""))
            .filter(event::Column::Id.is_in(portion.iter().copied()))
            .exec(connection)
            .await?;
    }
    let rows = ids.into_iter().map(|id| payload_disposal::ActiveModel {
        id: Set(Uuid::now_v7()),
        event_id: Set(id),
        disposal_id: Set(disposal),
    });
    insert_in_portions::<payload_disposal::Entity, _, _>(connection, rows.collect()).await
}
