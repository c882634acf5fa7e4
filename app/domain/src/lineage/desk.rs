//! The working desk of the alignment: both revisions prepared for comparing, and the links found so far.

use super::gram::{Weights, grams, shared};
use super::{Link, Passage};
use crate::clause::fold;
use std::collections::{BTreeMap, BTreeSet};

/// So much of a clause at least must be new in what it became a part of.
const SLIVER: f64 = 0.25;

/// One revision, prepared.
pub(super) struct Side {
    /// The clause above, by path.
    pub parent: Vec<Option<usize>>,
    /// Heading and text, folded.
    pub content: Vec<String>,
    pub text: Vec<String>,
    pub heading: Vec<String>,
    pub path: Vec<Vec<String>>,
    /// Runs of the text, or of the heading where there is no text.
    pub grams: Vec<Vec<[char; 3]>>,
    /// The weight of these runs together.
    pub weight: Vec<f64>,
}

impl Side {
    fn new(passages: &[Passage]) -> Side {
        let heading: Vec<String> = passages.iter().map(|passage| fold(&passage.heading)).collect();
        let text: Vec<String> = passages.iter().map(|passage| fold(&passage.text)).collect();
        Side {
            parent: parents(passages),
            content: heading.iter().zip(&text).map(|(heading, text)| format!("{heading}\n{text}")).collect(),
            grams: heading.iter().zip(&text).map(|(h, t)| grams(if t.is_empty() { h } else { t })).collect(),
            weight: Vec::new(),
            path: passages.iter().map(|passage| passage.path.clone()).collect(),
            heading,
            text,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.path.len()
    }
}

/// The nearest clause above each clause, by its path; the order of the clauses plays no part.
fn parents(passages: &[Passage]) -> Vec<Option<usize>> {
    let places: BTreeMap<&[String], usize> =
        passages.iter().enumerate().map(|(at, passage)| (passage.path.as_slice(), at)).collect();
    passages
        .iter()
        .map(|passage| {
            let above = (1..passage.path.len()).rev();
            above.filter_map(|length| places.get(&passage.path[..length])).next().copied()
        })
        .collect()
}

/// Both revisions and what was found.
pub(super) struct Desk {
    pub old: Side,
    pub new: Side,
    weights: Weights,
    /// The links of each clause, by the other side's position.
    pub of_old: Vec<Vec<usize>>,
    pub of_new: Vec<Vec<usize>>,
    pub links: Vec<Link>,
}

impl Desk {
    pub(super) fn new(old: &[Passage], new: &[Passage]) -> Desk {
        let (mut old, mut new) = (Side::new(old), Side::new(new));
        let weights = Weights::of(old.grams.iter().chain(&new.grams));
        old.weight = old.grams.iter().map(|grams| weights.sum(grams.iter())).collect();
        new.weight = new.grams.iter().map(|grams| weights.sum(grams.iter())).collect();
        let (of_old, of_new) = (vec![Vec::new(); old.len()], vec![Vec::new(); new.len()]);
        Desk { old, new, weights, of_old, of_new, links: Vec::new() }
    }

    pub(super) fn link(&mut self, old: usize, new: usize, confidence: f64) {
        self.of_old[old].push(new);
        self.of_new[new].push(old);
        self.links.push(Link { old, new, confidence: confidence.clamp(0.0, 1.0) });
    }

    pub(super) fn free_old(&self) -> Vec<usize> {
        (0..self.old.len()).filter(|at| self.of_old[*at].is_empty()).collect()
    }

    pub(super) fn free_new(&self) -> Vec<usize> {
        (0..self.new.len()).filter(|at| self.of_new[*at].is_empty()).collect()
    }

    /// Whether the clauses above belong together; two clauses at the top do.
    pub(super) fn under_the_same(&self, old: usize, new: usize) -> bool {
        match (self.old.parent[old], self.new.parent[new]) {
            (None, None) => true,
            (Some(old), Some(new)) => self.of_old[old].contains(&new),
            _ => false,
        }
    }

    /// 0..=1: how alike the words are, weighed by what they say.
    pub(super) fn likeness(&self, old: usize, new: usize) -> f64 {
        let both = self.old.weight[old] + self.new.weight[new];
        let common = shared(&self.old.grams[old], &self.new.grams[new]);
        if both > 0.0 { 2.0 * self.weights.sum(common.iter()) / both } else { 0.0 }
    }

    /// 0..=1: how much of a new clause stands in an old one and in none of that one's other successors.
    pub(super) fn new_in_old(&self, new: usize, old: usize) -> f64 {
        let taken = self.of_old[old].iter().flat_map(|other| &self.new.grams[*other]).collect();
        self.fresh(&self.new.grams[new], &self.old.grams[old], &taken, self.new.weight[new])
    }

    /// 0..=1: how much of an old clause stands in a new one and in none of that one's other predecessors.
    pub(super) fn old_in_new(&self, old: usize, new: usize) -> f64 {
        let taken = self.of_new[new].iter().flat_map(|other| &self.old.grams[*other]).collect();
        self.fresh(&self.old.grams[old], &self.new.grams[new], &taken, self.old.weight[old])
    }

    /// What the other clauses explain already counts neither for nor against: two merged duties often share their
    /// subject and their place, and only the acts differ. A sliver of words alone proves nothing.
    fn fresh(&self, part: &[[char; 3]], whole: &[[char; 3]], taken: &BTreeSet<&[char; 3]>, of: f64) -> f64 {
        let common = shared(part, whole);
        let explained = self.weights.sum(common.iter().filter(|gram| taken.contains(gram)));
        let fresh = self.weights.sum(common.iter().filter(|gram| !taken.contains(gram)));
        if of > 0.0 && fresh / of >= SLIVER { fresh / (of - explained) } else { 0.0 }
    }
}
