//! How long a sheet takes, by a formula that stands beside the figure.

use super::{Scale, Setting};

/// A question that is chosen at a glance.
const CHOICE: usize = 13;
const LEVEL: usize = 20;
/// A figure or a day has to be looked up.
const LOOK_UP: usize = 30;
const ROW: usize = 8;
const EVIDENCE: usize = 45;
/// Characters of guidance read in a second.
const READING: usize = 10;

impl Setting {
    /// Seconds one question takes: 13 for ○△× and はい・いいえ, 20 for five levels, 30 for a number or a day,
    /// 13 and 8 for each row of a table; 45 more for 証跡, and one for every ten characters of guidance.
    pub fn seconds(&self) -> usize {
        let answer = match &self.scale {
            Scale::Marks | Scale::YesNo => CHOICE,
            Scale::Levels { .. } => LEVEL,
            Scale::Number { .. } | Scale::Day { .. } => LOOK_UP,
            Scale::Rows { rows } => CHOICE + ROW * rows.len(),
        };
        let evidence = if self.evidence { EVIDENCE } else { 0 };
        answer + evidence + self.guidance.chars().count() / READING
    }
}

/// The formula in words, for the screen.
pub const FORMULA: &str = "見込時間は、○△×及びはい・いいえを13秒、5段階を20秒、数値及び年月日を30秒、表を13秒と1行8秒、証跡の記入を45秒、手引を10字1秒として合計し、分に切り上げています。";

/// Seconds as minutes, rounded up.
pub fn minutes(seconds: usize) -> usize {
    seconds.div_ceil(60)
}
