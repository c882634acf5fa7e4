//! What is left to do after a revision was imported: questions to look at again, proposals of new words.

use super::compare::{Side, sides};
use super::load::{Pair, RevisionName, names, neighbours, previous, revision};
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    proposal, question, question_retirement, reconsideration, reconsideration_settlement as settlement,
    settlement as proposal_settlement, wording,
};
use crate::error::StoreResult;
use crate::improvement::person_names;
use domain::actor::Actor;
use domain::lineage::{DOUBTFUL, Kind, Outcome};
use domain::permission::Action;
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// The to-do list of a revision.
#[derive(Debug, Clone)]
pub struct Changes {
    pub revision: RevisionName,
    /// `None` for the first revision of a policy: there is nothing to do then.
    pub previous: Option<RevisionName>,
    /// Questions to look at again, in the order of the old document.
    pub questions: Vec<Reconsidered>,
    /// Clauses with proposals nobody settled, in document order.
    pub open: Vec<OpenClause>,
    /// How many clauses are of each kind.
    pub counts: BTreeMap<Kind, usize>,
    /// Links the alignment is not sure about.
    pub doubtful: usize,
    /// The clauses of the revision with a text, for linking a question to another one.
    pub clauses: Vec<Side>,
}

impl Changes {
    /// Questions nobody settled yet.
    pub fn left(&self) -> usize {
        self.questions.iter().filter(|line| line.is_open()).count()
    }
}

/// A question whose clause changed.
#[derive(Debug, Clone)]
pub struct Reconsidered {
    pub id: Uuid,
    pub question: Uuid,
    pub role: Option<Role>,
    /// The words that hold now.
    pub text: String,
    pub not_applicable: Option<String>,
    pub kind: Kind,
    pub old: Side,
    /// What became of the clause; empty if it was repealed.
    pub new: Vec<Side>,
    /// What the rules would ask about the new words, for the same role and not settled yet.
    pub proposals: Vec<String>,
    /// It ended without being settled here.
    pub ended: bool,
    pub settled: Option<Settled>,
}

impl Reconsidered {
    /// Whether it waits for the officer.
    pub fn is_open(&self) -> bool {
        self.settled.is_none() && !self.ended
    }
}

/// How a question was settled.
#[derive(Debug, Clone)]
pub struct Settled {
    pub outcome: Outcome,
    pub reason: Option<String>,
    /// The clause it was linked to instead.
    pub clause: Option<String>,
    pub at: OffsetDateTime,
    pub by: String,
}

/// A clause with proposals nobody settled.
#[derive(Debug, Clone)]
pub struct OpenClause {
    pub side: Side,
    pub kind: Kind,
    pub open: usize,
}

