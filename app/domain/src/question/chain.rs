//! A sentence with several acts cut into its parts. Source: field glossary §5.4 rule 1.

use super::carry;
use super::condition::{self, Condition};
use super::verb::{link, te_form};

/// One act of a sentence, in the pieces a question is put together from.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Act {
    /// The conditions that hold for it, outermost first.
    pub conditions: Vec<Condition>,
    /// 「〜については、」「〜においては、」: what it is about.
    pub topics: Vec<String>,
    /// Whether the topic stands before the conditions.
    pub topic_first: bool,
    /// Purposes and manners, which may be left out when the question is too long.
    pub spare: Vec<String>,
    /// Object and verb, with the verb in its て-form.
    pub core: String,
    /// 「やむを得ない場合を除き、」
    pub exception: Option<String>,
}

/// The acts of a sentence without subject and references; every act carries the conditions before it.
#[cfg(test)]
pub(super) fn acts(text: &str) -> Vec<Act> {
    acts_under(text, &[])
}

/// The acts of a sentence on which conditions lie already.
pub(super) fn acts_under(text: &str, conditions: &[Condition]) -> Vec<Act> {
    let mut reading = Reading { conditions: conditions.to_vec(), ..Reading::default() };
    let pieces = pieces(text);
    for (index, piece) in pieces.iter().enumerate() {
        reading.take(piece, pieces.get(index + 1).map(String::as_str));
    }
    let acts = reading.acts;
    carry::over(without_goals(acts))
}

/// The pieces of a sentence: cut at 、 and after conditions, but not between alternatives.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let cut = condition::pieces(&with_commas(text));
    alternatives(cut.iter().flat_map(|piece| sequence(piece)).collect())
}

#[derive(Default)]
struct Reading {
    conditions: Vec<Condition>,
    topics: Vec<String>,
    topic_first: bool,
    open: Vec<String>,
    acts: Vec<Act>,
    /// The acts there were when the last condition came.
    before: usize,
    ending: String,
    exception: Option<String>,
}

impl Reading {
    fn take(&mut self, piece: &str, next: Option<&str>) {
        let words = piece.trim_end_matches('、');
        if next.is_none() {
            if let Some(te) = te_form(words) {
                self.act(&te);
            }
        } else if condition::excepts(piece) {
            // An exception is guidance for the answer and no part of the question.
            self.open.retain(|open| is_topic(open) || open.ends_with("を、"));
            self.exception = Some(piece.to_string());
        } else if condition::ends(piece) {
            self.condition(piece);
        } else if is_topic(piece) && self.open.is_empty() {
            self.topic_first |= self.conditions.is_empty();
            self.topics.push(piece.to_string());
        } else if let Some(te) = chained(words, &self.open).filter(|_| !next.is_some_and(alternative)) {
            self.act(&te);
        } else {
            self.open.push(piece.to_string());
        }
    }

    fn condition(&mut self, piece: &str) {
        let from = self.open.iter().rposition(|open| spare(open)).map_or(0, |at| at + 1);
        let words = format!("{}{piece}", self.open.split_off(from).concat());
        let mut words = words.as_str();
        for joint in ["又は", "かつ、", "また、", "なお、"] {
            words = words.trim_start_matches(joint);
        }
        // 「離席するときは〜し、退庁するときは〜する」 sets two conditions side by side.
        let ending: String = words.chars().rev().take(4).collect();
        if self.acts.len() > self.before && ending == self.ending {
            self.conditions.pop();
        }
        self.before = self.acts.len();
        self.ending = ending;
        self.conditions.push(condition::of(words));
    }

    fn act(&mut self, te: &str) {
        let open = std::mem::take(&mut self.open);
        let from = open.iter().rposition(|piece| spare(piece)).map_or(0, |place| place + 1);
        let core = format!("{}{te}", open[from..].concat());
        let core = ["かつ、", "かつ", "併せて、", "さらに、", "また"]
            .iter()
            .find_map(|word| core.strip_prefix(word))
            .unwrap_or(&core);
        self.acts.push(Act {
            conditions: self.conditions.clone(),
            topics: self.topics.clone(),
            topic_first: self.topic_first,
            exception: self.exception.clone(),
            spare: grouped(&open[..from]),
            core: core.to_string(),
        });
    }
}

/// Pieces that belong to one phrase stay together: 「A、」「B及びCに基づき、」.
fn grouped(open: &[String]) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for piece in open {
        match groups.last_mut().filter(|last| !spare(last)) {
            Some(last) => last.push_str(piece),
            None => groups.push(piece.clone()),
        }
    }
    groups
}

/// 「規定を整備し対策を講じる」 is a chain too, although 、 is missing.
fn with_commas(rest: &str) -> String {
    let chars: Vec<char> = rest.chars().collect();
    let kanji = |at: usize| chars.get(at).is_some_and(|c| ('一'..='龠').contains(c));
    let objects = |from: usize| chars.iter().skip(from).filter(|c| **c == 'を').count();
    let links = |at: usize| at >= 3 && chars[at] == 'し' && chars[at - 3] == 'を' && objects(at) == 1;
    let mut text = String::new();
    for (at, c) in chars.iter().enumerate() {
        text.push(*c);
        if links(at) && kanji(at - 1) && kanji(at - 2) && kanji(at + 1) {
            text.push('、');
        }
    }
    text
}

