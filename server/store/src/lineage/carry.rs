//! What follows from the links between two revisions: questions go over to the new clauses, settlements of the
//! same proposals hold on, questions whose clause changed have to be looked at again.
//!
//! It is computed as a whole and compared with what is there, so that a correction of one link adds and takes
//! back exactly what it changes.

mod exemption;
mod settlement;

use super::load::{Pair, clauses_of, neighbours};
use crate::entity::{
    carried_link, proposal, question_clause, reconsideration, reconsideration_settlement,
    settlement as settlement_table,
};
use crate::error::StoreResult;
use crate::ledger::insert_in_portions;
use crate::question::active;
use domain::actor::Actor;
use exemption::exemptions;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use settlement::settlements;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// What was newly carried over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    pub links: usize,
    pub settlements: usize,
    pub reconsiderations: usize,
}

/// Brings everything that follows from the links up to date.
pub(crate) async fn recompute<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    previous: Uuid,
    revision: Uuid,
    now: OffsetDateTime,
) -> StoreResult<Carried> {
    let pair = neighbours(connection, previous, revision).await?;
    let asked = asked(connection, previous).await?;
    let settlements = settlements(connection, actor, &pair, previous, revision, now).await?;
    exemptions(connection, actor, &pair, (previous, revision), now).await?;
    let links = links(connection, &pair, &asked, revision).await?;
    let reconsiderations = reconsiderations(connection, &pair, &asked, revision, now).await?;
    Ok(Carried { links, settlements, reconsiderations })
}

/// The questions in use about each clause of a revision.
async fn asked<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<BTreeMap<Uuid, BTreeSet<Uuid>>> {
    let in_use = active(connection).await?;
    let rows = question_clause::Entity::find()
        .filter(question_clause::Column::ClauseId.in_subquery(clauses_of(revision)))
        .all(connection)
        .await?;
    let mut asked: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| in_use.contains_key(&row.question_id)) {
        asked.entry(row.clause_id).or_default().insert(row.question_id);
    }
    Ok(asked)
}

async fn links<C: ConnectionTrait>(
    connection: &C,
    pair: &Pair,
    asked: &BTreeMap<Uuid, BTreeSet<Uuid>>,
    revision: Uuid,
) -> StoreResult<usize> {
    let wanted: BTreeSet<(Uuid, Uuid, Uuid)> = pair
        .links
        .iter()
        .flat_map(|(old, new)| asked.get(old).into_iter().flatten().map(|question| (*question, *old, *new)))
        .collect();
    let there = carried_link::Entity::find()
        .filter(carried_link::Column::RevisionId.eq(revision))
        .all(connection)
        .await?;
    let key = |row: &carried_link::Model| (row.question_id, row.old_clause_id, row.new_clause_id);
    let known: BTreeSet<_> = there.iter().map(key).collect();
    // A question that was retired meanwhile keeps its link: the past is not taken back.
    let gone: Vec<&carried_link::Model> =
        there.iter().filter(|row| !pair.links.contains(&(row.old_clause_id, row.new_clause_id))).collect();
    take_back(connection, &gone, &there).await?;
    let added: Vec<_> = wanted.difference(&known).copied().collect();
    let rows = added.iter().map(|(question, old, new)| carried_link::ActiveModel {
        id: Set(Uuid::now_v7()),
        revision_id: Set(revision),
        question_id: Set(*question),
        old_clause_id: Set(*old),
        new_clause_id: Set(*new),
    });
    insert_in_portions::<carried_link::Entity, _, _>(connection, rows.collect()).await?;
    let pairs: BTreeSet<(Uuid, Uuid)> = added.iter().map(|(question, _, new)| (*question, *new)).collect();
    link(connection, revision, pairs).await?;
    Ok(added.len())
}

