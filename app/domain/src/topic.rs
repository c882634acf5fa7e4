//! The nine chapters of the policy guideline, by which questions are grouped and results are shown.

use serde::{Deserialize, Serialize};

/// A chapter of the guideline (総務省ガイドライン, chapters 1 to 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// 1 組織体制
    Organisation,
    /// 2 情報資産の分類と管理
    Assets,
    /// 3 情報システム全体の強靱性の向上
    Resilience,
    /// 4 物理的セキュリティ
    Physical,
    /// 5 人的セキュリティ
    People,
    /// 6 技術的セキュリティ
    Technical,
    /// 7 運用
    Operation,
    /// 8 業務委託と外部サービスの利用
    Outsourcing,
    /// 9 評価・見直し
    Evaluation,
}

impl Topic {
    /// All chapters in their order.
    pub const ALL: [Topic; 9] = [
        Topic::Organisation,
        Topic::Assets,
        Topic::Resilience,
        Topic::Physical,
        Topic::People,
        Topic::Technical,
        Topic::Operation,
        Topic::Outsourcing,
        Topic::Evaluation,
    ];

    /// 1 to 9.
    pub fn number(self) -> i32 {
        Topic::ALL.iter().zip(1..).find(|(topic, _)| **topic == self).map_or(0, |(_, number)| number)
    }

    /// The chapter of a number from 1 to 9.
    pub fn from_number(number: i32) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.number() == number)
    }

    /// The name on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Topic::Organisation => "組織体制",
            Topic::Assets => "情報資産の分類と管理",
            Topic::Resilience => "情報システム全体の強靱性",
            Topic::Physical => "物理的セキュリティ",
            Topic::People => "人的セキュリティ",
            Topic::Technical => "技術的セキュリティ",
            Topic::Operation => "運用",
            Topic::Outsourcing => "業務委託と外部サービス",
            Topic::Evaluation => "評価・見直し",
        }
    }

    /// The name for narrow table heads.
    pub fn short(self) -> &'static str {
        match self {
            Topic::Organisation => "組織体制",
            Topic::Assets => "情報資産",
            Topic::Resilience => "強靱性",
            Topic::Physical => "物理的",
            Topic::People => "人的",
            Topic::Technical => "技術的",
            Topic::Operation => "運用",
            Topic::Outsourcing => "委託等",
            Topic::Evaluation => "評価等",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_chapters_correspond() {
        for (topic, number) in Topic::ALL.into_iter().zip(1..) {
            assert_eq!(topic.number(), number);
            assert_eq!(Topic::from_number(number), Some(topic));
        }
        assert_eq!(Topic::from_number(0), None);
        assert_eq!(Topic::from_number(10), None);
    }
}