/// 「影響を確かめた上で適用」 and 「定めるとともに周知」 are two acts without 、.
fn sequence(piece: &str) -> Vec<String> {
    for word in ["た上で", "たうえで", "るとともに", "うとともに"] {
        if let Some((before, after)) = piece.split_once(word)
            && before.contains('を')
            && after.chars().count() > 3
            && !["なければ", "業務に用い", "業務に利用", "利用", "使用"]
                .iter()
                .any(|word| after.starts_with(word))
        {
            return vec![format!("{before}{word}、"), after.to_string()];
        }
    }
    vec![piece.to_string()]
}

/// 「設置し、移動し、又は撤去する」 is one act with three ways.
fn alternatives(pieces: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for piece in pieces {
        let mut whole = piece;
        while alternative(&whole) || joined.last().is_some_and(|last| shares(last, &whole)) {
            let Some(before) = joined.pop_if(|last| link(last.trim_end_matches('、')).is_some()) else {
                break;
            };
            whole = format!("{before}{whole}");
        }
        joined.push(whole);
    }
    joined
}

/// A link without an object of its own belongs to the alternatives that follow it.
fn shares(last: &str, whole: &str) -> bool {
    let bare = |text: &str| !text.contains('を') && !text.contains("又は");
    let first = whole.split('、').next().unwrap_or_default();
    whole.contains("、又は") && (bare(last) || bare(first)) && !first.contains('を')
}

fn alternative(next: &str) -> bool {
    ["又は", "若しくは", "あるいは"].iter().any(|word| next.starts_with(word))
}

fn chained(words: &str, open: &[String]) -> Option<String> {
    let holds = |text: &str| {
        text.contains('を')
            || ["とともに", "ようにした上で", "ようにし", "に報告し", "に従い", "させ", "は十分な長さとし"]
                .iter()
                .any(|end| text.ends_with(end))
    };
    let objects = || open.iter().any(|piece| piece.contains('を') || is_topic(piece));
    let verb = words.chars().count() >= 2;
    let placed = ["に格納し", "に保管し", "に収納し", "に保存し"].iter().any(|end| words.ends_with(end));
    (verb && (holds(words) || placed || objects())).then(|| link(words)).flatten()
}

/// What a sentence is about.
fn is_topic(piece: &str) -> bool {
    let ends = [
        "については、",
        "についても、",
        "について、",
        "に対しては、",
        "に対しても、",
        "に対し、",
        "に対して、",
        "に関しては、",
        "に関し、",
        "においては、",
        "では、",
        "には、",
        "は、",
    ];
    ends.iter().any(|end| piece.ends_with(end)) && !condition::ends(piece)
}

/// Purposes, grounds and manners.
fn spare(piece: &str) -> bool {
    let ends = [
        "ため、",
        "ために、",
        "より、",
        "応じ、",
        "応じて、",
        "基づき、",
        "基づいて、",
        "踏まえ、",
        "として、",
        "結果、",
        "て、",
        "で、",
        "よう、",
        "ように、",
        "備え、",
        "図り、",
        "従い、",
        "連携し、",
        "協力し、",
        "考慮し、",
        "勘案し、",
        "関わらず、",
        "問わず、",
        "年度、",
        "ことから、",
        "含め、",
        "通じ、",
        "準じ、",
        "おいて、",
        "限り、",
        "応じた、",
        "毎月、",
        "随時、",
        "限って、",
        "時に、",
        "ごとに、",
    ];
    // 「緊急を要する場合であって、やむを得ないときは」 is one condition.
    let case = ["場合であって、", "場合で、", "ときであって、", "ものであって、"];
    !case.iter().any(|end| piece.ends_with(end)) && ends.iter().any(|end| piece.ends_with(end))
        || piece.ends_with("以上、") && piece.contains('回')
}

/// 「向上を図る」 names a goal, 「責任を有し」 a competence; they are only asked if nothing else is there.
fn without_goals(acts: Vec<Act>) -> Vec<Act> {
    let goal = |act: &Act| {
        ["向上を図って", "確保を図って", "責任を有して", "権限を有して", "重要性を認識して"]
            .iter()
            .any(|end| act.core.ends_with(end))
    };
    if acts.iter().all(goal) {
        return acts;
    }
    acts.into_iter().filter(|act| !goal(act)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cores(text: &str) -> Vec<String> {
        acts(text).into_iter().map(|act| act.core).collect()
    }

    #[test]
    fn a_chain_is_cut_into_its_acts() {
        assert_eq!(cores("契約を締結し、履行を確認する"), ["契約を締結して", "履行を確認して"]);
        assert_eq!(
            cores("修正が公表されたときは、影響を確かめた上で速やかに適用する"),
            ["影響を確かめて", "修正を速やかに適用して"]
        );
        assert_eq!(cores("不要な情報を消去し、又は裁断する"), ["不要な情報を消去し、又は裁断して"]);
        assert_eq!(
            cores("機器を設置し、移動し、又は撤去しようとするときは、あらかじめ届け出る"),
            ["あらかじめ届け出て"]
        );
    }

    #[test]
    fn a_condition_holds_for_every_act_behind_it() {
        let acts = acts("監視を行い、異常を発見したときは、直ちに管理者に報告し、指示を受ける");
        let conditions: Vec<usize> = acts.iter().map(|act| act.conditions.len()).collect();
        assert_eq!(conditions, [0, 1, 1]);
        assert_eq!(acts[1].core, "直ちに管理者に報告して");
    }
}
