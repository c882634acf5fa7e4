//! What is decided for many rows of a form at once.

use super::{Certainty, Choice, Row, State};

/// A decision for all rows it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// Of rows that differ from what is stored: the stored answer stays.
    Stored,
    /// Of rows that differ from what is stored: the file holds.
    File,
    /// The proposed questions are the right ones.
    Proposed,
    /// Unclear answers count as none.
    Blank,
    /// Rows without a question are none of this sheet.
    LeftOut,
    /// What was chosen for rows is taken back.
    Undecided,
}

impl Together {
    /// All of them, in the order of the buttons.
    pub const ALL: [Together; 6] = [
        Together::Proposed,
        Together::LeftOut,
        Together::Blank,
        Together::Stored,
        Together::File,
        Together::Undecided,
    ];

    /// The key in forms.
    pub fn key(self) -> &'static str {
        match self {
            Together::Stored => "stored",
            Together::File => "file",
            Together::Proposed => "proposed",
            Together::Blank => "blank",
            Together::LeftOut => "left_out",
            Together::Undecided => "undecided",
        }
    }

    /// The decision of a key.
    pub fn from_key(key: &str) -> Option<Together> {
        Together::ALL.into_iter().find(|one| one.key() == key)
    }

    /// The words of its button.
    pub fn label(self) -> &'static str {
        match self {
            Together::Stored => "登録済みと異なる行は、登録済みの回答を残す",
            Together::File => "登録済みと異なる行は、ファイルの回答に置き換える",
            Together::Proposed => "候補の設問で正しいので、読み取ったとおり取り込む",
            Together::Blank => "読み取れない行は、空欄とする",
            Together::LeftOut => "設問が不明な行は、取り込まない",
            Together::Undecided => "選んだ扱いを、すべて未定に戻す",
        }
    }

    /// What it means for a row; `None` where it does not fit.
    pub fn choice(self, row: &Row, state: State) -> Option<Choice> {
        match (self, state) {
            (Together::Stored, State::Conflict) => Some(Choice::Stored),
            (Together::File, State::Conflict) => Some(Choice::File),
            // The question is named; a stored answer still has its say.
            (Together::Proposed, State::Unmatched) if row.question == Some(Certainty::Asked) => {
                Some(Choice::Undecided)
            }
            (Together::LeftOut, State::Unmatched) if row.question.is_none() => Some(Choice::LeftOut),
            (Together::Blank, State::Unclear) => Some(Choice::Blank),
            (Together::Undecided, _) if row.choice.is_some() || row.named => Some(Choice::Undecided),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Raw, Value};

    #[test]
    fn a_decision_touches_only_the_rows_it_is_about() {
        let row = |question, choice| Row {
            raw: Some(Raw::Mark(Value::Done)),
            fault: None,
            comment: String::new(),
            question,
            suits: true,
            stored: None,
            choice,
            named: false,
        };
        let (sure, asked) = (row(Some(Certainty::Sure), None), row(Some(Certainty::Asked), None));
        let (nowhere, settled) = (row(None, None), row(None, Some(Choice::LeftOut)));
        let table = [
            (Together::Stored, &sure, State::Conflict, Some(Choice::Stored)),
            (Together::Stored, &sure, State::Taken, None),
            (Together::File, &sure, State::Conflict, Some(Choice::File)),
            (Together::Proposed, &asked, State::Unmatched, Some(Choice::Undecided)),
            (Together::Proposed, &nowhere, State::Unmatched, None),
            (Together::LeftOut, &nowhere, State::Unmatched, Some(Choice::LeftOut)),
            (Together::LeftOut, &asked, State::Unmatched, None),
            (Together::Blank, &sure, State::Unclear, Some(Choice::Blank)),
            (Together::Undecided, &settled, State::LeftOut, Some(Choice::Undecided)),
            (Together::Undecided, &sure, State::Taken, None),
        ];
        for (together, row, state, expected) in table {
            assert_eq!(together.choice(row, state), expected, "{together:?} {state:?}");
        }
        for one in Together::ALL {
            assert_eq!(Together::from_key(one.key()), Some(one));
        }
    }
}
