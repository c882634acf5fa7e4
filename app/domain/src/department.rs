//! The head's word over a department's sheets: confirming, and taking it back.

use crate::refusal::Refusal;

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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: Gathering = Gathering { total: 3, missing: 0, confirmed: false, closed: false };

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
    }
}
