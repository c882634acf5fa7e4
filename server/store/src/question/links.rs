//! What holds a question: links to clauses, settlements, editions.

use crate::entity::{
    bank_question, edition, edition_item, proposal, question, question_clause, question_retirement,
    settlement, settlement_part, sheet_item, wording,
};
use crate::error::{StoreError, StoreResult};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// A question and a clause.
pub(super) type Kept = (Uuid, Uuid);

/// The further questions of settlements.
pub(super) async fn parts_of<C: ConnectionTrait>(
    connection: &C,
    settlements: &BTreeSet<Uuid>,
) -> StoreResult<Vec<settlement_part::Model>> {
    Ok(settlement_part::Entity::find()
        .filter(settlement_part::Column::SettlementId.is_in(settlements.iter().copied()))
        .all(connection)
        .await?)
}

/// The links other settlements still need.
pub(super) async fn kept<C: ConnectionTrait>(
    connection: &C,
    questions: &BTreeSet<Uuid>,
    undone: &BTreeSet<Uuid>,
) -> StoreResult<BTreeSet<Kept>> {
    let parts = settlement_part::Entity::find()
        .filter(settlement_part::Column::QuestionId.is_in(questions.iter().copied()))
        .all(connection)
        .await?;
    let found = settlement::Entity::find()
        .filter(
            Condition::any()
                .add(settlement::Column::QuestionId.is_in(questions.iter().copied()))
                .add(settlement::Column::Id.is_in(parts.iter().map(|part| part.settlement_id))),
        )
        .all(connection)
        .await?;
    let others: BTreeMap<Uuid, &settlement::Model> = found
        .iter()
        .filter(|settlement| !undone.contains(&settlement.id))
        .map(|settlement| (settlement.id, settlement))
        .collect();
    let clauses: BTreeMap<Uuid, Uuid> = proposal::Entity::find()
        .filter(proposal::Column::Id.is_in(others.values().map(|settlement| settlement.proposal_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|proposal| (proposal.id, proposal.clause_id))
        .collect();
    let direct = others.values().filter_map(|settlement| Some((settlement.question_id?, settlement)));
    let further = parts.iter().filter_map(|part| Some((part.question_id, others.get(&part.settlement_id)?)));
    Ok(direct
        .chain(further)
        .filter_map(|(question, settlement)| Some((question, *clauses.get(&settlement.proposal_id)?)))
        .collect())
}

/// A question in an edition that was frozen since stays.
pub(super) async fn refuse_frozen<C: ConnectionTrait>(
    connection: &C,
    questions: &BTreeSet<Uuid>,
    since: OffsetDateTime,
) -> StoreResult<()> {
    let items = edition_item::Entity::find()
        .filter(edition_item::Column::QuestionId.is_in(questions.iter().copied()))
        .all(connection)
        .await?;
    let editions: BTreeSet<Uuid> = items.iter().map(|item| item.edition_id).collect();
    let edition = edition::Entity::find()
        .filter(edition::Column::Id.is_in(editions))
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

/// Removes the questions that no clause and no edition knows any more. What was retired or taken from
/// the bank keeps its row.
pub(super) async fn remove_unused<C: ConnectionTrait>(
    connection: &C,
    questions: &BTreeSet<Uuid>,
) -> StoreResult<()> {
    let ids = || questions.iter().copied();
    let links = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.is_in(ids()))
        .all(connection)
        .await?;
    let items = edition_item::Entity::find()
        .filter(edition_item::Column::QuestionId.is_in(ids()))
        .all(connection)
        .await?;
    let ended = question_retirement::Entity::find()
        .filter(question_retirement::Column::QuestionId.is_in(ids()))
        .all(connection)
        .await?;
    let banked = bank_question::Entity::find()
        .filter(bank_question::Column::QuestionId.is_in(ids()))
        .all(connection)
        .await?;
    let mut held: BTreeSet<Uuid> = links.iter().map(|link| link.question_id).collect();
    held.extend(items.iter().map(|item| item.question_id));
    held.extend(banked.iter().map(|taken| taken.question_id));
    held.extend(ended.iter().map(|end| end.question_id));
    let unused: Vec<Uuid> = ids().filter(|question| !held.contains(question)).collect();
    let gone = || unused.iter().copied();
    sheet_item::Entity::delete_many()
        .filter(sheet_item::Column::QuestionId.is_in(gone()))
        .exec(connection)
        .await?;
    wording::Entity::delete_many().filter(wording::Column::QuestionId.is_in(gone())).exec(connection).await?;
    question::Entity::delete_many().filter(question::Column::Id.is_in(gone())).exec(connection).await?;
    Ok(())
}
