//! The review (見直し): what the results say about a clause, and how two texts differ.

mod difference;

use crate::finding::Grade;
use crate::rate::{Tally, round};

pub use difference::{Part, Piece, difference};

/// Below this 実施率 (0..=1) the figure speaks against the clause. 80 % is where the usual scale of the yearly
/// results turns from 「概ね良好」 to 「要改善」: one in five does not do what the clause asks.
pub const LOW_RATE: f64 = 0.80;

/// What is known about a clause.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// Answers to the questions about it.
    pub tally: Tally,
    /// Grades of the findings about it.
    pub findings: Vec<Grade>,
    /// Findings and improvements that say: the rule itself should change.
    pub rule_changes: usize,
    /// Open improvements about it.
    pub improvements: usize,
}

/// One thing that speaks against a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Voice {
    /// The 実施率 (0..=1) is low.
    LowRate(f64),
    /// So many findings.
    Findings(usize),
    /// So many say that the rule itself should change.
    RuleChanges(usize),
}

impl Evidence {
    /// What speaks against the clause, the strongest kind first.
    pub fn voices(&self) -> Vec<Voice> {
        let mut voices = Vec::new();
        if self.rule_changes > 0 {
            voices.push(Voice::RuleChanges(self.rule_changes));
        }
        let findings = self.findings.iter().filter(|grade| weight_of(**grade) > 0).count();
        if findings > 0 {
            voices.push(Voice::Findings(findings));
        }
        if let Some(rate) = self.low_rate() {
            voices.push(Voice::LowRate(rate));
        }
        voices
    }

    /// The 実施率 if it is low. Compared as it is shown, so that 80.0 % on the screen is never called low.
    pub fn low_rate(&self) -> Option<f64> {
        self.tally.done_rate().filter(|rate| round(*rate) < LOW_RATE * 100.0)
    }

    /// How loudly all of it speaks; 0: nothing does. A wish to change the rule counts 4, a finding as its grade
    /// (重大な不備 6, 不備 3, 観察事項 1), a low rate 1 for each begun 10 points below the threshold.
    pub fn weight(&self) -> u32 {
        let findings: u32 = self.findings.iter().map(|grade| weight_of(*grade)).sum();
        let changes = u32::try_from(self.rule_changes).unwrap_or(u32::MAX / 8) * 4;
        findings + changes + self.low_rate().map_or(0, points_below)
    }
}

/// A 良好事例 speaks for a clause, not against it.
fn weight_of(grade: Grade) -> u32 {
    match grade {
        Grade::Major => 6,
        Grade::Minor => 3,
        Grade::Observation => 1,
        Grade::Good => 0,
    }
}

fn points_below(rate: f64) -> u32 {
    // At most 80 points lie below the threshold, so the steps are 1 to 8.
    (1..=8_u32).find(|step| round(rate) >= LOW_RATE * 100.0 - f64::from(*step) * 10.0).unwrap_or(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(done: i64, not_done: i64) -> Tally {
        Tally { done, not_done, ..Tally::default() }
    }

    #[test]
    fn a_clause_is_weighed_by_everything_against_it() {
        for (tally, findings, rule_changes, weight, voices) in [
            (Tally::default(), vec![], 0, 0, 0),
            (tally(80, 20), vec![], 0, 0, 0),
            (tally(79, 21), vec![], 0, 1, 1),
            (tally(70, 30), vec![], 0, 1, 1),
            (tally(69, 31), vec![], 0, 2, 1),
            (tally(0, 10), vec![], 0, 8, 1),
            (tally(95, 5), vec![Grade::Major, Grade::Minor], 0, 9, 1),
            (tally(95, 5), vec![Grade::Good], 0, 0, 0),
            (tally(50, 50), vec![Grade::Observation], 2, 12, 3),
        ] {
            let evidence = Evidence { tally, findings, rule_changes, improvements: 0 };
            assert_eq!((evidence.weight(), evidence.voices().len()), (weight, voices), "{evidence:?}");
        }
    }

    #[test]
    fn nobody_obliged_is_no_low_rate() {
        let evidence = Evidence { tally: Tally { na: 12, ..Tally::default() }, ..Evidence::default() };
        assert_eq!(evidence.low_rate(), None);
    }
}
