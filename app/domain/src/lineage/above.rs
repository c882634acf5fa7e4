//! The headings above the clauses of a 新旧対照表: they stand on both sides of a row, also above （新設） and （削る）,
//! so that one sees on either side where one is.

use super::Kind;
use super::table::{Paragraph, Run, Words, name, side};
use crate::review::{Part, difference};
use std::collections::{BTreeMap, BTreeSet};

type Way = Vec<String>;

/// One side of the table: the headings said so far, and what a clause of this side is on the other.
#[derive(Default)]
struct Half {
    said: Way,
    opposite: BTreeMap<Way, Way>,
    /// Clauses the other side does not have.
    lone: BTreeSet<Way>,
    /// Clauses with words but without a heading: below them only their label is said.
    wordy: BTreeSet<Way>,
}

/// Which headings have to be said.
pub(super) struct Above {
    new: Half,
    old: Half,
}

/// The way to a clause, itself included.
fn way(words: &Words) -> Way {
    let own = Some(name(words)).filter(|name| !name.is_empty());
    words.above.iter().cloned().chain(own).collect()
}

impl Above {
    /// Learns from all lines, also from those that stay the same, which heading belongs to which.
    pub(super) fn of(lines: &[(Kind, Vec<Words>, Vec<Words>)]) -> Above {
        let mut above = Above { new: Half::default(), old: Half::default() };
        for (_, old, new) in lines {
            if let (Some(old), Some(new)) = (old.first(), new.first()) {
                above.new.opposite.entry(way(new)).or_insert_with(|| way(old));
                above.old.opposite.entry(way(old)).or_insert_with(|| way(new));
            }
            for (half, words, other) in [(&mut above.new, new, old), (&mut above.old, old, new)] {
                half.lone.extend(words.iter().filter(|_| other.is_empty()).map(way));
                let wordy = words.iter().filter(|one| one.heading.is_empty() && !one.text.is_empty());
                half.wordy.extend(wordy.map(way));
            }
        }
        // Where a heading is no clause of its own, what stands below it tells.
        for (_, old, new) in lines {
            let (Some(old), Some(new)) = (old.first(), new.first()) else { continue };
            for depth in 0..=old.above.len().min(new.above.len()) {
                let (old, new) = (old.above[..depth].to_vec(), new.above[..depth].to_vec());
                above.new.opposite.entry(new.clone()).or_insert_with(|| old.clone());
                above.old.opposite.entry(old).or_insert(new);
            }
        }
        above
    }

    /// The headings of a row that were not said yet, of the new side and of the old, and how deep the clause lies.
    pub(super) fn say(&mut self, old: &[Words], new: &[Words]) -> [(Vec<Paragraph>, usize); 2] {
        let own = |words: &[Words]| words.first().map(|words| words.above.clone());
        let (new_way, old_way) = match (own(new), own(old)) {
            (Some(new), Some(old)) => (new, old),
            (Some(new), None) => (new.clone(), self.new.counterpart(&new)),
            (None, Some(old)) => (self.old.counterpart(&old), old),
            (None, None) => (Way::new(), Way::new()),
        };
        let from = self.new.known(&new_way).min(self.old.known(&old_way));
        let nothing = self.new.known(&new_way) == new_way.len() && self.old.known(&old_way) == old_way.len();
        let from = if nothing { usize::MAX } else { from };
        let sides = [
            (self.new.paragraphs(&new_way, &old_way, from, Part::Added), new_way.len()),
            (self.old.paragraphs(&old_way, &new_way, from, Part::Removed), old_way.len()),
        ];
        self.new.said = new.last().map_or(new_way, way);
        self.old.said = old.last().map_or(old_way, way);
        sides
    }
}

impl Half {
    /// How many of these headings stand already.
    fn known(&self, wanted: &[String]) -> usize {
        wanted.iter().zip(&self.said).take_while(|(a, b)| a == b).count()
    }

    /// The same place on the other side, as far down as there is one.
    fn counterpart(&self, wanted: &[String]) -> Way {
        let found = (0..=wanted.len()).rev().find_map(|depth| self.opposite.get(&wanted[..depth]));
        found.cloned().unwrap_or_default()
    }

    fn paragraphs(&self, own: &[String], other: &[String], from: usize, part: Part) -> Vec<Paragraph> {
        let below = |(depth, text): (usize, &String)| {
            let mut runs = self.heading(own, other, depth, text, part);
            if self.wordy.contains(&own[..=depth]) {
                runs.push(Run { text: "　（略）".to_string(), marked: false });
            }
            Paragraph { depth, runs }
        };
        own.iter().enumerate().skip(from).map(below).collect()
    }

    /// A heading; what differs from the one it belongs to is marked, and all of it if the other side has none.
    fn heading(&self, own: &[String], other: &[String], depth: usize, text: &str, part: Part) -> Vec<Run> {
        match self.opposite.get(&own[..=depth]) {
            Some(opposite) if opposite.as_slice() == other.get(..=depth).unwrap_or_default() => {
                let theirs = other.get(depth).map(String::as_str).unwrap_or_default();
                let (old, new) = if part == Part::Added { (theirs, text) } else { (text, theirs) };
                side(&difference(old, new), part)
            }
            _ => vec![Run { text: text.to_string(), marked: self.lone.contains(&own[..=depth]) }],
        }
    }
}
