//! Posts and absences written by hand: what may begin, what may end.

use super::Kind;
use crate::refusal::Refusal;
use crate::role::Role;
use time::Date;
use uuid::Uuid;

/// A period: from its first day until before `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    /// The first day on which it no longer holds.
    pub to: Option<Date>,
}

impl Period {
    /// Whether a day is common to both.
    pub fn meets(self, other: Period) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }

    /// Whether the whole other period lies within this one.
    pub fn holds_all(self, other: Period) -> bool {
        self.from <= other.from && self.to.is_none_or(|to| other.to.is_some_and(|end| end <= to))
    }
}

/// A post with what the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub department: Uuid,
    pub role: Role,
    pub kind: Kind,
    pub system: Option<String>,
    pub period: Period,
}

/// May somebody who holds `held` begin `new` in a department that exists for `department`?
///
/// # Errors
/// When it ends before it begins, the department does not exist at the time, the same post is held already, or
/// two 本務 would hold at the same time.
pub fn may_begin(held: &[Span], new: &Span, department: Period) -> Result<(), Refusal> {
    in_order(new.period)?;
    if !department.holds_all(Period { from: new.period.from, to: Some(next(new.period.from)) }) {
        let text =
            "その所属は、発令日には存在しません（設置前又は廃止後です。）。所属又は発令日を直してください。";
        return Err(Refusal::field("department", text));
    }
    if new.role == Role::SystemManager && new.system.as_ref().is_none_or(|name| name.trim().is_empty()) {
        return Err(Refusal::field(
            "system",
            "情報システム管理者の発令には、情報システムを入力してください。",
        ));
    }
    let meeting = || held.iter().filter(|span| span.period.meets(new.period));
    if meeting()
        .any(|span| (span.department, span.role, &span.system) == (new.department, new.role, &new.system))
    {
        return Err(Refusal::new("同じ所属及び役割の発令が、同じ期間に既にあります。"));
    }
    let main = |span: &Span| span.role == Role::Staff && span.kind == Kind::Main;
    if main(new) && meeting().any(main) {
        let text =
            "本務の発令が同じ期間に2つになります。先に今の本務を終えるか、区分を「兼務」にしてください。";
        return Err(Refusal::field("kind", text));
    }
    Ok(())
}

/// May a period that holds be ended on a day (the first day on which it no longer holds)?
///
/// # Errors
/// When it has an end already, or would end before it began.
pub fn may_end(period: Period, day: Date) -> Result<(), Refusal> {
    if period.to.is_some_and(|to| to <= day) {
        return Err(Refusal::field("to", "既に終わっています。"));
    }
    if day < period.from {
        return Err(Refusal::field("to", "終える日が始まる日より前です。日付を直してください。"));
    }
    Ok(())
}

/// May an absence begin beside those there are?
///
/// # Errors
/// When it ends before it begins, or meets another one.
pub fn may_be_absent(known: &[Period], new: Period) -> Result<(), Refusal> {
    in_order(new)?;
    if known.iter().any(|period| period.meets(new)) {
        return Err(Refusal::field(
            "from",
            "同じ期間に、休職等の記録が既にあります。先にその記録を終えてください。",
        ));
    }
    Ok(())
}

fn in_order(period: Period) -> Result<(), Refusal> {
    match period.to {
        Some(to) if to <= period.from => {
            Err(Refusal::field("to", "終わる日が始まる日より後になるように、日付を直してください。"))
        }
        _ => Ok(()),
    }
}

fn next(day: Date) -> Date {
    day.next_day().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const APRIL: Date = date!(2026 - 04 - 01);
    const OCTOBER: Date = date!(2026 - 10 - 01);
    const ALWAYS: Period = Period { from: date!(2000 - 01 - 01), to: None };

    fn span(department: u128, role: Role, kind: Kind, from: Date, to: Option<Date>) -> Span {
        Span {
            department: Uuid::from_u128(department),
            role,
            kind,
            system: None,
            period: Period { from, to },
        }
    }

    #[test]
    fn two_main_posts_never_hold_at_the_same_time() {
        let open = [span(1, Role::Staff, Kind::Main, APRIL, None)];
        let ended = [span(1, Role::Staff, Kind::Main, APRIL, Some(OCTOBER))];
        for (held, new, allowed) in [
            (&open, span(2, Role::Staff, Kind::Main, OCTOBER, None), false),
            (&open, span(2, Role::Staff, Kind::Additional, OCTOBER, None), true),
            (&open, span(2, Role::Manager, Kind::Acting, OCTOBER, None), true),
            (&open, span(1, Role::Staff, Kind::Additional, OCTOBER, None), false),
            (&ended, span(2, Role::Staff, Kind::Main, OCTOBER, None), true),
            (&ended, span(2, Role::Staff, Kind::Main, date!(2026 - 09 - 30), None), false),
            (&ended, span(2, Role::Staff, Kind::Main, OCTOBER, Some(OCTOBER)), false),
        ] {
            assert_eq!(may_begin(held, &new, ALWAYS).is_ok(), allowed, "{new:?}");
        }
    }

    #[test]
    fn nobody_is_posted_to_a_department_that_is_gone() {
        let new = span(1, Role::Staff, Kind::Main, OCTOBER, None);
        let gone = Period { from: APRIL, to: Some(OCTOBER) };
        let later = Period { from: date!(2026 - 11 - 01), to: None };
        let ends_later = Period { from: APRIL, to: Some(date!(2026 - 10 - 02)) };
        assert!(may_begin(&[], &new, gone).is_err());
        assert!(may_begin(&[], &new, later).is_err());
        assert!(may_begin(&[], &new, ends_later).is_ok());
    }

    #[test]
    fn absences_do_not_overlap_and_nothing_ends_before_it_begins() {
        let known = [Period { from: APRIL, to: Some(OCTOBER) }];
        assert!(may_be_absent(&known, Period { from: OCTOBER, to: None }).is_ok());
        assert!(may_be_absent(&known, Period { from: APRIL, to: None }).is_err());
        assert!(may_end(Period { from: OCTOBER, to: None }, APRIL).is_err());
        assert!(may_end(Period { from: APRIL, to: None }, OCTOBER).is_ok());
        assert!(may_end(Period { from: APRIL, to: Some(APRIL) }, OCTOBER).is_err());
    }
}
