//! Sheets for people without an account: a number on paper that opens one sheet, and 代理入力 by the 推進員.

use crate::refusal::Refusal;
use time::{Date, Duration};

/// A sheet opened by its number closes after this time without a request: others use the terminal, too.
pub const IDLE: Duration = Duration::minutes(10);

/// What decides whether a number still opens its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    /// 回答期限: the last day.
    pub due_on: Date,
    pub today: Date,
    /// Handed in and not returned.
    pub submitted: bool,
    /// 対象外.
    pub withdrawn: bool,
    /// The inspection was closed.
    pub closed: bool,
    /// A newer number was handed out.
    pub replaced: bool,
}

impl Lock {
    /// Whether the number opens the sheet. After a return it does again.
    pub fn opens(self) -> bool {
        !self.submitted && !self.withdrawn && !self.closed && !self.replaced && self.today <= self.due_on
    }
}

/// May somebody begin to enter the answers of another person?
///
/// # Errors
/// For the own sheet, and without a reason unless the person has no account.
pub fn may_enter_for(own: bool, without_account: bool, reason: &str) -> Result<(), Refusal> {
    if own {
        return Err(Refusal::new("自分の点検票は、最初の画面から回答してください。代理入力はできません。"));
    }
    if !without_account && reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "本人が回答できない理由を入力してください。理由は記録され、所属長に示されます。",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_number_opens_until_the_due_date_and_not_after_handing_in() {
        let open = Lock {
            due_on: date!(2026 - 11 - 27),
            today: date!(2026 - 11 - 27),
            submitted: false,
            withdrawn: false,
            closed: false,
            replaced: false,
        };
        assert!(open.opens());
        for shut in [
            Lock { today: date!(2026 - 11 - 28), ..open },
            Lock { submitted: true, ..open },
            Lock { withdrawn: true, ..open },
            Lock { closed: true, ..open },
            Lock { replaced: true, ..open },
        ] {
            assert!(!shut.opens(), "{shut:?}");
        }
    }

    #[test]
    fn nobody_enters_for_oneself_and_for_others_with_an_account_only_with_a_reason() {
        for (own, without_account, reason, allowed) in [
            (true, true, "理由", false),
            (false, true, "", true),
            (false, false, " ", false),
            (false, false, "手の骨折のため", true),
        ] {
            assert_eq!(may_enter_for(own, without_account, reason).is_ok(), allowed);
        }
    }
}
