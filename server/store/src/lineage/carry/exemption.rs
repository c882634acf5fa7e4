//! Duties nobody is asked about on purpose stay so in the next revision, as long as their sentence is the same.

use super::super::load::{Pair, clauses_of};
use super::settlement::taken_over;
use crate::entity::{exemption, exemption_withdrawal, sentence};
use crate::error::StoreResult;
use crate::question::act::{self, Detail, NewAct};
use domain::actor::Actor;
use domain::clause::fold;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Takes the reasons over. What an officer took back in the new revision is not brought again.
pub(super) async fn exemptions<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    pair: &Pair,
    (previous, revision): (Uuid, Uuid),
    now: OffsetDateTime,
) -> StoreResult<()> {
    let standing = standing(connection, previous).await?;
    if standing.is_empty() {
        return Ok(());
    }
    let decided: BTreeSet<Uuid> =
        recorded(connection, revision).await?.into_iter().map(|row| row.sentence_id).collect();
    let earlier: BTreeMap<(Uuid, String), &exemption::Model> = sentences(connection, previous)
        .await?
        .into_iter()
        .filter_map(|row| Some(((row.clause_id, fold(&row.text)), standing.get(&row.id)?)))
        .collect();
    for row in sentences(connection, revision).await?.into_iter().filter(|row| !decided.contains(&row.id)) {
        let text = fold(&row.text);
        let olds = pair.links.iter().filter(|(_, new)| *new == row.clause_id).map(|(old, _)| *old);
        if let Some(from) = olds.filter_map(|old| earlier.get(&(old, text.clone()))).next() {
            let id = Uuid::now_v7();
            let taken = exemption::ActiveModel {
                id: Set(id),
                sentence_id: Set(row.id),
                reason: Set(taken_over(Some(&from.reason))),
                at: Set(now),
                by_person_id: Set(actor.person_id),
            };
            exemption::Entity::insert(taken).exec_without_returning(connection).await?;
            // An act of its own, so that it can be taken back like every other.
            let new = NewAct { revision, clause: row.clause_id, kind: "exempted", text: &row.text };
            act::record(connection, actor, new, &Detail::Exempted(id), now).await?;
        }
    }
    Ok(())
}

/// Reasons that were not taken back, by sentence.
async fn standing<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<BTreeMap<Uuid, exemption::Model>> {
    let rows = recorded(connection, revision).await?;
    let withdrawn: BTreeSet<Uuid> = exemption_withdrawal::Entity::find()
        .filter(exemption_withdrawal::Column::ExemptionId.is_in(rows.iter().map(|row| row.id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.exemption_id)
        .collect();
    let standing = rows.into_iter().filter(|row| !withdrawn.contains(&row.id));
    Ok(standing.map(|row| (row.sentence_id, row)).collect())
}

/// All reasons ever recorded in a revision.
async fn recorded<C: ConnectionTrait>(connection: &C, revision: Uuid) -> StoreResult<Vec<exemption::Model>> {
    let sentences = Query::select()
        .column(sentence::Column::Id)
        .from(sentence::Entity)
        .and_where(sentence::Column::ClauseId.in_subquery(clauses_of(revision)))
        .to_owned();
    Ok(exemption::Entity::find()
        .filter(exemption::Column::SentenceId.in_subquery(sentences))
        .all(connection)
        .await?)
}

async fn sentences<C: ConnectionTrait>(connection: &C, revision: Uuid) -> StoreResult<Vec<sentence::Model>> {
    Ok(sentence::Entity::find()
        .filter(sentence::Column::ClauseId.in_subquery(clauses_of(revision)))
        .all(connection)
        .await?)
}
