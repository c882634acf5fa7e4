//! Taking back how a question was settled, as long as no edition was frozen with it.

use super::carry::unlink;
use super::settle::{carried, put_link};
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    edition, question, question_retirement, reconsideration, reconsideration_settlement as settlement,
    settlement as proposal_settlement, wording,
};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::lineage::Outcome;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Takes a settlement back: the words, the end or the links are as they were before. Gives the revision.
///
/// # Errors
/// Refused when there is nothing to take back, an edition was frozen since, or the question was worded anew since.
pub async fn reopen(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let row = reconsideration::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let settled = settlement::Entity::find()
        .filter(settlement::Column::ReconsiderationId.eq(id))
        .one(&txn)
        .await?
        .ok_or_else(|| {
            StoreError::refused("この設問はまだ処理されていないため、取り消すものがありません。")
        })?;
    refuse_frozen(&txn, row.question_id, settled.at).await?;
    settlement::Entity::delete_by_id(settled.id).exec(&txn).await?;
    match Outcome::from_key(&settled.outcome) {
        Some(Outcome::Reworded) => {
            unword(&txn, row.question_id, settled.wording_id).await?;
            // Proposals that were settled by the new words are open again.
            proposal_settlement::Entity::delete_many()
                .filter(proposal_settlement::Column::QuestionId.eq(row.question_id))
                .filter(proposal_settlement::Column::At.eq(settled.at))
                .exec(&txn)
                .await?;
        }
        Some(Outcome::Retired) => {
            question_retirement::Entity::delete_many()
                .filter(question_retirement::Column::QuestionId.eq(row.question_id))
                .exec(&txn)
                .await?;
        }
        Some(Outcome::Relinked) => {
            if let Some(clause) = settled.clause_id.filter(|_| settled.link_made) {
                unlink(&txn, row.question_id, clause).await?;
            }
            let links = carried(&txn, row.revision_id, row.question_id).await?;
            for link in links.iter().filter(|link| link.old_clause_id == row.old_clause_id) {
                put_link(&txn, row.question_id, link.new_clause_id).await?;
            }
        }
        Some(Outcome::Kept) | None => {}
    }
    let before = json!({ "outcome": settled.outcome, "reason": settled.reason });
    let event = NewEvent::removed("question", row.question_id, "question.reconsideration_reopened", before);
    ledger::record(&txn, actor, now, event.beside(json!({ "revision": row.revision_id }))).await?;
    txn.commit().await?;
    Ok(row.revision_id)
}

/// An edition of the question's sheet that was frozen since rests on what was decided, with it or without it.
async fn refuse_frozen<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    since: OffsetDateTime,
) -> StoreResult<()> {
    let question =
        question::Entity::find_by_id(question).one(connection).await?.ok_or(StoreError::NotFound)?;
    let edition = edition::Entity::find()
        .filter(edition::Column::Role.eq(question.role))
        .filter(edition::Column::At.gte(since))
        .one(connection)
        .await?;
    match edition {
        None => Ok(()),
        Some(edition) => Err(StoreError::refused(format!(
            "この処理の後に版「{}」が確定しているため、取り消せません。条項の画面で設問を改めてください。",
            edition.label
        ))),
    }
}

/// Removes the wording if it still is the newest.
async fn unword<C: ConnectionTrait>(connection: &C, question: Uuid, made: Option<Uuid>) -> StoreResult<()> {
    let newest = wording::Entity::find()
        .filter(wording::Column::QuestionId.eq(question))
        .order_by_desc(wording::Column::Number)
        .one(connection)
        .await?;
    let (Some(newest), Some(made)) = (newest, made) else { return Err(StoreError::NotFound) };
    if newest.id != made {
        return Err(StoreError::refused(
            "この設問は、その後に文言が改められています。条項の画面で文言を直してください。",
        ));
    }
    wording::Entity::delete_by_id(made).exec(connection).await?;
    Ok(())
}
