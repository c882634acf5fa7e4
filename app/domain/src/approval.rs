//! Approval (承認) over the heads' confirmations: by the 部長 for a 部, by the 統括情報セキュリティ責任者 for the city.
//!
//! Both steps are optional; which of them an inspection has is chosen when it starts and never changes. Source: the
//! order of 決裁 in the field (所属長の確認 → 部長の承認 → 統括).

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// A step after the heads' confirmations, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 部長 (情報セキュリティ責任者), for a 部.
    Division,
    /// 統括情報セキュリティ責任者, for the city.
    Chief,
}

impl Level {
    /// All steps, the nearest to the departments first.
    pub const ALL: [Level; 2] = [Level::Division, Level::Chief];

    /// The key in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Level::Division => "division",
            Level::Chief => "chief",
        }
    }

    /// The step of a key, if it is one.
    pub fn from_key(key: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.key() == key)
    }

    /// The step on screens.
    pub fn label(self) -> &'static str {
        match self {
            Level::Division => "部長の承認",
            Level::Chief => "統括情報セキュリティ責任者の承認",
        }
    }

    /// What the step before it is called.
    fn below(self, with_divisions: bool) -> &'static str {
        match self {
            Level::Chief if with_divisions => "まだ承認されていない部",
            _ => "まだ確認されていない所属",
        }
    }
}

/// What the rules need to know about a step and the place it is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    pub level: Level,
    /// The inspection has this step.
    pub asked: bool,
    /// The inspection also has the 部長's step.
    pub with_divisions: bool,
    /// The inspection was closed.
    pub closed: bool,
    /// Approved, and not withdrawn.
    pub approved: bool,
    /// The step above was taken for it.
    pub above: bool,
    /// 課 or 部 that have to be through the step before.
    pub units: usize,
    /// How many of them are not.
    pub open: usize,
}

fn is_step(stand: Stand, verb: &str) -> Result<(), Refusal> {
    if !stand.asked {
        return Err(Refusal::new(format!("この点検では、{}は行いません。", stand.level.label())));
    }
    if stand.closed {
        return Err(Refusal::new(format!("この点検は締め切られたため、{verb}。")));
    }
    Ok(())
}

/// May it be approved now?
///
/// # Errors
/// When the inspection has no such step, is closed or approved already, or something below is open and no note says
/// why.
pub fn may_approve(stand: Stand, note: &str) -> Result<(), Refusal> {
    is_step(stand, "承認できません")?;
    if stand.approved {
        return Err(Refusal::new("承認は済んでいます。"));
    }
    if stand.units == 0 {
        return Err(Refusal::new("点検票のある所属がないため、承認は必要ありません。"));
    }
    if stand.open > 0 && note.trim().is_empty() {
        let what = stand.level.below(stand.with_divisions);
        let text = format!(
            "{what}が{}あります。済むのを待つか、待たずに承認する理由を入力してください。",
            stand.open
        );
        return Err(Refusal::field("note", text));
    }
    Ok(())
}

/// May an approval be withdrawn, by who gave it or by who stands above?
///
/// # Errors
/// When there is none, the step above was taken, the inspection is closed or no reason is given.
pub fn may_withdraw(stand: Stand, reason: &str) -> Result<(), Refusal> {
    is_step(stand, "承認を取り消せません")?;
    if !stand.approved {
        return Err(Refusal::new("まだ承認されていません。"));
    }
    if stand.above {
        return Err(Refusal::new(
            "統括情報セキュリティ責任者の承認が済んでいます。先にその承認の取消しを依頼してください。",
        ));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "理由を入力してください。記録に残り、関係者に通知されます。"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: Stand = Stand {
        level: Level::Division,
        asked: true,
        with_divisions: true,
        closed: false,
        approved: false,
        above: false,
        units: 3,
        open: 0,
    };

    #[test]
    fn a_step_is_found_again_by_its_key() {
        for level in Level::ALL {
            assert_eq!(Level::from_key(level.key()), Some(level));
        }
        assert_eq!(Level::from_key("head"), None);
    }

    #[test]
    fn what_is_open_below_asks_for_a_reason_and_what_was_not_chosen_is_no_step() {
        let open = Stand { open: 2, ..READY };
        for (stand, note, field) in [
            (READY, "", None),
            (open, "　", Some(Some("note"))),
            (open, "育児休業のため", None),
            (Stand { asked: false, ..READY }, "", Some(None)),
            (Stand { closed: true, ..READY }, "", Some(None)),
            (Stand { approved: true, ..READY }, "", Some(None)),
            (Stand { units: 0, ..READY }, "", Some(None)),
        ] {
            let refused = may_approve(stand, note).err().map(|refusal| refusal.field);
            assert_eq!(refused.as_ref().map(|field| field.as_deref()), field, "{stand:?} {note}");
        }
        let chief = Stand { level: Level::Chief, ..open };
        for (with_divisions, word) in [(true, "部が2"), (false, "所属が2")] {
            let text = may_approve(Stand { with_divisions, ..chief }, "").unwrap_err().text;
            assert!(text.contains(word), "{text}");
        }
    }

    #[test]
    fn an_approval_is_withdrawn_with_a_reason_and_not_under_another_one() {
        let approved = Stand { approved: true, ..READY };
        for (stand, reason, allowed) in [
            (approved, "数え直すため", true),
            (approved, "", false),
            (READY, "数え直すため", false),
            (Stand { above: true, ..approved }, "数え直すため", false),
            (Stand { closed: true, ..approved }, "数え直すため", false),
        ] {
            assert_eq!(may_withdraw(stand, reason).is_ok(), allowed, "{stand:?} {reason}");
        }
    }
}
