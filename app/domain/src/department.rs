//! A department: what kind it is and how it follows others; the head's word over its sheets.

pub mod reorganise;

use crate::approval::Level;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use time::Date;

/// What kind of department it is (組織の種類).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 部・局.
    Division,
    /// 課・室.
    Department,
    /// 係・担当.
    Section,
    /// 行政委員会.
    Commission,
    /// 議会事務局.
    Assembly,
    /// 消防本部.
    Fire,
    /// 公営企業.
    Utility,
    /// 出先.
    Branch,
}

impl Kind {
    /// All kinds, from the top of the organisation to its edges.
    pub const ALL: [Kind; 8] = [
        Kind::Division,
        Kind::Department,
        Kind::Section,
        Kind::Commission,
        Kind::Assembly,
        Kind::Fire,
        Kind::Utility,
        Kind::Branch,
    ];

    /// The key in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Division => "division",
            Kind::Department => "department",
            Kind::Section => "section",
            Kind::Commission => "commission",
            Kind::Assembly => "assembly",
            Kind::Fire => "fire",
            Kind::Utility => "utility",
            Kind::Branch => "branch",
        }
    }

    /// The kind of a key; none for an empty or unknown one.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Division => "部・局",
            Kind::Department => "課・室",
            Kind::Section => "係・担当",
            Kind::Commission => "行政委員会",
            Kind::Assembly => "議会事務局",
            Kind::Fire => "消防本部",
            Kind::Utility => "公営企業",
            Kind::Branch => "出先",
        }
    }
}

/// How a department follows another (組織改正).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 統合: several became one.
    Merged,
    /// 分割: one became several.
    Split,
    /// 改称: the same under another name.
    Renamed,
    /// 移管: the same under another 部.
    Moved,
}

impl Change {
    /// All changes.
    pub const ALL: [Change; 4] = [Change::Merged, Change::Split, Change::Renamed, Change::Moved];

    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Change::Merged => "merged",
            Change::Split => "split",
            Change::Renamed => "renamed",
            Change::Moved => "moved",
        }
    }

    /// The change of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Change> {
        Change::ALL.into_iter().find(|change| change.key() == key)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        match self {
            Change::Merged => "統合",
            Change::Split => "分割",
            Change::Renamed => "改称",
            Change::Moved => "移管",
        }
    }
}

/// What the rules need to know about a department in an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gathering {
    /// Sheets the department owes.
    pub total: usize,
    /// Sheets that were not handed in, or were returned.
    pub missing: usize,
    /// The head confirmed already.
    pub confirmed: bool,
    /// The inspection was closed.
    pub closed: bool,
    /// The nearest step above that was taken over the confirmation: nothing below changes until it is withdrawn.
    pub approved: Option<Level>,
}

/// May the head confirm now?
///
/// # Errors
/// When it is confirmed or closed already, or somebody is missing and no note says why.
pub fn may_confirm(gathering: Gathering, note: &str) -> Result<(), Refusal> {
    if gathering.closed {
        return Err(Refusal::new("この点検は締め切られたため、確認できません。"));
    }
    if gathering.confirmed {
        return Err(Refusal::new("この所属は確認済みです。"));
    }
    if gathering.total == 0 {
        return Err(Refusal::new("この所属には点検票がないため、確認は必要ありません。"));
    }
    if gathering.missing > 0 && note.trim().is_empty() {
        let text = format!(
            "まだ提出していない点検票が{}件あります。提出を待つか、未提出のまま確認する理由を入力してください。",
            gathering.missing
        );
        return Err(Refusal::field("note", text));
    }
    Ok(())
}

/// May the head take the confirmation back?
///
/// # Errors
/// When there is none, or the inspection is closed.
pub fn may_withdraw(gathering: Gathering) -> Result<(), Refusal> {
    if gathering.closed {
        return Err(Refusal::new("この点検は締め切られたため、確認を取り消せません。"));
    }
    if !gathering.confirmed {
        return Err(Refusal::new("この所属はまだ確認されていません。"));
    }
    match gathering.approved {
        Some(level) => Err(Refusal::new(format!(
            "{}が済んでいるため、確認を取り消せません。先に承認の取消しを依頼してください。",
            level.label()
        ))),
        None => Ok(()),
    }
}

