//! Answers: 実施, 一部実施, 未実施, 該当なし. Blank is blank. What a question with another scale was answered is
//! a [`Raw`]; its setting says which of the four values it counts as.

mod amount;
mod raw;

pub use amount::Amount;
pub use raw::{Raw, Written};

use serde::{Deserialize, Serialize};

/// The value of an answer. There is no value for "not answered": that is the absence of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// ○ 実施
    Done,
    /// △ 一部実施
    Partial,
    /// × 未実施
    NotDone,
    /// － 該当なし: the duty did not arise.
    #[serde(rename = "na")]
    NotApplicable,
}

impl Value {
    /// All values in the order of the choices.
    pub const ALL: [Value; 4] = [Value::Done, Value::Partial, Value::NotDone, Value::NotApplicable];

    /// The key in forms and in the database.
    pub fn key(self) -> &'static str {
        match self {
            Value::Done => "done",
            Value::Partial => "partial",
            Value::NotDone => "not_done",
            Value::NotApplicable => "na",
        }
    }

    /// The value of a key.
    pub fn from_key(key: &str) -> Option<Value> {
        Value::ALL.into_iter().find(|value| value.key() == key)
    }

    /// The word on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Value::Done => "実施",
            Value::Partial => "一部実施",
            Value::NotDone => "未実施",
            Value::NotApplicable => "該当なし",
        }
    }

    /// The mark beside the word.
    pub fn sign(self) -> &'static str {
        match self {
            Value::Done => "○",
            Value::Partial => "△",
            Value::NotDone => "×",
            Value::NotApplicable => "－",
        }
    }

    /// 一部実施 and 未実施: what an improvement can begin from.
    pub fn is_gap(self) -> bool {
        matches!(self, Value::Partial | Value::NotDone)
    }
}

/// How an answer differs from last year's to the same question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Less is done: ○ became △ or ×, △ became ×.
    Worse,
    /// More is done.
    Better,
    /// The duty arose, or no longer arises: neither better nor worse.
    Other,
}

impl Turn {
    /// The difference; none where nothing changed.
    pub fn between(before: Value, now: Value) -> Option<Turn> {
        let done = |value| match value {
            Value::Done => Some(2),
            Value::Partial => Some(1),
            Value::NotDone => Some(0),
            Value::NotApplicable => None,
        };
        match (done(before), done(now)) {
            (Some(before), Some(now)) if now < before => Some(Turn::Worse),
            (Some(before), Some(now)) if now > before => Some(Turn::Better),
            (before, now) => (before != now).then_some(Turn::Other),
        }
    }

    /// The word on screens.
    pub fn label(self) -> &'static str {
        match self {
            Turn::Worse => "前年から低下",
            Turn::Better => "前年から改善",
            Turn::Other => "前年から変更",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value::{Done, NotApplicable, NotDone, Partial};
    use super::*;

    #[test]
    fn a_difference_is_worse_better_or_neither() {
        for (before, now, turn) in [
            (Done, NotDone, Some(Turn::Worse)),
            (Done, Partial, Some(Turn::Worse)),
            (Partial, NotDone, Some(Turn::Worse)),
            (NotDone, Partial, Some(Turn::Better)),
            (NotApplicable, NotDone, Some(Turn::Other)),
            (Done, NotApplicable, Some(Turn::Other)),
            (NotApplicable, NotApplicable, None),
            (Partial, Partial, None),
        ] {
            assert_eq!(Turn::between(before, now), turn, "{before:?} → {now:?}");
        }
    }
}
