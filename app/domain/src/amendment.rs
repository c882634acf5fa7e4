//! An amendment (改正案): new words for a clause, why, and the committee's word about it.

use crate::refusal::Refusal;
use time::Date;

/// The longest text of a clause or a reason, in characters.
pub const TEXT_LIMIT: usize = 10_000;

/// May this be proposed? `grounds` counts findings, improvements and notes.
///
/// # Errors
/// When the text stays as it is, the reason is missing, or nothing speaks for it.
pub fn may_draft(old_text: &str, new_text: &str, reason: &str, grounds: usize) -> Result<(), Refusal> {
    if new_text.trim().is_empty() {
        return Err(Refusal::field("new_text", "改正後の条文を入力してください。"));
    }
    if new_text.trim() == old_text.trim() {
        return Err(Refusal::field("new_text", "現行の条文と同じです。改める箇所を書き換えてください。"));
    }
    if new_text.chars().count() > TEXT_LIMIT || reason.chars().count() > TEXT_LIMIT {
        return Err(Refusal::new(format!("長すぎます。{TEXT_LIMIT}字以内にしてください。")));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "改正の理由を入力してください。新旧対照表に印刷されます。"));
    }
    if grounds == 0 {
        return Err(Refusal::field(
            "note",
            "根拠を1つ以上選んでください。指摘や改善がないときは、根拠となる数値又は事実を入力してください。",
        ));
    }
    Ok(())
}

/// May this decision be recorded?
///
/// # Errors
/// When there is one already, the meeting is not named, or the day is missing or in the future.
pub fn may_decide(
    decided: bool,
    meeting: &str,
    decided_on: Option<Date>,
    today: Date,
) -> Result<Date, Refusal> {
    if decided {
        return Err(Refusal::new(
            "この改正案は決定済みです。決定は変更できません。必要なときは、新しい改正案を作成してください。",
        ));
    }
    if meeting.trim().is_empty() {
        return Err(Refusal::field("meeting", "会議の名称を入力してください。"));
    }
    match decided_on {
        None => Err(Refusal::field(
            "decided_on",
            "決定の日を「令和8年11月20日」又は「2026-11-20」のように入力してください。",
        )),
        Some(day) if day > today => {
            Err(Refusal::field("decided_on", "決定の日が先の日付です。会議の後に記録してください。"))
        }
        Some(day) => Ok(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_draft_changes_something_for_a_reason_and_on_grounds() {
        for (new, reason, grounds, field) in [
            ("新しい。", "理由", 1, None),
            ("古い。", "理由", 1, Some("new_text")),
            (" 古い。\n", "理由", 1, Some("new_text")),
            ("", "理由", 1, Some("new_text")),
            ("新しい。", " ", 1, Some("reason")),
            ("新しい。", "理由", 0, Some("note")),
        ] {
            let refused = may_draft("古い。", new, reason, grounds).err();
            assert_eq!(refused.map(|refusal| refusal.field), field.map(|field| Some(field.to_string())));
        }
    }

    #[test]
    fn a_decision_is_made_once_and_never_ahead_of_time() {
        let today = date!(2026 - 11 - 23);
        for (decided, meeting, day, allowed) in [
            (false, "第2回委員会", Some(today), true),
            (false, "第2回委員会", Some(date!(2026 - 11 - 24)), false),
            (false, "第2回委員会", None, false),
            (false, "", Some(today), false),
            (true, "第2回委員会", Some(today), false),
        ] {
            assert_eq!(may_decide(decided, meeting, day, today).is_ok(), allowed);
        }
    }
}
