//! Audits: who may audit whom, the auditor's own mark beside the answers, the report.

use crate::answer::Value;
use crate::calendar::fiscal_year_code;
use crate::rate::Tally;
use crate::refusal::Refusal;
use time::{Date, Month};
use uuid::Uuid;

/// A post somebody holds or held, main or concurrent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Where.
    pub department: Uuid,
    /// First day.
    pub from: Date,
    /// First day on which it no longer held.
    pub to: Option<Date>,
}

impl Held {
    /// Whether the post held on any day from `first` to `last`.
    fn within(&self, first: Date, last: Date) -> bool {
        self.from <= last && self.to.is_none_or(|to| to > first)
    }
}

/// May a person with these posts audit a department for a fiscal year?
///
/// Source: separation of duties: no auditor for the own department, now or at any time during the audited
/// period, by a former or a concurrent post. `units` are the department and the division above it.
///
/// # Errors
/// When a post in one of the units holds today or held during the fiscal year.
pub fn independent(posts: &[Held], units: &[Uuid], fiscal_year: i32, today: Date) -> Result<(), Refusal> {
    let own = || posts.iter().filter(|post| units.contains(&post.department));
    if own().any(|post| post.within(today, today)) {
        return Err(Refusal::field(
            "auditor",
            "自分の所属（兼務を含む。）は監査できません。ほかの監査人を選んでください。",
        ));
    }
    let first = Date::from_calendar_date(fiscal_year, Month::April, 1);
    let last = Date::from_calendar_date(fiscal_year + 1, Month::March, 31);
    if let (Ok(first), Ok(last)) = (first, last)
        && own().any(|post| post.within(first, last))
    {
        return Err(Refusal::field(
            "auditor",
            "監査の対象となる年度に在籍していた所属は監査できません。ほかの監査人を選んでください。",
        ));
    }
    Ok(())
}

/// May a person audit a department whose systems these posts as 情報システム管理者 answer for?
///
/// # Errors
/// When a system of one of the units is or was, during the fiscal year, in the person's hands.
pub fn independent_of_systems(
    managed: &[Held],
    units: &[Uuid],
    fiscal_year: i32,
    today: Date,
) -> Result<(), Refusal> {
    independent(managed, units, fiscal_year, today).map_err(|_| {
        Refusal::field(
            "auditor",
            "監査を受ける所属の情報システムの管理者（対象の年度に管理者であった人を含む。）は、監査人になれません。ほかの監査人を選んでください。",
        )
    })
}

/// 外部の監査人: who has no post in the city audits only with a grant that ends by itself.
///
/// # Errors
/// When neither a post nor an end is there.
pub fn may_audit_from_outside(has_post: bool, grant_ends: bool) -> Result<(), Refusal> {
    if has_post || grant_ends {
        return Ok(());
    }
    Err(Refusal::field(
        "auditor",
        "外部の監査人には、期限のある監査人の役割が必要です。事務局に、期限を付けて役割を付与するよう依頼してください。",
    ))
}

/// Only the audit's own auditor writes into it.
///
/// # Errors
/// When somebody else tries.
pub fn by_its_auditor(auditor: Uuid, actor: Uuid) -> Result<(), Refusal> {
    if auditor == actor {
        return Ok(());
    }
    Err(Refusal::new("この監査の記録は、担当の監査人だけが行えます。担当者に連絡してください。"))
}

/// Nothing of an audit changes after its report was issued.
///
/// # Errors
/// When the report was issued.
pub fn still_open(issued: bool) -> Result<(), Refusal> {
    if issued {
        return Err(Refusal::new(
            "監査報告書を発行した後は変更できません。追加の事項は、新しい監査で記録してください。",
        ));
    }
    Ok(())
}

/// May the report be issued with this number and opinion?
///
/// # Errors
/// When it was issued before, or the number or the opinion is missing.
pub fn may_issue(issued: bool, number: &str, opinion: &str) -> Result<(), Refusal> {
    if issued {
        return Err(Refusal::new("この監査の報告書は既に発行されています。"));
    }
    if number.trim().is_empty() {
        return Err(Refusal::field("number", "文書番号を入力してください。"));
    }
    if opinion.trim().is_empty() {
        return Err(Refusal::field("opinion", "総評を入力してください。"));
    }
    Ok(())
}

