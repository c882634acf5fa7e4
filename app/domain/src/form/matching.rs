//! The questions of a form and those of an edition: by hidden key where the form is ours, else by text and number.
//!
//! A match is a proposal with its ground; what is not clearly alike stays open and is asked.

use crate::clause::fold;
use crate::lineage::likeness;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question as it stands in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Key of the question, if the form is ours.
    pub key: Option<String>,
    /// Number in plain form: `1-1`.
    pub no: Option<String>,
    /// Its text.
    pub text: String,
}

/// A question of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its key.
    pub key: String,
    /// Its number on the sheet.
    pub no: String,
    /// Its text.
    pub text: String,
}

/// Why two questions are taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The hidden key of our own form.
    Key,
    /// The same text but for typography.
    SameText,
    /// A like text under the same number.
    NumberAndText,
    /// A like text.
    LikeText,
}

/// How far a match can be taken without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// To be confirmed one by one.
    Asked,
    /// Shown for a look.
    Likely,
    /// Taken.
    Sure,
}

impl Certainty {
    /// All, the weakest first.
    pub const ALL: [Certainty; 3] = [Certainty::Asked, Certainty::Likely, Certainty::Sure];

    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Certainty::Asked => "asked",
            Certainty::Likely => "likely",
            Certainty::Sure => "sure",
        }
    }

    /// The certainty of a key.
    pub fn from_key(key: &str) -> Option<Certainty> {
        Certainty::ALL.into_iter().find(|certainty| certainty.key() == key)
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Certainty::Asked => "要確認",
            Certainty::Likely => "中",
            Certainty::Sure => "高",
        }
    }
}

/// The question of the edition a form's question is taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Index in the edition; `None` if nothing is alike enough.
    pub known: Option<usize>,
    /// Why; `None` without a match.
    pub ground: Option<Ground>,
    /// 0 to 1: the share of common runs of characters.
    pub likeness: f64,
    /// Whether it has to be asked.
    pub certainty: Certainty,
    /// Others it might be, the likeliest first, at most three.
    pub others: Vec<usize>,
}

/// Texts less alike than this are different questions.
const ALIKE: f64 = 0.4;
/// As [`ALIKE`], where the numbers are equal.
const ALIKE_BY_NUMBER: f64 = 0.3;
/// From here on nobody would call it another question.
const SAME: f64 = 0.85;
/// From here on a question was reworded only. Below, something else may be asked: an answer is never put to another
/// question without a word.
const REWORDED: f64 = 0.7;
/// A second candidate this near makes the first unsure.
const NEAR: f64 = 0.08;
/// What an equal number adds where two texts are equally alike.
const NUMBER: f64 = 0.1;

/// For each question of the form the question of the edition. No question of the edition is taken twice.
pub fn matches(asked: &[Asked], known: &[Known]) -> Vec<Match> {
    let mut found: Vec<Option<Match>> = vec![None; asked.len()];
    let mut taken = vec![false; known.len()];
    certain(asked, known, &mut found, &mut taken);
    let pairs = likenesses(asked, known, &found, &taken);
    let mut order: Vec<&Pair> = pairs.iter().collect();
    order.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.asked.cmp(&b.asked)).then(a.known.cmp(&b.known)));
    for pair in order {
        if found[pair.asked].is_none() && !taken[pair.known] && pair.is_enough() {
            taken[pair.known] = true;
            found[pair.asked] = Some(judged(pair, &pairs));
        }
    }
    let open = |(index, one): (usize, Option<Match>)| one.unwrap_or_else(|| unmatched(index, &pairs));
    found.into_iter().enumerate().map(open).collect()
}

struct Pair {
    asked: usize,
    known: usize,
    likeness: f64,
    same_number: bool,
    /// The form has a number and no text: all there is to go by.
    bare: bool,
    worth: f64,
}

impl Pair {
    fn is_enough(&self) -> bool {
        self.bare || self.likeness >= if self.same_number { ALIKE_BY_NUMBER } else { ALIKE }
    }
}

