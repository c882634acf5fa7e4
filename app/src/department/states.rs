//! Which sheets of the department are shown, and how many gaps stand on each.

use domain::answer::Value;
use store::department::{Answers, Row};

/// Which sheets are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    All,
    Missing,
    /// Given back and not handed in again.
    Returned,
    Submitted,
    /// With 一部実施 or 未実施.
    Gaps,
}

impl State {
    /// All choices with the key in the address.
    pub const ALL: [(&'static str, &'static str, State); 5] = [
        ("", "全て", State::All),
        ("missing", "未提出", State::Missing),
        ("returned", "うち差戻し", State::Returned),
        ("submitted", "提出済み", State::Submitted),
        ("gaps", "△・×あり", State::Gaps),
    ];

    /// The choice of a key; all sheets for an unknown one.
    pub fn from_key(key: &str) -> State {
        State::ALL.into_iter().find(|(known, ..)| *known == key).map(|(.., state)| state).unwrap_or_default()
    }

    /// The key in the address.
    pub fn key(self) -> &'static str {
        State::ALL.into_iter().find(|(.., state)| *state == self).map_or("", |(key, ..)| key)
    }

    /// Whether a sheet belongs there.
    pub fn holds(self, row: &Row, gaps: Gaps) -> bool {
        let standing = row.facts.standing;
        match self {
            State::All => true,
            State::Missing => !standing.submitted,
            State::Returned => !standing.submitted && standing.returned,
            State::Submitted => standing.submitted,
            State::Gaps => gaps.is_some_and(|(partial, not_done)| partial + not_done > 0),
        }
    }
}

/// 一部実施 and 未実施 on one sheet; none where individual answers are not shown.
pub type Gaps = Option<(usize, usize)>;

/// The gaps of a sheet that was handed in, or given back: of the latter those that still stand as they did then.
pub fn gaps_of(answers: Option<&Answers>, row: &Row) -> Gaps {
    let standing = row.facts.standing;
    let answers = answers.filter(|answers| answers.named && (standing.submitted || standing.returned))?;
    let own = || {
        let people = answers.questions.iter().flat_map(|question| &question.people);
        people.filter(|person| person.target == row.target)
    };
    let count = |value: Value| own().filter(|person| person.value == value).count();
    Some((count(Value::Partial), count(Value::NotDone)))
}