/// May 部長 or 統括 give the confirmation back to the head?
///
/// # Errors
/// As [`may_withdraw`]; without a reason.
pub fn may_send_back(gathering: Gathering, reason: &str) -> Result<(), Refusal> {
    may_withdraw(gathering)?;
    match reason.trim().is_empty() {
        true => Err(Refusal::field("reason", "差戻しの理由を入力してください。所属長に通知されます。")),
        false => Ok(()),
    }
}

/// May the head name somebody as 代理 for a period?
///
/// # Errors
/// When the actor is a 代理, names himself or herself, or the period has no end or is over.
pub fn may_name_deputy(by_deputy: bool, own: bool, to: Option<Date>, today: Date) -> Result<(), Refusal> {
    if by_deputy {
        return Err(Refusal::new(
            "代理は、更に代理を定めることができません。所属長又は事務局に依頼してください。",
        ));
    }
    if own {
        return Err(Refusal::field(
            "person",
            "自分を代理に定めることはできません。ほかの職員を選んでください。",
        ));
    }
    match to {
        Some(to) if to < today => {
            Err(Refusal::field("to", "終わる日が過ぎています。今日以後の日を入力してください。"))
        }
        Some(_) => Ok(()),
        None => Err(Refusal::field("to", "終わる日を入力してください。")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: Gathering =
        Gathering { total: 3, missing: 0, confirmed: false, closed: false, approved: None };

    #[test]
    fn kinds_and_changes_are_found_again_by_their_keys() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_key(kind.key()), Some(kind));
        }
        for change in Change::ALL {
            assert_eq!(Change::from_key(change.key()), Some(change));
        }
        assert_eq!(Kind::from_key(""), None);
    }

    #[test]
    fn a_department_is_confirmed_once_and_with_a_note_while_somebody_is_missing() {
        let missing = Gathering { missing: 1, ..READY };
        for (gathering, note, allowed) in [
            (READY, "", true),
            (missing, "", false),
            (missing, "　", false),
            (missing, "長期休職中のため", true),
            (Gathering { confirmed: true, ..READY }, "", false),
            (Gathering { closed: true, ..READY }, "", false),
            (Gathering { total: 0, ..READY }, "", false),
        ] {
            assert_eq!(may_confirm(gathering, note).is_ok(), allowed, "{gathering:?} {note}");
        }
    }

    #[test]
    fn only_an_existing_confirmation_is_withdrawn_and_only_while_open() {
        let confirmed = Gathering { confirmed: true, ..READY };
        assert!(may_withdraw(confirmed).is_ok());
        assert!(may_withdraw(READY).is_err());
        assert!(may_withdraw(Gathering { closed: true, ..confirmed }).is_err());
        for level in Level::ALL {
            let text = may_withdraw(Gathering { approved: Some(level), ..confirmed }).unwrap_err().text;
            assert!(text.contains(level.label()), "{text}");
        }
        assert!(may_send_back(confirmed, "問3").is_ok() && may_send_back(confirmed, " ").is_err());
        assert!(may_send_back(READY, "問3").is_err());
    }

    #[test]
    fn a_deputy_is_somebody_else_and_for_a_time() {
        let today = time::macros::date!(2026 - 11 - 23);
        for (by_deputy, own, to, field) in [
            (false, false, Some(today), None),
            (true, false, Some(today), Some(None)),
            (false, true, Some(today), Some(Some("person"))),
            (false, false, None, Some(Some("to"))),
            (false, false, today.previous_day(), Some(Some("to"))),
        ] {
            let refused = may_name_deputy(by_deputy, own, to, today).err().map(|refusal| refusal.field);
            assert_eq!(refused.as_ref().map(|field| field.as_deref()), field, "{by_deputy} {own} {to:?}");
        }
    }
}
