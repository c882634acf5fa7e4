//! Drafts (下書き): kept, changed, discarded, started.

use super::rehearsal;
use super::start::{begin, said};
use crate::Db;
use crate::access::require_city;
use crate::entity::{draft, draft_end};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::inspection::Start;
use domain::inspection::draft::{End, may_change, may_keep};
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use time::OffsetDateTime;
use uuid::Uuid;

const DOUBLE: &str = "この下書きは、ほかの人が同時に開始又は破棄しました。画面を開き直してください。";

/// A draft with what happened to it.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: Uuid,
    pub start: Start,
    pub at: OffsetDateTime,
    pub end: Option<End>,
    /// The inspection it became.
    pub inspection: Option<Uuid>,
    /// Newest first.
    pub rehearsals: Vec<rehearsal::Rehearsal>,
}

/// Keeps a draft: a new one, or the changed content of one that has not ended. Gives its key.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused without a name, and once it ended.
pub async fn keep(
    db: &Db,
    actor: &Actor,
    id: Option<Uuid>,
    start: Start,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    may_keep(&start.name)?;
    let txn = db.begin().await?;
    let before = match id {
        Some(id) => Some(open(&txn, id).await?),
        None => None,
    };
    let key = id.unwrap_or_else(Uuid::now_v7);
    let row = draft::ActiveModel {
        id: Set(key),
        content: Set(serde_json::to_string(&start)?),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    match before {
        Some(_) => {
            draft::Entity::update(row).exec(&txn).await?;
        }
        None => {
            draft::Entity::insert(row).exec_without_returning(&txn).await?;
        }
    }
    let event = match before {
        Some(before) => NewEvent::changed("draft", key, "draft.saved", said(&before), said(&start)),
        None => NewEvent::created("draft", key, "draft.saved", said(&start)),
    };
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(key)
}

/// Throws a draft away; its rehearsal ends with it.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused once it ended.
pub async fn discard(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let start = open(&txn, id).await?;
    rehearsal::end_all(&txn, actor, id, now).await?;
    put_end(&txn, actor, id, None, now).await?;
    ledger::record(&txn, actor, now, NewEvent::removed("draft", id, "draft.discarded", said(&start))).await?;
    Ok(txn.commit().await?)
}

/// Starts the inspection of a draft with what was entered last; its rehearsal ends, and nothing of it is taken over.
///
/// # Errors
/// As `start`; refused once the draft ended.
pub async fn start_draft(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    start: Start,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    open(&txn, id).await?;
    rehearsal::end_all(&txn, actor, id, now).await?;
    let inspection = begin(&txn, actor, start, None, now).await?;
    put_end(&txn, actor, id, Some(inspection), now).await?;
    txn.commit().await?;
    db.wake_hand_out();
    Ok(inspection)
}

/// The content of a draft that may still be changed, locked.
pub(super) async fn open(txn: &DatabaseTransaction, id: Uuid) -> StoreResult<Start> {
    let row = draft::Entity::find_by_id(id).lock_exclusive().one(txn).await?.ok_or(StoreError::NotFound)?;
    may_change(end_of(txn, id).await?.map(|(end, _)| end))?;
    Ok(serde_json::from_str(&row.content)?)
}

async fn end_of<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Option<(End, Option<Uuid>)>> {
    let row = draft_end::Entity::find().filter(draft_end::Column::DraftId.eq(id)).one(connection).await?;
    Ok(row.map(|row| match row.inspection_id {
        Some(inspection) => (End::Started, Some(inspection)),
        None => (End::Discarded, None),
    }))
}

async fn put_end(
    txn: &DatabaseTransaction,
    actor: &Actor,
    draft_id: Uuid,
    inspection: Option<Uuid>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = draft_end::ActiveModel {
        id: Set(Uuid::now_v7()),
        draft_id: Set(draft_id),
        inspection_id: Set(inspection),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    on_double(draft_end::Entity::insert(row).exec_without_returning(txn).await.map(|_| ()), DOUBLE)
}

/// A draft.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown draft.
pub async fn draft(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Draft> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let row = draft::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let end = end_of(connection, id).await?;
    Ok(Draft {
        id,
        start: serde_json::from_str(&row.content)?,
        at: row.at,
        inspection: end.and_then(|(_, inspection)| inspection),
        end: end.map(|(end, _)| end),
        rehearsals: rehearsal::of_draft(connection, id).await?,
    })
}

/// Drafts that have not ended, newest first: key, name, when it was saved last.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn drafts(db: &Db, actor: &Actor) -> StoreResult<Vec<(Uuid, String, OffsetDateTime)>> {
    require_city(actor, Action::RunInspection)?;
    let ended = Query::select().column(draft_end::Column::DraftId).from(draft_end::Entity).to_owned();
    let rows = draft::Entity::find()
        .filter(draft::Column::Id.not_in_subquery(ended))
        .order_by_desc(draft::Column::At)
        .all(db.read())
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, serde_json::from_str::<Start>(&row.content)?.name, row.at)))
        .collect()
}