/// Hidden keys first, then texts that are the same and stand only once on either side.
fn certain(asked: &[Asked], known: &[Known], found: &mut [Option<Match>], taken: &mut [bool]) {
    let sure = |index: usize, ground: Ground| {
        let certainty = Certainty::Sure;
        Some(Match { known: Some(index), ground: Some(ground), likeness: 1.0, certainty, others: Vec::new() })
    };
    let keys: BTreeMap<&str, usize> =
        known.iter().enumerate().map(|(index, one)| (one.key.as_str(), index)).collect();
    for (index, one) in asked.iter().enumerate() {
        let by_key = one.key.as_deref().and_then(|key| keys.get(key)).copied().filter(|at| !taken[*at]);
        if let Some(at) = by_key {
            taken[at] = true;
            found[index] = sure(at, Ground::Key);
        }
    }
    let texts: Vec<String> = known.iter().map(|one| plain(&one.text)).collect();
    let own: Vec<String> = asked.iter().map(|one| plain(&one.text)).collect();
    for (index, text) in own.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let mut same = (0..texts.len()).filter(|at| texts[*at] == *text);
        let (first, second) = (same.next(), same.next());
        let once = own.iter().filter(|other| *other == text).count() == 1;
        if let (Some(at), None, true, true) = (first, second, once, found[index].is_none())
            && !taken[at]
        {
            taken[at] = true;
            found[index] = sure(at, Ground::SameText);
        }
    }
}

fn likenesses(asked: &[Asked], known: &[Known], found: &[Option<Match>], taken: &[bool]) -> Vec<Pair> {
    let open = asked.iter().enumerate().filter(|(index, _)| found[*index].is_none());
    open.flat_map(|(index, one)| {
        let free = known.iter().enumerate().filter(|(at, _)| !taken[*at]);
        free.map(move |(at, other)| {
            let likeness = likeness(&stem(&one.text), &stem(&other.text));
            let same_number = one.no.as_deref().is_some_and(|no| number(no) == number(&other.no));
            let worth = likeness + if same_number { NUMBER } else { 0.0 };
            let bare = one.text.trim().is_empty() && same_number;
            Pair { asked: index, known: at, likeness, same_number, bare, worth }
        })
    })
    .collect()
}

/// But for typography.
fn plain(text: &str) -> String {
    fold(text).trim_end_matches(['。', '.', '?', '、']).to_string()
}

/// How a question asks differs from form to form (していますか, している, すること); what it asks stands before.
const ENDINGS: [&str; 14] = [
    "していますか",
    "しているか",
    "しています",
    "している",
    "していること",
    "すること",
    "ていますか",
    "ているか",
    "ています",
    "ている",
    "ましたか",
    "ますか",
    "か",
    "こと",
];

fn stem(text: &str) -> String {
    let plain = plain(text);
    let stem = ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending));
    stem.filter(|stem| stem.chars().count() >= 4).unwrap_or(&plain).to_string()
}

/// 1.2 and 1-2 are one number.
fn number(no: &str) -> String {
    no.replace(['.', '－', '‐', '−'], "-")
}

fn judged(pair: &Pair, pairs: &[Pair]) -> Match {
    let others = others(pair.asked, Some(pair.known), pairs);
    let second = pairs
        .iter()
        .filter(|other| (other.asked == pair.asked) != (other.known == pair.known))
        .map(|other| other.worth)
        .fold(0.0, f64::max);
    let clear = pair.worth - second > NEAR;
    let certainty = match (pair.likeness, pair.same_number, clear) {
        _ if pair.bare => Certainty::Asked,
        (likeness, _, true) if likeness >= SAME => Certainty::Sure,
        (likeness, true, true) if likeness >= REWORDED => Certainty::Sure,
        (likeness, false, true) if likeness >= REWORDED => Certainty::Likely,
        _ => Certainty::Asked,
    };
    let ground = if pair.same_number { Ground::NumberAndText } else { Ground::LikeText };
    Match { known: Some(pair.known), ground: Some(ground), likeness: pair.likeness, certainty, others }
}

fn unmatched(asked: usize, pairs: &[Pair]) -> Match {
    let others = others(asked, None, pairs);
    Match { known: None, ground: None, likeness: 0.0, certainty: Certainty::Asked, others }
}

