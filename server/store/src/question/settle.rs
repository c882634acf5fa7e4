//! Rejecting a proposal, and taking a settlement back.

use super::book::Book;
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    edition, edition_item, proposal, question, question_clause, settlement, sheet_item, wording,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;
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
pub(super) fn next(book: &Book, clause: Uuid) -> Next {
    let from = book.clauses.iter().position(|other| other.id == clause).unwrap_or(0);
    let (before, rest) = book.clauses.split_at(from);
    let next = rest.iter().chain(before).find(|clause| book.open(clause.id) > 0).map(|clause| clause.id);
    Next { revision: book.revision, clause, next, left: book.left() }
}

pub(super) async fn after<C: ConnectionTrait>(connection: &C, found: &proposal::Model) -> StoreResult<Next> {
    Ok(next(&Book::load(connection, found.revision_id).await?, found.clause_id))
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
) -> StoreResult<Next> {
    require_city(actor, Action::EditPolicy)?;
    let reason = domain::question::reason(reason)?;
    let txn = db.begin().await?;
    let found = proposal::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let row = settlement::ActiveModel {
        id: Set(Uuid::now_v7()),
        proposal_id: Set(id),
        outcome: Set("rejected".to_string()),
        reason: Set(Some(reason.clone())),
        question_id: Set(None),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = settlement::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この案は既に処理されています。改めるときは、先に取り消してください。")?;
    let payload =
        json!({ "text": found.text, "clause": found.clause_id, "rule": found.rule, "reason": reason });
    ledger::record(&txn, actor, now, NewEvent::new("proposal", id, "proposal.rejected", payload)).await?;
    let next = after(&txn, &found).await?;
    txn.commit().await?;
    Ok(next)
}

/// Takes a settlement back. The question that came from it goes as well, unless something else asks it.
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
    let undone = match settled.question_id {
        Some(question) => unlink(&txn, question, &settled).await?,
        None => vec![settled.clone()],
    };
    settlement::Entity::delete_many()
        .filter(settlement::Column::Id.is_in(undone.iter().map(|settlement| settlement.id)))
        .exec(&txn)
        .await?;
    if let Some(question) = settled.question_id {
        remove_unused(&txn, question).await?;
    }
    let payload = json!({
        "outcome": settled.outcome, "reason": settled.reason, "question": settled.question_id, "text": found.text,
        "proposals": undone.iter().map(|settlement| settlement.proposal_id).collect::<Vec<_>>(),
    });
    ledger::record(&txn, actor, now, NewEvent::new("proposal", id, "proposal.reopened", payload)).await?;
    let left = Book::load(&txn, found.revision_id).await?.left();
    txn.commit().await?;
    Ok(Next { revision: found.revision_id, clause: found.clause_id, next: Some(found.clause_id), left })
}

/// Deletes the links that were made in the same act; gives the settlements of that act.
async fn unlink<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    settled: &settlement::Model,
) -> StoreResult<Vec<settlement::Model>> {
    refuse_frozen(connection, question, settled.at).await?;
    let all = settlement::Entity::find()
        .filter(settlement::Column::QuestionId.eq(question))
        .all(connection)
        .await?;
    let (undone, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|other| other.at == settled.at);
    let undone_clauses = clauses(connection, &undone).await?;
    let kept_clauses = clauses(connection, &kept).await?;
    let gone: Vec<Uuid> =
        undone_clauses.into_iter().filter(|clause| !kept_clauses.contains(clause)).collect();
    question_clause::Entity::delete_many()
        .filter(question_clause::Column::QuestionId.eq(question))
        .filter(question_clause::Column::ClauseId.is_in(gone))
        .exec(connection)
        .await?;
    Ok(undone)
}

async fn clauses<C: ConnectionTrait>(
    connection: &C,
    settlements: &[settlement::Model],
) -> StoreResult<Vec<Uuid>> {
    let proposals = proposal::Entity::find()
        .filter(proposal::Column::Id.is_in(settlements.iter().map(|settlement| settlement.proposal_id)))
        .all(connection)
        .await?;
    Ok(proposals.into_iter().map(|proposal| proposal.clause_id).collect())
}

async fn refuse_frozen<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    since: OffsetDateTime,
) -> StoreResult<()> {
    let items = edition_item::Entity::find()
        .filter(edition_item::Column::QuestionId.eq(question))
        .all(connection)
        .await?;
    let edition = edition::Entity::find()
        .filter(edition::Column::Id.is_in(items.iter().map(|item| item.edition_id)))
        .filter(edition::Column::At.gte(since))
        .one(connection)
        .await?;
    match edition {
        None => Ok(()),
        Some(edition) => Err(StoreError::refused(format!(
            "この設問は、確定した版「{}」に載っているため取り消せません。次の版から外すときは、点検票の画面で外してください。",
            edition.label
        ))),
    }
}

/// Removes a question that no clause and no edition knows any more.
async fn remove_unused<C: ConnectionTrait>(connection: &C, question: Uuid) -> StoreResult<()> {
    let links = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.eq(question))
        .count(connection)
        .await?;
    let items = edition_item::Entity::find()
        .filter(edition_item::Column::QuestionId.eq(question))
        .count(connection)
        .await?;
    if links + items > 0 {
        return Ok(());
    }
    sheet_item::Entity::delete_many()
        .filter(sheet_item::Column::QuestionId.eq(question))
        .exec(connection)
        .await?;
    wording::Entity::delete_many().filter(wording::Column::QuestionId.eq(question)).exec(connection).await?;
    question::Entity::delete_by_id(question).exec(connection).await?;
    Ok(())
}
