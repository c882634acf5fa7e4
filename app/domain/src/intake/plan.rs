//! What becomes of each row of a form, and whether its file may be taken.

use super::{Certainty, Fault};
use crate::answer::{Raw, Value};
use crate::question::setting::Scale;
use std::collections::BTreeMap;

/// What a person settled for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// This is the answer.
    Value(Raw),
    /// What stands in the file is taken, also over a stored answer, and means the question proposed.
    File,
    /// No answer: the question stays open.
    Blank,
    /// The stored answer stays.
    Stored,
    /// The row is no question of this sheet.
    LeftOut,
    /// What was chosen before is taken back.
    Undecided,
}

impl Choice {
    /// The key in forms and in the database: `file`, `blank`, `stored`, `left_out`, `undecided`, or the key
    /// of an answer.
    pub fn key(&self) -> String {
        match self {
            Choice::Value(raw) => raw.key(),
            Choice::File => "file".to_string(),
            Choice::Blank => "blank".to_string(),
            Choice::Stored => "stored".to_string(),
            Choice::LeftOut => "left_out".to_string(),
            Choice::Undecided => "undecided".to_string(),
        }
    }

    /// The choice of a key.
    pub fn from_key(key: &str) -> Option<Choice> {
        match key {
            "file" => Some(Choice::File),
            "blank" => Some(Choice::Blank),
            "stored" => Some(Choice::Stored),
            "left_out" => Some(Choice::LeftOut),
            "undecided" => Some(Choice::Undecided),
            key => Raw::from_key(key).map(Choice::Value),
        }
    }
}

/// What a mark means on the scale of its question: 「○」 on a form of はい・いいえ is はい.
pub fn on_scale(raw: Raw, scale: &Scale) -> Raw {
    match (scale, raw) {
        (Scale::YesNo, Raw::Mark(Value::Done)) => Raw::Yes,
        (Scale::YesNo, Raw::Mark(Value::NotDone)) => Raw::No,
        (Scale::Marks, Raw::Yes) => Raw::Mark(Value::Done),
        (Scale::Marks, Raw::No) => Raw::Mark(Value::NotDone),
        (_, raw) => raw,
    }
}

/// What was answered already, in the browser or from another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The answer.
    pub raw: Option<Raw>,
    /// 理由・改善の内容.
    pub comment: String,
}

/// A row of a form beside what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was read.
    pub raw: Option<Raw>,
    /// Why nothing was.
    pub fault: Option<Fault>,
    /// 理由・改善の内容 as written.
    pub comment: String,
    /// How sure its question is; `None` for a row without one.
    pub question: Option<Certainty>,
    /// The question takes such an answer.
    pub suits: bool,
    /// The stored answer.
    pub stored: Option<Stored>,
    /// What was settled.
    pub choice: Option<Choice>,
    /// A person named the question.
    pub named: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It is taken.
    Taken,
    /// The same is stored already.
    Same,
    /// Nothing was answered; nothing is written.
    Blank,
    /// It stays outside.
    LeftOut,
    /// The answer can't be read: a person has to say it.
    Unclear,
    /// Its question is not known, or not surely.
    Unmatched,
    /// Another answer is stored: a person has to choose.
    Conflict,
    /// Another row of the form is taken for the same question.
    Doubled,
}

impl State {
    /// A person has to decide before the file can be taken.
    pub fn is_open(self) -> bool {
        matches!(self, State::Unclear | State::Unmatched | State::Conflict | State::Doubled)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            State::Taken => "取り込む",
            State::Same => "登録済みと同じ",
            State::Blank => "空欄",
            State::LeftOut => "取り込まない",
            State::Unclear => "読み取れない",
            State::Unmatched => "設問を確認",
            State::Conflict => "登録済みと異なる",
            State::Doubled => "設問の重なり",
        }
    }
}

/// What becomes of a row.
pub fn state(row: &Row) -> State {
    match &row.choice {
        Some(Choice::LeftOut | Choice::Stored) => return State::LeftOut,
        Some(Choice::Blank) => return State::Blank,
        Some(Choice::Value(_)) if row.question.is_some() => return State::Taken,
        _ => {}
    }
    let settled = row.choice == Some(Choice::File);
    match row.question {
        None => return State::Unmatched,
        Some(Certainty::Asked) if !settled => return State::Unmatched,
        Some(_) => {}
    }
    match (&row.raw, row.fault) {
        (None, Some(Fault::MultipleMarks | Fault::UnknownAnswer)) => return State::Unclear,
        (None, _) if row.comment.is_empty() => return State::Blank,
        (Some(_), _) if !row.suits => return State::Unclear,
        _ => {}
    }
    match &row.stored {
        None => State::Taken,
        Some(stored) if is_same(row, stored) => State::Same,
        Some(_) if settled => State::Taken,
        Some(_) => State::Conflict,
    }
}

/// A file without a word of comment does not speak against one that is stored.
fn is_same(row: &Row, stored: &Stored) -> bool {
    let raw = row.raw.is_none() || row.raw == stored.raw;
    raw && (row.comment.is_empty() || row.comment == stored.comment)
}

