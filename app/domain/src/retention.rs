//! Retention (保存期間): how long each kind of record is kept, from when, and what may be disposed of by whom.
//!
//! Source: the practice of 公文書管理: the period begins on 1 April after the fiscal year in which the record was
//! finished; what is to be disposed of is listed, the list is approved by a second person, a hold (廃棄の停止) blocks it.

mod hold;
mod kind;

pub use hold::{Found, Subject, is_held, may_hold, may_release};
pub use kind::{Class, Kind, Way};

use crate::calendar::fiscal_year;
use crate::refusal::Refusal;
use time::{Date, Month};
use uuid::Uuid;

/// 起算日: 1 April after the fiscal year in which a record was finished.
pub fn starts_on(ended: Date) -> Date {
    first_of_april(fiscal_year(ended) + 1).unwrap_or(Date::MAX)
}

/// The first day on which a record may be disposed of; never for 永年.
pub fn due_on(ended: Date, class: Class) -> Option<Date> {
    first_of_april(fiscal_year(ended) + 1 + class.years()?)
}

fn first_of_april(year: i32) -> Option<Date> {
    Date::from_calendar_date(year, Month::April, 1).ok()
}

/// Whether the period of a record is over.
pub fn is_due(ended: Date, class: Class, today: Date) -> bool {
    due_on(ended, class).is_some_and(|due| due <= today)
}

/// Where a list of disposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waits for a second person.
    Waiting,
    /// Approved and carried out.
    Disposed,
    /// Given back; nothing was removed.
    Rejected,
}

/// May a list be made?
///
/// # Errors
/// While another waits, so that nothing stands on two lists; when there is nothing to dispose of.
pub fn may_list(waiting: bool, due: usize) -> Result<(), Refusal> {
    if waiting {
        return Err(Refusal::new(
            "承認を待っている廃棄の一覧があります。その承認又は却下の後に作成してください。",
        ));
    }
    if due == 0 {
        return Err(Refusal::new("廃棄できる記録はありません。廃棄の期日が来てから作成してください。"));
    }
    Ok(())
}

/// May somebody decide on a list?
///
/// # Errors
/// For who made it (職務の分離), and when it was decided already.
pub fn may_decide(maker: Uuid, person: Uuid, standing: Standing) -> Result<(), Refusal> {
    if standing != Standing::Waiting {
        return Err(Refusal::new("この一覧は、既に承認され、又は却下されています。"));
    }
    if maker == person {
        return Err(Refusal::new(
            "一覧を作成した者は、承認及び却下を行えません。統括情報セキュリティ責任者、CISO又はほかの事務局の職員に依頼してください。",
        ));
    }
    Ok(())
}

/// May a list be rejected with this reason?
///
/// # Errors
/// Without a reason.
pub fn may_reject(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "却下する理由を入力してください。"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_record_is_due_on_the_first_of_april_after_its_year_and_its_class() {
        let table = [
            (date!(2026 - 11 - 27), Class::One, Some(date!(2028 - 04 - 01))),
            (date!(2027 - 03 - 31), Class::One, Some(date!(2028 - 04 - 01))),
            (date!(2027 - 04 - 01), Class::One, Some(date!(2029 - 04 - 01))),
            // A leap day belongs to the fiscal year before its April and moves nothing.
            (date!(2028 - 02 - 29), Class::Three, Some(date!(2031 - 04 - 01))),
            (date!(2024 - 02 - 29), Class::Five, Some(date!(2029 - 04 - 01))),
            // Across a change of era: counted in calendar years.
            (date!(2019 - 04 - 30), Class::Ten, Some(date!(2030 - 04 - 01))),
            (date!(2019 - 05 - 01), Class::Ten, Some(date!(2030 - 04 - 01))),
            (date!(1989 - 01 - 07), Class::Thirty, Some(date!(2019 - 04 - 01))),
            (date!(1926 - 12 - 25), Class::Forever, None),
        ];
        for (ended, class, due) in table {
            assert_eq!(due_on(ended, class), due, "{ended} {class:?}");
        }
        assert_eq!(starts_on(date!(2028 - 02 - 29)), date!(2028 - 04 - 01));
        assert_eq!(starts_on(date!(2028 - 04 - 01)), date!(2029 - 04 - 01));
    }

    #[test]
    fn the_last_day_of_the_period_is_not_yet_due_and_forever_never_is() {
        let ended = date!(2026 - 11 - 27);
        assert!(!is_due(ended, Class::One, date!(2028 - 03 - 31)));
        assert!(is_due(ended, Class::One, date!(2028 - 04 - 01)));
        assert!(!is_due(ended, Class::Forever, Date::MAX));
    }

    #[test]
    fn the_maker_of_a_list_never_decides_and_nobody_decides_twice() {
        let (maker, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for (person, standing, allowed) in [
            (maker, Standing::Waiting, false),
            (other, Standing::Waiting, true),
            (other, Standing::Disposed, false),
            (other, Standing::Rejected, false),
        ] {
            assert_eq!(may_decide(maker, person, standing).is_ok(), allowed, "{standing:?}");
        }
        assert!(may_reject("　").is_err_and(|refused| refused.field.as_deref() == Some("reason")));
    }

    #[test]
    fn one_list_waits_at_a_time_and_none_is_empty() {
        assert!(may_list(false, 1).is_ok());
        assert!(may_list(true, 1).is_err());
        assert!(may_list(false, 0).is_err());
    }
}
