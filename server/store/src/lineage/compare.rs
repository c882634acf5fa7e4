//! Two revisions side by side: the alignment, the redline and the 新旧対照表 all read this.

use super::load::{Pair, RevisionName, between, names, previous, revision};
use crate::Db;
use crate::access::require;
use crate::amendment::heading_above;
use crate::entity::clause;
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::lineage::{Entry, Kind, Row, Words, table};
use domain::permission::{Action, allows};
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Two revisions of a policy.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub newer: RevisionName,
    /// `None` for the first revision of a policy.
    pub older: Option<RevisionName>,
    /// All revisions of the policy, oldest first.
    pub revisions: Vec<RevisionName>,
    /// In the order of the newer document.
    pub lines: Vec<ComparisonLine>,
    /// Whether the older one is the one the newer was imported upon; only then the links can be corrected.
    pub neighbours: bool,
    /// Whether the actor may correct them.
    pub may_edit: bool,
}

impl Comparison {
    /// How many lines are of each kind, in the order of [`Kind::ALL`].
    pub fn counts(&self) -> Vec<(Kind, usize)> {
        let count = |kind: Kind| self.lines.iter().filter(|line| line.kind == kind).count();
        Kind::ALL.into_iter().map(|kind| (kind, count(kind))).collect()
    }

    /// The line of a clause of either revision.
    pub fn line(&self, clause: Uuid) -> Option<&ComparisonLine> {
        self.lines.iter().find(|line| line.old.iter().chain(&line.new).any(|side| side.id == clause))
    }
}

/// Clauses that belong together.
#[derive(Debug, Clone)]
pub struct ComparisonLine {
    pub kind: Kind,
    pub old: Vec<Side>,
    pub new: Vec<Side>,
    /// 0..=1
    pub likeness: f64,
    /// 0..=1
    pub confidence: f64,
    /// Whether an officer had a say in it.
    pub corrected: bool,
}

/// A clause of one side.
#[derive(Debug, Clone)]
pub struct Side {
    pub id: Uuid,
    /// Label and heading of the clauses above, outermost first.
    pub above: Vec<String>,
    pub path: String,
    pub label: String,
    /// Its own heading.
    pub heading: Option<String>,
    /// Its heading, or that of the nearest clause above that has one.
    pub under: String,
    pub text: String,
}

impl Side {
    /// The clause as the 新旧対照表 writes it.
    pub fn words(&self) -> Words {
        Words {
            above: self.above.clone(),
            label: self.label.clone(),
            heading: self.heading.clone().unwrap_or_default(),
            text: self.text.clone(),
        }
    }

    /// Heading and text, for marking what differs.
    pub fn content(&self) -> String {
        match &self.heading {
            Some(heading) if self.text.is_empty() => heading.clone(),
            Some(heading) => format!("{heading}\n{}", self.text),
            None => self.text.clone(),
        }
    }
}

impl Comparison {
    /// The rows of the 新旧対照表.
    pub fn table(&self) -> Vec<Row> {
        let words = |sides: &[Side]| sides.iter().map(Side::words).collect::<Vec<_>>();
        let lines: Vec<_> =
            self.lines.iter().map(|line| (line.kind, words(&line.old), words(&line.new))).collect();
        table(&lines)
    }
}

/// The sides of all clauses of a revision, in their order.
pub(super) fn sides(clauses: &[clause::Model]) -> Vec<Side> {
    let by_id: BTreeMap<Uuid, &clause::Model> = clauses.iter().map(|row| (row.id, row)).collect();
    let side = |row: &clause::Model| Side {
        id: row.id,
        above: above(row, &by_id),
        path: row.short_path.clone(),
        label: row.label.clone(),
        heading: row.heading.clone().filter(|heading| !heading.is_empty()),
        under: heading_above(row, &by_id),
        text: row.text.clone(),
    };
    clauses.iter().map(side).collect()
}

/// Label and heading of the clauses above, outermost first.
fn above(row: &clause::Model, by_id: &BTreeMap<Uuid, &clause::Model>) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = row.parent_id.and_then(|id| by_id.get(&id));
    while let Some(clause) = at {
        let label = if clause.label.starts_with('#') { "" } else { clause.label.as_str() };
        let heading = clause.heading.as_deref().unwrap_or_default();
        let name =
            [label, heading].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　");
        if !name.is_empty() {
            names.push(name);
        }
        at = clause.parent_id.and_then(|id| by_id.get(&id));
    }
    names.reverse();
    names
}

/// A revision beside an earlier one; without a word, the one it was imported upon.
///
/// # Errors
/// `Forbidden` without the permission to read policies; `NotFound` for an unknown revision or one of another
/// policy.
pub async fn compare(db: &Db, actor: &Actor, newer: Uuid, older: Option<Uuid>) -> StoreResult<Comparison> {
    require(actor, Action::ReadPolicy)?;
    let found = revision(db.read(), newer).await?;
    let revisions = names(db.read(), found.policy_id).await?;
    let before = previous(db.read(), newer).await?;
    let usual = before.or_else(|| the_one_before(&revisions, newer));
    let (newer, older) = in_order(&revisions, newer, older.or(usual))?;
    let lines = match &older {
        Some(older) => lines(db.read(), older.id, newer.id).await?,
        None => Vec::new(),
    };
    Ok(Comparison {
        neighbours: older.as_ref().is_some_and(|older| Some(older.id) == before && newer.id == found.id),
        newer,
        older,
        revisions,
        lines,
        may_edit: allows(actor, Action::EditPolicy),
    })
}

fn the_one_before(revisions: &[RevisionName], id: Uuid) -> Option<Uuid> {
    let at = revisions.iter().position(|revision| revision.id == id)?;
    at.checked_sub(1).and_then(|at| revisions.get(at)).map(|revision| revision.id)
}

/// The two revisions, whichever way they were asked for.
fn in_order(
    revisions: &[RevisionName],
    newer: Uuid,
    older: Option<Uuid>,
) -> StoreResult<(RevisionName, Option<RevisionName>)> {
    let find =
        |id: Uuid| revisions.iter().find(|revision| revision.id == id).cloned().ok_or(StoreError::NotFound);
    let newer = find(newer)?;
    let Some(older) = older.filter(|older| *older != newer.id) else { return Ok((newer, None)) };
    let older = find(older)?;
    Ok(if older.number > newer.number { (older, Some(newer)) } else { (newer, Some(older)) })
}

async fn lines<C: ConnectionTrait>(
    connection: &C,
    older: Uuid,
    newer: Uuid,
) -> StoreResult<Vec<ComparisonLine>> {
    let pair = between(connection, older, newer).await?;
    let (olds, news) = (sides(&pair.old), sides(&pair.new));
    let line = |entry: &Entry| ComparisonLine {
        kind: entry.kind,
        old: entry.old.iter().map(|at| olds[*at].clone()).collect(),
        new: entry.new.iter().map(|at| news[*at].clone()).collect(),
        likeness: entry.likeness,
        confidence: entry.confidence,
        corrected: corrected(&pair, entry),
    };
    Ok(pair.entries.iter().map(line).collect())
}

fn corrected(pair: &Pair, entry: &Entry) -> bool {
    pair.corrected.iter().any(|(old, new)| {
        entry.old.iter().any(|at| pair.old[*at].id == *old)
            || entry.new.iter().any(|at| pair.new[*at].id == *new)
    })
}