/// Rows that are taken for a question another row of the form is taken for as well: which of them answers it, nobody
/// but a person can say. `rows` has for each the question and what would become of it.
pub fn doubled<Q: Ord + Copy>(rows: &[(Option<Q>, State)]) -> Vec<bool> {
    let counts =
        |state: State| matches!(state, State::Taken | State::Same | State::Conflict | State::Unclear);
    let mut times: BTreeMap<Q, usize> = BTreeMap::new();
    for question in rows.iter().filter(|(_, state)| counts(*state)).filter_map(|(question, _)| *question) {
        *times.entry(question).or_default() += 1;
    }
    let often =
        |question: Option<Q>| question.and_then(|one| times.get(&one)).is_some_and(|times| *times > 1);
    rows.iter().map(|(question, state)| counts(*state) && often(*question)).collect()
}

/// Whether a file may be taken: no row is open and every form has an owner or was left out.
/// `forms` has for each form whether its owner is settled, and the states of its rows.
///
/// # Errors
/// A sentence for the file that says how much is left to decide.
pub fn file_state(forms: &[(bool, Vec<State>)]) -> Result<(), crate::refusal::Refusal> {
    let ownerless = forms.iter().filter(|(owner, _)| !owner).count();
    let open = forms.iter().flat_map(|(_, rows)| rows).filter(|state| state.is_open()).count();
    match (ownerless, open) {
        (0, 0) => Ok(()),
        (0, open) => Err(crate::refusal::Refusal::new(format!(
            "確認が必要な行が{open}行あります。内容を確かめて、どうするかを選んでください。"
        ))),
        (ownerless, _) => Err(crate::refusal::Refusal::new(format!(
            "誰の点検票か分からないものが{ownerless}件あります。対象を選ぶか、取り込まないことにしてください。"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONE: Raw = Raw::Mark(Value::Done);
    const NOT: Raw = Raw::Mark(Value::NotDone);

    fn row() -> Row {
        Row {
            raw: Some(DONE),
            fault: None,
            comment: String::new(),
            question: Some(Certainty::Sure),
            suits: true,
            stored: None,
            choice: None,
            named: false,
        }
    }

    fn stored(raw: Raw, comment: &str) -> Option<Stored> {
        Some(Stored { raw: Some(raw), comment: comment.into() })
    }

    #[test]
    fn only_what_is_beyond_doubt_or_settled_is_taken() {
        let unclear = Row { raw: None, fault: Some(Fault::MultipleMarks), ..row() };
        let low = Row { question: Some(Certainty::Asked), ..row() };
        let other = Row { stored: stored(NOT, "様式が古い"), ..row() };
        let table = [
            (row(), State::Taken),
            (Row { stored: stored(DONE, ""), ..row() }, State::Same),
            (Row { stored: stored(DONE, "済み"), ..row() }, State::Same),
            (Row { stored: stored(DONE, "済み"), comment: "他".into(), ..row() }, State::Conflict),
            (other.clone(), State::Conflict),
            (Row { choice: Some(Choice::File), ..other.clone() }, State::Taken),
            (Row { choice: Some(Choice::Stored), ..other.clone() }, State::LeftOut),
            (Row { choice: Some(Choice::Value(NOT)), ..other }, State::Taken),
            (unclear.clone(), State::Unclear),
            (Row { choice: Some(Choice::File), ..unclear.clone() }, State::Unclear),
            (Row { choice: Some(Choice::Value(DONE)), ..unclear.clone() }, State::Taken),
            (Row { choice: Some(Choice::Blank), ..unclear }, State::Blank),
            (Row { raw: None, fault: Some(Fault::Unanswered), ..row() }, State::Blank),
            (
                Row { raw: None, fault: Some(Fault::Unanswered), comment: "後日".into(), ..row() },
                State::Taken,
            ),
            (low.clone(), State::Unmatched),
            (Row { choice: Some(Choice::File), ..low.clone() }, State::Taken),
            (Row { question: None, choice: Some(Choice::Value(DONE)), ..low.clone() }, State::Unmatched),
            (Row { question: None, choice: Some(Choice::LeftOut), ..low }, State::LeftOut),
            (Row { suits: false, ..row() }, State::Unclear),
        ];
        for (row, expected) in table {
            assert_eq!(state(&row), expected, "{row:?}");
        }
    }

    #[test]
    fn a_file_is_taken_whole_or_not_at_all() {
        assert!(file_state(&[(true, vec![State::Taken, State::Blank, State::LeftOut])]).is_ok());
        assert!(file_state(&[(true, vec![State::Taken, State::Conflict])]).is_err());
        assert!(file_state(&[(true, vec![State::Taken]), (false, vec![])]).is_err());
    }

    #[test]
    fn every_choice_comes_back_from_its_key() {
        for choice in
            [Choice::File, Choice::Blank, Choice::Stored, Choice::LeftOut, Choice::Value(Raw::Level(3))]
        {
            assert_eq!(Choice::from_key(&choice.key()), Some(choice));
        }
        assert_eq!(Choice::from_key("?"), None);
    }

    #[test]
    fn two_rows_are_not_taken_for_one_question() {
        let rows = [
            (Some(1), State::Taken),
            (Some(1), State::Conflict),
            (Some(1), State::LeftOut),
            (Some(1), State::Blank),
            (Some(2), State::Taken),
            (None, State::Unmatched),
        ];
        assert_eq!(doubled(&rows), [true, true, false, false, false, false]);
        assert_eq!(doubled(&rows[1..]), [false; 5]);
    }
}
