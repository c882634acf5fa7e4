//! Separation of duties (職務の分離) where it warns instead of forbidding: in a small organisation it may be
//! unavoidable, then the reason is written down and stands in the audit report.
//!
//! What is forbidden stands with its noun: `audit::independent`, `improvement::may_be_verifier`,
//! `response::may_change`.

use crate::refusal::Refusal;

/// What is done although the same hands or the same department are on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// 申請者と承認者: a head confirms sheets that were handed in by the same hands.
    OwnSheet,
    /// 確認者と承認者: who approves confirmed or approved the step before with the same hands.
    OwnStep,
    /// Who opens the audit belongs to the department that is audited.
    OwnDepartment,
    /// 相互監査: the auditor's department was audited in the same year by somebody of this one.
    Mutual,
}

impl Warning {
    /// All of them.
    pub const ALL: [Warning; 4] =
        [Warning::OwnSheet, Warning::OwnStep, Warning::OwnDepartment, Warning::Mutual];

    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Warning::OwnSheet => "own_sheet",
            Warning::OwnStep => "own_step",
            Warning::OwnDepartment => "own_department",
            Warning::Mutual => "mutual",
        }
    }

    /// The warning of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Warning> {
        Warning::ALL.into_iter().find(|one| one.key() == key)
    }

    /// What the report says.
    pub fn told(self) -> &'static str {
        match self {
            Warning::OwnSheet => "所属長が、自ら提出した点検票を自ら確認した。",
            Warning::OwnStep => "所属長又は部長として確認し、又は承認した者が、その上の承認を自ら行った。",
            Warning::OwnDepartment => "監査を受ける所属に属する者が、その監査の実施を決めた。",
            Warning::Mutual => {
                "監査人の所属は、同じ年度に、この所属の職員による監査を受けている（相互監査）。"
            }
        }
    }

    /// What is asked of the person, in a sentence that says what to do.
    fn asks(self) -> &'static str {
        match self {
            Warning::OwnSheet => "あなたが提出した点検票を、あなたが確認することになります。",
            Warning::OwnStep => "あなたが確認し、又は承認したものを、あなたが承認することになります。",
            Warning::OwnDepartment => {
                "あなたが属する所属の監査です。外部の監査人又はほかの所属の監査統括責任者による監査を検討してください。"
            }
            Warning::Mutual => {
                "監査人の所属は、この年度に、監査を受ける所属の職員による監査を受けています（相互監査）。ほかの監査人を検討してください。"
            }
        }
    }
}

/// May it go on in spite of these warnings? `field` is where the reason is entered.
///
/// # Errors
/// When there is a warning and no reason.
pub fn may_go_on(warnings: &[Warning], field: &'static str, reason: &str) -> Result<(), Refusal> {
    if warnings.is_empty() || !reason.trim().is_empty() {
        return Ok(());
    }
    let asks: String = warnings.iter().map(|one| one.asks()).collect();
    Err(Refusal::field(
        field,
        format!(
            "{asks}やむを得ないときは、その理由を入力してください。理由は記録され、監査報告書に示されます。"
        ),
    ))
}

/// How a head looked at a department before confirming it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Sheets handed in.
    pub sheets: i64,
    /// Sheets whose answers were opened.
    pub opened: i64,
    /// From the first look to the confirmation; none without a look.
    pub seconds: Option<i64>,
}

/// With fewer sheets nothing is said: a glance is enough.
const FEWEST_SHEETS: i64 = 5;
/// Nobody reads the answers of a person in less.
const SECONDS_PER_SHEET: i64 = 5;

impl Look {
    /// Whether the confirmation was given too fast to have been considered; a note for the 事務局, no reproach.
    pub fn is_hasty(self) -> bool {
        self.sheets >= FEWEST_SHEETS
            && self.seconds.is_none_or(|seconds| seconds < SECONDS_PER_SHEET * self.opened.max(1))
    }

    /// The note in words.
    pub fn told(self) -> String {
        match self.seconds {
            None => format!("提出された{}件の回答を、一件も開かずに確認しています。", self.sheets),
            Some(seconds) => format!(
                "提出された{}件のうち{}件を一件ずつ開き、最初に見てから{seconds}秒で確認しています。",
                self.sheets, self.opened
            ),
        }
    }
}

/// How long the page of a 部 or of the city was open before it was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// Departments below.
    pub departments: i64,
    /// From opening the page to the approval; none if it was never opened.
    pub seconds: Option<i64>,
}

impl Glance {
    /// Whether the approval was given too fast to have been considered; a note for the 事務局, no reproach.
    pub fn is_hasty(self) -> bool {
        self.seconds.is_none_or(|seconds| seconds < SECONDS_PER_SHEET * self.departments.max(1))
    }

    /// The note in words.
    pub fn told(self) -> String {
        match self.seconds {
            None => format!("{}所属の分を、承認の画面を開かずに承認しています。", self.departments),
            Some(seconds) => {
                format!("{}所属の分を、承認の画面を開いてから{seconds}秒で承認しています。", self.departments)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_passes_with_a_reason_only() {
        assert!(may_go_on(&[], "reason", "").is_ok());
        for warning in Warning::ALL {
            let refused = may_go_on(&[warning], "reason", "　").unwrap_err();
            assert_eq!(refused.field.as_deref(), Some("reason"));
            assert!(refused.text.contains("理由"), "{}", refused.text);
            assert!(may_go_on(&[warning], "reason", "代わる者がいないため").is_ok());
            assert_eq!(Warning::from_key(warning.key()), Some(warning));
        }
    }

    #[test]
    fn a_confirmation_within_seconds_is_noted_and_a_considered_one_is_not() {
        let look = |sheets, opened, seconds| Look { sheets, opened, seconds };
        for (look, hasty) in [
            (look(12, 0, None), true),
            (look(12, 12, Some(20)), true),
            (look(12, 12, Some(600)), false),
            (look(12, 1, Some(4)), true),
            (look(12, 3, Some(40)), false),
            (look(4, 0, None), false),
        ] {
            assert_eq!(look.is_hasty(), hasty, "{look:?}");
        }
    }

    #[test]
    fn an_approval_within_seconds_is_noted() {
        for (departments, seconds, hasty) in [
            (3, None, true),
            (3, Some(14), true),
            (3, Some(15), false),
            (0, Some(4), true),
            (1, Some(60), false),
        ] {
            assert_eq!(Glance { departments, seconds }.is_hasty(), hasty, "{departments} {seconds:?}");
        }
    }
}
