//! The calendar of the demo city, relative to today: last fiscal year is over, this year's inspection runs.

use anyhow::Result;
use domain::calendar::{day, fiscal_year, parse_day};
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset, Weekday};

/// The fiscal year in which the texts of the demo city are set.
const WRITTEN_FOR: i32 = 2026;

/// The days of one inspection.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    pub fiscal_year: i32,
    pub base_on: Date,
    pub opens_on: Date,
    pub due_on: Date,
}

/// Today and everything that follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    pub now: OffsetDateTime,
    pub today: Date,
    pub fiscal_year: i32,
    /// 1 April of this fiscal year.
    pub april: Date,
    pub last: Period,
    pub this: Period,
}

impl Days {
    /// The calendar as seen from now.
    ///
    /// # Errors
    /// At the end of the world's calendar.
    pub fn seen_from(now: OffsetDateTime) -> Result<Days> {
        let today = day(now);
        let fiscal_year = fiscal_year(today);
        let april = Date::from_calendar_date(fiscal_year, Month::April, 1)?;
        Ok(Days { now, today, fiscal_year, april, last: last(fiscal_year - 1)?, this: this(today, april)? })
    }

    /// 1 April so many years before this one.
    pub fn april_before(&self, years: i32) -> Date {
        self.april.replace_year(self.april.year() - years).unwrap_or(self.april)
    }

    /// The instant of a time on Japan's clock, never later than now.
    pub fn at(&self, day: Date, hour: u8, minute: u8) -> OffsetDateTime {
        self.past(instant(day, hour, minute))
    }

    /// The instant, or a moment ago if it has not come yet.
    pub fn past(&self, at: OffsetDateTime) -> OffsetDateTime {
        at.min(self.now - Duration::minutes(5))
    }

    /// A text of the demo city with its years moved to the present (令和8年 → 令和9年 a year later).
    pub fn moved(&self, text: &str) -> String {
        let years = self.fiscal_year - WRITTEN_FOR;
        let mut parts = text.split("令和");
        let mut moved = parts.next().unwrap_or_default().to_string();
        for part in parts {
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            let (number, rest) = part.split_at(digits);
            match number.parse::<i32>() {
                Ok(number) => moved.push_str(&format!("令和{}{rest}", number + years)),
                Err(_) => moved.push_str(&format!("令和{part}")),
            }
        }
        moved
    }

    /// The deadline at the end of a measure and the measure without it.
    pub fn deadline(&self, measure: &str) -> (String, Date) {
        let measure = self.moved(measure);
        let found = measure.strip_suffix('）').and_then(|text| text.rsplit_once("（期限："));
        match found.and_then(|(text, day)| Some((text.to_string(), parse_day(day)?))) {
            Some(found) => found,
            None => (measure, self.this.due_on),
        }
    }
}

/// The instant of a time on Japan's clock.
pub fn instant(day: Date, hour: u8, minute: u8) -> OffsetDateTime {
    let time = Time::from_hms(hour, minute, 0).unwrap_or(Time::MIDNIGHT);
    day.with_time(time)
        .assume_offset(UtcOffset::from_hms(9, 0, 0).unwrap_or(UtcOffset::UTC))
        .to_offset(UtcOffset::UTC)
}

/// Month and day of the holidays that have a fixed date, and of the days on which offices are closed.
const HOLIDAYS: [(u8, u8); 15] = [
    (1, 1),
    (1, 2),
    (1, 3),
    (2, 11),
    (2, 23),
    (4, 29),
    (5, 3),
    (5, 4),
    (5, 5),
    (8, 11),
    (11, 3),
    (11, 23),
    (12, 29),
    (12, 30),
    (12, 31),
];

/// A day on which the city hall works. Holidays that move with the calendar are left out.
fn works(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let holiday = |day: Date| HOLIDAYS.contains(&(u8::from(day.month()), day.day()));
    let eve = day - Duration::days(1);
    let moved = day.weekday() == Weekday::Monday && holiday(eve);
    !weekend && !holiday(day) && !moved
}

/// The day, or the last working day before it.
pub fn weekday_before(day: Date) -> Date {
    (0..12).map(|days| day - Duration::days(days)).find(|day| works(*day)).unwrap_or(day)
}

/// The day, or the next working day after it.
pub fn weekday_after(day: Date) -> Date {
    (0..12).map(|days| day + Duration::days(days)).find(|day| works(*day)).unwrap_or(day)
}

/// Last year's inspection: four weeks in October.
fn last(fiscal_year: i32) -> Result<Period> {
    let opens_on = weekday_after(Date::from_calendar_date(fiscal_year, Month::October, 3)?);
    Ok(Period {
        fiscal_year,
        base_on: Date::from_calendar_date(fiscal_year, Month::October, 1)?,
        opens_on,
        due_on: weekday_before(opens_on + Duration::days(25)),
    })
}

/// This year's: it opened three weeks ago and is due on a Friday at least three days ahead.
fn this(today: Date, april: Date) -> Result<Period> {
    let monday = today - Duration::days(i64::from(today.weekday().number_days_from_monday()));
    let opens_on = (monday - Duration::days(21)).max(weekday_after(april)).min(today);
    let friday = monday + Duration::days(4);
    let due_on = if friday - today >= Duration::days(3) { friday } else { friday + Duration::days(7) };
    let october = Date::from_calendar_date(april.year(), Month::October, 1)?;
    let base_on = if october <= opens_on { october } else { april };
    Ok(Period { fiscal_year: april.year(), base_on, opens_on, due_on })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn the_inspection_runs_on_every_day_of_the_year() {
        let mut now = datetime!(2026-04-01 00:00 UTC);
        for _ in 0..365 {
            let days = Days::seen_from(now).unwrap();
            assert!(days.this.base_on <= days.this.opens_on && days.this.opens_on <= days.today, "{now}");
            assert!(days.this.due_on - days.today >= Duration::days(3), "{now}");
            assert_eq!(days.this.due_on.weekday(), Weekday::Friday);
            assert!(days.last.due_on < days.april);
            now += Duration::days(1);
        }
    }

    #[test]
    fn november_looks_as_in_the_pictures() {
        let days = Days::seen_from(datetime!(2026-11-24 01:00 UTC)).unwrap();
        assert_eq!(days.this.base_on, date!(2026 - 10 - 01));
        assert_eq!(days.this.opens_on, date!(2026 - 11 - 02));
        assert_eq!(days.this.due_on, date!(2026 - 11 - 27));
    }

    #[test]
    fn years_in_texts_move_with_the_present() {
        let days = Days::seen_from(datetime!(2027-11-24 01:00 UTC)).unwrap();
        assert_eq!(days.moved("令和7年4月から令和8年度まで"), "令和8年4月から令和9年度まで");
        let (text, due) = days.deadline("名簿を改める。（期限：令和9年1月29日）");
        assert_eq!((text.as_str(), due), ("名簿を改める。", date!(2028 - 01 - 29)));
    }
}
