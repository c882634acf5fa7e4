//! What links mean: clauses that belong together, and what happened to them.

use super::{Kind, Link, Passage, likeness};
use crate::clause::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Clauses of both revisions that belong together. Every clause is in exactly one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    /// Positions in the old revision, ascending.
    pub old: Vec<usize>,
    /// Positions in the new revision, ascending.
    pub new: Vec<usize>,
    /// 0..=1: how alike the words are; 0 without a counterpart.
    pub likeness: f64,
    /// 0..=1: that of the least sure link; 1 without a link.
    pub confidence: f64,
}

/// The entries in the order of the new document; a repealed clause follows what stood before it.
pub fn entries(old: &[Passage], new: &[Passage], links: &[Link]) -> Vec<Entry> {
    let mut groups = Groups::new(old.len(), new.len());
    let valid = links.iter().filter(|link| link.old < old.len() && link.new < new.len());
    valid.clone().for_each(|link| groups.join(link.old, old.len() + link.new));
    let mut members: BTreeMap<usize, Entry> = BTreeMap::new();
    for node in 0..old.len() + new.len() {
        let empty =
            Entry { kind: Kind::Same, old: Vec::new(), new: Vec::new(), likeness: 0.0, confidence: 1.0 };
        let entry = members.entry(groups.root(node)).or_insert(empty);
        match node.checked_sub(old.len()) {
            Some(at) => entry.new.push(at),
            None => entry.old.push(node),
        }
    }
    for link in valid {
        if let Some(entry) = members.get_mut(&groups.root(link.old)) {
            entry.confidence = entry.confidence.min(link.confidence);
        }
    }
    let mut entries: Vec<Entry> = members.into_values().map(|entry| judged(entry, old, new)).collect();
    sort(&mut entries, old.len());
    entries
}

fn judged(entry: Entry, old: &[Passage], new: &[Passage]) -> Entry {
    let kind = match (entry.old.as_slice(), entry.new.as_slice()) {
        ([], _) => Kind::New,
        (_, []) => Kind::Repealed,
        ([a], [b]) => one_to_one(&old[*a], &new[*b]),
        (many, fewer) if many.len() >= fewer.len() => Kind::Merged,
        _ => Kind::Split,
    };
    let words = |of: &[Passage], at: &[usize]| -> String {
        at.iter().map(|at| format!("{}\n{}\n", of[*at].heading, of[*at].text)).collect()
    };
    let likeness = match kind {
        Kind::New | Kind::Repealed => 0.0,
        _ => likeness(&words(old, &entry.old), &words(new, &entry.new)),
    };
    Entry { kind, likeness, ..entry }
}

/// Width and blanks are the converter's, not the lawmaker's: they are no change.
fn one_to_one(a: &Passage, b: &Passage) -> Kind {
    if fold(&a.text) != fold(&b.text) || fold(&a.heading) != fold(&b.heading) {
        Kind::Changed
    } else if a.path == b.path {
        Kind::Same
    } else {
        Kind::Moved
    }
}

/// In the order of the new document. Repealed clauses come after the entry of the clause before them.
fn sort(entries: &mut [Entry], old: usize) {
    let mut place_of_old = vec![None; old];
    for entry in entries.iter() {
        for at in &entry.old {
            place_of_old[*at] = entry.new.first().copied();
        }
    }
    entries.sort_by_key(|entry| match (entry.new.first(), entry.old.first()) {
        (Some(new), _) => (new + 1, 0, 0),
        (None, Some(old)) => {
            let before = place_of_old[..*old].iter().rev().find_map(|place| *place);
            (before.map_or(0, |new| new + 1), 1, *old)
        }
        (None, None) => (0, 0, 0),
    });
}

/// Links over two steps: from the first revision over the second to the third.
pub fn compose(first: &[Link], second: &[Link]) -> Vec<Link> {
    let mut onward: BTreeMap<usize, Vec<&Link>> = BTreeMap::new();
    second.iter().for_each(|link| onward.entry(link.old).or_default().push(link));
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut links = Vec::new();
    for link in first {
        for next in onward.get(&link.new).into_iter().flatten() {
            if seen.insert((link.old, next.new)) {
                let confidence = link.confidence.min(next.confidence);
                links.push(Link { old: link.old, new: next.new, confidence });
            }
        }
    }
    links
}

/// Which nodes hang together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(old: usize, new: usize) -> Groups {
        Groups((0..old + new).collect())
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
