//! Where a clause stands: its heading, its lead-in, the nouns listed below it.

use super::condition;
use super::derive::Setting;
use super::lead::{announced, body, children, inherited, parent, subject_of};
use super::verb::{from_dictionary, past};
use crate::clause::{
    Class, ClauseText, announces_contents, is_noun, is_paragraph, marks_as, sentences, without_brackets,
};

/// The setting of a clause.
pub(super) struct Around {
    heading: Option<String>,
    inherited: super::lead::Inherited,
    previous: String,
    contents: bool,
    /// The nouns directly below it.
    pub items: Vec<String>,
}

/// The setting of the clause at `index`.
pub(super) fn of(clauses: &[ClauseText], index: usize) -> Around {
    let mut at = Some(index);
    let mut heading = None;
    while let Some(place) = at.filter(|_| heading.is_none()) {
        heading = clauses[place].heading.clone();
        at = parent(clauses, place);
    }
    let below = children(clauses, index).into_iter().filter(|child| !is_paragraph(&clauses[*child]));
    let contents = holds_contents(clauses, index);
    let named = |child: usize| match contents {
        true => Some(clauses[child].text.trim().trim_end_matches('。').to_string()),
        false => noun(&clauses[child]),
    };
    let listed = below.filter_map(named);
    let previous = before(clauses, index).map(|before| clauses[before].text.clone()).unwrap_or_default();
    Around { heading, inherited: inherited(clauses, index), items: listed.collect(), previous, contents }
}

/// The clause before this one in the same list, else the one printed before it.
fn before(clauses: &[ClauseText], index: usize) -> Option<usize> {
    let path = &clauses[index].path;
    let above = &path[..path.len() - 1];
    let within = (0..index).rev().take_while(|other| clauses[*other].path.starts_with(above));
    let mut siblings = within.filter(|other| clauses[*other].path.len() == path.len());
    // Without a number, 第1項 is the article itself.
    let first = parent(clauses, index)
        .filter(|parent| is_paragraph(&clauses[index]) && !clauses[*parent].text.is_empty());
    siblings
        .find(|other| is_paragraph(&clauses[index]) == is_paragraph(&clauses[*other]))
        .or(first)
        .or(index.checked_sub(1))
}

impl Around {
    /// The setting of one sentence: only the one that announces the list holds it.
    pub(super) fn of_sentence(&self, text: &str, before: Option<&str>) -> Setting {
        let holds = announced(text).is_some();
        Setting {
            heading: self.heading.clone(),
            inherited: self.inherited.clone(),
            previous: self.previous.clone(),
            contents: self.contents && holds,
            since: before.and_then(since),
            items: if holds { self.items.clone() } else { Vec::new() },
        }
    }
}

/// What the sentence before says happens first: 「業務を離れる場合には、」 → 「業務を離れた後も、」.
fn since(before: &str) -> Option<String> {
    let piece = condition::pieces(before).into_iter().scan(String::new(), |held, piece| {
        held.push_str(&piece);
        Some((condition::ends(&piece), held.clone()))
    });
    let (_, words) = piece.take(4).find(|(ends, _)| *ends)?;
    let words = body(&words, subject_of(&marks_as(&words, Class::Duty)));
    let plain = ["場合には、", "場合は、", "ときは、", "ときには、", "際は、", "際には、"];
    let act = plain.iter().find_map(|end| words.strip_suffix(end))?;
    let past = from_dictionary(act).and_then(|te| past(&te))?;
    (past.chars().count() <= 24).then(|| format!("{past}後も、"))
}

/// Whether a clause lists the contents of a document, and not only by nouns.
pub(super) fn holds_contents(clauses: &[ClauseText], index: usize) -> bool {
    let announces = sentences(&clauses[index].text).into_iter().any(announces_contents);
    announces
        && children(clauses, index)
            .into_iter()
            .any(|child| !is_paragraph(&clauses[child]) && noun(&clauses[child]).is_none())
}

/// Whether a clause is a part of the contents its lead-in lists.
pub(super) fn within_contents(clauses: &[ClauseText], index: usize) -> bool {
    !is_paragraph(&clauses[index])
        && parent(clauses, index).is_some_and(|parent| holds_contents(clauses, parent))
}

/// The text of an item that is a noun and no clause.
pub(super) fn noun(clause: &ClauseText) -> Option<String> {
    let first = sentences(&clause.text).first().map(|text| without_brackets(text.trim()))?;
    let first = first.trim().trim_end_matches('。').to_string();
    is_noun(&first).then_some(first)
}
