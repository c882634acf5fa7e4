//! Which chapter of the guideline a clause belongs to.

use super::{ClauseText, line_of};
use crate::topic::Topic;

/// Words of headings and texts, the most telling first.
const WORDS: [(Topic, &[&str]); 9] = [
    (
        Topic::Resilience,
        &["強靱", "強靭", "無害化", "接続系", "個人番号系", "専用網系", "外部網系", "網の分離"],
    ),
    (Topic::Outsourcing, &["委託", "クラウド", "外部サービス", "ソーシャルメディア", "約款", "外部の者"]),
    (Topic::Evaluation, &["評価", "見直し", "監査", "自己点検", "点検", "改善", "検査"]),
    (
        Topic::Physical,
        &[
            "物理",
            "物の対策",
            "サーバ室",
            "情報システム室",
            "機械室",
            "執務室",
            "電源",
            "設備",
            "入退室",
            "管理区域",
        ],
    ),
    (
        Topic::People,
        &[
            "人的",
            "人の対策",
            "研修",
            "教育",
            "訓練",
            "啓発",
            "パスワード",
            "ＩＤ",
            "ID",
            "遵守義務",
            "責務",
            "義務",
            "誓約",
            "職員に関する",
        ],
    ),
    (
        Topic::Technical,
        &[
            "技術",
            "アクセス",
            "不正プログラム",
            "ソフトウェア",
            "バックアップ",
            "ログ",
            "暗号",
            "端末",
            "プログラム",
            "権限",
        ],
    ),
    (Topic::Assets, &["情報資産", "分類", "持ち出", "持出", "廃棄", "媒体", "保管", "情報の取扱", "目録"]),
    (Topic::Operation, &["運用", "監視", "インシデント", "事故", "例外", "違反", "緊急時", "障害"]),
    (Topic::Organisation, &["組織", "体制", "責任者", "管理者", "委員会", "策定"]),
];

/// The topic of words, if one of the dictionary stands in them.
pub fn topic_of_words(words: &str) -> Option<Topic> {
    let hit =
        |(topic, list): &(Topic, &[&str])| list.iter().any(|word| words.contains(word)).then_some(*topic);
    WORDS.iter().find_map(hit)
}

/// The topic of a clause: by the chapter of its own, else by the nearest heading above it, else by its text.
///
/// A chapter named like a chapter of the guideline decides for everything below it, because city officers
/// file a clause by the chapter in which it stands.
pub fn topic_of(clauses: &[ClauseText], index: usize) -> Topic {
    let Some(clause) = clauses.get(index) else { return Topic::Operation };
    let headings: Vec<&str> =
        line_of(clauses, index).iter().filter_map(|other| other.heading.as_deref()).collect();
    let by_chapter = headings.iter().find_map(|heading| guideline_chapter(heading));
    let by_words = || headings.iter().find_map(|heading| topic_of_heading(heading));
    by_chapter.or_else(by_words).or_else(|| topic_of_words(&clause.text)).unwrap_or(Topic::Operation)
}

/// The chapter of the guideline whose name a heading bears.
fn guideline_chapter(heading: &str) -> Option<Topic> {
    Topic::ALL.into_iter().find(|topic| heading.trim().starts_with(topic.label()))
}

/// The topic of a heading's words; headings of whole parts say nothing.
fn topic_of_heading(heading: &str) -> Option<Topic> {
    let general = ["情報セキュリティ対策", "情報セキュリティ基本方針", "対策基準", "総則"];
    if general.contains(&heading.trim()) { None } else { topic_of_words(heading) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::ClauseKind;

    fn clause(path: &[&str], heading: &str) -> ClauseText {
        ClauseText {
            path: path.iter().map(ToString::to_string).collect(),
            label: String::new(),
            heading: Some(heading.to_string()),
            text: String::new(),
            kind: ClauseKind::Item,
            line: 1,
            sentences: Vec::new(),
        }
    }

    #[test]
    fn the_chapter_a_clause_stands_in_decides_before_its_own_words() {
        let clauses = [
            clause(&["第2章"], "情報セキュリティ対策基準"),
            clause(&["第2章", "4"], "物理的セキュリティ"),
            clause(&["第2章", "4", "(1)"], "端末の管理"),
            clause(&["第2章", "11"], "その他"),
            clause(&["第2章", "11", "(1)"], "端末の管理"),
        ];
        assert_eq!(topic_of(&clauses, 2), Topic::Physical);
        assert_eq!(topic_of(&clauses, 4), Topic::Technical, "without such a chapter the words decide");
    }
}
