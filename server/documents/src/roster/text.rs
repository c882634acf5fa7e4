//! Texts of cells: blanks, readings, names, addresses, marks of 兼務.

use encoding_rs::SHIFT_JIS;
use unicode_normalization::UnicodeNormalization;

/// Blanks around go, blanks within become one; every other code point stays as it is.
pub fn spaced(text: &str) -> String {
    text.split(is_blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// True if blanks of a name are more than the one between family and given name.
pub fn untidy(text: &str) -> bool {
    let mut before = true;
    for c in text.chars() {
        let blank = is_blank(c);
        if blank && before {
            return true;
        }
        before = blank;
    }
    before && !text.is_empty()
}

/// A mark where a character was lost on the way through Shift_JIS, or one of the city's own (外字).
pub fn lost_character(name: &str) -> bool {
    name.chars()
        .any(|c| matches!(c, '?' | '？' | '〓' | '\u{FFFD}' | '□' | '■' | '●' | '\u{E000}'..='\u{F8FF}'))
}

/// A kanji outside JIS X 0208 (髙, 﨑, 𠮷) or one with a variation selector: keyboards don't give it.
pub fn variant_character(name: &str) -> bool {
    name.chars().any(|c| match c {
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => true,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => !in_jis(c),
        _ => false,
    })
}

fn in_jis(c: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    // Lead bytes from 0xED are the extensions of NEC and IBM.
    !unmappable && bytes.first().is_some_and(|lead| *lead < 0xED)
}

/// Which script a reading is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Katakana,
    Hiragana,
    Other,
}

/// The script of a reading whose width is folded.
pub fn script(reading: &str) -> Script {
    let mark = |c: char| matches!(c, ' ' | 'ー' | '・' | '-' | '゛' | '゜');
    let all = |fits: fn(char) -> bool| reading.chars().all(|c| fits(c) || mark(c));
    match () {
        () if all(|c| matches!(c, 'ァ'..='ヺ' | 'ヽ' | 'ヾ')) => Script::Katakana,
        () if all(|c| matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ')) => Script::Hiragana,
        () => Script::Other,
    }
}

/// Hiragana as katakana.
pub fn katakana(reading: &str) -> String {
    let up = |c: char| match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        other => other,
    };
    reading.chars().map(up).collect()
}

/// Half-width katakana somewhere.
pub fn halfwidth_kana(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{FF61}'..='\u{FF9F}'))
}

/// An address as it is sent to: width folded, without blanks.
pub fn address(written: &str) -> String {
    written.nfkc().filter(|c| !is_blank(*c)).collect()
}

/// Marks for no address.
pub fn is_nothing(text: &str) -> bool {
    ["", "-", "―", "ー", "なし", "無", "無し", "未設定", "未付与"].contains(&text)
}

/// True for something a message can be sent to.
pub fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let sign = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    !local.is_empty()
        && local.chars().all(sign)
        && labels.len() >= 2
        && labels
            .iter()
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

const BRACKETS: [(char, char); 6] =
    [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('〔', '〕'), ('[', ']')];
const MARKS: [&str; 6] = ["兼務", "兼", "併任", "併", "兼任", "兼職"];

/// A 職名 without its mark of 兼務, and whether it had one. 「課長兼係長」 has none.
pub fn position(text: &str) -> (String, bool) {
    for (open, close) in BRACKETS {
        for mark in MARKS {
            let bracket = format!("{open}{mark}{close}");
            if let Some(rest) = text.strip_suffix(&bracket).or_else(|| text.strip_prefix(&bracket)) {
                return (rest.trim().to_string(), true);
            }
        }
    }
    if let Some(rest) = ["兼務 ", "兼 ", "兼）", "兼)"].iter().find_map(|mark| text.strip_prefix(mark))
    {
        return (rest.trim().to_string(), true);
    }
    match text.strip_suffix("兼務") {
        Some(rest) if !rest.is_empty() => (rest.trim().to_string(), true),
        _ => (text.to_string(), false),
    }
}

/// What a column 本務・兼務 says.
pub fn is_concurrent(cell: &str) -> bool {
    let text = address(cell);
    let marked = ["○", "〇", "◯", "有", "該当", "レ", "✓", "true"].contains(&text.to_lowercase().as_str());
    marked || MARKS.iter().any(|mark| text.starts_with(mark)) && !text.ends_with('無')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kanji_outside_the_old_standard_are_known() {
        for name in ["髙橋", "宮﨑", "𠮷田", "葛\u{E0100}西", "濵口", "德永", "\u{FA1B}田"] {
            assert!(variant_character(name), "{name}");
        }
        for name in ["高橋", "渡邉", "齋藤", "濱口", "佐々木", "森ひろし", "ジョン・スミス", "Anna"]
        {
            assert!(!variant_character(name), "{name}");
        }
    }

    #[test]
    fn a_mark_of_a_further_post_is_taken_off_the_title() {
        for (text, title) in [
            ("主任（兼務）", "主任"),
            ("(兼)主査", "主査"),
            ("兼務 室長", "室長"),
            ("主査兼務", "主査"),
            ("係長【併任】", "係長"),
        ] {
            assert_eq!(position(text), (title.to_string(), true), "{text}");
        }
        for text in ["課長兼係長", "課長（事務取扱）", "主事", ""] {
            assert!(!position(text).1, "{text}");
        }
    }

    #[test]
    fn only_more_than_the_usual_blank_is_untidy() {
        for name in ["森　一", "森 一", "森一", ""] {
            assert!(!untidy(name), "{name}");
        }
        for name in [" 森　一", "森　　一", "森 　一", "森一\u{3000}"] {
            assert!(untidy(name), "{name}");
        }
    }
}
