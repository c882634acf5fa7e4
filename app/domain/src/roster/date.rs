//! Days as rosters write them: every notation of a personnel office, and numbers that are days.

use crate::calendar::{fiscal_year, parse_day};
use time::{Date, Duration, Month};

/// What a cell for a day holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Nothing, or a mark for nothing.
    Blank,
    Known(Date),
    /// Something that is no possible day.
    Impossible,
}

impl Day {
    /// The day, if there is one.
    pub fn known(self) -> Option<Date> {
        match self {
            Day::Known(day) => Some(day),
            _ => None,
        }
    }
}

/// Reads a cell that is text: `R7.4.1`, `令和七年四月一日`, `5070401`, `20250401`, `45748`, `2025-04-01 0:00`.
pub fn day_of(text: &str) -> Day {
    let plain = folded(text);
    if plain.is_empty() || ["-", "―", "ー", "‐", "なし", "無", "無し", "*"].contains(&plain.as_str())
    {
        return Day::Blank;
    }
    let read =
        if plain.bytes().all(|byte| byte.is_ascii_digit()) { digits(&plain) } else { notation(&plain) };
    read.map_or(Day::Impossible, Day::Known)
}

/// Reads a number: the days Excel counts, or digits typed without marks.
pub fn day_of_number(number: f64) -> Day {
    let whole = number.trunc();
    if !(1.0..=99_999_999.0).contains(&whole) {
        return Day::Impossible;
    }
    digits(&format!("{whole:.0}")).map_or(Day::Impossible, Day::Known)
}

/// Days since 1899-12-30; from 1950 to 2100, so that a number that means something else is refused.
fn serial(days: i64) -> Option<Date> {
    let zero = Date::from_calendar_date(1899, Month::December, 30).ok()?;
    (18_264..=73_415).contains(&days).then(|| zero.checked_add(Duration::days(days))).flatten()
}

/// 8 digits are year, month, day; 7 begin with the number of the era (5 = 令和); 5 are Excel's days.
fn digits(text: &str) -> Option<Date> {
    match text.len() {
        8 => day(text.get(0..4)?, text.get(4..6)?, text.get(6..8)?),
        7 => {
            let era =
                ["M", "T", "S", "H", "R"].get(text.get(0..1)?.parse::<usize>().ok()?.checked_sub(1)?)?;
            era_day(&format!("{era}{}.{}.{}", text.get(1..3)?, text.get(3..5)?, text.get(5..7)?))
        }
        5 => serial(text.parse().ok()?),
        _ => None,
    }
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    parse_day(&format!("{year}-{month}-{day}"))
}

fn notation(plain: &str) -> Option<Date> {
    let short: String = plain
        .trim_end_matches(['付', '日'])
        .trim_end_matches("から")
        .trim_end_matches(['~', '〜', ','])
        .to_string();
    // R070401 and 令和070401
    let start = short.find(|c: char| c.is_ascii_digit()).unwrap_or(short.len());
    let (era, rest) = short.split_at(start);
    if !era.is_empty() && rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return era_day(&format!("{era}{}.{}.{}", rest.get(0..2)?, rest.get(2..4)?, rest.get(4..6)?));
    }
    era_day(&short)
}

/// Refuses years an era does not have (平成35年).
fn era_day(text: &str) -> Option<Date> {
    let letters: String = text.chars().take_while(|c| !c.is_ascii_digit() && *c != '元').collect();
    let (era, last) = match letters.trim_end_matches('.') {
        "" => return parse_day(text),
        "令和" | "令" | "R" | "r" => ("令和", 99),
        "平成" | "平" | "H" | "h" => ("平成", 31),
        "昭和" | "昭" | "S" | "s" => ("昭和", 64),
        "大正" | "大" | "T" | "t" => ("大正", 15),
        _ => return None,
    };
    let rest: String = text.chars().skip(letters.chars().count()).collect::<String>().replace('元', "1");
    let year: i32 = rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    (1..=last).contains(&year).then(|| parse_day(&format!("{era}{rest}"))).flatten()
}