/// What is left to do for a revision.
///
/// # Errors
/// `Forbidden` to all but the 事務局; `NotFound` for an unknown revision.
pub async fn changes(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Changes> {
    require_city(actor, Action::EditPolicy)?;
    let connection = db.read();
    let found = revision(connection, id).await?;
    let mut names = names(connection, found.policy_id).await?;
    let before = previous(connection, id).await?;
    let old = names.iter().find(|name| Some(name.id) == before).cloned();
    names.retain(|name| name.id == id);
    let revision = names.pop().ok_or(crate::StoreError::NotFound)?;
    let mut changes = Changes {
        revision,
        previous: old,
        questions: Vec::new(),
        open: Vec::new(),
        counts: BTreeMap::new(),
        doubtful: 0,
        clauses: Vec::new(),
    };
    let Some(before) = before else { return Ok(changes) };
    let pair = neighbours(connection, before, id).await?;
    let open = open_proposals(connection, id).await?;
    let news = sides(&pair.new);
    changes.questions = questions(connection, &pair, id, &open).await?;
    changes.open = open_clauses(&pair, &news, &open);
    pair.entries.iter().for_each(|entry| *changes.counts.entry(entry.kind).or_default() += 1);
    changes.doubtful = pair.entries.iter().filter(|entry| entry.confidence < DOUBTFUL).count();
    changes.clauses = news.into_iter().filter(|side| !side.text.is_empty()).collect();
    Ok(changes)
}

/// Proposals of roles with a sheet that nobody settled, in document order.
async fn open_proposals<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<Vec<proposal::Model>> {
    let settled = Query::select()
        .column(proposal_settlement::Column::ProposalId)
        .from(proposal_settlement::Entity)
        .to_owned();
    Ok(proposal::Entity::find()
        .filter(proposal::Column::RevisionId.eq(revision))
        .filter(proposal::Column::Role.is_in(Role::WITH_SHEET.map(Role::key)))
        .filter(proposal::Column::Id.not_in_subquery(settled))
        .order_by_asc(proposal::Column::Position)
        .all(connection)
        .await?)
}

fn open_clauses(pair: &Pair, news: &[Side], open: &[proposal::Model]) -> Vec<OpenClause> {
    let line = |side: &Side| OpenClause {
        side: side.clone(),
        kind: pair.entry(side.id).map_or(Kind::New, |entry| entry.kind),
        open: open.iter().filter(|proposal| proposal.clause_id == side.id).count(),
    };
    news.iter().map(line).filter(|line| line.open > 0).collect()
}

async fn questions<C: ConnectionTrait>(
    connection: &C,
    pair: &Pair,
    revision: Uuid,
    open: &[proposal::Model],
) -> StoreResult<Vec<Reconsidered>> {
    let rows = reconsideration::Entity::find()
        .filter(reconsideration::Column::RevisionId.eq(revision))
        .all(connection)
        .await?;
    let asked = Asked::load(connection, rows.iter().map(|row| row.question_id).collect()).await?;
    let settled = settlements(connection, revision, pair).await?;
    let (olds, news) = (sides(&pair.old), sides(&pair.new));
    let line = |row: &reconsideration::Model| {
        let place = pair.old.iter().position(|old| old.id == row.old_clause_id)?;
        let question = asked.questions.get(&row.question_id)?;
        let words = asked.wordings.get(&row.question_id)?;
        let successors: BTreeSet<Uuid> =
            pair.successors(row.old_clause_id).into_iter().map(|new| new.id).collect();
        let proposed = open
            .iter()
            .filter(|proposal| successors.contains(&proposal.clause_id) && proposal.role == question.role);
        let line = Reconsidered {
            id: row.id,
            question: row.question_id,
            role: Role::from_key(&question.role),
            text: words.text.clone(),
            not_applicable: words.not_applicable.clone(),
            kind: pair.entry(row.old_clause_id).map_or(Kind::Repealed, |entry| entry.kind),
            old: olds[place].clone(),
            new: news.iter().filter(|side| successors.contains(&side.id)).cloned().collect(),
            proposals: proposed.map(|proposal| proposal.text.clone()).collect(),
            ended: asked.ended.contains(&row.question_id),
            settled: settled.get(&row.id).cloned(),
        };
        Some((place, line))
    };
    let mut lines: Vec<(usize, Reconsidered)> = rows.iter().filter_map(line).collect();
    lines.sort_by_key(|(place, line)| (*place, line.id));
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// Questions with their words, ended ones among them.
struct Asked {
    questions: BTreeMap<Uuid, question::Model>,
    /// The wording that holds.
    wordings: BTreeMap<Uuid, wording::Model>,
    ended: BTreeSet<Uuid>,
}

impl Asked {
    async fn load<C: ConnectionTrait>(connection: &C, ids: BTreeSet<Uuid>) -> StoreResult<Asked> {
        let ids = || ids.iter().copied();
        let questions =
            question::Entity::find().filter(question::Column::Id.is_in(ids())).all(connection).await?;
        // In ascending order the last one stays: the wording that holds.
        let wordings = wording::Entity::find()
            .filter(wording::Column::QuestionId.is_in(ids()))
            .order_by_asc(wording::Column::Number)
            .all(connection)
            .await?;
        let ended = question_retirement::Entity::find()
            .filter(question_retirement::Column::QuestionId.is_in(ids()))
            .all(connection)
            .await?;
        Ok(Asked {
            questions: questions.into_iter().map(|row| (row.id, row)).collect(),
            wordings: wordings.into_iter().map(|row| (row.question_id, row)).collect(),
            ended: ended.into_iter().map(|row| row.question_id).collect(),
        })
    }
}

async fn settlements<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
    pair: &Pair,
) -> StoreResult<BTreeMap<Uuid, Settled>> {
    let own = Query::select()
        .column(reconsideration::Column::Id)
        .from(reconsideration::Entity)
        .and_where(reconsideration::Column::RevisionId.eq(revision))
        .to_owned();
    let rows = settlement::Entity::find()
        .filter(settlement::Column::ReconsiderationId.in_subquery(own))
        .all(connection)
        .await?;
    let people = person_names(connection, rows.iter().map(|row| row.by_person_id)).await?;
    let path = |id: Uuid| pair.new.iter().find(|row| row.id == id).map(|row| row.short_path.clone());
    let view = |row: settlement::Model| {
        let settled = Settled {
            outcome: Outcome::from_key(&row.outcome)?,
            reason: row.reason,
            clause: row.clause_id.and_then(path),
            at: row.at,
            by: people.get(&row.by_person_id).cloned().unwrap_or_default(),
        };
        Some((row.reconsideration_id, settled))
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// How many questions of each revision wait to be looked at again.
///
/// # Errors
/// When the database fails.
pub async fn left_by_revision<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, usize>> {
    let mut left: BTreeMap<Uuid, usize> = BTreeMap::new();
    waiting(connection).await?.into_iter().for_each(|(revision, _)| *left.entry(revision).or_default() += 1);
    Ok(left)
}

/// The questions that wait to be looked at again, each with the newest revision that changed its clause.
///
/// # Errors
/// When the database fails.
pub async fn waiting_questions<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    // Keys grow with time: the greatest is the newest.
    let mut found: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for (revision, question) in waiting(connection).await? {
        let newest = found.entry(question).or_insert(revision);
        *newest = revision.max(*newest);
    }
    Ok(found)
}

/// Revision and question of what nobody settled yet.
async fn waiting<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<(Uuid, Uuid)>> {
    let settled =
        Query::select().column(settlement::Column::ReconsiderationId).from(settlement::Entity).to_owned();
    let ended = Query::select()
        .column(question_retirement::Column::QuestionId)
        .from(question_retirement::Entity)
        .to_owned();
    let known = Query::select().column(question::Column::Id).from(question::Entity).to_owned();
    Ok(reconsideration::Entity::find()
        .select_only()
        .columns([reconsideration::Column::RevisionId, reconsideration::Column::QuestionId])
        .filter(reconsideration::Column::Id.not_in_subquery(settled))
        .filter(reconsideration::Column::QuestionId.not_in_subquery(ended))
        .filter(reconsideration::Column::QuestionId.in_subquery(known))
        .into_tuple()
        .all(connection)
        .await?)
}
