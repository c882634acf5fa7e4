//! The review: clauses of the newest revision with what speaks against them.

mod evidence;

use crate::Db;
use crate::access::require_city;
use crate::amendment::{self, Amendment};
use crate::entity::{clause, revision};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::finding::Grade;
use domain::improvement::Stage;
use domain::permission::Action;
use domain::rate::Tally;
use domain::review::Evidence;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

pub use evidence::{About, QuestionRate};

/// A clause with what is known about it.
#[derive(Debug, Clone)]
pub struct Reviewed {
    pub id: Uuid,
    /// For people: 2-6-(2)-イ.
    pub path: String,
    pub heading: String,
    pub text: String,
    pub evidence: Evidence,
    /// `evidence.weight()`, by which the list is sorted.
    pub weight: u32,
    /// Amendments drafted for it.
    pub amendments: usize,
    position: i32,
}

/// The whole list.
#[derive(Debug, Clone)]
pub struct Review {
    pub revision: Uuid,
    pub title: String,
    /// The inspection whose answers are counted, with its key.
    pub inspection: Option<(Uuid, String)>,
    /// Clauses with something against them, the loudest first.
    pub spoken_against: Vec<Reviewed>,
    /// Clauses that were asked about or found at, with nothing against them.
    pub quiet: usize,
    /// All clauses of the revision with a text.
    pub clauses: usize,
    /// Amendments of the revision in the order of the document.
    pub amendments: Vec<Amendment>,
}

/// One clause with all its evidence.
#[derive(Debug, Clone)]
pub struct OneClause {
    pub clause: Reviewed,
    pub revision: Uuid,
    pub revision_title: String,
    pub inspection: Option<(Uuid, String)>,
    pub about: About,
    pub amendments: Vec<Amendment>,
}

/// A finding about a clause.
#[derive(Debug, Clone)]
pub struct FindingAbout {
    pub id: Uuid,
    pub label: String,
    pub grade: Option<Grade>,
    pub title: String,
    pub fact: String,
    pub recommendation: String,
    pub rule_change: bool,
}

/// An improvement about a clause.
#[derive(Debug, Clone)]
pub struct ImprovementAbout {
    pub id: Uuid,
    pub label: String,
    pub title: String,
    pub department_name: String,
    pub stage: Stage,
    pub rule_change: bool,
    /// The finding it was opened from.
    pub finding: Option<Uuid>,
}

/// The revision that is asked for, or the newest.
pub(crate) async fn revision<C: ConnectionTrait>(
    connection: &C,
    id: Option<Uuid>,
) -> StoreResult<Option<revision::Model>> {
    let query = match id {
        Some(id) => revision::Entity::find_by_id(id),
        None => {
            revision::Entity::find().order_by_desc(revision::Column::At).order_by_desc(revision::Column::Id)
        }
    };
    Ok(query.one(connection).await?)
}

/// Clauses of a revision (or the newest) with what speaks against them. `None` before a policy was imported.
///
/// # Errors
/// `Forbidden` to all but the 事務局; `NotFound` for an unknown revision.
pub async fn clauses(db: &Db, actor: &Actor, revision_id: Option<Uuid>) -> StoreResult<Option<Review>> {
    require_city(actor, Action::DraftAmendment)?;
    let Some(revision) = revision(db.read(), revision_id).await? else {
        return if revision_id.is_some() { Err(StoreError::NotFound) } else { Ok(None) };
    };
    let clauses = of_revision(db.read(), revision.id).await?;
    let amendments = amendment::list(db, actor, revision.id).await?;
    let known = evidence::of(db.read(), &revision, &clauses).await?;
    let mut reviewed = reviewed(&clauses, &known.about, &amendments);
    let heard = reviewed.iter().filter(|row| known.about.contains_key(&row.id)).count();
    reviewed.retain(|row| row.weight > 0);
    reviewed.sort_by_key(|row| (std::cmp::Reverse(row.weight), row.position));
    Ok(Some(Review {
        revision: revision.id,
        title: revision.title,
        inspection: known.inspection,
        quiet: heard - reviewed.len(),
        clauses: clauses.iter().filter(|row| !row.text.is_empty()).count(),
        spoken_against: reviewed,
        amendments,
    }))
}

/// One clause with everything that was answered, found and improved about it.
///
/// # Errors
/// `Forbidden` to all but the 事務局; `NotFound` for an unknown clause.
pub async fn clause(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<OneClause> {
    require_city(actor, Action::DraftAmendment)?;
    let row = clause::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let revision = revision(db.read(), Some(row.revision_id)).await?.ok_or(StoreError::NotFound)?;
    let clauses = of_revision(db.read(), revision.id).await?;
    let mut amendments = amendment::list(db, actor, revision.id).await?;
    amendments.retain(|amendment| amendment.clause == id);
    let mut known = evidence::of(db.read(), &revision, &clauses).await?;
    let all = reviewed(&clauses, &known.about, &amendments);
    Ok(OneClause {
        clause: all.into_iter().find(|row| row.id == id).ok_or(StoreError::NotFound)?,
        revision: revision.id,
        revision_title: revision.title,
        about: known.about.remove(&id).unwrap_or_default(),
        inspection: known.inspection,
        amendments,
    })
}

async fn of_revision<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<clause::Model>> {
    Ok(clause::Entity::find()
        .filter(clause::Column::RevisionId.eq(id))
        .order_by_asc(clause::Column::Position)
        .all(connection)
        .await?)
}

fn reviewed(
    clauses: &[clause::Model],
    about: &BTreeMap<Uuid, About>,
    amendments: &[Amendment],
) -> Vec<Reviewed> {
    let by_id: BTreeMap<Uuid, &clause::Model> = clauses.iter().map(|row| (row.id, row)).collect();
    let one = |row: &clause::Model| {
        let evidence = about.get(&row.id).map(About::evidence).unwrap_or_default();
        Reviewed {
            id: row.id,
            path: row.short_path.clone(),
            heading: amendment::heading_above(row, &by_id),
            text: row.text.clone(),
            weight: evidence.weight(),
            evidence,
            amendments: amendments.iter().filter(|amendment| amendment.clause == row.id).count(),
            position: row.position,
        }
    };
    clauses.iter().map(one).collect()
}

impl About {
    /// What the weighing needs.
    pub fn evidence(&self) -> Evidence {
        let wishes = self.improvements.iter().filter(|row| row.rule_change);
        // A finding and the improvement opened from it are one wish, not two.
        let carried: Vec<Uuid> = wishes.clone().filter_map(|row| row.finding).collect();
        let further = self.findings.iter().filter(|row| row.rule_change && !carried.contains(&row.id));
        Evidence {
            tally: self.questions.iter().map(|question| question.tally).sum::<Tally>(),
            findings: self.findings.iter().filter_map(|row| row.grade).collect(),
            rule_changes: wishes.count() + further.count(),
            improvements: self.improvements.iter().filter(|row| row.stage.is_open()).count(),
        }
    }
}