/// Links questions to clauses of a revision where they aren't yet.
async fn link<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
    mut pairs: BTreeSet<(Uuid, Uuid)>,
) -> StoreResult<()> {
    let there = question_clause::Entity::find()
        .filter(question_clause::Column::ClauseId.in_subquery(clauses_of(revision)))
        .all(connection)
        .await?;
    there.iter().for_each(|row| {
        pairs.remove(&(row.question_id, row.clause_id));
    });
    let rows = pairs.into_iter().map(|(question, clause)| question_clause::ActiveModel {
        id: Set(Uuid::now_v7()),
        question_id: Set(question),
        clause_id: Set(clause),
    });
    insert_in_portions::<question_clause::Entity, _, _>(connection, rows.collect()).await
}

/// Removes carried links, and the questions from the clauses where nothing else keeps them.
async fn take_back<C: ConnectionTrait>(
    connection: &C,
    gone: &[&carried_link::Model],
    all: &[carried_link::Model],
) -> StoreResult<()> {
    for row in gone {
        let other = all.iter().any(|other| {
            other.question_id == row.question_id
                && other.new_clause_id == row.new_clause_id
                && gone.iter().all(|gone| gone.id != other.id)
        });
        if !other && !accepted_here(connection, row.question_id, row.new_clause_id).await? {
            unlink(connection, row.question_id, row.new_clause_id).await?;
        }
        carried_link::Entity::delete_by_id(row.id).exec(connection).await?;
    }
    Ok(())
}

/// Takes a question from a clause.
pub(super) async fn unlink<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    clause: Uuid,
) -> StoreResult<()> {
    question_clause::Entity::delete_many()
        .filter(question_clause::Column::QuestionId.eq(question))
        .filter(question_clause::Column::ClauseId.eq(clause))
        .exec(connection)
        .await?;
    Ok(())
}

/// Whether a proposal of the clause was accepted as this question.
pub(super) async fn accepted_here<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    clause: Uuid,
) -> StoreResult<bool> {
    let proposals = Query::select()
        .column(proposal::Column::Id)
        .from(proposal::Entity)
        .and_where(proposal::Column::ClauseId.eq(clause))
        .to_owned();
    let found = settlement_table::Entity::find()
        .filter(settlement_table::Column::QuestionId.eq(question))
        .filter(settlement_table::Column::ProposalId.in_subquery(proposals))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

async fn reconsiderations<C: ConnectionTrait>(
    connection: &C,
    pair: &Pair,
    asked: &BTreeMap<Uuid, BTreeSet<Uuid>>,
    revision: Uuid,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    let changed = pair.entries.iter().filter(|entry| entry.kind.asks_again());
    let wanted: BTreeSet<(Uuid, Uuid)> = changed
        .flat_map(|entry| entry.old.iter().map(|at| pair.old[*at].id))
        .flat_map(|old| asked.get(&old).into_iter().flatten().map(move |question| (*question, old)))
        .collect();
    let there = reconsideration::Entity::find()
        .filter(reconsideration::Column::RevisionId.eq(revision))
        .all(connection)
        .await?;
    let decided = Query::select()
        .column(reconsideration_settlement::Column::ReconsiderationId)
        .from(reconsideration_settlement::Entity)
        .to_owned();
    let gone = there.iter().filter(|row| !wanted.contains(&(row.question_id, row.old_clause_id)));
    reconsideration::Entity::delete_many()
        .filter(reconsideration::Column::Id.is_in(gone.map(|row| row.id)))
        .filter(reconsideration::Column::Id.not_in_subquery(decided))
        .exec(connection)
        .await?;
    let known: BTreeSet<_> = there.iter().map(|row| (row.question_id, row.old_clause_id)).collect();
    let added: Vec<_> = wanted.difference(&known).copied().collect();
    let rows = added.iter().map(|(question, old)| reconsideration::ActiveModel {
        id: Set(Uuid::now_v7()),
        revision_id: Set(revision),
        question_id: Set(*question),
        old_clause_id: Set(*old),
        at: Set(now),
    });
    insert_in_portions::<reconsideration::Entity, _, _>(connection, rows.collect()).await?;
    Ok(added.len())
}
