//! Which clause a question of the bank is nearest to.

use super::BankQuestion;
use crate::clause::fold;
use crate::topic::Topic;
use std::collections::{BTreeMap, BTreeSet};

/// Below this nearness the words say nothing, and the first clause of the same chapter is suggested. Measured on
/// the founding policy and a 対策基準: true neighbours lie above.
const LEAST: f64 = 0.18;
/// What the same chapter of the guideline adds; likeness alone decides inside a chapter.
const SAME_TOPIC: f64 = 0.08;

/// What a pair of the question counts that stands in no clause.
const UNKNOWN: f64 = 0.25;

/// A suggestion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearness {
    /// The index in what was given to [`Nearest::new`].
    pub clause: usize,
    /// 0..=1; 0 where only the chapter is the same.
    pub nearness: f64,
}

/// Clauses prepared for comparing. Rare pairs of characters count more than frequent ones, so that
/// 「情報セキュリティ」, which stands everywhere, decides nothing.
pub struct Nearest {
    clauses: Vec<(Topic, BTreeSet<(char, char)>)>,
    /// In how many clauses a pair occurs.
    frequency: BTreeMap<(char, char), usize>,
}

impl Nearest {
    /// Prepares the clauses: the chapter each belongs to and its words.
    pub fn new<'a>(clauses: impl IntoIterator<Item = (Topic, &'a str)>) -> Nearest {
        let clauses: Vec<_> = clauses.into_iter().map(|(topic, text)| (topic, pairs(text))).collect();
        let mut frequency: BTreeMap<(char, char), usize> = BTreeMap::new();
        for pair in clauses.iter().flat_map(|(_, pairs)| pairs) {
            *frequency.entry(*pair).or_default() += 1;
        }
        Nearest { clauses, frequency }
    }

    /// The nearest clause: by its words, else the first one of the same chapter.
    pub fn to(&self, question: &BankQuestion) -> Option<Nearness> {
        let asked = pairs(question.text);
        let (known, unknown): (Vec<_>, Vec<_>) =
            asked.iter().partition(|pair| self.frequency.contains_key(pair));
        // What stands in no clause tells none of them from the others.
        let whole = self.weight(known.into_iter()) + self.weight(unknown.into_iter()) * UNKNOWN;
        let by_words = self
            .clauses
            .iter()
            .enumerate()
            .map(|(clause, (topic, pairs))| {
                let common = self.weight(asked.intersection(pairs));
                // A long clause has more pairs by chance.
                let length = 1.0 + self.weight(pairs.iter()) / (4.0 * whole);
                let bonus = if *topic == question.topic { SAME_TOPIC } else { 0.0 };
                Nearness { clause, nearness: (common / whole / length + bonus).min(1.0) }
            })
            .filter(|found| found.nearness >= LEAST)
            // The first of equals: the order of the document.
            .max_by(|a, b| a.nearness.total_cmp(&b.nearness).then(b.clause.cmp(&a.clause)));
        let by_topic = || self.clauses.iter().position(|(topic, _)| *topic == question.topic);
        by_words.or_else(|| by_topic().map(|clause| Nearness { clause, nearness: 0.0 }))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of clauses are small")]
    fn weight<'a>(&self, pairs: impl Iterator<Item = &'a (char, char)>) -> f64 {
        let all = self.clauses.len() as f64 + 1.0;
        pairs
            .map(|pair| (1.0 + all / self.frequency.get(pair).copied().unwrap_or(1).max(1) as f64).ln())
            .map(|rarity| rarity * rarity)
            .sum()
    }
}

/// Pairs of neighbouring characters that begin with one that carries meaning: kanji, katakana, letters.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let folded: Vec<char> = fold(text).chars().collect();
    let means = |c: char| c.is_alphanumeric() && !('ぁ'..='ん').contains(&c);
    folded
        .windows(2)
        .filter_map(|two| Some((*two.first()?, *two.get(1)?)))
        .filter(|(first, second)| means(*first) && second.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank;

    #[test]
    fn a_question_finds_the_clause_that_speaks_of_the_same() {
        let clauses = [
            (Topic::Physical, "職員等は、離席時には、端末の画面をロックしなければならない。"),
            (
                Topic::Outsourcing,
                "情報セキュリティ管理者は、業務委託の契約書に情報の取扱いを定めなければならない。",
            ),
            (
                Topic::Operation,
                "情報システム管理者は、バックアップを取得し、復旧の手順を確認しなければならない。",
            ),
            (Topic::Evaluation, "統括情報セキュリティ責任者は、監査を実施しなければならない。"),
        ];
        let nearest = Nearest::new(clauses);
        for (key, clause) in [("staff-4-1", 0), ("manager-8-1", 1), ("system_manager-7-1", 2)] {
            let question = bank::find(key).expect("it is in the bank");
            assert_eq!(nearest.to(&question).map(|found| found.clause), Some(clause), "{}", question.text);
        }
    }

    #[test]
    fn rare_words_decide_and_not_what_every_clause_says() {
        let clauses = [
            (Topic::Technical, "職員等は、業務に関する法令及び定められた方法を遵守しなければならない。"),
            (
                Topic::Technical,
                "職員等は、複数人に電子メールを送信するときは、他の宛先が見えない設定にすること。",
            ),
            (Topic::Technical, "職員等は、定められた方法で業務を行わなければならない。"),
            (Topic::Technical, "職員等は、業務の記録を定められた場所に保存すること。"),
        ];
        let all = bank::all();
        let asked = all.iter().find(|question| question.text.contains("互いの宛先が見えない"));
        let found = Nearest::new(clauses).to(asked.expect("it is in the bank"));
        assert_eq!(found.map(|found| (found.clause, found.nearness > 0.0)), Some((1, true)));
    }

    #[test]
    fn where_no_words_are_near_the_first_clause_of_the_chapter_is_suggested() {
        let clauses = [
            (Topic::Organisation, "全庁的な体制を確立する。"),
            (Topic::Physical, "建物の対策を講じる。"),
            (Topic::Physical, "電源の対策を講じる。"),
        ];
        let nearest = Nearest::new(clauses);
        let question = bank::find("staff-4-1").expect("it is in the bank");
        assert_eq!(nearest.to(&question), Some(Nearness { clause: 1, nearness: 0.0 }));
    }

    #[test]
    fn nothing_is_suggested_where_nothing_is_near() {
        let nearest = Nearest::new([(Topic::Operation, "この規則は、公布の日から施行する。")]);
        let question = bank::find("staff-4-1").expect("it is in the bank");
        assert_eq!(nearest.to(&question), None);
        assert!(bank::all().iter().all(|question| Nearest::new([]).to(question).is_none()));
    }
}