/// The fiscal year a title speaks of: 「令和8年度職員名簿」「職員名簿（令和8年4月1日現在）」.
pub fn year_of_title(title: &str) -> Option<i32> {
    let plain = folded(title);
    if let Some((before, _)) = plain.split_once("年度") {
        let from = before.rfind(|c: char| !c.is_ascii_digit() && c != '元');
        let start = from.map_or(0, |at| {
            at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
        let (era, year) = (before.get(..start)?, before.get(start..)?.replace('元', "1"));
        let era = ["令和", "平成", "昭和", "R", "H", "S"]
            .into_iter()
            .find(|name| era.ends_with(name))
            .unwrap_or("");
        return era_day(&format!("{era}{year}.4.1")).map(fiscal_year);
    }
    let (before, _) = plain.split_once("現在")?;
    let starts = ["令和", "平成", "R", "H", "20"].into_iter().filter_map(|start| before.find(start)).min()?;
    era_day(before.get(starts..)?).map(fiscal_year)
}

/// Width folded, blanks and a time of day removed, kanji digits as digits.
fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let wide: String = text.nfkc().collect();
    // 2025-04-01T00:00:00 and 2025/4/1 0:00
    let date = wide.split_once('T').filter(|(day, _)| day.len() == 10).map_or(wide.as_str(), |(day, _)| day);
    let mut words: Vec<&str> = date.split_whitespace().collect();
    if words.len() > 1 {
        words.retain(|word| !word.contains(':'));
    }
    kanji_numbers(&words.concat())
}

/// 二十九 becomes 29, 〇七 becomes 07; other characters stay.
fn kanji_numbers(text: &str) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let value = |c: char| DIGITS.iter().position(|digit| *digit == c);
    if !text.contains('年') || !text.chars().any(|c| value(c).is_some() || c == '十') {
        return text.to_string();
    }
    let mut out = String::new();
    let (mut tens, mut last): (Option<usize>, String) = (None, String::new());
    for c in text.chars().chain(std::iter::once('\0')) {
        match (value(c), c) {
            (Some(digit), _) => last.push_str(&digit.to_string()),
            (None, '十') => tens = Some(std::mem::take(&mut last).parse().unwrap_or(1)),
            (None, other) => {
                match tens.take() {
                    Some(tens) => out.push_str(&(tens * 10 + last.parse().unwrap_or(0)).to_string()),
                    None => out.push_str(&last),
                }
                last.clear();
                out.extend((other != '\0').then_some(other));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn every_notation_of_a_personnel_office_is_the_same_day() {
        for text in [
            "R7.4.1",
            "令和7年4月1日",
            "令和７年４月１日付",
            "20250401",
            "2025/4/1",
            "2025-04-01",
            "2025.4.1",
            "5070401",
            "R070401",
            "R07/04/01",
            "令7.4.1",
            "45748",
            "2025-04-01 00:00:00",
            "2025-04-01T00:00:00",
            "令和七年四月一日",
            "２０２５年４月１日",
            "r7.4.1",
            "㋿7年4月1日",
            "2025/4/1 0:00",
            "R7.4.1～",
        ] {
            assert_eq!(day_of(text), Day::Known(date!(2025 - 04 - 01)), "{text}");
        }
        assert_eq!(day_of("令和元年5月7日"), Day::Known(date!(2019 - 05 - 07)));
        assert_eq!(day_of("昭和六十三年十月二十日"), Day::Known(date!(1988 - 10 - 20)));
        assert_eq!(day_of_number(45748.0), Day::Known(date!(2025 - 04 - 01)));
        assert_eq!(day_of_number(20_250_401.0), Day::Known(date!(2025 - 04 - 01)));
    }

    #[test]
    fn impossible_days_are_told_from_blanks() {
        for text in [
            "令和6年4月31日",
            "2023/13/01",
            "H31.9.31",
            "R6.2.30",
            "不明",
            "S.4.1",
            "24.4.1",
            "平成35年4月1日",
            "123",
            "12",
        ] {
            assert_eq!(day_of(text), Day::Impossible, "{text}");
        }
        for text in ["", " 　", "-", "―", "なし"] {
            assert_eq!(day_of(text), Day::Blank, "{text}");
        }
    }

    #[test]
    fn a_title_tells_its_fiscal_year() {
        for (title, year) in [
            ("令和8年度　職員名簿", Some(2026)),
            ("職員名簿（令和8年3月31日現在）", Some(2025)),
            ("2026年度職員一覧", Some(2026)),
            ("R8.10.1現在", Some(2026)),
            ("平成三十一年度職員名簿", Some(2019)),
            ("職員名簿", None),
            ("新年度職員名簿", None),
        ] {
            assert_eq!(year_of_title(title), year, "{title}");
        }
    }

    proptest! {
        #[test]
        fn no_text_and_no_number_stops_the_reading(text in ".{0,30}", number in any::<f64>()) {
            day_of(&text);
            year_of_title(&text);
            year_of_title(&format!("{text}年度"));
            year_of_title(&format!("令和{text}現在"));
            day_of_number(number);
        }

        #[test]
        fn era_dates_come_back(days in 1..40_000i64) {
            let day = date!(1926-12-25) + Duration::days(days);
            prop_assert_eq!(day_of(&crate::calendar::wareki(day)), Day::Known(day));
        }
    }
}
