//! How a question is answered and judged: its scale, what it asks beside the answer, when it is shown.
//!
//! A setting belongs to a wording; frozen with the edition, it never changes under an answer. Everything that
//! depends on it is decided here and in the modules below: the page, the workbook and the server ask the same
//! functions.

mod attribute;
mod check;
mod judge;
mod read;
mod shown;
mod summary;
mod time_needed;
mod words;

pub use attribute::Attribute;
pub use check::{LONGEST_GUIDANCE, fit_together};
pub use judge::Judgement;
pub use shown::{Place, Shown, hidden};
pub use summary::summary;
pub use time_needed::{FORMULA, minutes};
pub use words::{row_mark, threshold_words};

use crate::answer::{Amount, Value};
use crate::sheet::Change;
use serde::{Deserialize, Serialize};

/// How many levels a question with levels has.
pub const LEVELS: usize = 5;
/// The most rows a table has.
pub const MOST_ROWS: usize = 10;

/// What the officer set for a question. The default is what every question was before there were settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setting {
    /// What kind of answer is asked for.
    pub scale: Scale,
    /// Only to know: the answer counts in 把握率 and is shown as a distribution, never in 実施率.
    pub informative: bool,
    /// 必須. Like every question it has to be answered before the sheet can be handed in; beyond that a single
    /// 未実施 puts it on top of the results, flagged, whatever its 実施率.
    pub gate: bool,
    /// 証跡（文書名・保管場所） has to be given with 実施 and 一部実施, and with an answer that is only to know.
    pub evidence: bool,
    /// The values whose answers need 理由と改善の内容.
    pub comment_on: Vec<Value>,
    /// 記入の手引, shown under the question.
    pub guidance: String,
    /// To whom the question is shown.
    pub shown: Shown,
}

impl Default for Setting {
    fn default() -> Setting {
        Setting {
            scale: Scale::Marks,
            informative: false,
            gate: false,
            evidence: false,
            comment_on: vec![Value::Partial, Value::NotDone],
            guidance: String::new(),
            shown: Shown::Always,
        }
    }
}

/// The kind of answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scale {
    /// 実施・一部実施・未実施
    #[default]
    Marks,
    /// はい・いいえ
    YesNo,
    /// Five levels with a text each, lowest first. From the target on it counts as 実施; without a target it is
    /// only to know.
    Levels { texts: Vec<String>, target: Option<u8> },
    /// A number with its unit, or a percentage. Without a threshold it is only to know.
    Number { unit: String, percent: bool, threshold: Option<Threshold> },
    /// A day on which something was done; 実施 if it lies in the fiscal year, or (not `within_year`) if there is
    /// one at all.
    Day { within_year: bool },
    /// A table of rows ア, イ, ウ …, each 実施・一部実施・未実施.
    Rows { rows: Vec<String> },
}

/// From where on a number counts as 実施.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    pub limit: Amount,
    /// Up to the limit instead of from it on.
    pub at_most: bool,
}

impl Scale {
    /// The stable key of the kind, used in forms.
    pub fn key(&self) -> &'static str {
        match self {
            Scale::Marks => "marks",
            Scale::YesNo => "yes_no",
            Scale::Levels { .. } => "levels",
            Scale::Number { percent: false, .. } => "number",
            Scale::Number { percent: true, .. } => "percent",
            Scale::Day { .. } => "day",
            Scale::Rows { .. } => "rows",
        }
    }

    /// All kinds with their names, in the order of the form.
    pub const KINDS: [(&'static str, &'static str); 7] = [
        ("marks", "実施・一部実施・未実施（○△×）"),
        ("yes_no", "はい・いいえ"),
        ("levels", "5段階"),
        ("number", "数値"),
        ("percent", "割合（％）"),
        ("day", "年月日"),
        ("rows", "表（ア・イ・ウの行ごとに○△×）"),
    ];

    /// The name of the kind.
    pub fn label(&self) -> &'static str {
        Scale::KINDS.iter().find(|(key, _)| *key == self.key()).map_or("", |(_, label)| label)
    }

    /// 件, 人, ％; empty for other kinds.
    pub fn unit(&self) -> &str {
        match self {
            Scale::Number { percent: true, .. } => "％",
            Scale::Number { unit, .. } => unit,
            _ => "",
        }
    }
}

impl Setting {
    /// Whether answers count as 実施, 一部実施 or 未実施 at all.
    pub fn counts(&self) -> bool {
        let judged = match &self.scale {
            Scale::Levels { target, .. } => target.is_some(),
            Scale::Number { threshold, .. } => threshold.is_some(),
            Scale::Marks | Scale::YesNo | Scale::Day { .. } | Scale::Rows { .. } => true,
        };
        judged && !self.informative
    }

    /// Whether an answer of this value needs a comment; an answer that is only to know needs one where 実施
    /// does too.
    pub fn needs_comment(&self, value: Option<Value>) -> bool {
        self.comment_on.contains(&value.unwrap_or(Value::Done))
    }

    /// Whether an answer of this value needs 証跡.
    pub fn needs_evidence(&self, value: Option<Value>) -> bool {
        self.evidence && matches!(value, None | Some(Value::Done | Value::Partial))
    }

    /// How a setting differs from the one before; `None` if it does not. Another scale, another threshold, other
    /// people asked: the figures of the two are not comparable (趣旨変更); everything else is 軽微修正.
    pub fn change_since(&self, before: &Setting) -> Option<Change> {
        if self == before {
            return None;
        }
        let meaning = |setting: &Setting| (setting.scale.clone(), setting.informative, setting.shown.clone());
        Some(if meaning(self) == meaning(before) { Change::Minor } else { Change::Changed })
    }
}

#[cfg(test)]
mod tests;
