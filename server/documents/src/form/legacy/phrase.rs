//! What words about an answer mean: 「概ね実施している」, 「該当する業務がない」.

use super::super::value::{Reading, understand};
use domain::answer::Value;

/// Parts of phrases and what they mean; the first that fits wins, so that 一部 comes before 実施 and ない before いる.
const PARTS: [(Value, &[&str]); 4] = [
    (
        Value::NotApplicable,
        &[
            "該当し",
            "該当な",
            "該当無",
            "該当せ",
            "対象外",
            "対象な",
            "対象で",
            "対象無",
            "非該当",
            "関係のない",
            "関係な",
            "関係し",
            "適用外",
            "業務がな",
            "業務な",
        ],
    ),
    (
        Value::Partial,
        &[
            "一部",
            "概ね",
            "おおむね",
            "部分",
            "不十分",
            "十分でな",
            "やや",
            "途中",
            "ほぼ",
            "だいたい",
            "検討",
            "準備",
            "時々",
            "要改善",
        ],
    ),
    (
        Value::NotDone,
        &[
            "ない",
            "なかった",
            "いません",
            "ません",
            "未",
            "不適",
            "否",
            "できず",
            "なし",
            "不可",
            "不備",
            "要是正",
        ],
    ),
    (
        Value::Done,
        &[
            "いる",
            "います",
            "済",
            "実施",
            "でき",
            "適合",
            "良",
            "はい",
            "十分",
            "完了",
            "守",
            "有",
            "適",
            "常に",
            "整備",
        ],
    ),
];

/// The value a phrase speaks of. A question is none.
pub fn value(text: &str) -> Option<Value> {
    match understand(text) {
        Reading::Known(value) => return Some(value),
        Reading::Unsure => return None,
        Reading::Blank | Reading::Ambiguous | Reading::Unknown => {}
    }
    if text.chars().count() > 30 || text.contains(['?', '？']) {
        return None;
    }
    PARTS.iter().find(|(_, parts)| parts.iter().any(|part| text.contains(part))).map(|(value, _)| *value)
}
