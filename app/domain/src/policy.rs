//! A policy document as it was read: its title, its history and the tree of its clauses.

mod alias;
mod place;
mod reference;
mod scan;
mod term;

use crate::clause::ClauseText;
use serde::{Deserialize, Serialize};
use time::Date;

pub use alias::{Alias, aliases};
pub use reference::{Reference, references};
pub use term::{Spelling, Variants, term_variants};

/// What reading a policy file gave. Nothing of it is stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyText {
    /// The document's own title.
    pub title: String,
    /// The table of revisions printed in the document, oldest first.
    pub history: Vec<HistoryEntry>,
    /// All clauses in document order; parents come before their children.
    pub clauses: Vec<ClauseText>,
    /// Date and office at the end of the document; no content.
    pub signature: Option<String>,
    /// What the reader had to guess, for the officer to look at.
    pub remarks: Vec<Remark>,
}

/// One line of the printed history, e.g. 令和6年12月2日 改定.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The day, if it could be read.
    pub date: Option<Date>,
    /// The day as printed.
    pub printed: String,
    /// 策定, 改定, ...
    pub action: String,
}

/// Something the reader decided against the document's typography.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Line of the file, from 1.
    pub line: usize,
    /// One Japanese sentence for the officer.
    pub text: String,
}
