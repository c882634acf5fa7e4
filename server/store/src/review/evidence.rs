//! Gathering what is known about the clauses of a revision.
//!
//! Evidence belongs to a clause or to its predecessor in an earlier revision of the same policy, as long as the
//! words are the same, in this place or another: what was said about other words does not speak against the
//! present ones.

use super::{FindingAbout, ImprovementAbout};
use crate::entity::{
    audit_report, carried_link, clause, edition_item, finding, improvement, inspection, question_clause,
    revision, tally,
};
use crate::error::StoreResult;
use crate::improvement::{department_names, with_steps};
use crate::inspection::counting;
use crate::lineage::settled_before;
use domain::finding::Grade;
use domain::rate::Tally;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The answers to one question about a clause.
#[derive(Debug, Clone)]
pub struct QuestionRate {
    pub question: Uuid,
    /// Key of the role whose sheet asks it.
    pub role: String,
    pub no: i32,
    pub text: String,
    pub tally: Tally,
}

/// Everything known about one clause.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub questions: Vec<QuestionRate>,
    pub findings: Vec<FindingAbout>,
    pub improvements: Vec<ImprovementAbout>,
}

/// What is known about the clauses of a revision.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub inspection: Option<(Uuid, String)>,
    pub about: BTreeMap<Uuid, About>,
}

/// Gathers it with a fixed number of queries.
pub(super) async fn of<C: ConnectionTrait>(
    connection: &C,
    revision: &revision::Model,
    clauses: &[clause::Model],
) -> StoreResult<Known> {
    let now = successors(connection, revision, clauses).await?;
    let mut known = Known::default();
    if let Some(inspection) = newest_with_answers(connection).await? {
        let other = asked_of_other_words(connection, revision.id, &now).await?;
        answers(connection, inspection.id, &now, &other, &mut known.about).await?;
        known.inspection = Some((inspection.id, inspection.name));
    }
    let items = clauses_of_items(connection).await?;
    findings(connection, &now, &items, &mut known.about).await?;
    improvements(connection, &now, &items, &mut known.about).await?;
    Ok(known)
}

/// Every clause whose evidence counts, with the clause of the revision it counts for.
async fn successors<C: ConnectionTrait>(
    connection: &C,
    revision: &revision::Model,
    clauses: &[clause::Model],
) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    let mut now: BTreeMap<Uuid, Uuid> = clauses.iter().map(|row| (row.id, row.id)).collect();
    let places: BTreeMap<(&str, &str), Uuid> =
        clauses.iter().map(|row| ((row.path.as_str(), row.digest.as_str()), row.id)).collect();
    let earlier: Vec<Uuid> = revision::Entity::find()
        .filter(revision::Column::PolicyId.eq(revision.policy_id))
        .filter(revision::Column::Number.lt(revision.number))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let old =
        clause::Entity::find().filter(clause::Column::RevisionId.is_in(earlier)).all(connection).await?;
    for row in old {
        if let Some(id) = places.get(&(row.path.as_str(), row.digest.as_str())) {
            now.insert(row.id, *id);
        }
    }
    // What was moved keeps its words and with them what was said about it.
    now.extend(settled_before(connection, revision.id).await?);
    Ok(now)
}

/// Questions that were carried over to a clause with other words: answers to the old words say nothing about it.
async fn asked_of_other_words<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
    now: &BTreeMap<Uuid, Uuid>,
) -> StoreResult<BTreeSet<(Uuid, Uuid)>> {
    let rows = carried_link::Entity::find()
        .filter(carried_link::Column::RevisionId.eq(revision))
        .all(connection)
        .await?;
    let other = rows.into_iter().filter(|row| now.get(&row.old_clause_id) != Some(&row.new_clause_id));
    Ok(other.map(|row| (row.question_id, row.new_clause_id)).collect())
}

