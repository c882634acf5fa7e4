//! The rows labels are taken from: アイウ, イロハ, abc, ⅰⅱⅲ, ①②③, 一二三.

use super::{Series, is_digit};
use crate::policy::era::value;

const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラム";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ROMAN: [&str; 15] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

/// A reading of a label: its row, its number and how it goes into the path.
pub(super) type Reading = (Series, u32, String);

/// ①, ⓵, ❶ and greater ones; NFKC would make them plain digits.
pub(super) fn circled(c: char) -> Option<u32> {
    let code = u32::from(c);
    match code {
        0x2460..=0x2473 => Some(code - 0x2460 + 1),
        0x3251..=0x325F => Some(code - 0x3251 + 21),
        0x32B1..=0x32BF => Some(code - 0x32B1 + 36),
        0x2776..=0x277F => Some(code - 0x2776 + 1),
        0x24F5..=0x24FE => Some(code - 0x24F5 + 1),
        _ => None,
    }
}

/// What stands between brackets: (1), (一), (2の2), (ア), (a), (ⅰ).
pub(super) fn bracketed(inner: &str) -> Vec<Reading> {
    let canonical = format!("({inner})");
    if let Some((number, branch)) = inner.split_once('の').and_then(|(n, b)| Some((digits(n)?, digits(b)?)))
    {
        return vec![(Series::Paren, number, format!("({number}の{branch})"))];
    }
    if let Some(number) = digits(inner) {
        return vec![(Series::Paren, number, format!("({number})"))];
    }
    let mut found = Vec::new();
    found.extend(place(KANA, inner).map(|number| (Series::ParenKana, number, canonical.clone())));
    let letter = inner.to_lowercase();
    found.extend(place(LATIN, &letter).map(|number| (Series::ParenLatin, number, canonical.clone())));
    found.extend(roman(&letter).map(|number| (Series::ParenRoman, number, canonical.clone())));
    found
}

/// A letter that stands by itself: ア, イ, a, ⅰ, Ⅰ, A; folded. `stop` is what followed it.
pub(super) fn letter(key: &str, roman_sign: bool, stop: Option<char>) -> Vec<Reading> {
    let mut found = Vec::new();
    found.extend(place(KANA, key).map(|number| (Series::Kana, number, key.to_string())));
    found.extend(place(IROHA, key).map(|number| (Series::Iroha, number, key.to_string())));
    found.extend(place(LATIN, key).map(|number| (Series::Latin, number, key.to_string())));
    let closed = matches!(stop, Some(')' | '）'));
    let written = if closed { format!("{key})") } else { key.to_string() };
    if let Some(number) = roman(&key.to_lowercase()) {
        let upper = key.chars().all(|c| c.is_ascii_uppercase());
        // A plain i is a letter; ⅰ or i) is a numeral.
        if roman_sign || closed || (key.chars().count() > 1 && stop.is_some()) || (upper && stop.is_some()) {
            found.push((if upper { Series::UpperRoman } else { Series::Roman }, number, written));
        }
    }
    found.extend(place(UPPER, key).map(|number| (Series::Upper, number, key.to_string())));
    if roman_sign {
        found.retain(|(series, _, _)| matches!(series, Series::Roman | Series::UpperRoman));
    }
    found
}

/// The value of at most four digits, Arabic or kanji.
pub(super) fn digits(text: &str) -> Option<u32> {
    (text.chars().count() <= 4 && text.chars().all(is_digit))
        .then(|| value(text))
        .flatten()
        .filter(|n| (1..200).contains(n))
}

fn roman(text: &str) -> Option<u32> {
    ROMAN.iter().zip(1..).find(|(written, _)| **written == text).map(|(_, number)| number)
}

fn place(row: &str, written: &str) -> Option<u32> {
    let mut chars = written.chars();
    let (first, more) = (chars.next()?, chars.next());
    row.chars().zip(1..).find(|(c, _)| *c == first && more.is_none()).map(|(_, number)| number)
}
