//! How an inspection is scored. Chosen before it starts and frozen with it, so that its figures never change.
//! Source: the yearly practice (`○=1, △=0.5, ×=0`; 到達率 over 100, 95 or 90 %), configurable for each inspection.

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// The rule of an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scoring {
    /// What 一部実施 (△) counts, in hundredths: 0..=100.
    pub partial: i32,
    /// From which 実施率 on a question counts as reached (到達率), in percent: 1..=100.
    pub threshold: i32,
}

impl Default for Scoring {
    fn default() -> Scoring {
        Scoring { partial: 50, threshold: 90 }
    }
}

impl Scoring {
    /// What 一部実施 counts, 0..=1.
    pub fn weight_of_partial(self) -> f64 {
        f64::from(self.partial) / 100.0
    }

    /// The same as it is shown and entered: 0.5.
    pub fn partial_text(self) -> String {
        self.weight_of_partial().to_string()
    }

    /// Whether a 実施率 (0..=1) reaches the threshold. Compared as it is shown.
    pub fn is_reached(self, rate: f64) -> bool {
        super::round(rate) >= f64::from(self.threshold)
    }

    /// Reads what was entered; blank is the usual rule.
    ///
    /// # Errors
    /// For a weight outside 0..=1 or with more than two decimals, or a threshold outside 1..=100.
    pub fn read(partial: &str, threshold: &str) -> Result<Scoring, Refusal> {
        let usual = Scoring::default();
        let partial = match partial.trim() {
            "" => usual.partial,
            text => hundredths(text).ok_or_else(|| {
                Refusal::field(
                    "partial",
                    "「一部実施」の重みは、0から1までの数を小数点以下2桁までで入力してください。例：0.5",
                )
            })?,
        };
        let threshold = match threshold.trim() {
            "" => usual.threshold,
            text => text.parse().ok().filter(|percent| (1..=100).contains(percent)).ok_or_else(|| {
                Refusal::field("threshold", "到達率の基準は、1から100までの整数で入力してください。例：90")
            })?,
        };
        Ok(Scoring { partial, threshold })
    }
}

/// 0.5 as 50; none for anything that is not 0..=1 in at most two decimals.
fn hundredths(text: &str) -> Option<i32> {
    let number: f64 = text.parse().ok()?;
    let scaled = number * 100.0;
    let whole = scaled.round();
    let fits = (0.0..=100.0).contains(&whole) && (scaled - whole).abs() < 1e-6;
    // Between 0 and 100 every whole number is exact.
    fits.then_some(whole as i32)
}

#[cfg(test)]
mod tests {
    use super::super::{Tally, percent, weighted_score};
    use super::*;

    #[test]
    fn what_is_entered_is_read_or_refused_at_its_field() {
        for (partial, threshold, expected) in [
            ("", "", Ok((50, 90))),
            ("0.5", "90", Ok((50, 90))),
            (" 0.25 ", "100", Ok((25, 100))),
            ("0", "1", Ok((0, 1))),
            ("1", "95", Ok((100, 95))),
            ("1.01", "90", Err("partial")),
            ("-0.1", "90", Err("partial")),
            ("0.333", "90", Err("partial")),
            ("半分", "90", Err("partial")),
            ("NaN", "90", Err("partial")),
            ("0.5", "0", Err("threshold")),
            ("0.5", "101", Err("threshold")),
            ("0.5", "90.5", Err("threshold")),
        ] {
            let read = Scoring::read(partial, threshold);
            let found = read.map(|scoring| (scoring.partial, scoring.threshold));
            assert_eq!(
                found.map_err(|refusal| refusal.field.unwrap_or_default()),
                expected.map_err(String::from)
            );
        }
    }

    #[test]
    fn the_weight_of_partial_moves_the_score_and_nothing_else() {
        let tally = Tally { done: 12, partial: 2, not_done: 1, na: 3 };
        for (partial, score) in [(50, "86.7"), (0, "80.0"), (100, "93.3"), (25, "83.3")] {
            let scoring = Scoring { partial, ..Scoring::default() };
            assert_eq!(percent(tally.score_rate(scoring)), score);
            assert_eq!(percent(weighted_score(scoring, [(2.0, tally)].into_iter())), score);
            assert_eq!(percent(tally.done_rate()), "80.0");
        }
    }

    #[test]
    fn a_rate_is_compared_as_it_is_shown() {
        let scoring = Scoring::default();
        assert!(scoring.is_reached(0.8996) && !scoring.is_reached(0.8994));
        assert!(Scoring { threshold: 100, ..scoring }.is_reached(1.0));
    }
}
