//! Dates in every notation of a city hall (field glossary §3.7).

use time::{Date, Month};
use unicode_normalization::UnicodeNormalization;

/// A date as it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Understood {
    /// The day.
    pub day: Date,
    /// The year or the era was not written.
    pub assumed: bool,
}

/// First years of the eras less one, by every name they have once folded.
const ERAS: [(&str, i32); 12] = [
    ("令和", 2018),
    ("令", 2018),
    ("R", 2018),
    ("平成", 1988),
    ("平", 1988),
    ("H", 1988),
    ("昭和", 1925),
    ("昭", 1925),
    ("S", 1925),
    ("大正", 1911),
    ("大", 1911),
    ("T", 1911),
];

/// Reads a date. Without a year it is taken from `fiscal_year`; without an era it is the era in force.
/// 令和元年4月, which there never was, is refused.
pub fn understand(text: &str, fiscal_year: Option<i32>) -> Option<Understood> {
    // Most texts hold no number, however it may be written (元年 does without one).
    if !text.contains(|c: char| c.is_numeric() || c == '元' || matches!(c, '\u{3200}'..='\u{33FF}')) {
        return None;
    }
    let folded = fold(text);
    // A time or a weekday behind the day says nothing about it.
    let bare = folded.split(['(', 'T']).next().unwrap_or_default();
    let era = ERAS.iter().find_map(|(name, before)| Some((*before, bare.strip_prefix(name)?)));
    let (before, rest) = era.map_or((None, bare), |(before, rest)| (Some(before), rest));
    let numbers = numbers(rest)?;
    match (before, numbers[..].split_at_checked(3), &numbers[..]) {
        (_, None, [month, day]) if before.is_none() => of_fiscal_year(*month, *day, fiscal_year?),
        (None, _, [packed]) if (19_000_101..=21_001_231).contains(packed) => {
            date(packed / 10_000, packed / 100 % 100, packed % 100, false)
        }
        (_, Some(([year, month, day], _)), _) => of_year(before, *year, *month, *day),
        _ => None,
    }
}

fn of_year(before: Option<i32>, year: i32, month: i32, day: i32) -> Option<Understood> {
    match before {
        Some(before) => {
            let found = date(year + before, month, day, false)?;
            let reiwa = Date::from_calendar_date(2019, Month::May, 1).ok()?;
            (before != 2018 || found.day >= reiwa).then_some(found)
        }
        None if year >= 1900 => date(year, month, day, false),
        None if (1..=60).contains(&year) => date(year + 2018, month, day, true),
        None => None,
    }
}

fn of_fiscal_year(month: i32, day: i32, fiscal_year: i32) -> Option<Understood> {
    date(if month >= 4 { fiscal_year } else { fiscal_year + 1 }, month, day, true)
}

fn date(year: i32, month: i32, day: i32, assumed: bool) -> Option<Understood> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let day = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    Some(Understood { day, assumed })
}

/// The fiscal year a title speaks of: 令和７年度, R7年度, 2025年度.
pub fn fiscal_year(text: &str) -> Option<i32> {
    let folded = text.contains('年').then(|| fold(text))?;
    let end = folded.find("年度")?;
    let head = &folded[..end];
    let digits: String = head.chars().rev().take_while(|c| c.is_ascii_digit()).collect();
    let digits: String = digits.chars().rev().collect();
    let (number, stem) = match head.strip_suffix('元') {
        Some(stem) => (1, stem),
        None => (digits.parse::<i32>().ok()?, &head[..head.len() - digits.len()]),
    };
    let era = ERAS.iter().find(|(name, _)| stem.ends_with(name));
    match era {
        Some((_, before)) => Some(before + number),
        None => (number >= 1900).then_some(number),
    }
}

/// Width folded, blanks removed; the signs of the eras (㋿) become their names.
fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The numbers of a date; `None` if something else stands between them.
fn numbers(text: &str) -> Option<Vec<i32>> {
    let text = text.replace("元年", "1年").replace("元.", "1.");
    let (mut numbers, mut number) = (Vec::new(), String::new());
    for (index, c) in text.char_indices() {
        match c {
            '0'..='9' => number.push(c),
            '年' | '月' | '日' | '.' | '/' | '-' | '・' | '、' | '−' | '‐' | ',' => {
                if !number.is_empty() {
                    numbers.push(std::mem::take(&mut number).parse().ok()?);
                }
                // Behind the day anything may follow (頃, 9:03).
                if c == '日' && numbers.len() >= 2 {
                    return Some(numbers);
                }
            }
            // 2025/11/059:03: the blank before the time is gone with the others.
            ':' if numbers.len() == 2 => {
                number.truncate(day_before_time(&text[..index])?);
                break;
            }
            _ => return None,
        }
    }
    if !number.is_empty() {
        numbers.push(number.parse().ok()?);
    }
    Some(numbers)
}

/// How many digits of `11/0509` or `11/59` before the colon are the day: all but those of the hour.
fn day_before_time(text: &str) -> Option<usize> {
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    match digits {
        2 => Some(1),
        3 | 4 => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_notation_of_the_field_is_understood() {
        let day = date!(2025 - 11 - 28);
        for text in [
            "令和７年１１月２８日",
            "令和 7年11月28日",
            "R7.11.28",
            "R07/11/28",
            "令7・11・28",
            "㋿7年11月28日",
            "2025/11/28",
            "20251128",
            "2025-11-28",
            "令和　７年　１１月　　２８日",
            "2025年11月28日（金）",
            "令和7年11月28日(金)",
            "r7.11.28",
            "2025.11.28",
            "R7-11-28",
            "2025/11/28 9:03",
            "2025/11/28 10:03:11",
        ] {
            assert_eq!(understand(text, None), Some(Understood { day, assumed: false }), "{text}");
        }
        let assumed = Some(Understood { day, assumed: true });
        assert_eq!(understand("11月28日", Some(2025)), assumed);
        assert_eq!(understand("7.11.28", None), assumed);
        assert_eq!(
            understand("2月3日", Some(2025)),
            Some(Understood { day: date!(2026 - 2 - 3), assumed: true })
        );
        assert_eq!(understand("平成31年4月30日", None).map(|found| found.day), Some(date!(2019 - 4 - 30)));
        assert_eq!(understand("令和元年5月1日", None).map(|found| found.day), Some(date!(2019 - 5 - 1)));
        assert_eq!(understand("2025/11/5 9:03", None).map(|found| found.day), Some(date!(2025 - 11 - 5)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "令和元年4月1日",
            "　年　月　日",
            "令和　年　月　日",
            "11月28日",
            "2025/13/1",
            "来週",
            "令和7年度",
            "12345",
        ] {
            assert_eq!(understand(text, None), None, "{text}");
        }
    }

    #[test]
    fn the_fiscal_year_of_a_title_is_found() {
        assert_eq!(fiscal_year("令和７年度　情報セキュリティ自己点検票"), Some(2025));
        assert_eq!(fiscal_year("R6年度自己点検"), Some(2024));
        assert_eq!(fiscal_year("2025年度"), Some(2025));
        assert_eq!(fiscal_year("令和元年度"), Some(2019));
        assert_eq!(fiscal_year("自己点検票"), None);
    }
}
