//! Where a clause stands: its heading, its lead-in, the nouns listed below it.

use super::derive::Setting;
use super::lead::{announced, children, inherited, parent};
use crate::clause::{ClauseText, is_noun, is_paragraph, sentences, without_brackets};

/// The setting of a clause.
pub(super) struct Around {
    heading: Option<String>,
    inherited: super::lead::Inherited,
    previous: String,
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
    let listed = children(clauses, index)
        .into_iter()
        .filter(|child| !is_paragraph(&clauses[*child]))
        .filter_map(|child| noun(&clauses[child]));
    let previous = index.checked_sub(1).map(|before| clauses[before].text.clone()).unwrap_or_default();
    Around { heading, inherited: inherited(clauses, index), items: listed.collect(), previous }
}

impl Around {
    /// The setting of one sentence: only the one that announces the list holds it.
    pub(super) fn of_sentence(&self, text: &str) -> Setting {
        let holds = announced(text).is_some();
        Setting {
            heading: self.heading.clone(),
            inherited: self.inherited.clone(),
            previous: self.previous.clone(),
            items: if holds { self.items.clone() } else { Vec::new() },
        }
    }
}

/// The text of an item that is a noun and no clause.
pub(super) fn noun(clause: &ClauseText) -> Option<String> {
    let first = sentences(&clause.text).first().map(|text| without_brackets(text.trim()))?;
    let first = first.trim().trim_end_matches('。').to_string();
    is_noun(&first).then_some(first)
}
