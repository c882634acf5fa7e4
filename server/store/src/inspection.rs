//! Inspections: started with a snapshot of the organisation and of who owes which sheet, and closed.

mod about;
mod begin;
pub mod board;
pub mod draft;
pub mod hand_out;
pub mod haste;
pub mod rehearsal;
mod start;
pub(crate) mod target;
pub mod transfer;

pub(crate) use about::{about, counting, is_rehearsal};
pub use begin::{Beginning, Choices, EditionChoice, beginning, choices, newest};
pub use board::board;
pub use start::start;

use crate::Db;
use crate::access::require_city;
use crate::entity::{closing, inspection};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, Set,
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Whether an inspection was closed.
pub(crate) async fn is_closed<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<bool> {
    let rows = closing::Entity::find().filter(closing::Column::InspectionId.eq(id));
    Ok(rows.count(connection).await? > 0)
}

/// Closes an inspection: answers change no more, figures stay as they are.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused the second time, and while sheets are being handed out.
pub async fn close(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    shut(&txn, actor, id, now).await?;
    Ok(txn.commit().await?)
}

/// The same inside a transaction.
async fn shut(txn: &DatabaseTransaction, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    inspection::Entity::find_by_id(id).one(txn).await?.ok_or(StoreError::NotFound)?;
    domain::inspection::may_close(is_closed(txn, id).await?)?;
    domain::inspection::all_handed_out(hand_out::is_under_way(txn, id).await?)?;
    let row = closing::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    let inserted = closing::Entity::insert(row).exec_without_returning(txn).await;
    on_double(inserted, "この点検は、既に締め切られています。")?;
    let (before, after) = (json!({ "closed": false }), json!({ "closed": true }));
    let event = NewEvent::changed("inspection", id, "inspection.closed", before, after);
    ledger::record(txn, actor, now, event).await?;
    Ok(())
}
