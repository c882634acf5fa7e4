//! One concept, several spellings: suggestions for a glossary.

use super::PolicyText;
use crate::clause::fold;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Spellings that seem to mean the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variants {
    /// The spellings, most frequent first.
    pub spellings: Vec<Spelling>,
}

/// One spelling and where it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// The words.
    pub words: String,
    /// Indices of the clauses that use it.
    pub clauses: Vec<usize>,
}

/// Words of the field that are used for the same thing. Source: field glossary §5.2 and guideline editions,
/// which renamed 外部委託 to 業務委託 and 約款による外部サービス to クラウドサービス.
const SAME: [&[&str]; 9] = [
    &[
        "情報セキュリティインシデント",
        "セキュリティインシデント",
        "インシデント",
        "情報セキュリティ事故",
        "セキュリティ事故",
    ],
    &["業務委託", "外部委託"],
    &["約款による外部サービス", "クラウドサービス", "外部サービス"],
    &["電磁的記録媒体", "外部記録媒体", "記録媒体", "記憶媒体", "可搬媒体"],
    &["マルウェア", "不正プログラム", "コンピュータウイルス", "コンピューターウイルス"],
    &["パーソナルコンピュータ", "パソコン", "ＰＣ", "PC"],
    &["ホームページ", "ウェブサイト", "Webサイト", "WEBサイト"],
    &["電子メール", "Ｅメール", "Eメール", "メール"],
    &["バックアップ", "控えの取得", "複製の保存"],
];

/// Concepts that a policy spells in several ways.
pub fn term_variants(policy: &PolicyText) -> Vec<Variants> {
    let texts: Vec<String> = policy
        .clauses
        .iter()
        .map(|clause| fold(&format!("{} {}", clause.heading.as_deref().unwrap_or_default(), clause.text)))
        .collect();
    let mut found: Vec<Variants> = SAME.iter().filter_map(|words| known(words, &texts)).collect();
    found.extend(grouped(long_vowels(&texts)));
    found.extend(grouped(okurigana(&texts)));
    found
}

/// Spelling by spelling where it is used.
type Uses = BTreeMap<String, BTreeSet<usize>>;

fn known(words: &[&str], texts: &[String]) -> Option<Variants> {
    let mut words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    // The longest first: what it covers is not counted for the shorter ones.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    let mut uses = Uses::new();
    for (clause, text) in texts.iter().enumerate() {
        let mut left = text.clone();
        for word in &words {
            if left.contains(word.as_str()) {
                uses.entry(word.clone()).or_default().insert(clause);
                left = left.replace(word.as_str(), "\u{0}");
            }
        }
    }
    variants(uses)
}

fn variants(uses: Uses) -> Option<Variants> {
    if uses.len() < 2 {
        return None;
    }
    let mut spellings: Vec<Spelling> = uses
        .into_iter()
        .map(|(words, clauses)| Spelling { words, clauses: clauses.into_iter().collect() })
        .collect();
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.clauses.len()));
    Some(Variants { spellings })
}

fn grouped(groups: BTreeMap<String, Uses>) -> Vec<Variants> {
    groups.into_values().filter_map(variants).collect()
}

/// サーバ and サーバー, ウイルス and ウィルス.
fn long_vowels(texts: &[String]) -> BTreeMap<String, Uses> {
    let mut groups: BTreeMap<String, Uses> = BTreeMap::new();
    let katakana = |c: char| ('ァ'..='ヶ').contains(&c) || c == 'ー';
    for (clause, text) in texts.iter().enumerate() {
        for word in text.split(|c| !katakana(c)).filter(|word| word.chars().count() >= 3) {
            let key = word.trim_end_matches('ー').replace('ィ', "イ").replace('ェ', "エ").replace('ヴ', "ブ");
            groups.entry(key).or_default().entry(word.to_string()).or_default().insert(clause);
        }
    }
    groups
}

/// 取り扱い and 取扱い: two characters with and without the syllable between them.
fn okurigana(texts: &[String]) -> BTreeMap<String, Uses> {
    let kanji = |c: char| ('一'..='龠').contains(&c);
    let mut pairs: BTreeMap<String, Uses> = BTreeMap::new();
    let mut words: Vec<(String, String, usize)> = Vec::new();
    for (clause, text) in texts.iter().enumerate() {
        let chars: Vec<char> = text.chars().collect();
        for place in chars.windows(3) {
            if kanji(place[0]) && "りちきけしげめわ".contains(place[1]) && kanji(place[2]) {
                words.push((format!("{}{}", place[0], place[2]), place.iter().collect(), clause));
            }
        }
        for place in chars.windows(2).filter(|place| kanji(place[0]) && kanji(place[1])) {
            let short: String = place.iter().collect();
            words.push((short.clone(), short, clause));
        }
    }
    for (key, word, clause) in words {
        pairs.entry(key).or_default().entry(word).or_default().insert(clause);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::{ClauseKind, ClauseText};

    fn found(texts: &[&str]) -> Vec<Vec<String>> {
        let clause = |(index, text): (usize, &&str)| ClauseText {
            path: vec![index.to_string()],
            label: String::new(),
            heading: None,
            text: (*text).to_string(),
            kind: ClauseKind::Article,
            line: 1,
            sentences: Vec::new(),
        };
        let clauses = texts.iter().enumerate().map(clause).collect();
        let words =
            |variants: Variants| variants.spellings.into_iter().map(|spelling| spelling.words).collect();
        term_variants(&PolicyText { clauses, ..PolicyText::default() }).into_iter().map(words).collect()
    }

    #[test]
    fn several_spellings_of_one_concept_are_suggested() {
        assert_eq!(
            found(&[
                "セキュリティインシデントを報告する。",
                "情報セキュリティインシデントを知る。",
                "セキュリティインシデント"
            ]),
            [["セキュリティインシデント", "情報セキュリティインシデント"]]
        );
        assert_eq!(found(&["外部委託する。", "業務委託を行う。"]).len(), 1);
        assert_eq!(found(&["サーバを守る。", "サーバーの管理"]), [["サーバ", "サーバー"]]);
        assert_eq!(found(&["情報を取扱う。", "情報を取り扱う。"]), [["取り扱", "取扱"]]);
    }

    #[test]
    fn one_spelling_is_no_suggestion() {
        assert!(found(&["外部委託する。", "情報を取り扱う。サーバを確認し、記録する。"]).is_empty());
    }
}
