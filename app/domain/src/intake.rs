//! 取込み: workbooks as departments filled them in, brought in many at a time. What was read stays as it was read;
//! whom a form belongs to and which question a row means is proposed here and settled by a person.
//!
//! Invariant: a file is taken whole or not at all, and only what is beyond doubt or was settled is taken.

pub mod difference;
pub mod fit;
pub mod owner;
pub mod plan;
pub mod search;
mod together;

pub use crate::form::matching::Certainty;
pub use plan::{Choice, Row, State, Stored, file_state, on_scale, state};
pub use together::Together;

use serde::{Deserialize, Serialize};

/// Why the reading gives no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing is marked.
    Unanswered,
    /// More than one choice is marked.
    MultipleMarks,
    /// What stands there means nothing we know, or more than one thing.
    UnknownAnswer,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 3] = [Fault::Unanswered, Fault::MultipleMarks, Fault::UnknownAnswer];

    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Fault::Unanswered => "unanswered",
            Fault::MultipleMarks => "multiple_marks",
            Fault::UnknownAnswer => "unknown_answer",
        }
    }

    /// The fault of a key.
    pub fn from_key(key: &str) -> Option<Fault> {
        Fault::ALL.into_iter().find(|fault| fault.key() == key)
    }

    /// What the department has to do about it, in one sentence.
    pub fn text(self) -> &'static str {
        match self {
            Fault::Unanswered => "回答がありません。一つ選んで記入してください。",
            Fault::MultipleMarks => "二つ以上選ばれています。一つだけにしてください。",
            Fault::UnknownAnswer => "回答を読み取れません。選択肢の記号又は言葉で記入してください。",
        }
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Fault::Unanswered => "空欄",
            Fault::MultipleMarks => "二つ以上の印",
            Fault::UnknownAnswer => "読み取れない回答",
        }
    }
}
