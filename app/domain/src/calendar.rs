//! Dates as a city hall writes them: fiscal years, 和暦, Japan's time.

pub mod office;

use crate::refusal::Refusal;
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Japan has had one time zone and no summer time since 1951.
const JAPAN: UtcOffset = match UtcOffset::from_hms(9, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// Eras with their first day, newest first. A future era is one more line.
const ERAS: [(i32, Month, u8, &str, &str); 4] = [
    (2019, Month::May, 1, "令和", "R"),
    (1989, Month::January, 8, "平成", "H"),
    (1926, Month::December, 25, "昭和", "S"),
    (1912, Month::July, 30, "大正", "T"),
];

/// The instant on Japan's clock.
pub fn in_japan(at: OffsetDateTime) -> OffsetDateTime {
    at.to_offset(JAPAN)
}

/// The day in Japan.
pub fn day(at: OffsetDateTime) -> Date {
    in_japan(at).date()
}

/// The instant a day of Japan begins, in UTC as instants are stored.
pub fn start_of_day(day: Date) -> OffsetDateTime {
    day.midnight().assume_offset(JAPAN).to_offset(UtcOffset::UTC)
}

/// 年度: 1 April to 31 March, named by the calendar year it begins in.
pub fn fiscal_year(day: Date) -> i32 {
    if u8::from(day.month()) >= 4 { day.year() } else { day.year() - 1 }
}

fn era(day: Date) -> Option<(&'static str, &'static str, i32)> {
    ERAS.iter()
        .find(|(year, month, first, ..)| {
            Date::from_calendar_date(*year, *month, *first).is_ok_and(|d| day >= d)
        })
        .map(|(year, _, _, name, letter)| (*name, *letter, day.year() - year + 1))
}

fn era_year(year: i32) -> String {
    if year == 1 { "元".to_string() } else { year.to_string() }
}

/// 令和8年11月23日. Days before the table of eras are written 西暦.
pub fn wareki(day: Date) -> String {
    let (month, date) = (u8::from(day.month()), day.day());
    match era(day) {
        Some((name, _, year)) => format!("{name}{}年{month}月{date}日", era_year(year)),
        None => format!("{}年{month}月{date}日", day.year()),
    }
}

/// 11月23日（月）
pub fn short_day(day: Date) -> String {
    format!("{}月{}日（{}）", u8::from(day.month()), day.day(), weekday(day))
}

/// 月 to 日.
pub fn weekday(day: Date) -> &'static str {
    let names = ["月", "火", "水", "木", "金", "土", "日"];
    names.get(usize::from(day.weekday().number_days_from_monday())).copied().unwrap_or_default()
}

/// 令和8年11月23日 10:42, on Japan's clock.
pub fn wareki_time(at: OffsetDateTime) -> String {
    let local = in_japan(at);
    format!("{} {:02}:{:02}", wareki(local.date()), local.hour(), local.minute())
}

/// 11月23日 10:42, on Japan's clock.
pub fn short_time(at: OffsetDateTime) -> String {
    let local = in_japan(at);
    format!("{}月{}日 {:02}:{:02}", u8::from(local.month()), local.day(), local.hour(), local.minute())
}

/// 10:42, on Japan's clock.
pub fn clock_time(at: OffsetDateTime) -> String {
    let local = in_japan(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// 令和8年度
pub fn fiscal_year_label(year: i32) -> String {
    match era_of_fiscal_year(year) {
        Some((name, _, number)) => format!("{name}{}年度", era_year(number)),
        None => format!("{year}年度"),
    }
}

/// R8, for labels such as R8-自-012.
pub fn fiscal_year_code(year: i32) -> String {
    match era_of_fiscal_year(year) {
        Some((_, letter, number)) => format!("{letter}{number}"),
        None => year.to_string(),
    }
}

/// A fiscal year is named after the era in force at its end: 2019 is 令和元年度.
fn era_of_fiscal_year(year: i32) -> Option<(&'static str, &'static str, i32)> {
    let begin = Date::from_calendar_date(year, Month::May, 1).ok()?;
    era(begin)
}

/// Reads a day as people type it: `2026-11-27`, `令和8年11月27日`, `R8.11.27`, `2026/11/27`.
pub fn parse_day(text: &str) -> Option<Date> {
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(fold_digit).collect();
    let (offset, rest) = strip_era(&folded);
    let rest = rest.replace('元', "1");
    let numbers: Vec<i32> = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [year, month, day] = numbers[..] else { return None };
    if offset == 0 && year < 1900 {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year + offset, month, u8::try_from(day).ok()?).ok()
}

/// Reads the day of a form's field.
///
/// # Errors
/// A refusal that names the field.
pub fn day_field(field: &str, text: &str) -> Result<Date, Refusal> {
    parse_day(text).ok_or_else(|| {
        Refusal::field(
            field,
            "日付を読み取れません。「令和8年11月27日」又は「2026-11-27」のように入力してください。",
        )
    })
}

fn strip_era(text: &str) -> (i32, &str) {
    for (year, _, _, name, letter) in ERAS {
        if let Some(rest) = text.strip_prefix(name).or_else(|| text.strip_prefix(letter)) {
            return (year - 1, rest);
        }
    }
    (0, text)
}

/// Full-width digits and letters as typed with an IME become ASCII.
pub(crate) fn fold_digit(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

/// The day as `<input type=date>` wants it: 2026-11-27.
pub fn iso(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn eras_change_on_their_first_day() {
        for (day, text) in [
            (date!(2026 - 11 - 23), "令和8年11月23日"),
            (date!(2019 - 05 - 01), "令和元年5月1日"),
            (date!(2019 - 04 - 30), "平成31年4月30日"),
            (date!(1989 - 01 - 07), "昭和64年1月7日"),
        ] {
            assert_eq!(wareki(day), text);
        }
    }

    #[test]
    fn a_fiscal_year_begins_in_april() {
        for (day, year, label, code) in [
            (date!(2026 - 03 - 31), 2025, "令和7年度", "R7"),
            (date!(2026 - 04 - 01), 2026, "令和8年度", "R8"),
            (date!(2019 - 04 - 01), 2019, "令和元年度", "R1"),
        ] {
            assert_eq!(fiscal_year(day), year);
            assert_eq!(fiscal_year_label(year), label);
            assert_eq!(fiscal_year_code(year), code);
        }
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        for text in [
            "2026-11-27",
            "令和8年11月27日",
            "R8.11.27",
            "2026/11/27",
            "令和　８年　１１月２７日",
            "Ｒ８．１１．２７",
        ] {
            assert_eq!(parse_day(text), Some(date!(2026 - 11 - 27)), "{text}");
        }
        for text in ["", "8.11.27", "2026-02-30", "あした", "令和8年13月1日"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_in_wareki_is_read_back(days in 0i32..60_000) {
            let day = Date::from_julian_day(2_424_000 + days).expect("within range");
            prop_assert_eq!(parse_day(&wareki(day)), Some(day));
        }

        #[test]
        fn reading_a_day_never_panics(text in ".{0,30}") {
            let _ = parse_day(&text);
        }
    }
}
