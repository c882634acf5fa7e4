//! Where the parts of a book stand, so that nothing is looked for from the top for every clause: at the workbench a
//! policy of thousands of clauses is read after every key.

use super::book::Book;
use crate::entity::{clause, proposal, sentence};
use std::collections::HashMap;
use uuid::Uuid;

/// Places in the lists of a book, by what they belong to.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    clauses: HashMap<Uuid, usize>,
    sentences: HashMap<Uuid, Vec<usize>>,
    proposals: HashMap<Uuid, Vec<usize>>,
    about: HashMap<Uuid, Vec<usize>>,
    groups: HashMap<Uuid, Vec<usize>>,
}

impl Index {
    pub(super) fn of(
        clauses: &[clause::Model],
        sentences: &[sentence::Model],
        proposals: &[proposal::Model],
    ) -> Index {
        Index {
            clauses: clauses.iter().enumerate().map(|(at, clause)| (clause.id, at)).collect(),
            sentences: grouped(sentences, |sentence| sentence.clause_id),
            proposals: grouped(proposals, |proposal| proposal.clause_id),
            about: grouped(proposals, |proposal| proposal.sentence_id),
            groups: grouped(proposals, root),
        }
    }
}

fn grouped<T>(rows: &[T], key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<usize>> {
    let mut groups: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        groups.entry(key(row)).or_default().push(at);
    }
    groups
}

/// The first of the proposals that ask the same.
fn root(proposal: &proposal::Model) -> Uuid {
    proposal.same_as.unwrap_or(proposal.id)
}

fn picked<'a, T>(rows: &'a [T], places: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a T> {
    places.into_iter().flatten().filter_map(|at| rows.get(*at))
}

impl Book {
    /// Where a clause stands in the document.
    pub(super) fn place_of(&self, clause: Uuid) -> Option<usize> {
        self.index.clauses.get(&clause).copied()
    }

    pub(super) fn clause(&self, id: Uuid) -> Option<&clause::Model> {
        self.place_of(id).and_then(|at| self.clauses.get(at))
    }

    pub(super) fn sentences_of(&self, clause: Uuid) -> impl Iterator<Item = &sentence::Model> {
        picked(&self.sentences, self.index.sentences.get(&clause))
    }

    /// The proposals of a clause.
    pub fn proposals(&self, clause: Uuid) -> Vec<&proposal::Model> {
        picked(&self.proposals, self.index.proposals.get(&clause)).collect()
    }

    /// The proposals of a sentence.
    pub(super) fn proposals_about(&self, sentence: Uuid) -> impl Iterator<Item = &proposal::Model> {
        picked(&self.proposals, self.index.about.get(&sentence))
    }

    /// The proposals that ask the same as this one, itself among them.
    pub(super) fn group(&self, proposal: &proposal::Model) -> Vec<&proposal::Model> {
        picked(&self.proposals, self.index.groups.get(&root(proposal))).collect()
    }
}
