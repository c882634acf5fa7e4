//! When a city hall is open: working days without holidays and closed days, and the hours in which notices go out.

use super::{in_japan, short_day};
use crate::refusal::Refusal;
use std::collections::BTreeSet;
use time::{Date, Duration, Month, OffsetDateTime, Time, Weekday};

/// Holidays of fixed days, with the first year of each: 国民の祝日に関する法律 as it stands.
const FIXED: [(u8, u8, &str); 10] = [
    (1, 1, "元日"),
    (2, 11, "建国記念の日"),
    (2, 23, "天皇誕生日"),
    (4, 29, "昭和の日"),
    (5, 3, "憲法記念日"),
    (5, 4, "みどりの日"),
    (5, 5, "こどもの日"),
    (8, 11, "山の日"),
    (11, 3, "文化の日"),
    (11, 23, "勤労感謝の日"),
];

/// Holidays on a certain Monday of a month.
const MONDAYS: [(u8, u8, &str); 4] =
    [(1, 2, "成人の日"), (7, 3, "海の日"), (9, 3, "敬老の日"), (10, 2, "スポーツの日")];

/// The day of 春分 or 秋分 in a year from 1980 to 2099, by the usual formula of astronomers.
fn equinox(year: i32, at_1980: f64) -> u8 {
    let years = f64::from(year - 1980);
    let leap = f64::from((year - 1980).div_euclid(4));
    // Between 20 and 24, so nothing is lost.
    (at_1980 + 0.242_194 * years - leap).floor() as u8
}

/// A holiday of its own, without 振替休日 and 国民の休日.
fn named(day: Date) -> Option<&'static str> {
    let (year, month, date) = (day.year(), u8::from(day.month()), day.day());
    let fixed = FIXED.iter().find(|(m, d, _)| (*m, *d) == (month, date)).map(|(.., name)| *name);
    let monday = || {
        let nth = (date - 1) / 7 + 1;
        let found = MONDAYS.iter().find(|(m, n, _)| (*m, *n) == (month, nth));
        found.filter(|_| day.weekday() == Weekday::Monday).map(|(.., name)| *name)
    };
    fixed.or_else(monday).or_else(|| match month {
        3 if date == equinox(year, 20.8431) => Some("春分の日"),
        9 if date == equinox(year, 23.2488) => Some("秋分の日"),
        _ => None,
    })
}

/// 振替休日: the first day that is no holiday after one on a Sunday.
fn is_substitute(day: Date) -> bool {
    let mut before = day - Duration::DAY;
    while named(before).is_some() {
        if before.weekday() == Weekday::Sunday {
            return true;
        }
        before -= Duration::DAY;
    }
    false
}

/// The name of a national holiday, 振替休日 and 国民の休日 among them.
pub fn holiday(day: Date) -> Option<&'static str> {
    if let Some(name) = named(day) {
        return Some(name);
    }
    if is_substitute(day) {
        return Some("振替休日");
    }
    let between = named(day - Duration::DAY).is_some() && named(day + Duration::DAY).is_some();
    between.then_some("国民の休日")
}

/// 年末年始: 12-29 to 1-3.
fn is_new_year(day: Date) -> bool {
    match day.month() {
        Month::December => day.day() >= 29,
        Month::January => day.day() <= 3,
        _ => false,
    }
}

/// The days on which the city hall is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Closed days of the city's own.
    pub closed: BTreeSet<Date>,
    /// No day is closed: where mail goes out at any hour of any day.
    pub every_day: bool,
}

impl Calendar {
    /// Neither a weekend nor a holiday nor closed.
    pub fn is_open(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.every_day
            || !weekend && !is_new_year(day) && holiday(day).is_none() && !self.closed.contains(&day)
    }

    /// The day itself, or the next one on which the city hall is open.
    pub fn open_from(&self, day: Date) -> Date {
        let mut found = day;
        // A city that closes for a whole year by mistake still gets an answer.
        while !self.is_open(found) && found - day < Duration::days(366) {
            found += Duration::DAY;
        }
        found
    }
}

/// When mail goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// At any hour of any day.
    Always,
    /// On open days between two times.
    Between(Time, Time),
}

impl Default for Hours {
    fn default() -> Hours {
        Hours::Between(EIGHT_THIRTY, QUARTER_PAST_FIVE)
    }
}

const EIGHT_THIRTY: Time = match Time::from_hms(8, 30, 0) {
    Ok(time) => time,
    Err(_) => Time::MIDNIGHT,
};
const QUARTER_PAST_FIVE: Time = match Time::from_hms(17, 15, 0) {
    Ok(time) => time,
    Err(_) => Time::MIDNIGHT,
};

