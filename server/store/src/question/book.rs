//! Everything known about the questions of one revision, loaded at once and joined in memory.

use super::exempt;
use super::index::Index;
use crate::entity::{
    clause, exemption, proposal, question, question_clause, question_retirement, revision, sentence,
    settlement, settlement_part, wording,
};
use crate::error::{StoreError, StoreResult};
use crate::lineage::waiting_questions;
use crate::sheet::setting_of;
use domain::clause::{Class, fold};
use domain::question::setting::Setting;
use domain::role::Role;
use domain::topic::Topic;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A question in use with the wording that holds.
#[derive(Debug, Clone)]
pub struct QuestionNow {
    pub id: Uuid,
    pub role: Role,
    pub topic: Topic,
    pub wording_id: Uuid,
    /// The number of the wording, from 1.
    pub number: i32,
    pub text: String,
    pub not_applicable: Option<String>,
    /// 1 for a duty, 0.5 for an effort.
    pub weight: f64,
    pub setting: Setting,
}

/// What makes two questions the same: who is asked, and the words without their typography.
pub(super) type Key = (Role, String);

impl QuestionNow {
    pub(super) fn key(&self) -> Key {
        (self.role, fold(&self.text))
    }
}

/// All questions in use.
///
/// # Errors
/// When the database fails.
pub async fn active<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, QuestionNow>> {
    let retired = Query::select()
        .column(question_retirement::Column::QuestionId)
        .from(question_retirement::Entity)
        .to_owned();
    // In ascending order the last one stays: the wording that holds.
    let found = wording::Entity::find()
        .join(JoinType::InnerJoin, question_of_wording())
        .select_also(question::Entity)
        .filter(wording::Column::QuestionId.not_in_subquery(retired))
        .order_by_asc(wording::Column::Number)
        .all(connection)
        .await?;
    let newest: BTreeMap<Uuid, (wording::Model, question::Model)> = found
        .into_iter()
        .filter_map(|(wording, question)| Some((wording.question_id, (wording, question?))))
        .collect();
    let mut in_use = BTreeMap::new();
    for (wording, question) in newest.into_values() {
        if let Some(question) = now(&question, &wording)? {
            in_use.insert(question.id, question);
        }
    }
    Ok(in_use)
}

fn question_of_wording() -> RelationDef {
    wording::Entity::belongs_to(question::Entity)
        .from(wording::Column::QuestionId)
        .to(question::Column::Id)
        .into()
}

fn now(question: &question::Model, wording: &wording::Model) -> StoreResult<Option<QuestionNow>> {
    let known = Role::from_key(&question.role).zip(Topic::from_number(question.topic));
    let Some((role, topic)) = known else { return Ok(None) };
    Ok(Some(QuestionNow {
        id: question.id,
        role,
        topic,
        wording_id: wording.id,
        number: wording.number,
        text: wording.text.clone(),
        not_applicable: wording.not_applicable.clone(),
        weight: wording.weight,
        setting: setting_of(&wording.setting)?,
    }))
}

/// A revision's clauses, sentences, proposals, what was decided about them, and the questions in use.
#[derive(Debug, Clone)]
pub struct Book {
    pub revision: Uuid,
    pub(super) title: String,
    /// In document order.
    pub clauses: Vec<clause::Model>,
    pub(super) sentences: Vec<sentence::Model>,
    /// In document order.
    pub(super) proposals: Vec<proposal::Model>,
    pub(super) settlements: BTreeMap<Uuid, settlement::Model>,
    /// The further questions of split proposals, by settlement.
    pub(super) parts: BTreeMap<Uuid, Vec<Uuid>>,
    /// Why nobody is asked about a duty, by sentence.
    pub(super) exemptions: BTreeMap<Uuid, exemption::Model>,
    /// Questions in use by clause of this revision.
    pub(super) links: BTreeMap<Uuid, BTreeSet<Uuid>>,
    /// All questions in use.
    pub(super) questions: BTreeMap<Uuid, QuestionNow>,
    /// Questions that a clause of another policy asks.
    pub(super) of_others: BTreeSet<Uuid>,
    /// Questions that have to be looked at again (要見直し).
    pub(super) again: BTreeSet<Uuid>,
    pub(super) index: Index,
}

fn clauses_of(revision: Uuid) -> SelectStatement {
    Query::select()
        .column(clause::Column::Id)
        .from(clause::Entity)
        .and_where(clause::Column::RevisionId.eq(revision))
        .to_owned()
}

