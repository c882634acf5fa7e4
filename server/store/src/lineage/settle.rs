//! Settling a question whose clause changed: it stays, is worded anew, ends, or asks about another clause.

use super::carry::{accepted_here, unlink};
use super::load::{neighbours, previous};
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    carried_link, clause, proposal, question, question_clause, reconsideration,
    reconsideration_settlement as settlement, settlement as proposal_settlement,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::question::{Words, put_retirement, put_wording};
use domain::actor::Actor;
use domain::clause::fold;
use domain::lineage::{Kind, Outcome, may_settle};
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// What the officer decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It stays as it is; the reason may be empty unless the clause is gone.
    Keep { reason: String },
    /// New words.
    Reword { text: String, not_applicable: String, meaning_changed: bool },
    /// It is not asked any more.
    Retire { reason: String },
    /// It asks about this clause of the new revision.
    Relink { clause: Uuid },
}

impl Decision {
    fn outcome(&self) -> Outcome {
        match self {
            Decision::Keep { .. } => Outcome::Kept,
            Decision::Reword { .. } => Outcome::Reworded,
            Decision::Retire { .. } => Outcome::Retired,
            Decision::Relink { .. } => Outcome::Relinked,
        }
    }

    fn reason(&self) -> &str {
        match self {
            Decision::Keep { reason } | Decision::Retire { reason } => reason.trim(),
            Decision::Reword { .. } | Decision::Relink { .. } => "",
        }
    }
}

/// What a decision left behind, so that it can be taken back.
#[derive(Default)]
struct Left {
    wording: Option<Uuid>,
    clause: Option<Uuid>,
    link_made: bool,
}

/// Settles a question whose clause changed. Gives the revision it belongs to.
///
/// # Errors
/// Refused when it is settled already or by `domain::lineage::may_settle`; the refusals of rewording and retiring;
/// `NotFound` for an unknown one, or a clause of another revision.
pub async fn settle(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    decision: Decision,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let row = reconsideration::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let settled =
        settlement::Entity::find().filter(settlement::Column::ReconsiderationId.eq(id)).one(&txn).await?;
    let kind = kind(&txn, &row).await?;
    may_settle(settled.is_some(), decision.outcome(), kind, decision.reason())?;
    let left = act(&txn, actor, &row, &decision, now).await?;
    let reason = Some(decision.reason().to_string()).filter(|reason| !reason.is_empty());
    let new = settlement::ActiveModel {
        id: Set(Uuid::now_v7()),
        reconsideration_id: Set(id),
        outcome: Set(decision.outcome().key().to_string()),
        reason: Set(reason.clone()),
        wording_id: Set(left.wording),
        clause_id: Set(left.clause),
        link_made: Set(left.link_made),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = settlement::Entity::insert(new).exec_without_returning(&txn).await;
    on_double(inserted, "この設問は既に処理されています。改めるときは、先に取り消してください。")?;
    let after = json!({ "outcome": decision.outcome().key(), "reason": reason });
    let event = NewEvent::created("question", row.question_id, "question.reconsidered", after).beside(json!({
        "revision": row.revision_id, "old_clause": row.old_clause_id, "kind": kind.key(), "clause": left.clause,
    }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(row.revision_id)
}

async fn kind<C: ConnectionTrait>(connection: &C, row: &reconsideration::Model) -> StoreResult<Kind> {
    let previous = previous(connection, row.revision_id).await?.ok_or(StoreError::NotFound)?;
    let pair = neighbours(connection, previous, row.revision_id).await?;
    Ok(pair.entry(row.old_clause_id).map_or(Kind::Repealed, |entry| entry.kind))
}

async fn act<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    row: &reconsideration::Model,
    decision: &Decision,
    now: OffsetDateTime,
) -> StoreResult<Left> {
    match decision {
        Decision::Keep { .. } => Ok(Left::default()),
        Decision::Reword { text, not_applicable, meaning_changed } => {
            let words =
                Words { text, not_applicable: Some(not_applicable), meaning_changed: *meaning_changed };
            let wording = put_wording(connection, actor, row.question_id, words, now).await?;
            accept_same(connection, actor, row, text, now).await?;
            Ok(Left { wording: Some(wording), ..Left::default() })
        }
        Decision::Retire { reason } => {
            put_retirement(connection, actor, row.question_id, reason, now).await?;
            Ok(Left::default())
        }
        Decision::Relink { clause } => relink(connection, row, *clause).await,
    }
}

/// A question that took the words of a proposal about the new clause settles that proposal.
async fn accept_same<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    row: &reconsideration::Model,
    text: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let links = carried(connection, row.revision_id, row.question_id).await?;
    let clauses = links.iter().filter(|link| link.old_clause_id == row.old_clause_id);
    let question = question::Entity::find_by_id(row.question_id).one(connection).await?;
    let role = question.ok_or(StoreError::NotFound)?.role;
    let decided = Query::select()
        .column(proposal_settlement::Column::ProposalId)
        .from(proposal_settlement::Entity)
        .to_owned();
    let proposals = proposal::Entity::find()
        .filter(proposal::Column::ClauseId.is_in(clauses.map(|link| link.new_clause_id)))
        .filter(proposal::Column::Role.eq(role))
        .filter(proposal::Column::Id.not_in_subquery(decided))
        .all(connection)
        .await?;
    let same = proposals.into_iter().filter(|proposal| fold(&proposal.text) == fold(text));
    let rows = same.map(|proposal| proposal_settlement::ActiveModel {
        id: Set(Uuid::now_v7()),
        proposal_id: Set(proposal.id),
        outcome: Set("accepted".to_string()),
        reason: Set(None),
        question_id: Set(Some(row.question_id)),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    });
    insert_in_portions::<proposal_settlement::Entity, _, _>(connection, rows.collect()).await
}

async fn relink<C: ConnectionTrait>(
    connection: &C,
    row: &reconsideration::Model,
    to: Uuid,
) -> StoreResult<Left> {
    let clause = clause::Entity::find_by_id(to).one(connection).await?;
    clause.filter(|clause| clause.revision_id == row.revision_id).ok_or(StoreError::NotFound)?;
    let links = carried(connection, row.revision_id, row.question_id).await?;
    for link in links.iter().filter(|link| link.old_clause_id == row.old_clause_id) {
        let other = links.iter().any(|other| {
            other.new_clause_id == link.new_clause_id && other.old_clause_id != row.old_clause_id
        });
        if link.new_clause_id != to
            && !other
            && !accepted_here(connection, row.question_id, link.new_clause_id).await?
        {
            unlink(connection, row.question_id, link.new_clause_id).await?;
        }
    }
    let link_made = put_link(connection, row.question_id, to).await?;
    Ok(Left { clause: Some(to), link_made, ..Left::default() })
}

/// The links that were carried over for a question.
pub(super) async fn carried<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
    question: Uuid,
) -> StoreResult<Vec<carried_link::Model>> {
    Ok(carried_link::Entity::find()
        .filter(carried_link::Column::RevisionId.eq(revision))
        .filter(carried_link::Column::QuestionId.eq(question))
        .all(connection)
        .await?)
}

/// Links a question to a clause if it is not linked yet; says whether it had to.
pub(super) async fn put_link<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    clause: Uuid,
) -> StoreResult<bool> {
    let there = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.eq(question))
        .filter(question_clause::Column::ClauseId.eq(clause))
        .one(connection)
        .await?;
    if there.is_some() {
        return Ok(false);
    }
    let row = question_clause::ActiveModel {
        id: Set(Uuid::now_v7()),
        question_id: Set(question),
        clause_id: Set(clause),
    };
    question_clause::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(true)
}
