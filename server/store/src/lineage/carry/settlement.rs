//! Proposals that were settled in the same words of the clause they come from stay settled in the next revision.

use super::super::load::{Pair, clauses_of};
use crate::entity::{carried_settlement, proposal, sentence, settlement, settlement_part};
use crate::error::StoreResult;
use crate::ledger::insert_in_portions;
use domain::actor::Actor;
use domain::clause::fold;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Stands before the reason of a settlement that was taken over.
const TAKEN_OVER: &str = "前の版から引継ぎ";

/// What makes two proposals of linked clauses the same: role, words, and the sentence they come from.
type Key = (String, String, String);

async fn proposals<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<Vec<(proposal::Model, Key)>> {
    let sentences: BTreeMap<Uuid, String> = sentence::Entity::find()
        .filter(sentence::Column::ClauseId.in_subquery(clauses_of(revision)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, fold(&row.text)))
        .collect();
    let rows = proposal::Entity::find()
        .filter(proposal::Column::RevisionId.eq(revision))
        .order_by_asc(proposal::Column::Position)
        .all(connection)
        .await?;
    let key = |row: &proposal::Model| {
        let sentence = sentences.get(&row.sentence_id).cloned().unwrap_or_default();
        (row.role.clone(), fold(&row.text), sentence)
    };
    Ok(rows.into_iter().map(|row| (row.clone(), key(&row))).collect())
}

async fn settled<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<BTreeMap<Uuid, settlement::Model>> {
    let proposals = Query::select()
        .column(proposal::Column::Id)
        .from(proposal::Entity)
        .and_where(proposal::Column::RevisionId.eq(revision))
        .to_owned();
    let rows = settlement::Entity::find()
        .filter(settlement::Column::ProposalId.in_subquery(proposals))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.proposal_id, row)).collect())
}

/// Settles every proposal that was settled in the same words of the clause it comes from.
pub(super) async fn settlements<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    pair: &Pair,
    previous: Uuid,
    revision: Uuid,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    let mut earlier: BTreeMap<Uuid, Vec<(Key, settlement::Model)>> = BTreeMap::new();
    let decided = settled(connection, previous).await?;
    for (proposal, key) in proposals(connection, previous).await? {
        if let Some(settlement) = decided.get(&proposal.id) {
            earlier.entry(proposal.clause_id).or_default().push((key, settlement.clone()));
        }
    }
    let mut before: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    pair.links.iter().for_each(|(old, new)| before.entry(*new).or_default().push(*old));
    let mut wanted: BTreeMap<Uuid, settlement::Model> = BTreeMap::new();
    for (proposal, key) in proposals(connection, revision).await? {
        let olds = before.get(&proposal.clause_id).into_iter().flatten();
        let mut same = olds.filter_map(|old| earlier.get(old)).flatten().filter(|(known, _)| *known == key);
        if let Some((_, settlement)) = same.next() {
            wanted.insert(proposal.id, settlement.clone());
        }
    }
    let mut there = settled(connection, revision).await?;
    drop_unwanted(connection, revision, &wanted, &mut there).await?;
    wanted.retain(|proposal, _| !there.contains_key(proposal));
    let count = wanted.len();
    let (mut rows, mut origins) = (Vec::new(), Vec::new());
    for (proposal, from) in wanted {
        let id = Uuid::now_v7();
        rows.push(settlement::ActiveModel {
            id: Set(id),
            proposal_id: Set(proposal),
            outcome: Set(from.outcome.clone()),
            reason: Set(Some(taken_over(from.reason.as_deref()))),
            question_id: Set(from.question_id),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        });
        origins.push(carried_settlement::ActiveModel {
            id: Set(Uuid::now_v7()),
            revision_id: Set(revision),
            settlement_id: Set(id),
            from_settlement_id: Set(from.id),
        });
    }
    insert_in_portions::<settlement::Entity, _, _>(connection, rows).await?;
    further_parts(connection, &origins).await?;
    insert_in_portions::<carried_settlement::Entity, _, _>(connection, origins).await?;
    Ok(count)
}

/// A proposal that was split became several questions; all of them belong to the settlement that was taken over.
async fn further_parts<C: ConnectionTrait>(
    connection: &C,
    origins: &[carried_settlement::ActiveModel],
) -> StoreResult<()> {
    let pairs: Vec<(Uuid, Uuid)> = origins
        .iter()
        .filter_map(|row| {
            Some((row.from_settlement_id.try_as_ref().copied()?, row.settlement_id.try_as_ref().copied()?))
        })
        .collect();
    let mut rows = Vec::new();
    for portion in pairs.chunks(500) {
        let found = settlement_part::Entity::find()
            .filter(settlement_part::Column::SettlementId.is_in(portion.iter().map(|(from, _)| *from)))
            .order_by_asc(settlement_part::Column::Id)
            .all(connection)
            .await?;
        for part in found {
            let to = portion.iter().filter(|(from, _)| *from == part.settlement_id);
            rows.extend(to.map(|(_, to)| settlement_part::ActiveModel {
                id: Set(Uuid::now_v7()),
                settlement_id: Set(*to),
                question_id: Set(part.question_id),
            }));
        }
    }
    insert_in_portions::<settlement_part::Entity, _, _>(connection, rows).await
}

/// The reason as it was, marked once however often it is taken over.
pub(super) fn taken_over(before: Option<&str>) -> String {
    match before.map(|text| text.trim_start_matches(TAKEN_OVER).trim_start_matches('：')) {
        None | Some("") => TAKEN_OVER.to_string(),
        Some(text) => format!("{TAKEN_OVER}：{text}"),
    }
}

/// Takes back settlements whose ground a correction removed. What the officer settled stays.
async fn drop_unwanted<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
    wanted: &BTreeMap<Uuid, settlement::Model>,
    there: &mut BTreeMap<Uuid, settlement::Model>,
) -> StoreResult<()> {
    let carried: BTreeSet<Uuid> = carried_settlement::Entity::find()
        .filter(carried_settlement::Column::RevisionId.eq(revision))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.settlement_id)
        .collect();
    let gone: Vec<Uuid> = there
        .values()
        .filter(|row| carried.contains(&row.id) && !wanted.contains_key(&row.proposal_id))
        .map(|row| row.id)
        .collect();
    there.retain(|_, row| !gone.contains(&row.id));
    for portion in gone.chunks(500) {
        let ids = || portion.iter().copied();
        settlement_part::Entity::delete_many()
            .filter(settlement_part::Column::SettlementId.is_in(ids()))
            .exec(connection)
            .await?;
        settlement::Entity::delete_many()
            .filter(settlement::Column::Id.is_in(ids()))
            .exec(connection)
            .await?;
        carried_settlement::Entity::delete_many()
            .filter(carried_settlement::Column::SettlementId.is_in(ids()))
            .exec(connection)
            .await?;
    }
    Ok(())
}
