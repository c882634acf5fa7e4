//! The clauses a question of the bank may be linked to: those of each policy's newest revision.

use crate::clause::clause_text;
use crate::entity::{clause, revision, sentence};
use crate::error::StoreResult;
use domain::bank::{BankQuestion, Nearest};
use domain::clause::{Class, ClauseText, topic_of};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A clause as it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    pub revision: Uuid,
    pub clause: Uuid,
    pub short_path: String,
    /// The heading, or how the text begins.
    pub title: String,
}

/// All of them, and those that oblige somebody prepared for comparing: a definition is no ground for a question.
pub(super) struct Neighbours {
    all: Vec<Neighbour>,
    /// Places in `all`, as `nearest` knows them.
    obliging: Vec<usize>,
    nearest: Nearest,
}

impl Neighbours {
    pub(super) async fn load<C: ConnectionTrait>(connection: &C) -> StoreResult<Neighbours> {
        let (mut all, mut obliging, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let obliges = obliges(connection).await?;
        for (revision, rows) in newest(connection).await? {
            let texts: Vec<ClauseText> =
                rows.iter().map(|row| clause_text(row, Vec::new())).collect::<StoreResult<_>>()?;
            for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.text.is_empty()) {
                if obliges.contains(&row.id) {
                    let heading = row.heading.clone().unwrap_or_default();
                    words.push((topic_of(&texts, index), format!("{heading} {}", row.text)));
                    obliging.push(all.len());
                }
                all.push(neighbour(revision, row));
            }
        }
        let nearest = Nearest::new(words.iter().map(|(topic, text)| (*topic, text.as_str())));
        Ok(Neighbours { all, obliging, nearest })
    }

    pub(super) fn nearest(&self, question: &BankQuestion) -> Option<&Neighbour> {
        self.nearest.to(question).and_then(|found| self.all.get(*self.obliging.get(found.clause)?))
    }

    pub(super) fn has(&self, clause: Uuid) -> bool {
        self.all.iter().any(|neighbour| neighbour.clause == clause)
    }

    pub(super) fn into_all(self) -> Vec<Neighbour> {
        self.all
    }
}

fn neighbour(revision: Uuid, row: &clause::Model) -> Neighbour {
    let begins = || {
        let mut text: String = row.text.chars().take(30).collect();
        if row.text.chars().nth(30).is_some() {
            text.push('…');
        }
        text
    };
    Neighbour {
        revision,
        clause: row.id,
        short_path: row.short_path.clone(),
        title: row.heading.clone().unwrap_or_else(begins),
    }
}

/// The clauses of the newest revision of every policy, in document order.
async fn newest<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<(Uuid, Vec<clause::Model>)>> {
    let revisions = revision::Entity::find().order_by_asc(revision::Column::Number).all(connection).await?;
    // In ascending order the last one of a policy stays.
    let newest: BTreeMap<Uuid, Uuid> = revisions.into_iter().map(|r| (r.policy_id, r.id)).collect();
    let mut rows: BTreeMap<Uuid, Vec<clause::Model>> = BTreeMap::new();
    let found = clause::Entity::find()
        .filter(clause::Column::RevisionId.is_in(newest.values().copied()))
        .order_by_asc(clause::Column::Position)
        .all(connection)
        .await?;
    for row in found {
        rows.entry(row.revision_id).or_default().push(row);
    }
    Ok(rows.into_iter().collect())
}

/// The clauses with a sentence that obliges somebody.
async fn obliges<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeSet<Uuid>> {
    let classes = Class::ALL.into_iter().filter(|class| class.obliges()).map(Class::key);
    let clauses: Vec<Uuid> = sentence::Entity::find()
        .select_only()
        .column(sentence::Column::ClauseId)
        .filter(sentence::Column::Class.is_in(classes))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(clauses.into_iter().collect())
}
