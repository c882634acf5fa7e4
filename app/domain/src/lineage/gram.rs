//! How alike two texts are, by what runs of characters they share.

use crate::clause::fold;
use std::collections::BTreeMap;

/// Runs of three characters of a folded text, each once and sorted; a shorter text is one run.
pub(super) fn grams(folded: &str) -> Vec<[char; 3]> {
    let chars: Vec<char> = folded.chars().collect();
    let mut grams: Vec<[char; 3]> = chars.windows(3).map(|run| [run[0], run[1], run[2]]).collect();
    if grams.is_empty() && !chars.is_empty() {
        let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
        grams.push([at(0), at(1), '\0']);
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// How much a run says: what every clause contains (「しなければならない」) says next to nothing.
pub(super) struct Weights(BTreeMap<[char; 3], f64>);

impl Weights {
    /// Weighs the runs of all passages of both revisions.
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Vec<[char; 3]>>) -> Weights {
        let mut counts: BTreeMap<[char; 3], u32> = BTreeMap::new();
        let mut passages = 0_u32;
        for grams in all {
            passages += 1;
            grams.iter().for_each(|gram| *counts.entry(*gram).or_default() += 1);
        }
        let total = f64::from(passages);
        Weights(counts.into_iter().map(|(gram, n)| (gram, (1.0 + total / f64::from(n)).ln())).collect())
    }

    /// The weight of some runs together.
    pub(super) fn sum<'a>(&self, grams: impl Iterator<Item = &'a [char; 3]>) -> f64 {
        grams.filter_map(|gram| self.0.get(gram)).sum()
    }
}

/// The runs in both, of two sorted lists.
pub(super) fn shared(a: &[[char; 3]], b: &[[char; 3]]) -> Vec<[char; 3]> {
    a.iter().filter(|gram| b.binary_search(gram).is_ok()).copied().collect()
}

/// 0..=1: the share of common runs, for people. 1 only if nothing but typography differs.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return 1.0;
    }
    let (a, b) = (grams(&a), grams(&b));
    let both = a.len() + b.len();
    if both == 0 { 0.0 } else { (2.0 * shared(&a, &b).len() as f64 / both as f64).min(0.99) }
}