fn sentences_of(revision: Uuid) -> SelectStatement {
    Query::select()
        .column(sentence::Column::Id)
        .from(sentence::Entity)
        .and_where(sentence::Column::ClauseId.in_subquery(clauses_of(revision)))
        .to_owned()
}

impl Book {
    /// Loads the book of a revision.
    ///
    /// # Errors
    /// `NotFound` for an unknown revision.
    pub async fn load<C: ConnectionTrait>(connection: &C, revision: Uuid) -> StoreResult<Book> {
        let known = revision::Entity::find_by_id(revision).one(connection).await?;
        let known = known.ok_or(StoreError::NotFound)?;
        let questions = active(connection).await?;
        let proposals = proposal::Entity::find()
            .filter(proposal::Column::RevisionId.eq(revision))
            .order_by_asc(proposal::Column::Position)
            .all(connection)
            .await?;
        let clauses = clause::Entity::find()
            .filter(clause::Column::RevisionId.eq(revision))
            .order_by_asc(clause::Column::Position)
            .all(connection)
            .await?;
        let sentences = sentence::Entity::find()
            .filter(sentence::Column::ClauseId.in_subquery(clauses_of(revision)))
            .order_by_asc(sentence::Column::Position)
            .all(connection)
            .await?;
        let links = links(connection, &known, &questions).await?;
        Ok(Book {
            revision,
            title: known.title,
            index: Index::of(&clauses, &sentences, &proposals),
            clauses,
            sentences,
            settlements: settlements(connection, revision).await?,
            parts: parts(connection, revision).await?,
            exemptions: exempt::standing(connection, sentences_of(revision)).await?,
            links: links.here,
            of_others: links.of_others,
            again: waiting_questions(connection).await?.into_keys().collect(),
            proposals,
            questions,
        })
    }

    /// The classes of a clause's sentences.
    pub fn classes(&self, clause: Uuid) -> BTreeSet<Class> {
        self.sentences_of(clause).filter_map(|sentence| Class::from_key(&sentence.class)).collect()
    }

    /// Whether a proposal waits for the officer: nobody settled it, and its role receives a sheet.
    pub fn is_open(&self, proposal: &proposal::Model) -> bool {
        !self.settlements.contains_key(&proposal.id) && sheet_role(&proposal.role).is_some()
    }

    /// The questions a proposal became, whether they are still in use or not.
    pub(super) fn became(&self, proposal: Uuid) -> Vec<Uuid> {
        let Some(settled) = self.settlements.get(&proposal) else { return Vec::new() };
        let further = self.parts.get(&settled.id).into_iter().flatten();
        settled.question_id.iter().chain(further).copied().collect()
    }

    pub(super) fn refuse_settled(&self, proposal: Uuid) -> StoreResult<()> {
        if self.settlements.contains_key(&proposal) {
            return Err(StoreError::refused(
                "この案は既に処理されています。改めるときは、先に取り消してください。",
            ));
        }
        Ok(())
    }

    /// How many proposals of a clause wait for the officer.
    pub fn open(&self, clause: Uuid) -> usize {
        self.proposals(clause).into_iter().filter(|proposal| self.is_open(proposal)).count()
    }

    /// How many proposals of the revision wait for the officer.
    pub fn left(&self) -> usize {
        self.proposals.iter().filter(|proposal| self.is_open(proposal)).count()
    }

    /// How many questions about a clause have to be looked at again.
    pub(super) fn waiting(&self, clause: Uuid) -> usize {
        self.links.get(&clause).map_or(0, |linked| linked.intersection(&self.again).count())
    }

    /// The questions in use that ask about a clause.
    pub fn questions_of(&self, clause: Uuid) -> Vec<&QuestionNow> {
        let linked = self.links.get(&clause);
        linked.into_iter().flatten().filter_map(|id| self.questions.get(id)).collect()
    }
}

/// The role, if it receives a sheet.
pub(super) fn sheet_role(key: &str) -> Option<Role> {
    Role::from_key(key).filter(|role| Role::WITH_SHEET.contains(role))
}

fn proposals_of(revision: Uuid) -> SelectStatement {
    Query::select()
        .column(proposal::Column::Id)
        .from(proposal::Entity)
        .and_where(proposal::Column::RevisionId.eq(revision))
        .to_owned()
}

