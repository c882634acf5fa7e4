//! The second factor: codes of an authenticator (RFC 6238) and recovery codes on paper.

use crate::refusal::Refusal;

/// So many recovery codes are given.
pub const RECOVERY_CODES: usize = 10;

/// What was typed where a code is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// Six digits of the authenticator.
    Digits(String),
    /// A recovery code, without blanks and hyphens, in capitals.
    Recovery(String),
}

/// Reads a code as people type it: blanks, hyphens, case and wide digits do not matter.
///
/// # Errors
/// When it is neither six digits nor as long as a recovery code.
pub fn read_code(text: &str) -> Result<Typed, Refusal> {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let plain: String = text
        .chars()
        .map(narrow)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    match plain.len() {
        6 if plain.chars().all(|c| c.is_ascii_digit()) => Ok(Typed::Digits(plain)),
        12 => Ok(Typed::Recovery(plain)),
        _ => Err(Refusal::field("code", "認証コードは6桁の数字、回復コードは12文字の英数字です。")),
    }
}

/// The step of a code, if it was not used before. Steps count 30 seconds since 1970; once a step was taken,
/// neither it nor an older one is taken again (RFC 6238, 5.2).
pub fn fresh(step: Option<i64>, last: i64) -> Option<i64> {
    step.filter(|step| *step > last)
}

/// May a second factor be reset for somebody who lost the device?
///
/// # Errors
/// For one's own: whoever holds the device takes it away with a code, and nobody else judges one's own loss.
pub fn may_reset(own: bool) -> Result<(), Refusal> {
    if own {
        return Err(Refusal::new(
            "自分の二段階認証は、ここでは解除できません。自分の設定で解除するか、ほかの事務局の職員に依頼してください。",
        ));
    }
    Ok(())
}

/// The key in groups of four, for typing it in.
pub fn key_groups(key: &str) -> String {
    let characters: Vec<char> = key.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("123456", Some(Typed::Digits("123456".into()))),
            (" 123 456 ", Some(Typed::Digits("123456".into()))),
            ("１２３４５６", Some(Typed::Digits("123456".into()))),
            ("abcd-efgh-jkmn", Some(Typed::Recovery("ABCDEFGHJKMN".into()))),
            ("ABCD EFGH 2345", Some(Typed::Recovery("ABCDEFGH2345".into()))),
            ("12345", None),
            ("12345a", None),
            ("", None),
        ] {
            assert_eq!(read_code(typed).ok(), expected, "{typed}");
        }
    }

    #[test]
    fn a_step_is_taken_once_and_time_does_not_run_back() {
        for (step, last, expected) in
            [(Some(5), 4, Some(5)), (Some(5), 5, None), (Some(4), 5, None), (None, 0, None)]
        {
            assert_eq!(fresh(step, last), expected, "{step:?} after {last}");
        }
    }

    #[test]
    fn the_key_stands_in_groups_of_four() {
        assert_eq!(key_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