/// What a department answered to a question, for comparing with a mark: the most frequent value; of equally
/// frequent ones the weaker. `None` without answers.
pub fn department_value(tally: &Tally) -> Option<Value> {
    [
        (tally.na, Value::NotApplicable),
        (tally.done, Value::Done),
        (tally.partial, Value::Partial),
        (tally.not_done, Value::NotDone),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    // The last of several equal ones wins: the weaker value.
    .max_by_key(|(count, _)| *count)
    .map(|(_, value)| value)
}

fn step(value: Value) -> Option<i32> {
    match value {
        Value::Done => Some(2),
        Value::Partial => Some(1),
        Value::NotDone => Some(0),
        Value::NotApplicable => None,
    }
}

/// By how many steps the answer is better than the auditor's mark; negative if it is worse. `None` if one of
/// them is missing, or if only one of them says 該当なし.
pub fn gap(answer: Option<Value>, mark: Option<Value>) -> Option<i32> {
    let (answer, mark) = (answer?, mark?);
    if answer == mark {
        return Some(0);
    }
    Some(step(answer)? - step(mark)?)
}

/// R8-監-01
pub fn label(fiscal_year: i32, number: usize) -> String {
    format!("{}-監-{number:02}", fiscal_year_code(fiscal_year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn held(department: u128, from: Date, to: Option<Date>) -> Held {
        Held { department: Uuid::from_u128(department), from, to }
    }

    #[test]
    fn nobody_audits_the_own_department_now_or_during_the_audited_year() {
        let units = [Uuid::from_u128(1), Uuid::from_u128(9)];
        let today = date!(2026 - 11 - 23);
        let old = date!(2020 - 04 - 01);
        for (posts, year, allowed, what) in [
            (vec![held(2, old, None)], 2026, true, "elsewhere"),
            (vec![held(1, old, None)], 2026, false, "here now"),
            (
                vec![held(2, old, None), held(1, date!(2026 - 11 - 23), None)],
                2026,
                false,
                "since today, concurrent",
            ),
            (vec![held(9, old, None)], 2026, false, "in the division above"),
            (vec![held(1, old, Some(date!(2026 - 04 - 02)))], 2026, false, "on the first day of the year"),
            (vec![held(1, old, Some(date!(2026 - 04 - 01)))], 2026, true, "until the day before the year"),
            (
                vec![held(1, date!(2026 - 04 - 01), Some(date!(2026 - 10 - 01)))],
                2025,
                true,
                "only after the audited year",
            ),
            (
                vec![held(1, date!(2026 - 03 - 31), Some(date!(2026 - 04 - 01)))],
                2025,
                false,
                "on its last day",
            ),
            (vec![held(1, date!(2026 - 10 - 01), None)], 2025, false, "here now, last year audited"),
            (vec![held(1, date!(2027 - 01 - 01), None)], 2026, false, "a post that begins within the year"),
            (vec![], 2026, true, "from outside"),
        ] {
            assert_eq!(independent(&posts, &units, year, today).is_ok(), allowed, "{what}");
        }
    }

    #[test]
    fn who_manages_a_system_of_the_department_does_not_audit_it_and_outsiders_come_for_a_time() {
        let units = [Uuid::from_u128(1)];
        let today = date!(2026 - 11 - 23);
        for (posts, allowed) in [
            (vec![held(1, date!(2024 - 04 - 01), None)], false),
            (vec![held(1, date!(2024 - 04 - 01), Some(date!(2026 - 07 - 01)))], false),
            (vec![held(1, date!(2024 - 04 - 01), Some(date!(2026 - 04 - 01)))], true),
            (vec![held(2, date!(2024 - 04 - 01), None)], true),
        ] {
            assert_eq!(independent_of_systems(&posts, &units, 2026, today).is_ok(), allowed, "{posts:?}");
        }
        for (has_post, ends, allowed) in [(true, false, true), (false, true, true), (false, false, false)] {
            assert_eq!(may_audit_from_outside(has_post, ends).is_ok(), allowed);
        }
    }

    #[test]
    fn the_gap_counts_steps_from_the_mark_to_the_answer() {
        use Value::*;
        for (answer, mark, expected) in [
            (Some(Done), Some(NotDone), Some(2)),
            (Some(Done), Some(Partial), Some(1)),
            (Some(Partial), Some(Done), Some(-1)),
            (Some(NotApplicable), Some(NotApplicable), Some(0)),
            (Some(NotApplicable), Some(NotDone), None),
            (None, Some(Done), None),
            (Some(Done), None, None),
        ] {
            assert_eq!(gap(answer, mark), expected, "{answer:?} {mark:?}");
        }
    }

    #[test]
    fn the_most_frequent_answer_stands_for_the_department() {
        let tally = |done, partial, not_done, na| Tally { done, partial, not_done, na };
        for (counts, expected) in [
            (tally(5, 2, 1, 0), Some(Value::Done)),
            (tally(2, 2, 0, 2), Some(Value::Partial)),
            (tally(1, 0, 1, 0), Some(Value::NotDone)),
            (tally(1, 0, 0, 3), Some(Value::NotApplicable)),
            (tally(0, 0, 0, 0), None),
        ] {
            assert_eq!(department_value(&counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn a_report_is_issued_once_with_number_and_opinion() {
        assert!(may_issue(false, "凪会第12号", "おおむね").is_ok());
        for (issued, number, opinion) in [(true, "1", "総評"), (false, " ", "総評"), (false, "1", "　")]
        {
            assert!(may_issue(issued, number, opinion).is_err());
        }
        assert!(still_open(true).is_err());
        assert_eq!(label(2026, 3), "R8-監-03");
    }
}
