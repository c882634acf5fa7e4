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

/// Spellings seen in legacy sheets and what they mean: data, not code.
const SPELLINGS: &str = include_str!("marks.tsv");

/// The value of a text, if it clearly has one. Blank, ambiguous and unknown texts have none.
pub fn normalise(text: &str) -> Option<Value> {
    match understand(text) {
        Reading::Known(value) => Some(value),
        _ => None,
    }
}

/// What a text in an answer cell is. Unicode forms are folded for the comparison only.
pub fn understand(text: &str) -> Reading {
    understand_folded(&fold(text))
}

/// As [`understand`], for a text that was folded already.
pub(super) fn understand_folded(folded: &str) -> Reading {
    static READINGS: LazyLock<HashMap<String, Reading>> = LazyLock::new(|| spellings().collect());
    match folded {
        "" => Reading::Blank,
        folded => READINGS.get(folded).copied().unwrap_or(Reading::Unknown),
    }
}

fn spellings() -> impl Iterator<Item = (String, Reading)> {
    SPELLINGS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut parts = line.split('\t');
        let reading = parts.next().and_then(reading);
        parts.filter_map(move |text| Some((fold(text), reading?)))
    })
}

fn reading(key: &str) -> Option<Reading> {
    Some(match key {
        "blank" => Reading::Blank,
        "unsure" => Reading::Unsure,
        "ambiguous" => Reading::Ambiguous,
        key => Reading::Known(Value::from_key(key)?),
    })
}

/// Width and case folded; blanks, invisible marks, emoji selectors and a full stop at the end removed.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], behind what is there already.
pub(super) fn fold_into(text: &str, into: &mut String) {
    let from = into.len();
    let kept = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    // Most texts of a form need no normalisation, many no change at all, and there are thousands.
    match changes(text) {
        Changes::None => into.push_str(text),
        Changes::Ascii => into.extend(text.chars().filter(kept).map(|c| c.to_ascii_lowercase())),
        Changes::Forms => into.extend(text.nfkc().filter(kept).flat_map(char::to_lowercase)),
    }
    let bare = into[from..].trim_end_matches('。').len();
    into.truncate(from + bare);
}

/// What folding does to a text.
enum Changes {
    None,
    /// Blanks go, letters of ASCII become small.
    Ascii,
    /// Characters may take other forms.
    Forms,
}

fn changes(text: &str) -> Changes {
    let mut changes = Changes::None;
    for c in text.chars() {
        if !is_plain(c) {
            return Changes::Forms;
        }
        if c.is_ascii_uppercase() || c.is_whitespace() {
            changes = Changes::Ascii;
        }
    }
    changes
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}')
}

/// Characters that are their own normal form and have no case but that of ASCII.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        '\0'..='~' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='\u{9FFF}' | '、' | '。' | '「' | '」' | '\u{3000}' | '〇' | '×' | '■'..='◯'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_short_way_of_folding_is_the_long_way() {
        let long = |text: &str| -> String {
            let kept = text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c));
            kept.flat_map(char::to_lowercase).collect()
        };
        for c in (0..=0xFFFF).filter_map(char::from_u32).filter(|c| is_plain(*c) && *c != '。') {
            assert_eq!(fold(&c.to_string()), long(&c.to_string()), "{c:?}");
        }
    }

    #[test]
    fn every_line_of_the_table_has_a_meaning_and_no_spelling_has_two() {
        let mut seen: BTreeMap<String, Reading> = BTreeMap::new();
        for line in SPELLINGS.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.split('\t').next().and_then(reading).is_some(), "{line}");
        }
        for (text, reading) in spellings() {
            let known = seen.insert(text.clone(), reading);
            assert!(known.is_none_or(|known| known == reading), "{text}: {known:?} and {reading:?}");
        }
    }
}
