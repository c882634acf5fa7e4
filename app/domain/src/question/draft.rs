//! What the officer writes: a question with its role, its chapter and the condition for 該当なし.

use crate::refusal::Refusal;
use crate::role::Role;
use crate::sheet::has_sheet;
use crate::topic::Topic;

/// The longest question the officer may write, in characters; a longer one is no single act.
pub const LONGEST_WRITTEN: usize = 120;
/// The longest condition for 該当なし, in characters.
pub const LONGEST_CONDITION: usize = 40;

/// A question as the officer wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub role: Role,
    pub topic: Topic,
    pub text: String,
    /// The condition that allows 該当なし.
    pub not_applicable: Option<String>,
    /// 1 for a duty, 0.5 for an effort.
    pub weight: f64,
}

impl Draft {
    /// The draft with its texts trimmed.
    ///
    /// # Errors
    /// When a text is missing or too long, or the role receives no sheet.
    pub fn checked(self) -> Result<Draft, Refusal> {
        has_sheet(self.role)?;
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(Refusal::field("text", "設問文を入力してください。"));
        }
        if text.chars().count() > LONGEST_WRITTEN {
            return Err(Refusal::field(
                "text",
                format!("設問文は{LONGEST_WRITTEN}字以内にしてください。長いときは、2問に分けてください。"),
            ));
        }
        let condition = self.not_applicable.map(|text| text.trim().to_string()).filter(|t| !t.is_empty());
        if condition.as_ref().is_some_and(|text| text.chars().count() > LONGEST_CONDITION) {
            return Err(Refusal::field(
                "not_applicable",
                format!("該当なしの条件は{LONGEST_CONDITION}字以内にしてください。"),
            ));
        }
        Ok(Draft { text, not_applicable: condition, ..self })
    }
}

/// The questions a proposal is split into, one a line.
///
/// # Errors
/// When there are fewer than two, or one is written twice.
pub fn parts(lines: &str) -> Result<Vec<String>, Refusal> {
    let texts: Vec<String> =
        lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_string).collect();
    if texts.len() < 2 {
        return Err(Refusal::field("lines", "1行に1問ずつ、2行以上に分けて入力してください。"));
    }
    let twice = texts.iter().enumerate().find(|(at, text)| texts[..*at].contains(text));
    if let Some((_, text)) = twice {
        return Err(Refusal::field("lines", format!("「{text}」が2回書かれています。")));
    }
    Ok(texts)
}

/// A reason that has to be given.
///
/// # Errors
/// When it is missing or too long.
pub fn reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field("reason", "理由を入力してください。"));
    }
    if text.chars().count() > 200 {
        return Err(Refusal::field("reason", "理由は200字以内にしてください。"));
    }
    Ok(text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, condition: Option<&str>, role: Role) -> Draft {
        Draft {
            role,
            topic: Topic::People,
            text: text.into(),
            not_applicable: condition.map(Into::into),
            weight: 1.0,
        }
    }

    #[test]
    fn a_draft_needs_a_text_and_a_role_with_a_sheet() {
        let long = "あ".repeat(LONGEST_WRITTEN + 1);
        for (draft, field) in [
            (draft("  ", None, Role::Staff), "text"),
            (draft(&long, None, Role::Staff), "text"),
            (draft("端末を施錠していますか。", Some(&long), Role::Staff), "not_applicable"),
            (draft("端末を施錠していますか。", None, Role::Ciso), "role"),
        ] {
            assert_eq!(draft.checked().err().and_then(|refusal| refusal.field).as_deref(), Some(field));
        }
    }

    #[test]
    fn texts_are_trimmed_and_an_empty_condition_is_none() {
        let checked = draft("　端末を\n施錠していますか。 ", Some(" "), Role::Staff).checked();
        let checked = checked.expect("it is complete");
        assert_eq!((checked.text.as_str(), checked.not_applicable), ("端末を 施錠していますか。", None));
    }

    #[test]
    fn a_split_needs_two_different_lines() {
        let given = |lines: &str| parts(lines).ok();
        assert_eq!(given("許可を得ていますか。\n\n 記録していますか。 ").map(|p| p.len()), Some(2));
        assert_eq!(given("許可を得ていますか。"), None);
        assert_eq!(given("許可を得ていますか。\n許可を得ていますか。"), None);
        assert_eq!(given(""), None);
    }

    #[test]
    fn a_reason_is_never_empty() {
        assert!(reason(" 　").is_err());
        assert_eq!(reason(" 重複 ").ok().as_deref(), Some("重複"));
    }
}
