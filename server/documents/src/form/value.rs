//! What people write into an answer cell, and what it means.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

pub use domain::answer::Value;

/// What a text in an answer cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing was answered; stays unanswered.
    Blank,
    /// One of the four values.
    Known(Value),
    /// わからない, ?.
    Unsure,
    /// Could mean two things (◎, ●, なし, 0).
    Ambiguous,
    /// Nothing we know.
    Unknown,
}

/// The value of a text, if it clearly has one. Blank, ambiguous and unknown texts have none.
pub fn normalise(text: &str) -> Option<Value> {
    match understand(text) {
        Reading::Known(value) => Some(value),
        _ => None,
    }
}

/// What a text in an answer cell is. Unicode forms are folded for the comparison only.
pub fn understand(text: &str) -> Reading {
    static READINGS: LazyLock<HashMap<String, Reading>> = LazyLock::new(|| {
        let known = SPELLINGS.iter().map(|(value, spellings)| (Reading::Known(*value), *spellings));
        let others = [(Reading::Blank, BLANK), (Reading::Unsure, UNSURE), (Reading::Ambiguous, AMBIGUOUS)];
        let all = known.chain(others);
        all.flat_map(|(reading, texts)| texts.split(' ').map(move |text| (fold(text), reading))).collect()
    });
    match fold(text) {
        folded if folded.is_empty() => Reading::Blank,
        folded => READINGS.get(&folded).copied().unwrap_or(Reading::Unknown),
    }
}

/// Spellings seen in legacy sheets, separated by blanks.
const SPELLINGS: [(Value, &str); 4] = [
    (
        Value::Done,
        "実施 実施済 実施済み 実施している 実施しています ○ 〇 ◯ ⭕ o 丸 まる マル ✓ ✔ ☑ √ レ v 1 true はい ハイ yes y 有 済 適合 \
         できている している 行っている",
    ),
    (
        Value::Partial,
        "一部実施 一部実施している 一部実施しています 一部 一部未実施 △ ▲ ∆ Δ 概ね おおむね 部分的 一部行っている",
    ),
    (
        Value::NotDone,
        "未実施 実施していない 実施していません × ✕ ✖ ✗ ✘ ╳ ☓ ❌ x ばつ バツ いいえ no n 無 未 false 不適合 できていない \
         していない 行っていない",
    ),
    (
        Value::NotApplicable,
        "該当なし 該当無し 該当無 該当ナシ 該当しない 非該当 対象外 適用外 n/a na － − ー ― — – ‐ - ─ ━ ／ /",
    ),
];
const BLANK: &str = "・ （） () 未回答 無回答 選択してください";
const UNSURE: &str = "わからない 分からない 不明 ?";
const AMBIGUOUS: &str = "◎ ● なし ナシ 無し ▽ ▼ □ 0 *";

/// Width and case folded; blanks, invisible marks, emoji selectors and a full stop at the end removed.
fn fold(text: &str) -> String {
    let kept = text.nfkc().filter(|c| {
        !c.is_whitespace() && !matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}')
    });
    let lower: String = kept.flat_map(char::to_lowercase).collect();
    lower.trim_end_matches('。').to_string()
}
