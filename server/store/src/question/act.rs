//! What the officer did at the workbench, one row each, and taking it back.

use super::settle::take_back;
use super::write::take_out;
use crate::Db;
use crate::access::{require, require_city};
use crate::entity::{act, act_withdrawal, clause, correction_withdrawal, exemption, exemption_withdrawal};
use crate::entity::{person, sentence, settlement};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub act: Uuid,
    pub revision: Uuid,
    /// The clause that was worked on.
    pub clause: Uuid,
    /// The proposal that was taken back, or the first of them.
    pub proposal: Option<Uuid>,
}

/// An act in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActView {
    pub id: Uuid,
    pub clause: Uuid,
    pub short_path: String,
    /// `accepted`, `edited`, `bulk`, `split`, `merged`, `rejected`, `reclassified`, `exempted`, `added`.
    pub kind: String,
    /// The question or the sentence it was about.
    pub text: String,
    pub at: OffsetDateTime,
    pub by: String,
    pub withdrawn: Option<OffsetDateTime>,
    /// The reader's own act.
    pub own: bool,
}

/// What taking an act back needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Detail {
    Settled(Vec<Uuid>),
    Reclassified(Before),
    Exempted(Uuid),
    Added(Uuid),
}

/// A sentence as it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Before {
    pub sentence: Uuid,
    pub class: String,
    pub role: Option<String>,
    pub role_presumed: bool,
    pub subject: Option<String>,
    pub marks: String,
    /// What was learnt from it.
    pub corrections: Vec<Uuid>,
}

/// Where an act happens and what it is called.
pub(crate) struct NewAct<'a> {
    pub revision: Uuid,
    pub clause: Uuid,
    pub kind: &'a str,
    pub text: &'a str,
}

/// Writes an act inside the caller's transaction.
pub(crate) async fn record<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    new: NewAct<'_>,
    detail: &Detail,
    now: OffsetDateTime,
) -> StoreResult<Done> {
    let id = Uuid::now_v7();
    let row = act::ActiveModel {
        id: Set(id),
        revision_id: Set(new.revision),
        clause_id: Set(new.clause),
        kind: Set(new.kind.to_string()),
        text: Set(new.text.to_string()),
        detail: Set(serde_json::to_string(detail)?),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    act::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(Done { act: id, revision: new.revision, clause: new.clause, proposal: None })
}

fn withdrawn() -> SelectStatement {
    Query::select().column(act_withdrawal::Column::ActId).from(act_withdrawal::Entity).to_owned()
}

/// The actor's last act in a revision that still stands.
pub(super) async fn last<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    revision: Uuid,
) -> StoreResult<Option<act::Model>> {
    Ok(act::Entity::find()
        .filter(act::Column::RevisionId.eq(revision))
        .filter(act::Column::ByPersonId.eq(actor.person_id))
        .filter(act::Column::Id.not_in_subquery(withdrawn()))
        .order_by_desc(act::Column::At)
        .order_by_desc(act::Column::Id)
        .one(connection)
        .await?)
}

/// Takes back the actor's last act in a revision.
///
/// # Errors
/// Refused when nothing is left to take back, and as [`withdraw`].
pub async fn withdraw_last(db: &Db, actor: &Actor, revision: Uuid, now: OffsetDateTime) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let found = last(db.read(), actor, revision).await?;
    let found = found.ok_or_else(|| StoreError::refused("取り消す処理はありません。"))?;
    withdraw(db, actor, found.id, now).await
}

