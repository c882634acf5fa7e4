//! What a word in an answer cell means: in one 様式, or in every workbook of the city.

use crate::answer::Value;
use crate::refusal::Refusal;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// This answer.
    Answer(Value),
    /// No answer.
    Blank,
}

/// Longer texts are no words, in characters.
pub const LONGEST: usize = 40;
/// Signs of which two different ones in a cell are two marks.
const SIGNS: [&str; 4] = ["○〇◯⭕", "△▲∆Δ", "×✕✖✗✘╳☓❌", "－―—"];

impl Meaning {
    /// All of them, in the order of the buttons.
    pub const ALL: [Meaning; 5] = [
        Meaning::Answer(Value::Done),
        Meaning::Answer(Value::Partial),
        Meaning::Answer(Value::NotDone),
        Meaning::Answer(Value::NotApplicable),
        Meaning::Blank,
    ];

    /// The key in forms and in the database.
    pub fn key(self) -> &'static str {
        match self {
            Meaning::Answer(value) => value.key(),
            Meaning::Blank => "blank",
        }
    }

    /// The meaning of a key.
    pub fn from_key(key: &str) -> Option<Meaning> {
        Meaning::ALL.into_iter().find(|meaning| meaning.key() == key)
    }

    /// The words on the screen.
    pub fn label(self) -> String {
        match self {
            Meaning::Answer(value) => format!("{} {}", value.sign(), value.label()),
            Meaning::Blank => "空欄".to_string(),
        }
    }
}

/// The word as it is kept. Two marks and no mark are never settled by a word: which of two was meant, only the
/// department can say.
///
/// # Errors
/// A sentence that says what can't be remembered.
pub fn word(text: &str) -> Result<String, Refusal> {
    let word = text.trim();
    let refused = |text: String| Err(Refusal::field("word", text));
    if word.is_empty() {
        return refused(
            "回答欄に書かれている言葉を入力してください。空欄は、いつも空欄として読みます。".into(),
        );
    }
    if word.chars().count() > LONGEST {
        return refused(format!("言葉は{LONGEST}字までです。回答欄に書かれているとおりに入力してください。"));
    }
    if SIGNS.iter().filter(|signs| word.chars().any(|c| signs.contains(c))).count() > 1 {
        return refused(
            "二つ以上の印が書かれた回答は、言葉として覚えられません。行ごとに扱いを選ぶか、所属に返して確かめてください。".into(),
        );
    }
    Ok(word.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_remembered_and_two_marks_or_no_mark_are_not() {
        for (text, kept) in [
            ("実施ずみ", Some("実施ずみ")),
            ("　済◇ ", Some("済◇")),
            ("○（予定）", Some("○（予定）")),
            ("○△", None),
            ("〇・×", None),
            ("　", None),
            (
                "とても長い言葉は言葉ではなく文であり、回答欄に書かれていても読み方を覚えることはできない。",
                None,
            ),
        ] {
            assert_eq!(word(text).ok().as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn every_meaning_comes_back_from_its_key() {
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::from_key(meaning.key()), Some(meaning));
        }
        assert_eq!(Meaning::from_key("level:3"), None);
    }
}
