//! Which of the four values an answer counts as: the one function, for every page, count and export.

use super::{Scale, Setting, Threshold};
use crate::answer::{Raw, Value};
use crate::calendar::fiscal_year;

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Not an answer yet: blank, a table with a blank row, or of another scale.
    Open,
    /// Counts as this value.
    Marked(Value),
    /// Answered and only to know: counts in 把握率, never in 実施率.
    Told,
}

impl Judgement {
    /// The value that counts.
    pub fn value(self) -> Option<Value> {
        match self {
            Judgement::Marked(value) => Some(value),
            Judgement::Open | Judgement::Told => None,
        }
    }
}

impl Setting {
    /// Judges an answer given in a fiscal year.
    ///
    /// 該当なし is 該当なし on every scale. はい counts as 実施, いいえ as 未実施. A level counts as 実施 from the
    /// target on, the lowest as 未実施, what lies between as 一部実施. A number counts as 実施 if it keeps its
    /// threshold, else as 未実施. A day counts as 実施 (in the fiscal year, if that is asked), another day and
    /// まだ行っていない as 未実施. A table counts as 実施 if all its rows that apply are, as 未実施 if none is
    /// even partly, as 該当なし if no row applies, else as 一部実施.
    pub fn judge(&self, raw: Option<&Raw>, year: i32) -> Judgement {
        let Some(raw) = raw else { return Judgement::Open };
        let value = match (&self.scale, raw) {
            (_, Raw::Mark(Value::NotApplicable)) => Some(Value::NotApplicable),
            (Scale::Marks, Raw::Mark(value)) => Some(*value),
            (Scale::YesNo, Raw::Yes) => Some(Value::Done),
            (Scale::YesNo, Raw::No) => Some(Value::NotDone),
            (Scale::Levels { target, .. }, Raw::Level(level)) => target.map(|target| reached(*level, target)),
            (Scale::Number { threshold, .. }, Raw::Number(_)) => {
                threshold.map(|threshold| done_if(threshold.is_kept(raw)))
            }
            (Scale::Day { .. }, Raw::NotYet) => Some(Value::NotDone),
            (Scale::Day { within_year }, Raw::Day(day)) => {
                Some(done_if(!within_year || fiscal_year(*day) == year))
            }
            (Scale::Rows { rows }, Raw::Rows(given)) if rows.len() == given.len() => {
                match given.iter().copied().collect::<Option<Vec<Value>>>() {
                    Some(given) => Some(together(&given)),
                    None => return Judgement::Open,
                }
            }
            _ => return Judgement::Open,
        };
        match value {
            Some(Value::NotApplicable) => Judgement::Marked(Value::NotApplicable),
            Some(value) if !self.informative => Judgement::Marked(value),
            _ => Judgement::Told,
        }
    }
}

impl Threshold {
    fn is_kept(self, raw: &Raw) -> bool {
        match raw {
            Raw::Number(amount) if self.at_most => *amount <= self.limit,
            Raw::Number(amount) => *amount >= self.limit,
            _ => false,
        }
    }
}

fn done_if(kept: bool) -> Value {
    if kept { Value::Done } else { Value::NotDone }
}

fn reached(level: u8, target: u8) -> Value {
    match level {
        level if level >= target => Value::Done,
        0 | 1 => Value::NotDone,
        _ => Value::Partial,
    }
}

fn together(rows: &[Value]) -> Value {
    let all = |value: Value| rows.iter().all(|row| matches!(row, Value::NotApplicable) || *row == value);
    if rows.iter().all(|row| *row == Value::NotApplicable) {
        Value::NotApplicable
    } else if all(Value::Done) {
        Value::Done
    } else if all(Value::NotDone) {
        Value::NotDone
    } else {
        Value::Partial
    }
}
