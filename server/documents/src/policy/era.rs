//! Dates as policies print them: 平成15年4月28日, 令和六年十二月二日, 2024年4月1日, R6.12.2.

use time::{Date, Month};

/// The first year of each era minus one. 明治 to 令和.
const ERAS: [(&str, i32); 10] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("R", 2018),
    ("H", 1988),
    ("S", 1925),
    ("r", 2018),
    ("h", 1988),
];

/// A date found at the beginning of folded text: the day and the length of its words in bytes.
pub(super) fn leading(text: &str) -> Option<(Date, usize)> {
    let (base, rest) = era(text);
    let (year, rest) = year(rest, base)?;
    let rest = rest.strip_prefix(['年', '.', '-', '/'])?;
    let (month, rest) = number(rest)?;
    let rest = rest.strip_prefix(['月', '.', '-', '/'])?;
    let (day, rest) = number(rest)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(base.checked_add(year)?, month, u8::try_from(day).ok()?).ok()?;
    Some((date, text.len() - rest.len()))
}

/// The first date in folded text with the byte range of its words.
pub(super) fn find(text: &str) -> Option<(Date, usize, usize)> {
    text.char_indices().find_map(|(at, _)| leading(&text[at..]).map(|(date, length)| (date, at, at + length)))
}

fn era(text: &str) -> (i32, &str) {
    let hit = ERAS.iter().find_map(|(name, base)| text.strip_prefix(name).map(|rest| (*base, rest)));
    hit.unwrap_or((0, text))
}

fn year(text: &str, base: i32) -> Option<(i32, &str)> {
    if let Some(rest) = text.strip_prefix('元').filter(|_| base > 0) {
        return Some((1, rest));
    }
    let (year, rest) = number(text)?;
    let plausible = if base > 0 { (1..100).contains(&year) } else { (1868..2200).contains(&year) };
    plausible.then_some((i32::try_from(year).ok()?, rest))
}

/// A number in Arabic or kanji numerals at the beginning.
fn number(text: &str) -> Option<(u32, &str)> {
    let length: usize =
        text.chars().take_while(|c| c.is_ascii_digit() || KANJI.contains(*c)).map(char::len_utf8).sum();
    Some((value(&text[..length])?, &text[length..]))
}

const KANJI: &str = "〇一二三四五六七八九十百";

/// The value of digits (31) or kanji numerals (三十一, 三一).
pub(super) fn value(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.chars().count() > 7 {
        return None;
    }
    let (mut total, mut open) = (0u32, None);
    for c in digits.chars() {
        match c {
            '十' => total += open.take().unwrap_or(1) * 10,
            '百' => total += open.take().unwrap_or(1) * 100,
            _ => {
                let digit = c.to_digit(10).or_else(|| {
                    "〇一二三四五六七八九".chars().zip(0..).find(|(k, _)| *k == c).map(|(_, n)| n)
                })?;
                open = Some(open.unwrap_or(0) * 10 + digit);
            }
        }
    }
    Some(total + open.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn printed_days_are_read() {
        for (printed, wanted) in [
            ("平成15年4月28日", date!(2003 - 04 - 28)),
            ("令和元年5月1日", date!(2019 - 05 - 01)),
            ("平成二十八年三月三十一日", date!(2016 - 03 - 31)),
            ("2024年4月1日", date!(2024 - 04 - 01)),
            ("R6.12.2", date!(2024 - 12 - 02)),
        ] {
            assert_eq!(leading(printed).map(|(day, _)| day), Some(wanted), "{printed}");
        }
        assert_eq!(leading("令和6年13月1日"), None);
    }
}
