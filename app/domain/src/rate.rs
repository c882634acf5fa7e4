//! The figures of an inspection. 把握率 and 実施率 are never merged.
//!
//! Formulas of the yearly self-inspection practice:
//! 把握率 = those who answered ÷ those who had to;
//! 実施率 = 実施 ÷ (実施 + 一部実施 + 未実施): 該当なし leaves the denominator;
//! 得点率 counts 一部実施 as a half, unless the inspection says otherwise. An empty denominator has no rate, which is shown as 「―」.

use crate::answer::Value;

mod scoring;

pub use scoring::Scoring;

use serde::{Deserialize, Serialize};

/// How often each value was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// 実施
    pub done: i64,
    /// 一部実施
    pub partial: i64,
    /// 未実施
    pub not_done: i64,
    /// 該当なし
    pub na: i64,
}

impl Tally {
    /// Counts one more answer.
    pub fn add(&mut self, value: Value) {
        match value {
            Value::Done => self.done += 1,
            Value::Partial => self.partial += 1,
            Value::NotDone => self.not_done += 1,
            Value::NotApplicable => self.na += 1,
        }
    }

    /// All answers, 該当なし included.
    pub fn answered(&self) -> i64 {
        self.obliged() + self.na
    }

    /// Answers of those whose duty arose: the denominator of 実施率.
    pub fn obliged(&self) -> i64 {
        self.done + self.partial + self.not_done
    }

    /// 実施率, 0..=1; `None` if no duty arose.
    pub fn done_rate(&self) -> Option<f64> {
        ratio(self.done as f64, self.obliged())
    }

    /// 得点率, 0..=1, 一部実施 counting as the inspection's rule says; `None` if no duty arose.
    pub fn score_rate(&self, scoring: Scoring) -> Option<f64> {
        ratio(self.done as f64 + self.partial as f64 * scoring.weight_of_partial(), self.obliged())
    }

    /// 該当なし率, 0..=1; `None` if nobody answered.
    pub fn na_rate(&self) -> Option<f64> {
        ratio(self.na as f64, self.answered())
    }
}

impl std::ops::Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            done: self.done + other.done,
            partial: self.partial + other.partial,
            not_done: self.not_done + other.not_done,
            na: self.na + other.na,
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |sum, tally| sum + tally)
    }
}

/// How many had to answer and how many did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// 対象
    pub targets: i64,
    /// 提出済
    pub submitted: i64,
}

impl Coverage {
    /// 把握率, 0..=1; `None` without targets.
    pub fn rate(&self) -> Option<f64> {
        ratio(self.submitted as f64, self.targets)
    }

    /// 未提出
    pub fn missing(&self) -> i64 {
        self.targets - self.submitted
    }
}

impl std::ops::Add for Coverage {
    type Output = Coverage;

    fn add(self, other: Coverage) -> Coverage {
        Coverage { targets: self.targets + other.targets, submitted: self.submitted + other.submitted }
    }
}

impl std::iter::Sum for Coverage {
    fn sum<I: Iterator<Item = Coverage>>(all: I) -> Coverage {
        all.fold(Coverage::default(), |sum, one| sum + one)
    }
}

/// 加重得点率 over questions with their weights, 0..=1: Σ(weight × (実施 + 一部実施 × the weight of △)) ÷ Σ(weight ×
/// (実施 + 一部実施 + 未実施)). `None` if no duty arose.
pub fn weighted_score(scoring: Scoring, questions: impl Iterator<Item = (f64, Tally)>) -> Option<f64> {
    let (part, whole) = questions.fold((0.0, 0.0), |(part, whole), (weight, tally)| {
        let kept = tally.done as f64 + tally.partial as f64 * scoring.weight_of_partial();
        (part + weight * kept, whole + weight * tally.obliged() as f64)
    });
    (whole > 0.0).then(|| part / whole)
}

fn ratio(part: f64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part / whole as f64)
}

/// A rate for the screen: 0.8667 becomes `86.7`; no rate becomes `―`. Rounded half up to one decimal.
pub fn percent(rate: Option<f64>) -> String {
    match rate {
        Some(rate) => format!("{:.1}", round(rate)),
        None => "―".to_string(),
    }
}

/// A count for the screen: 12,345.
pub fn thousands(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The rate in percent, rounded half up to one decimal, as it is shown and exported.
pub fn round(rate: f64) -> f64 {
    // The tiny addend undoes representation errors such as 0.5005 * 1000 = 500.49999999999994.
    ((rate * 1000.0) + 1e-9 + 0.5).floor() / 10.0
}

/// The band of a cell in the heat map: 5 is best. Limits 95, 90, 80, 70 percent of the rounded rate.
pub fn band(rate: Option<f64>) -> u8 {
    match rate.map(round) {
        None => 0,
        Some(percent) if percent >= 95.0 => 5,
        Some(percent) if percent >= 90.0 => 4,
        Some(percent) if percent >= 80.0 => 3,
        Some(percent) if percent >= 70.0 => 2,
        Some(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_vector_of_the_field_comes_out() {
        let coverage = Coverage { targets: 20, submitted: 18 };
        let tally = Tally { done: 12, partial: 2, not_done: 1, na: 3 };
        assert_eq!(percent(coverage.rate()), "90.0");
        assert_eq!(percent(tally.done_rate()), "80.0");
        assert_eq!(percent(tally.score_rate(Scoring::default())), "86.7");
        assert_eq!(percent(tally.na_rate()), "16.7");
    }

    #[test]
    fn weights_let_a_duty_count_more_than_an_effort() {
        let all = Tally { done: 2, ..Tally::default() };
        let none = Tally { not_done: 2, ..Tally::default() };
        let half = Tally { partial: 2, na: 5, ..Tally::default() };
        for (questions, text) in [
            (vec![(1.0, all), (1.0, none)], "50.0"),
            (vec![(1.0, all), (0.5, none)], "66.7"),
            (vec![(3.0, half)], "50.0"),
            (vec![(1.0, Tally { na: 3, ..Tally::default() })], "―"),
        ] {
            assert_eq!(percent(weighted_score(Scoring::default(), questions.into_iter())), text);
        }
    }

    #[test]
    fn without_a_duty_there_is_no_rate() {
        let all_na = Tally { na: 18, ..Tally::default() };
        assert_eq!(percent(all_na.done_rate()), "―");
        assert_eq!(percent(Coverage::default().rate()), "―");
        assert_eq!(band(all_na.done_rate()), 0);
    }

    #[test]
    fn rates_are_rounded_half_up() {
        for (part, whole, text) in [
            (1, 8, "12.5"),
            (1, 16, "6.3"),
            (1, 3, "33.3"),
            (2, 3, "66.7"),
            (1001, 2000, "50.1"),
            (5, 5, "100.0"),
        ] {
            let tally = Tally { done: part, not_done: whole - part, ..Tally::default() };
            assert_eq!(percent(tally.done_rate()), text);
        }
    }

    #[test]
    fn counts_are_parted_at_their_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn sums_are_summed_and_then_divided() {
        let small = Tally { done: 1, ..Tally::default() };
        let large = Tally { not_done: 99, ..Tally::default() };
        let all: Tally = [small, large].into_iter().sum();
        assert_eq!(percent(all.done_rate()), "1.0");
    }

    #[test]
    fn bands_have_their_limits_at_95_90_80_70() {
        for (rate, expected) in
            [(0.95, 5), (0.9494, 4), (0.90, 4), (0.80, 3), (0.70, 2), (0.6994, 1), (0.0, 1)]
        {
            assert_eq!(band(Some(rate)), expected, "{rate}");
        }
    }
}