/// Takes an act back.
///
/// # Errors
/// Refused when it is taken back already, or something was built on it since.
pub async fn withdraw(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let found = act::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    mark_withdrawn(&txn, actor, id, now).await?;
    let mut proposal = None;
    match serde_json::from_str(&found.detail)? {
        Detail::Settled(settlements) => {
            let standing = settlement::Entity::find()
                .filter(settlement::Column::Id.is_in(settlements))
                .all(&txn)
                .await?;
            proposal = standing.first().map(|settlement| settlement.proposal_id);
            take_back(&txn, &standing).await?;
        }
        Detail::Reclassified(before) => restore(&txn, actor, &before, now).await?,
        Detail::Exempted(exemption) => end_exemption(&txn, actor, exemption, now).await?,
        Detail::Added(question) => take_out(&txn, question, found.clause_id, found.at).await?,
    }
    let before = json!({ "kind": found.kind, "text": found.text, "at": found.at });
    let event = NewEvent::removed("revision", found.revision_id, "act.withdrawn", before)
        .beside(json!({ "act": id, "clause": found.clause_id }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(Done { act: id, revision: found.revision_id, clause: found.clause_id, proposal })
}

pub(super) async fn mark_withdrawn<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = act_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        act_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = act_withdrawal::Entity::insert(row).exec_without_returning(connection).await;
    on_double(inserted, "この処理は既に取り消されています。")?;
    Ok(())
}

async fn restore<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    before: &Before,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let found =
        sentence::Entity::find_by_id(before.sentence).one(connection).await?.ok_or(StoreError::NotFound)?;
    crate::clause::restore(connection, found, before).await?;
    for correction in &before.corrections {
        let row = correction_withdrawal::ActiveModel {
            id: Set(Uuid::now_v7()),
            correction_id: Set(*correction),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        };
        let ended = correction_withdrawal::Entity::find()
            .filter(correction_withdrawal::Column::CorrectionId.eq(*correction))
            .one(connection)
            .await?;
        if ended.is_none() {
            correction_withdrawal::Entity::insert(row).exec_without_returning(connection).await?;
        }
    }
    Ok(())
}

async fn end_exemption<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    exemption::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let row = exemption_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        exemption_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = exemption_withdrawal::Entity::insert(row).exec_without_returning(connection).await;
    on_double(inserted, "この理由は既に取り消されています。")?;
    Ok(())
}

/// After a settlement was taken back by itself: acts of which nothing is left count as taken back.
pub(super) async fn close_empty<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    revision: Uuid,
    gone: &[Uuid],
    now: OffsetDateTime,
) -> StoreResult<()> {
    let standing = act::Entity::find()
        .filter(act::Column::RevisionId.eq(revision))
        .filter(act::Column::Id.not_in_subquery(withdrawn()))
        .all(connection)
        .await?;
    for found in standing {
        let Detail::Settled(ids) = serde_json::from_str(&found.detail)? else { continue };
        if !ids.iter().any(|id| gone.contains(id)) {
            continue;
        }
        let left =
            settlement::Entity::find().filter(settlement::Column::Id.is_in(ids)).one(connection).await?;
        if left.is_none() {
            mark_withdrawn(connection, actor, found.id, now).await?;
        }
    }
    Ok(())
}

/// The newest acts of a revision.
///
/// # Errors
/// When the database fails.
pub async fn acts(db: &Db, actor: &Actor, revision: Uuid, most: u64) -> StoreResult<Vec<ActView>> {
    require(actor, Action::ReadPolicy)?;
    let found = act::Entity::find()
        .filter(act::Column::RevisionId.eq(revision))
        .order_by_desc(act::Column::At)
        .order_by_desc(act::Column::Id)
        .limit(most)
        .all(db.read())
        .await?;
    views(db.read(), actor, found).await
}

/// Acts with the names and paths they need.
pub(super) async fn views<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    found: Vec<act::Model>,
) -> StoreResult<Vec<ActView>> {
    let ends: BTreeMap<Uuid, OffsetDateTime> = act_withdrawal::Entity::find()
        .filter(act_withdrawal::Column::ActId.is_in(found.iter().map(|act| act.id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|end| (end.act_id, end.at))
        .collect();
    let people: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(found.iter().map(|act| act.by_person_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let paths: BTreeMap<Uuid, String> = clause::Entity::find()
        .select_only()
        .columns([clause::Column::Id, clause::Column::ShortPath])
        .filter(clause::Column::Id.is_in(found.iter().map(|act| act.clause_id)))
        .into_tuple::<(Uuid, String)>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    Ok(found
        .into_iter()
        .map(|act| ActView {
            id: act.id,
            clause: act.clause_id,
            short_path: paths.get(&act.clause_id).cloned().unwrap_or_default(),
            by: people.get(&act.by_person_id).cloned().unwrap_or_default(),
            withdrawn: ends.get(&act.id).copied(),
            own: act.by_person_id == actor.person_id,
            kind: act.kind,
            text: act.text,
            at: act.at,
        })
        .collect())
}
