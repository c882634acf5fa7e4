//! Several clauses that ask the same thing: one question, linked to all of them. Source: field glossary §5.4 rule 9.

use super::Proposal;
use super::around::{noun, within_contents};
use super::lead::parent;
use crate::clause::{Class, fold, segments};
use crate::policy::PolicyText;
use crate::role::Role;
use std::collections::{HashMap, HashSet};

/// Pairs of proposals that ask the same role the same thing, first one first: one question may then be
/// linked to both clauses.
pub fn duplicates(proposals: &[Proposal]) -> Vec<(usize, usize)> {
    let mut first: HashMap<(Role, String), usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (index, proposal) in proposals.iter().enumerate() {
        match first.entry((proposal.role, key(&proposal.text))) {
            std::collections::hash_map::Entry::Occupied(known) => pairs.push((*known.get(), index)),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(index);
            }
        }
    }
    pairs
}

/// Words without which two questions still ask the same.
const IDLE: [&str; 14] = [
    "所属では",
    "所管する情報システムでは",
    "定期的又は必要に応じて",
    "定期的に",
    "毎年度",
    "適切に",
    "情報セキュリティに関する",
    "情報セキュリティ",
    "及び",
    "並びに",
    "、",
    "・",
    "本市の",
    "全ての",
];

/// The text without purposes and idle words.
fn key(text: &str) -> String {
    let kept =
        segments(text).into_iter().filter(|piece| !piece.ends_with("ため、") && !piece.ends_with("ために、"));
    IDLE.iter().fold(fold(&kept.collect::<String>()), |text, word| text.replace(word, ""))
}

/// A noun in a list gets the question of the sentence that introduces it.
pub(super) fn under_lead(policy: &PolicyText, clause: usize, proposals: &mut Vec<Proposal>) {
    let text = &policy.clauses[clause];
    let obliges = text.sentences.first().is_some_and(|sentence| sentence.class.obliges());
    let listed = noun(text).is_some() || within_contents(&policy.clauses, clause);
    if !obliges || !listed {
        return;
    }
    let Some(parent) = parent(&policy.clauses, clause) else { return };
    let asked: Vec<Proposal> =
        proposals.iter().filter(|proposal| proposal.clause == parent).cloned().collect();
    let listed = asked.iter().any(|proposal| !proposal.items.is_empty());
    let linked = asked.into_iter().filter(|proposal| !listed || !proposal.items.is_empty());
    proposals.extend(linked.map(|proposal| Proposal { clause, sentence: 0, ..proposal }));
}

/// How much of the words must be shared for a declaration to repeat a duty.
const ALIKE: f64 = 0.5;

/// A declaration has a dozen sentences; what has more is none.
const MOST_DECLARED: usize = 100;

/// What a declaration repeats is asked once, with a link to the declaration.
pub(super) fn of_declarations(policy: &PolicyText, proposals: &mut Vec<Proposal>) {
    let asked: Vec<_> = proposals.iter().map(|proposal| pairs(&proposal.text)).collect();
    let sentences = policy.clauses.iter().enumerate().flat_map(|(clause, text)| {
        text.sentences.iter().enumerate().map(move |(sentence, found)| (clause, sentence, found))
    });
    let declared = sentences.filter(|(_, _, found)| found.class == Class::Declaration).take(MOST_DECLARED);
    let mut linked = Vec::new();
    for (clause, sentence, found) in declared {
        let words = pairs(&found.text);
        let near = asked.iter().map(|other| alike(&words, other)).zip(proposals.iter());
        let best = near.filter(|(alike, _)| *alike >= ALIKE).max_by(|(a, _), (b, _)| a.total_cmp(b));
        linked.extend(best.map(|(_, proposal)| Proposal { clause, sentence, ..proposal.clone() }));
    }
    proposals.extend(linked);
}

/// Pairs of neighbouring characters that carry meaning.
fn pairs(text: &str) -> HashSet<(char, char)> {
    let text = IDLE.iter().fold(fold(text), |text, word| text.replace(word, ""));
    let chars: Vec<char> = text.chars().collect();
    let tells =
        |c: char| ('一'..='龠').contains(&c) || ('ァ'..='ー').contains(&c) || c.is_ascii_alphanumeric();
    chars.windows(2).filter(|pair| pair.iter().all(|c| tells(*c))).map(|pair| (pair[0], pair[1])).collect()
}

/// The share of the shorter text that stands in the longer one.
fn alike(one: &HashSet<(char, char)>, other: &HashSet<(char, char)>) -> f64 {
    let shared = one.intersection(other).count();
    let shorter = one.len().min(other.len());
    if shorter < 4 || shared < 3 { 0.0 } else { shared as f64 / shorter as f64 }
}

/// The same words for the same role from one clause are one question.
pub(super) fn once(proposals: Vec<Proposal>) -> Vec<Proposal> {
    let mut known = HashSet::new();
    proposals
        .into_iter()
        .filter(|proposal| known.insert((proposal.clause, proposal.role, key(&proposal.text))))
        .collect()
}
