//! Rejecting a proposal, and taking settlements back.

use super::act::{self, Detail, Done, NewAct, close_empty};
use super::book::Book;
use super::links::{Kept, kept, parts_of, refuse_frozen, remove_unused};
use crate::Db;
use crate::access::{require, require_city};
use crate::entity::{proposal, question_clause, settlement, settlement_part};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Where the officer goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    pub revision: Uuid,
    /// The clause that was worked on.
    pub clause: Uuid,
    /// The clause of the next open proposal; this clause comes first, then the ones after it, then from the top.
    pub next: Option<Uuid>,
    /// Proposals of the revision that are still open.
    pub left: usize,
}

/// Where to go on after a clause.
///
/// # Errors
/// `NotFound` for an unknown revision.
pub async fn next(db: &Db, actor: &Actor, revision: Uuid, clause: Uuid) -> StoreResult<Next> {
    require(actor, Action::ReadPolicy)?;
    Ok(next_in(&Book::load(db.read(), revision).await?, clause))
}

pub(super) fn next_in(book: &Book, clause: Uuid) -> Next {
    let from = book.place_of(clause).unwrap_or(0);
    let (before, rest) = book.clauses.split_at(from);
    let next = rest.iter().chain(before).find(|clause| book.open(clause.id) > 0).map(|clause| clause.id);
    Next { revision: book.revision, clause, next, left: book.left() }
}

/// Rejects a proposal.
///
/// # Errors
/// Refused without a reason, or when it is settled already.
pub async fn reject(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let reason = domain::question::reason(reason)?;
    let txn = db.begin().await?;
    let found = proposal::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let settled = Uuid::now_v7();
    let row = settlement::ActiveModel {
        id: Set(settled),
        proposal_id: Set(id),
        outcome: Set("rejected".to_string()),
        reason: Set(Some(reason.clone())),
        question_id: Set(None),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = settlement::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この案は既に処理されています。改めるときは、先に取り消してください。")?;
    let new =
        NewAct { revision: found.revision_id, clause: found.clause_id, kind: "rejected", text: &found.text };
    let done = act::record(&txn, actor, new, &Detail::Settled(vec![settled]), now).await?;
    let after = json!({ "outcome": "rejected", "reason": reason });
    let event = NewEvent::created("proposal", id, "proposal.rejected", after)
        .beside(json!({ "text": found.text, "clause": found.clause_id, "rule": found.rule }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(done)
}

/// Takes the settlement of a proposal back, together with those of the same act that became the same question.
/// The question goes as well, unless something else asks it.
///
/// # Errors
/// Refused when there is nothing to take back, or the question stands in a frozen edition since.
pub async fn undo(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Next> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let found = proposal::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let settled = settlement::Entity::find()
        .filter(settlement::Column::ProposalId.eq(id))
        .one(&txn)
        .await?
        .ok_or_else(|| {
        StoreError::refused("この案はまだ処理されていないため、取り消すものがありません。")
    })?;
    let undone = together(&txn, &settled).await?;
    take_back(&txn, &undone).await?;
    let ids: Vec<Uuid> = undone.iter().map(|settlement| settlement.id).collect();
    close_empty(&txn, actor, found.revision_id, &ids, now).await?;
    let before =
        json!({ "outcome": settled.outcome, "reason": settled.reason, "question": settled.question_id });
    let event = NewEvent::removed("proposal", id, "proposal.reopened", before).beside(json!({
        "text": found.text,
        "proposals": undone.iter().map(|settlement| settlement.proposal_id).collect::<Vec<_>>(),
    }));
    ledger::record(&txn, actor, now, event).await?;
    let left = Book::load(&txn, found.revision_id).await?.left();
    txn.commit().await?;
    Ok(Next { revision: found.revision_id, clause: found.clause_id, next: Some(found.clause_id), left })
}

/// The settlements of the same moment that became the same question.
async fn together<C: ConnectionTrait>(
    connection: &C,
    settled: &settlement::Model,
) -> StoreResult<Vec<settlement::Model>> {
    let Some(question) = settled.question_id else { return Ok(vec![settled.clone()]) };
    Ok(settlement::Entity::find()
        .filter(settlement::Column::QuestionId.eq(question))
        .filter(settlement::Column::At.eq(settled.at))
        .all(connection)
        .await?)
}

/// Takes settlements back: their links go, and the questions nothing else asks.
pub(super) async fn take_back<C: ConnectionTrait>(
    connection: &C,
    undone: &[settlement::Model],
) -> StoreResult<()> {
    let ids: BTreeSet<Uuid> = undone.iter().map(|settlement| settlement.id).collect();
    let parts = parts_of(connection, &ids).await?;
    let mut asked: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for settlement in undone {
        asked.entry(settlement.id).or_default().extend(settlement.question_id);
    }
    for part in &parts {
        asked.entry(part.settlement_id).or_default().push(part.question_id);
    }
    let questions: BTreeSet<Uuid> = asked.values().flatten().copied().collect();
    if let Some(since) = undone.iter().map(|settlement| settlement.at).min() {
        refuse_frozen(connection, &questions, since).await?;
    }
    let clauses = clauses(connection, undone).await?;
    let kept = kept(connection, &questions, &ids).await?;
    let gone: BTreeSet<Kept> = undone
        .iter()
        .flat_map(|settlement| {
            let clause = clauses.get(&settlement.proposal_id).copied();
            asked[&settlement.id].iter().filter_map(move |question| Some((*question, clause?)))
        })
        .filter(|pair| !kept.contains(pair))
        .collect();
    unlink(connection, &questions, &gone).await?;
    settlement_part::Entity::delete_many()
        .filter(settlement_part::Column::SettlementId.is_in(ids.iter().copied()))
        .exec(connection)
        .await?;
    settlement::Entity::delete_many()
        .filter(settlement::Column::Id.is_in(ids.iter().copied()))
        .exec(connection)
        .await?;
    remove_unused(connection, &questions).await
}

/// Proposal to clause.
async fn clauses<C: ConnectionTrait>(
    connection: &C,
    settlements: &[settlement::Model],
) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    let proposals = proposal::Entity::find()
        .filter(proposal::Column::Id.is_in(settlements.iter().map(|settlement| settlement.proposal_id)))
        .all(connection)
        .await?;
    Ok(proposals.into_iter().map(|proposal| (proposal.id, proposal.clause_id)).collect())
}

/// Deletes the links of these questions to these clauses.
async fn unlink<C: ConnectionTrait>(
    connection: &C,
    questions: &BTreeSet<Uuid>,
    gone: &BTreeSet<Kept>,
) -> StoreResult<()> {
    let links = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.is_in(questions.iter().copied()))
        .all(connection)
        .await?;
    let ids = links
        .into_iter()
        .filter(|link| gone.contains(&(link.question_id, link.clause_id)))
        .map(|link| link.id);
    question_clause::Entity::delete_many()
        .filter(question_clause::Column::Id.is_in(ids))
        .exec(connection)
        .await?;
    Ok(())
}
