//! What was answered, in the terms of the question's scale.

use super::{Amount, Value};
use crate::calendar::{iso, parse_day};
use serde::{Deserialize, Serialize};
use time::Date;

/// An answer as it was given. Which of 実施, 一部実施, 未実施 and 該当なし it counts as, if any, is said by the
/// question's setting and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Raw {
    /// ○△×, and － on every scale that offers 該当なし.
    Mark(Value),
    /// はい
    Yes,
    /// いいえ
    No,
    /// 1 (lowest) to 5.
    Level(u8),
    /// A number or a percentage.
    Number(Amount),
    /// The day something was done.
    Day(Date),
    /// Instead of a day: まだ行っていない.
    NotYet,
    /// The rows ア, イ, ウ … of a table; a blank row is blank.
    Rows(Vec<Option<Value>>),
}

impl Raw {
    /// The key in forms and in the database: `done`, `yes`, `level:3`, `number:12.5`, `date:2026-05-01`,
    /// `date:none`, `rows:done,,na`.
    pub fn key(&self) -> String {
        match self {
            Raw::Mark(value) => value.key().to_string(),
            Raw::Yes => "yes".to_string(),
            Raw::No => "no".to_string(),
            Raw::Level(level) => format!("level:{level}"),
            Raw::Number(amount) => format!("number:{amount}"),
            Raw::Day(day) => format!("date:{}", iso(*day)),
            Raw::NotYet => "date:none".to_string(),
            Raw::Rows(rows) => {
                let keys: Vec<&str> = rows.iter().map(|row| row.map_or("", Value::key)).collect();
                format!("rows:{}", keys.join(","))
            }
        }
    }

    /// The answer of a key.
    pub fn from_key(key: &str) -> Option<Raw> {
        match key.split_once(':') {
            None if key == "yes" => Some(Raw::Yes),
            None if key == "no" => Some(Raw::No),
            None => Value::from_key(key).map(Raw::Mark),
            Some(("level", level)) => {
                level.parse().ok().filter(|level| (1..=5).contains(level)).map(Raw::Level)
            }
            Some(("number", number)) => Amount::parse(number, "").map(Raw::Number),
            Some(("date", "none")) => Some(Raw::NotYet),
            Some(("date", day)) => parse_day(day).map(Raw::Day),
            Some(("rows", rows)) => rows
                .split(',')
                .map(|row| if row.is_empty() { Some(None) } else { Value::from_key(row).map(Some) })
                .collect::<Option<Vec<_>>>()
                .map(Raw::Rows),
            Some(_) => None,
        }
    }
}

/// What stands in the fields of a question, before anybody has said whether it is an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The key of the chosen or ticked choice; empty if none is.
    pub choice: String,
    /// A number or a day as it was typed.
    pub typed: String,
    /// The keys of the rows of a table; empty for a blank row.
    pub rows: Vec<String>,
}

impl Written {
    /// A choice alone.
    pub fn choice(key: &str) -> Written {
        Written { choice: key.to_string(), ..Written::default() }
    }

    /// How an answer stands in the fields.
    pub fn of(raw: Option<&Raw>) -> Written {
        match raw {
            None => Written::default(),
            Some(Raw::Number(amount)) => Written { typed: amount.to_string(), ..Written::default() },
            Some(Raw::Day(day)) => Written { typed: iso(*day), ..Written::default() },
            Some(Raw::Rows(rows)) => Written {
                rows: rows.iter().map(|row| row.map_or("", Value::key).to_string()).collect(),
                ..Written::default()
            },
            Some(raw) => Written::choice(&raw.key()),
        }
    }

    /// Nothing was entered.
    pub fn is_blank(&self) -> bool {
        self.choice.is_empty() && self.typed.trim().is_empty() && self.rows.iter().all(String::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_answer_has_a_key_and_comes_back_from_it() {
        let twelve = Amount::parse("12.5", "").map(Raw::Number);
        let all = [
            (Some(Raw::Mark(Value::NotApplicable)), "na"),
            (Some(Raw::Yes), "yes"),
            (Some(Raw::No), "no"),
            (Some(Raw::Level(3)), "level:3"),
            (twelve, "number:12.5"),
            (Some(Raw::Day(date!(2026 - 05 - 01))), "date:2026-05-01"),
            (Some(Raw::NotYet), "date:none"),
            (Some(Raw::Rows(vec![Some(Value::Done), None, Some(Value::NotApplicable)])), "rows:done,,na"),
        ];
        for (raw, key) in all {
            assert_eq!(raw.as_ref().map(Raw::key).as_deref(), Some(key));
            assert_eq!(Raw::from_key(key), raw);
        }
        for wrong in ["", "level:0", "level:6", "number:", "number:-1", "date:heute", "rows:x", "other:1"] {
            assert_eq!(Raw::from_key(wrong), None, "{wrong}");
        }
    }
}