/// Candidates beside the one that was taken.
fn others(asked: usize, taken: Option<usize>, pairs: &[Pair]) -> Vec<usize> {
    let mut own: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.asked == asked && Some(pair.known) != taken && pair.worth >= 0.25)
        .collect();
    own.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    own.into_iter().take(3).map(|pair| pair.known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDITION: [(&str, &str); 6] = [
        ("1", "離席するとき、端末の画面をロックしていますか。"),
        ("2", "パスワードを他人に知られないように管理していますか。"),
        ("3", "個人情報を含む書類を、退庁時に施錠して保管していますか。"),
        ("4", "不審なメールを受信したとき、添付ファイルを開かずに報告していますか。"),
        ("5", "今年度の情報セキュリティ研修を受講しましたか。"),
        ("6", "USBメモリを使用するとき、管理簿に記録していますか。"),
    ];

    fn edition() -> Vec<Known> {
        let one =
            |(no, text): (&str, &str)| Known { key: format!("q-{no}"), no: no.into(), text: text.into() };
        EDITION.into_iter().map(one).collect()
    }

    fn asked(no: &str, text: &str) -> Asked {
        Asked { key: None, no: Some(no.into()), text: text.into() }
    }

    #[test]
    fn questions_are_found_by_key_by_text_and_by_number_with_a_like_text() {
        use Certainty::*;
        let cases = [
            (asked("1", EDITION[0].1), Some(0), Some(Ground::SameText), Sure),
            (
                asked("9", "ＵＳＢメモリを使用するとき、管理簿に記録していますか"),
                Some(5),
                Some(Ground::SameText),
                Sure,
            ),
            (
                asked("4", "不審なメールを受信したときは、添付ファイルを開かずに報告している。"),
                Some(3),
                Some(Ground::NumberAndText),
                Sure,
            ),
            (
                asked("7", "退庁時に、個人情報を含む書類を施錠して保管している。"),
                Some(2),
                Some(Ground::LikeText),
                Likely,
            ),
            (asked("2", "サーバ室の入退室を記録簿に残しているか。"), None, None, Asked),
        ];
        let form: Vec<super::Asked> = cases.iter().map(|(asked, ..)| asked.clone()).collect();
        let found = matches(&form, &edition());
        for ((asked, known, ground, certainty), found) in cases.iter().zip(&found) {
            assert_eq!((found.known, found.ground), (*known, *ground), "{}: {found:?}", asked.text);
            assert_eq!(found.certainty, *certainty, "{}: {found:?}", asked.text);
        }
    }

    #[test]
    fn an_answer_is_not_put_to_another_question_under_the_same_number_without_a_word() {
        for text in [
            "ＵＳＢメモリを廃棄するとき、管理簿に記録した上で、裁断しているか。",
            "USBメモリを庁外に持ち出すとき、許可を得て管理簿に記録していますか。",
        ] {
            let found = matches(&[asked("6", text)], &edition());
            assert_eq!((found[0].known, found[0].certainty), (Some(5), Certainty::Asked), "{:?}", found[0]);
        }
    }

    #[test]
    fn a_number_without_a_text_is_a_proposal_only() {
        let found = matches(&[asked("3", "")], &edition());
        assert_eq!((found[0].known, found[0].certainty), (Some(2), Certainty::Asked));
    }

    #[test]
    fn the_hidden_key_goes_before_everything_else() {
        let form = [Asked { key: Some("q-5".into()), no: Some("1".into()), text: EDITION[0].1.into() }];
        let found = matches(&form, &edition());
        assert_eq!((found[0].known, found[0].ground), (Some(4), Some(Ground::Key)));
    }

    #[test]
    fn two_questions_that_are_equally_alike_are_asked_and_none_is_taken_twice() {
        let mut edition = edition();
        edition.push(Known {
            key: "q-7".into(), no: "7".into(), text: EDITION[1].1.replace("他人", "同僚")
        });
        let form = [
            asked("20", &EDITION[1].1.replace("他人", "家族")),
            asked("21", EDITION[4].1),
            asked("22", EDITION[4].1),
        ];
        let found = matches(&form, &edition);
        assert_eq!(found[0].certainty, Certainty::Asked, "{:?}", found[0]);
        assert!(!found[0].others.is_empty());
        let twice: Vec<Option<usize>> = found[1..].iter().map(|one| one.known).collect();
        assert_eq!(twice.iter().filter(|known| **known == Some(4)).count(), 1, "{twice:?}");
    }
}