impl Hours {
    /// Reads 「08:30-17:15」 or 「always」.
    ///
    /// # Errors
    /// For anything else.
    pub fn parse(text: &str) -> Result<Hours, Refusal> {
        if text.trim() == "always" {
            return Ok(Hours::Always);
        }
        let read = |part: &str| {
            let (hour, minute) = part.trim().split_once(':')?;
            Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
        };
        let found = text.split_once('-').and_then(|(from, to)| Some((read(from)?, read(to)?)));
        let (from, to) = found.ok_or_else(|| {
            Refusal::new("メールを送る時間帯は「08:30-17:15」又は「always」のように指定してください。")
        })?;
        Ok(Hours::Between(from, to))
    }

    /// Whether something may go out at this moment.
    pub fn are_open(self, calendar: &Calendar, now: OffsetDateTime) -> bool {
        let local = in_japan(now);
        match self {
            Hours::Always => true,
            Hours::Between(from, to) => {
                calendar.is_open(local.date()) && local.time() >= from && local.time() < to
            }
        }
    }

    /// When something goes out next, in words; none if it goes out now.
    pub fn next(self, calendar: &Calendar, now: OffsetDateTime) -> Option<String> {
        let Hours::Between(from, to) = self else { return None };
        if self.are_open(calendar, now) {
            return None;
        }
        let local = in_japan(now);
        let first = if local.time() < to { local.date() } else { local.date() + Duration::DAY };
        let day = calendar.open_from(first);
        Some(format!("{} {}:{:02}", short_day(day), from.hour(), from.minute()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    /// Worked out by hand from the Act and the equinoxes; the Cabinet Office publishes no more than the next year.
    const YEARS: [(i32, &str); 6] = [
        (
            2025,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
        ),
        (2026, "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23"),
        (2027, "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23"),
        (2028, "1/1 1/10 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/22 10/9 11/3 11/23"),
        (2029, "1/1 1/8 2/11 2/12 2/23 3/20 4/29 4/30 5/3 5/4 5/5 7/16 8/11 9/17 9/23 9/24 10/8 11/3 11/23"),
        (2030, "1/1 1/14 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 11/3 11/4 11/23"),
    ];

    #[test]
    fn the_holidays_of_six_years_are_those_of_the_law() {
        for (year, expected) in YEARS {
            let mut day = Date::from_calendar_date(year, Month::January, 1).unwrap();
            let mut found = Vec::new();
            while day.year() == year {
                if holiday(day).is_some() {
                    found.push(format!("{}/{}", u8::from(day.month()), day.day()));
                }
                day += Duration::DAY;
            }
            assert_eq!(found.join(" "), expected, "{year}");
        }
        assert_eq!(holiday(date!(2026 - 05 - 06)), Some("振替休日"));
        assert_eq!(holiday(date!(2026 - 09 - 22)), Some("国民の休日"));
    }

    #[test]
    fn the_city_hall_is_closed_on_weekends_holidays_new_year_and_days_of_its_own() {
        let calendar = Calendar { closed: [date!(2026 - 11 - 30)].into(), every_day: false };
        for (day, open) in [
            (date!(2026 - 11 - 27), true),
            (date!(2026 - 11 - 28), false),
            (date!(2026 - 11 - 23), false),
            (date!(2026 - 11 - 30), false),
            (date!(2026 - 12 - 28), true),
            (date!(2026 - 12 - 29), false),
            (date!(2027 - 01 - 03), false),
            (date!(2027 - 01 - 04), true),
        ] {
            assert_eq!(calendar.is_open(day), open, "{day}");
        }
        assert_eq!(calendar.open_from(date!(2026 - 11 - 28)), date!(2026 - 12 - 01));
        assert!(Calendar { every_day: true, ..calendar }.is_open(date!(2027 - 01 - 01)));
    }

    #[test]
    fn nothing_goes_out_at_night_or_on_a_closed_day() {
        let (calendar, hours) = (Calendar::default(), Hours::default());
        for (now, next) in [
            (datetime!(2026-11-27 01:00 UTC), None),
            (datetime!(2026-11-26 23:29 UTC), Some("11月27日（金） 8:30")),
            (datetime!(2026-11-26 23:30 UTC), None),
            (datetime!(2026-11-27 08:15 UTC), Some("11月30日（月） 8:30")),
            (datetime!(2026-11-22 15:30 UTC), Some("11月24日（火） 8:30")),
            (datetime!(2026-12-28 12:00 UTC), Some("1月4日（月） 8:30")),
        ] {
            assert_eq!(hours.next(&calendar, now).as_deref(), next, "{now}");
            assert_eq!(hours.are_open(&calendar, now), next.is_none());
        }
        assert!(Hours::Always.are_open(&calendar, datetime!(2026-11-28 15:00 UTC)));
    }

    #[test]
    fn hours_are_read_or_refused() {
        assert_eq!(Hours::parse("08:30-17:15"), Ok(Hours::default()));
        assert_eq!(Hours::parse("always"), Ok(Hours::Always));
        for text in ["", "8", "25:00-26:00", "8:30"] {
            assert!(Hours::parse(text).is_err(), "{text}");
        }
    }
}
