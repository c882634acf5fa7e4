//! The lineage of clauses: which clause of a revision comes from which clause of the one before.
//!
//! [`align`] proposes links, an officer may correct them, and [`entries`] says what the links that hold mean:
//! the same, moved, changed, split, merged, new, repealed. Everything that follows from a revision (questions
//! carried over, questions to look at again, the 新旧対照表) follows from these entries.

mod above;
mod align;
mod desk;
mod entry;
mod gram;
mod table;
#[cfg(test)]
mod tests;

use crate::clause::ClauseText;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

pub use align::align;
pub use entry::{Entry, compose, entries};
pub use gram::likeness;
pub use table::{Paragraph, Row, Run, Words, table};

/// A clause as the alignment sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Labels from the root; unique within a revision.
    pub path: Vec<String>,
    /// Empty if there is none.
    pub heading: String,
    /// Empty for a chapter.
    pub text: String,
}

impl From<&ClauseText> for Passage {
    fn from(clause: &ClauseText) -> Passage {
        Passage {
            path: clause.path.clone(),
            heading: clause.heading.clone().unwrap_or_default(),
            text: clause.text.clone(),
        }
    }
}

/// A clause of the new revision comes from one of the old; both by their position in the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    pub old: usize,
    pub new: usize,
    /// 0..=1: how sure the alignment is. An officer's word is 1.
    pub confidence: f64,
}

/// Below this confidence the officer is asked to look.
pub const DOUBTFUL: f64 = 0.5;

/// What became of a clause, or where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Other words, one clause on each side.
    Changed,
    /// One clause became several.
    Split,
    /// Several clauses became one.
    Merged,
    /// It has no predecessor.
    New,
    /// It has no successor.
    Repealed,
    /// The same words in another place.
    Moved,
    /// The same words in the same place.
    Same,
}

impl Kind {
    /// All kinds, what needs attention first.
    pub const ALL: [Kind; 7] =
        [Kind::Changed, Kind::Split, Kind::Merged, Kind::New, Kind::Repealed, Kind::Moved, Kind::Same];

    /// The stable key used in addresses and in the ledger.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Changed => "changed",
            Kind::Split => "split",
            Kind::Merged => "merged",
            Kind::New => "new",
            Kind::Repealed => "repealed",
            Kind::Moved => "moved",
            Kind::Same => "same",
        }
    }

    /// The kind of a key.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The name on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Changed => "変更",
            Kind::Split => "分割",
            Kind::Merged => "統合",
            Kind::New => "新設",
            Kind::Repealed => "削除",
            Kind::Moved => "移動",
            Kind::Same => "同一",
        }
    }

    /// Whether the words stayed: what was decided about the old clause then holds for the new one.
    pub fn keeps_words(self) -> bool {
        matches!(self, Kind::Same | Kind::Moved)
    }

    /// Whether the questions about the old clause have to be looked at again.
    pub fn asks_again(self) -> bool {
        matches!(self, Kind::Changed | Kind::Split | Kind::Merged | Kind::Repealed)
    }
}

/// What the officer decided about a question whose clause changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It stays as it is.
    Kept,
    /// It is worded anew.
    Reworded,
    /// It is not asked any more.
    Retired,
    /// It asks about another clause.
    Relinked,
}

impl Outcome {
    /// The stable key used in the database.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Reworded => "reworded",
            Outcome::Retired => "retired",
            Outcome::Relinked => "relinked",
        }
    }

    /// The outcome of a key.
    pub fn from_key(key: &str) -> Option<Outcome> {
        [Outcome::Kept, Outcome::Reworded, Outcome::Retired, Outcome::Relinked]
            .into_iter()
            .find(|outcome| outcome.key() == key)
    }

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Outcome::Kept => "このまま使う",
            Outcome::Reworded => "文言を直した",
            Outcome::Retired => "廃止した",
            Outcome::Relinked => "別の条項に結び付けた",
        }
    }
}

/// May a question be settled like this? A question that lost its clause can't simply stay: an inspector who asks
/// what it rests on must get an answer.
///
/// # Errors
/// When it is settled already, or stays without a clause and without a reason.
pub fn may_settle(settled: bool, outcome: Outcome, kind: Kind, reason: &str) -> Result<(), Refusal> {
    if settled {
        return Err(Refusal::new("この設問は既に処理されています。改めるときは、先に取り消してください。"));
    }
    if outcome == Outcome::Kept && kind == Kind::Repealed && reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "根拠となる条項が削除されています。このまま使うときは、理由を入力してください。",
        ));
    }
    if reason.chars().count() > 200 {
        return Err(Refusal::field("reason", "理由は200字以内にしてください。"));
    }
    Ok(())
}
