//! Questions: what is asked because a clause says so.

mod around;
mod carry;
mod chain;
mod clauses;
mod condition;
mod derive;
mod draft;
mod duplicate;
mod frame;
mod lead;
mod listing;
mod prohibition;
mod reference;
pub mod setting;
mod shorten;
mod simple;
mod verb;
mod wording;

use crate::clause::{Class, Organisation, Sentence, topic_of};
use crate::policy::PolicyText;
use crate::role::Role;
use crate::topic::Topic;
use serde::{Deserialize, Serialize};

pub use draft::{Draft, LONGEST_CONDITION, LONGEST_WRITTEN, parts, reason};
pub use duplicate::duplicates;

/// A question proposed by a rule from one sentence. The officer decides about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Index of the clause in `PolicyText::clauses`.
    pub clause: usize,
    /// Index of the sentence in the clause.
    pub sentence: usize,
    /// Who would be asked.
    pub role: Role,
    /// True if the role was not written in the sentence.
    pub role_presumed: bool,
    /// The chapter of the guideline it belongs to.
    pub topic: Topic,
    /// At most 80 characters, です・ます; ○ always means compliant.
    pub text: String,
    /// The condition that allows 該当なし (「持出しなし」); `None` where 該当なし is not offered.
    pub not_applicable: Option<String>,
    /// The nouns of a list the question names, to be checked one by one.
    pub items: Vec<String>,
    /// What the policy excepts, as it is written.
    pub guidance: Option<String>,
    /// 1 for a duty, 0.5 for an effort.
    pub weight: f64,
    /// The name of the rule that proposed it, in Japanese.
    pub rule: String,
    /// 0..=1: how sure the rule is.
    pub confidence: f64,
}

impl Proposal {
    /// 記入の手引 of the question it becomes: what the clause lists beyond the question's own words, and what it
    /// excepts, a line each.
    pub fn guide(&self) -> String {
        let unsaid = self.items.iter().any(|item| !self.text.contains(item.as_str()));
        let listed = unsaid.then(|| format!("確かめること：{}", self.items.join("、")));
        let lines: Vec<String> = listed.into_iter().chain(self.guidance.clone()).collect();
        lines.join("\n").chars().take(setting::LONGEST_GUIDANCE).collect()
    }
}

/// The questions a policy gives rise to, clause by clause. Source: field glossary §5.4.
///
/// Only sentences that oblige somebody are asked about; definitions, scopes, permissions and lead-ins never
/// are. A noun of a list and a declaration that repeats a duty get the question of the duty itself, so that
/// one question is linked to all of them.
pub fn propose(policy: &PolicyText) -> Vec<Proposal> {
    let organisation = Organisation::learn(&policy.clauses);
    let mut proposals = Vec::new();
    for (clause, text) in policy.clauses.iter().enumerate() {
        let topic = topic_of(&policy.clauses, clause);
        let setting = around::of(&policy.clauses, clause);
        let part = around::within_contents(&policy.clauses, clause);
        let own = text
            .sentences
            .iter()
            .enumerate()
            .filter(|_| !part)
            .filter(|(_, s)| s.class.obliges() || s.class == Class::Umbrella);
        for (sentence, rule) in own {
            let before = sentence.checked_sub(1).map(|before| text.sentences[before].text.as_str());
            let asked = derive::questions(rule, &setting.of_sentence(&rule.text, before));
            for role in roles(rule, &organisation) {
                let guidance = guidance(&text.sentences, sentence);
                let at = Place { clause, sentence, topic, role, role_presumed: rule.role_presumed, guidance };
                proposals.extend(asked.iter().map(|question| at.proposal(question, &setting.items)));
            }
        }
        duplicate::under_lead(policy, clause, &mut proposals);
    }
    duplicate::of_declarations(policy, &mut proposals);
    proposals.sort_by_key(|proposal| (proposal.clause, proposal.sentence));
    duplicate::once(proposals)
}

/// The roles asked: everybody a joint subject names, else the first.
fn roles(rule: &Sentence, organisation: &Organisation) -> Vec<Role> {
    let named = rule.subject.as_deref().map(|subject| organisation.roles_of(subject)).unwrap_or_default();
    if named.len() > 1 { named } else { rule.role.into_iter().collect() }
}

/// The exceptions and permissions that follow a duty in its clause.
fn guidance(sentences: &[Sentence], at: usize) -> Option<String> {
    let next = sentences.get(at + 1)?;
    let excepts =
        next.class == Class::Exception || next.text.starts_with("ただし") && next.class == Class::Permission;
    excepts.then(|| next.text.trim().to_string())
}

/// 「やむを得ない場合を除き、」 as a remark beside the answer.
fn except(words: &str) -> String {
    let case = words
        .split("を除")
        .next()
        .unwrap_or(words)
        .replace(lead::LIST, "定められた")
        .replace("定められたの", "定められた");
    format!("{case}は、除きます。")
}

struct Place {
    clause: usize,
    sentence: usize,
    topic: Topic,
    role: Role,
    role_presumed: bool,
    guidance: Option<String>,
}

impl Place {
    fn proposal(&self, asked: &derive::Asked, items: &[String]) -> Proposal {
        let doubt = if self.role_presumed { 0.1 } else { 0.0 };
        Proposal {
            clause: self.clause,
            sentence: self.sentence,
            role: self.role,
            role_presumed: self.role_presumed,
            topic: self.topic,
            text: wording::worded(asked, self.role, self.topic),
            not_applicable: asked.not_applicable.clone(),
            items: if asked.items { items.to_vec() } else { Vec::new() },
            guidance: self.guidance.clone().or_else(|| asked.act.exception.as_deref().map(except)),
            weight: asked.weight,
            rule: asked.rule.to_string(),
            confidence: asked.confidence - doubt,
        }
    }
}