/// The newest inspection to which anybody has handed in anything.
async fn newest_with_answers<C: ConnectionTrait>(connection: &C) -> StoreResult<Option<inspection::Model>> {
    let inspections = counting()
        .order_by_desc(inspection::Column::FiscalYear)
        .order_by_desc(inspection::Column::At)
        .all(connection)
        .await?;
    for row in inspections {
        let any =
            tally::Entity::find().filter(tally::Column::InspectionId.eq(row.id)).one(connection).await?;
        if any.is_some() {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

async fn answers<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    now: &BTreeMap<Uuid, Uuid>,
    other: &BTreeSet<(Uuid, Uuid)>,
    about: &mut BTreeMap<Uuid, About>,
) -> StoreResult<()> {
    let mut sums: BTreeMap<Uuid, Tally> = BTreeMap::new();
    for row in
        tally::Entity::find().filter(tally::Column::InspectionId.eq(inspection)).all(connection).await?
    {
        let sum = sums.entry(row.item_id).or_default();
        *sum = *sum + counts(&row);
    }
    let items = edition_item::Entity::find()
        .filter(edition_item::Column::Id.is_in(sums.keys().copied()))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?;
    let roles = roles(connection, &items).await?;
    let linked = links(connection, items.iter().map(|item| item.question_id)).await?;
    for item in items {
        let more = linked.get(&item.question_id).into_iter().flatten().copied();
        let more = more.filter(|clause| !other.contains(&(item.question_id, *clause)));
        let clauses: BTreeSet<Uuid> =
            more.chain(item.clause_id).filter_map(|id| now.get(&id)).copied().collect();
        for id in clauses {
            about.entry(id).or_default().questions.push(QuestionRate {
                question: item.question_id,
                role: roles.get(&item.edition_id).cloned().unwrap_or_default(),
                no: item.no,
                text: item.text.clone(),
                tally: sums.get(&item.id).copied().unwrap_or_default(),
            });
        }
    }
    Ok(())
}

fn counts(row: &tally::Model) -> Tally {
    Tally {
        done: i64::from(row.done),
        partial: i64::from(row.partial),
        not_done: i64::from(row.not_done),
        na: i64::from(row.na),
    }
}

async fn roles<C: ConnectionTrait>(
    connection: &C,
    items: &[edition_item::Model],
) -> StoreResult<BTreeMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = items.iter().map(|item| item.edition_id).collect();
    let editions = crate::entity::edition::Entity::find()
        .filter(crate::entity::edition::Column::Id.is_in(ids))
        .all(connection)
        .await?;
    Ok(editions.into_iter().map(|row| (row.id, row.role)).collect())
}

/// The clauses each question asks about.
async fn links<C: ConnectionTrait>(
    connection: &C,
    questions: impl Iterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, Vec<Uuid>>> {
    let ids: BTreeSet<Uuid> = questions.collect();
    let rows = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.is_in(ids))
        .all(connection)
        .await?;
    let mut all: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    rows.into_iter().for_each(|row| all.entry(row.question_id).or_default().push(row.clause_id));
    Ok(all)
}

/// The clauses behind the questions that findings and improvements name, for those that name no clause.
async fn clauses_of_items<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    let mut ids: BTreeSet<Uuid> = finding::Entity::find()
        .filter(finding::Column::ClauseId.is_null())
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|row| row.item_id)
        .collect();
    let further =
        improvement::Entity::find().filter(improvement::Column::ClauseId.is_null()).all(connection).await?;
    ids.extend(further.into_iter().filter_map(|row| row.item_id));
    let items =
        edition_item::Entity::find().filter(edition_item::Column::Id.is_in(ids)).all(connection).await?;
    Ok(items.into_iter().filter_map(|item| Some((item.id, item.clause_id?))).collect())
}

async fn findings<C: ConnectionTrait>(
    connection: &C,
    now: &BTreeMap<Uuid, Uuid>,
    items: &BTreeMap<Uuid, Uuid>,
    about: &mut BTreeMap<Uuid, About>,
) -> StoreResult<()> {
    // Only issued reports speak; a draft is still the auditor's own.
    let issued: Vec<Uuid> =
        audit_report::Entity::find().all(connection).await?.into_iter().map(|row| row.audit_id).collect();
    let rows = finding::Entity::find()
        .filter(finding::Column::AuditId.is_in(issued))
        .order_by_asc(finding::Column::Label)
        .all(connection)
        .await?;
    for row in rows {
        let clause = row.clause_id.or_else(|| items.get(&row.item_id?).copied());
        let Some(id) = clause.and_then(|id| now.get(&id)) else { continue };
        about.entry(*id).or_default().findings.push(FindingAbout {
            id: row.id,
            label: row.label,
            grade: Grade::from_key(&row.grade),
            title: row.title,
            fact: row.fact,
            recommendation: row.recommendation,
            rule_change: row.rule_change,
        });
    }
    Ok(())
}

async fn improvements<C: ConnectionTrait>(
    connection: &C,
    now: &BTreeMap<Uuid, Uuid>,
    items: &BTreeMap<Uuid, Uuid>,
    about: &mut BTreeMap<Uuid, About>,
) -> StoreResult<()> {
    let rows = improvement::Entity::find().order_by_asc(improvement::Column::Label).all(connection).await?;
    let departments: BTreeSet<Uuid> = rows.iter().map(|row| row.department_id).collect();
    let names = department_names(connection, departments).await?;
    for rows in with_steps(connection, rows).await? {
        let stage = rows.standing().stage();
        let row = rows.improvement;
        let clause = row.clause_id.or_else(|| items.get(&row.item_id?).copied());
        let Some(id) = clause.and_then(|id| now.get(&id)) else { continue };
        about.entry(*id).or_default().improvements.push(ImprovementAbout {
            id: row.id,
            label: row.label,
            title: row.title,
            department_name: names.get(&row.department_id).map(|(_, name)| name.clone()).unwrap_or_default(),
            stage,
            rule_change: row.rule_change,
            finding: row.finding_id,
        });
    }
    Ok(())
}