async fn settlements<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<BTreeMap<Uuid, settlement::Model>> {
    let found = settlement::Entity::find()
        .filter(settlement::Column::ProposalId.in_subquery(proposals_of(revision)))
        .all(connection)
        .await?;
    Ok(found.into_iter().map(|settlement| (settlement.proposal_id, settlement)).collect())
}

async fn parts<C: ConnectionTrait>(connection: &C, revision: Uuid) -> StoreResult<BTreeMap<Uuid, Vec<Uuid>>> {
    let settled = Query::select()
        .column(settlement::Column::Id)
        .from(settlement::Entity)
        .and_where(settlement::Column::ProposalId.in_subquery(proposals_of(revision)))
        .to_owned();
    let mut parts: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for part in settlement_part::Entity::find()
        .filter(settlement_part::Column::SettlementId.in_subquery(settled))
        .order_by_asc(settlement_part::Column::Id)
        .all(connection)
        .await?
    {
        parts.entry(part.settlement_id).or_default().push(part.question_id);
    }
    Ok(parts)
}

/// Which questions in use ask about which clauses.
struct Links {
    /// By clause of the revision.
    here: BTreeMap<Uuid, BTreeSet<Uuid>>,
    /// Asked by clauses of other policies.
    of_others: BTreeSet<Uuid>,
}

/// One statement for both, as the workbench reads them at every key.
async fn links<C: ConnectionTrait>(
    connection: &C,
    revision: &revision::Model,
    questions: &BTreeMap<Uuid, QuestionNow>,
) -> StoreResult<Links> {
    let found: Vec<(Uuid, Uuid, Uuid)> = question_clause::Entity::find()
        .select_only()
        .columns([question_clause::Column::QuestionId, question_clause::Column::ClauseId])
        .column(clause::Column::RevisionId)
        .join(JoinType::InnerJoin, clause_of_link())
        .join(JoinType::InnerJoin, revision_of_clause())
        .filter(
            Condition::any()
                .add(revision::Column::Id.eq(revision.id))
                .add(revision::Column::PolicyId.ne(revision.policy_id)),
        )
        .into_tuple()
        .all(connection)
        .await?;
    let mut links = Links { here: BTreeMap::new(), of_others: BTreeSet::new() };
    for (question, clause, of) in found.into_iter().filter(|link| questions.contains_key(&link.0)) {
        if of == revision.id {
            links.here.entry(clause).or_default().insert(question);
        } else {
            links.of_others.insert(question);
        }
    }
    Ok(links)
}

fn clause_of_link() -> RelationDef {
    question_clause::Entity::belongs_to(clause::Entity)
        .from(question_clause::Column::ClauseId)
        .to(clause::Column::Id)
        .into()
}

fn revision_of_clause() -> RelationDef {
    clause::Entity::belongs_to(revision::Entity)
        .from(clause::Column::RevisionId)
        .to(revision::Column::Id)
        .into()
}

/// How far the officer is with a revision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Questions in use.
    pub questions: usize,
    /// Proposals that wait for the officer.
    pub open: usize,
}

/// How far the officer is with each revision.
///
/// # Errors
/// When the database fails.
pub async fn tallies<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, Tally>> {
    let mut tallies: BTreeMap<Uuid, Tally> = BTreeMap::new();
    let settled = Query::select().column(settlement::Column::ProposalId).from(settlement::Entity).to_owned();
    let open: Vec<Uuid> = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::RevisionId)
        .filter(proposal::Column::Role.is_in(Role::WITH_SHEET.map(Role::key)))
        .filter(proposal::Column::Id.not_in_subquery(settled))
        .into_tuple()
        .all(connection)
        .await?;
    for revision in open {
        tallies.entry(revision).or_default().open += 1;
    }
    for (revision, questions) in questions_by_revision(connection).await? {
        tallies.entry(revision).or_default().questions = questions.len();
    }
    Ok(tallies)
}

async fn questions_by_revision<C: ConnectionTrait>(
    connection: &C,
) -> StoreResult<BTreeMap<Uuid, BTreeSet<Uuid>>> {
    let clauses: BTreeMap<Uuid, Uuid> = clause::Entity::find()
        .select_only()
        .columns([clause::Column::Id, clause::Column::RevisionId])
        .into_tuple::<(Uuid, Uuid)>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let in_use = active(connection).await?;
    let mut found: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for link in question_clause::Entity::find().all(connection).await? {
        if let (Some(revision), true) = (clauses.get(&link.clause_id), in_use.contains_key(&link.question_id))
        {
            found.entry(*revision).or_default().insert(link.question_id);
        }
    }
    Ok(found)
}
