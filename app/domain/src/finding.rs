//! Findings: what an auditor found, graded, complete enough to act on.

use crate::calendar::fiscal_year_code;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// The grade of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 重大な不備
    Major,
    /// 不備
    Minor,
    /// 観察事項
    Observation,
    /// 良好事例
    Good,
}

impl Grade {
    /// All grades, gravest first.
    pub const ALL: [Grade; 4] = [Grade::Major, Grade::Minor, Grade::Observation, Grade::Good];

    /// The key in forms and in the database.
    pub fn key(self) -> &'static str {
        match self {
            Grade::Major => "major",
            Grade::Minor => "minor",
            Grade::Observation => "observation",
            Grade::Good => "good",
        }
    }

    /// The grade of a key.
    pub fn from_key(key: &str) -> Option<Grade> {
        Grade::ALL.into_iter().find(|grade| grade.key() == key)
    }

    /// The word on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Grade::Major => "重大な不備",
            Grade::Minor => "不備",
            Grade::Observation => "観察事項",
            Grade::Good => "良好事例",
        }
    }

    /// The definition printed in the report.
    pub fn definition(self) -> &'static str {
        match self {
            Grade::Major => {
                "基準に適合せず、重大な事故に直結するおそれがあるもの、又は組織全体に及ぶもの。直ちに改善を要する。"
            }
            Grade::Minor => "基準に適合しないもの。計画を立てて改善を要する。",
            Grade::Observation => "基準に適合しているが、放置すると不備となるおそれがあるもの。",
            Grade::Good => "ほかの所属の参考となる優れた取組。",
        }
    }

    /// Whether the department has to mend it.
    pub fn asks_improvement(self) -> bool {
        matches!(self, Grade::Major | Grade::Minor)
    }
}

/// The words of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub grade: Grade,
    /// 件名
    pub title: String,
    /// 事実
    pub fact: String,
    /// 基準
    pub criterion: String,
    /// 影響
    pub effect: String,
    /// 提言
    pub recommendation: String,
}

/// Is everything there that this grade needs? A 不備 without fact, criterion, effect and recommendation can't be
/// acted on; an observation needs at least the fact.
///
/// # Errors
/// All missing parts in one sentence each, at the field of the first.
pub fn complete(words: &Words) -> Result<(), Refusal> {
    let graver = words.grade.asks_improvement();
    let parts = [
        ("title", &words.title, true, "件名を入力してください。"),
        ("fact", &words.fact, true, "事実（何を見たか）を入力してください。"),
        ("criterion", &words.criterion, graver, "基準（何に照らすか）を入力してください。"),
        ("effect", &words.effect, graver, "影響（起こり得ること）を入力してください。"),
        ("recommendation", &words.recommendation, graver, "提言（どう直すか）を入力してください。"),
    ];
    let missing: Vec<_> =
        parts.iter().filter(|(_, text, needed, _)| *needed && text.trim().is_empty()).collect();
    let Some((field, ..)) = missing.first() else { return Ok(()) };
    let mut said: String = missing.iter().map(|(.., reason)| *reason).collect();
    if graver && *field != "title" {
        said.push_str("「不備」以上の指摘には、すべて必要です。");
    }
    Err(Refusal::field(field, said))
}

/// R8-指-001
pub fn label(fiscal_year: i32, number: usize) -> String {
    format!("{}-指-{number:03}", fiscal_year_code(fiscal_year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_complete_when_one_can_act_on_it() {
        let words = |grade, parts: [&str; 5]| Words {
            grade,
            title: parts[0].into(),
            fact: parts[1].into(),
            criterion: parts[2].into(),
            effect: parts[3].into(),
            recommendation: parts[4].into(),
        };
        for (grade, parts, missing) in [
            (Grade::Minor, ["件名", "事実", "基準", "影響", "提言"], None),
            (Grade::Minor, ["件名", "事実", "基準", "影響", "　"], Some("recommendation")),
            (Grade::Major, ["件名", "事実", "基準", "", "提言"], Some("effect")),
            (Grade::Major, ["件名", "事実", "", "影響", "提言"], Some("criterion")),
            (Grade::Major, ["件名", " ", "基準", "影響", "提言"], Some("fact")),
            (Grade::Observation, ["件名", "事実", "", "", ""], None),
            (Grade::Good, ["件名", "", "", "", ""], Some("fact")),
            (Grade::Good, ["", "事実", "", "", ""], Some("title")),
        ] {
            let refused = complete(&words(grade, parts)).err().and_then(|refusal| refusal.field);
            assert_eq!(refused.as_deref(), missing, "{grade:?} {parts:?}");
        }
    }

    #[test]
    fn grades_are_found_by_their_keys() {
        for grade in Grade::ALL {
            assert_eq!(Grade::from_key(grade.key()), Some(grade));
            assert!(!grade.definition().is_empty());
        }
        assert_eq!(label(2026, 1), "R8-指-001");
    }
}
