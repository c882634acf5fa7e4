//! A longer period (期限の延長): for all, a department or a person.

use crate::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;
use uuid::Uuid;

/// Whom a longer period is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    All,
    Department(Uuid),
    Person(Uuid),
}

/// The day until which everybody has time. The latest day that applies to somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDays {
    all: Date,
    extended: BTreeMap<Scope, Date>,
}

impl DueDays {
    /// From the day of the start and the longer periods that were not taken back.
    pub fn new(first: Date, extensions: impl IntoIterator<Item = (Scope, Date)>) -> DueDays {
        let mut days = DueDays { all: first, extended: BTreeMap::new() };
        for (scope, due_on) in extensions {
            match scope {
                Scope::All => days.all = days.all.max(due_on),
                one => {
                    let known = days.extended.entry(one).or_insert(due_on);
                    *known = (*known).max(due_on);
                }
            }
        }
        days
    }

    /// For everybody who has no longer period of their own.
    pub fn of_all(&self) -> Date {
        self.all
    }

    fn later(&self, scope: Scope) -> Date {
        self.extended.get(&scope).copied().map_or(self.all, |day| day.max(self.all))
    }

    /// For a department.
    pub fn of_department(&self, department: Uuid) -> Date {
        self.later(Scope::Department(department))
    }

    /// For a sheet of a department that a person owes.
    pub fn of(&self, department: Uuid, person: Uuid) -> Date {
        self.of_department(department).max(self.later(Scope::Person(person)))
    }

    /// What holds for a scope at present.
    pub fn of_scope(&self, scope: Scope) -> Date {
        self.later(scope)
    }

    /// Every day that is somebody's last one.
    pub fn days(&self) -> BTreeSet<Date> {
        self.extended.values().copied().filter(|day| *day > self.all).chain([self.all]).collect()
    }

    /// The last day of all.
    pub fn last(&self) -> Date {
        self.extended.values().copied().fold(self.all, Date::max)
    }
}

/// May the period become longer?
///
/// # Errors
/// When the inspection is closed, without a reason, or with a day that is not later or over.
pub fn may_extend(
    closed: bool,
    present: Date,
    wanted: Date,
    today: Date,
    reason: &str,
) -> Result<(), Refusal> {
    if closed {
        return Err(Refusal::new("この点検は締め切られたため、期限を延長できません。"));
    }
    if wanted <= present {
        let text =
            format!("今の期限は{}です。それより後の日を入力してください。", crate::calendar::wareki(present));
        return Err(Refusal::field("due_on", text));
    }
    if wanted < today {
        return Err(Refusal::field("due_on", "既に過ぎた日です。今日以後の日を入力してください。"));
    }
    needs_reason(reason)
}

/// May it be taken back?
///
/// # Errors
/// When the inspection is closed, or without a reason.
pub fn may_take_back(closed: bool, reason: &str) -> Result<(), Refusal> {
    if closed {
        return Err(Refusal::new("この点検は締め切られたため、延長を取り消せません。"));
    }
    needs_reason(reason)
}

fn needs_reason(reason: &str) -> Result<(), Refusal> {
    match reason.trim().is_empty() {
        true => Err(Refusal::field("reason", "理由を入力してください。記録に残ります。")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_latest_day_that_applies_holds() {
        let (jinji, shimin, hirano, sato) =
            (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3), Uuid::from_u128(4));
        let days = DueDays::new(
            date!(2026 - 11 - 27),
            [
                (Scope::Department(jinji), date!(2026 - 12 - 04)),
                (Scope::Person(hirano), date!(2026 - 12 - 11)),
                (Scope::All, date!(2026 - 11 - 30)),
                (Scope::Person(sato), date!(2026 - 11 - 28)),
            ],
        );
        assert_eq!(days.of_all(), date!(2026 - 11 - 30));
        for (department, person, day) in [
            (jinji, sato, date!(2026 - 12 - 04)),
            (jinji, hirano, date!(2026 - 12 - 11)),
            (shimin, hirano, date!(2026 - 12 - 11)),
            (shimin, sato, date!(2026 - 11 - 30)),
        ] {
            assert_eq!(days.of(department, person), day);
        }
        assert_eq!(days.last(), date!(2026 - 12 - 11));
    }

    #[test]
    fn a_period_becomes_only_longer_and_only_with_a_reason() {
        let due = date!(2026 - 11 - 27);
        let ok = may_extend(false, due, date!(2026 - 12 - 04), date!(2026 - 11 - 28), "災害対応のため");
        assert_eq!(ok, Ok(()));
        let cases = [
            (true, date!(2026 - 12 - 04), "理由", None),
            (false, due, "理由", Some("due_on")),
            (false, date!(2026 - 12 - 01), "理由", Some("due_on")),
            (false, date!(2026 - 12 - 04), "　", Some("reason")),
        ];
        for (closed, wanted, reason, field) in cases {
            let refused = may_extend(closed, due, wanted, date!(2026 - 12 - 02), reason).unwrap_err();
            assert_eq!(refused.field.as_deref(), field);
        }
        assert!(may_take_back(false, "").is_err() && may_take_back(true, "理由").is_err());
    }
}
