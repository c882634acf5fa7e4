//! Questions: what is asked because a clause says so.

mod chain;
mod condition;
mod derive;
mod draft;
mod prohibition;
pub mod setting;
mod verb;

use crate::clause::{fold, roles_of, topic_of};
use crate::policy::PolicyText;
use crate::role::Role;
use crate::topic::Topic;
use serde::{Deserialize, Serialize};

pub use draft::{Draft, LONGEST_CONDITION, LONGEST_WRITTEN, reason};

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
    /// 1 for a duty, 0.5 for an effort.
    pub weight: f64,
    /// The name of the rule that proposed it, in Japanese.
    pub rule: String,
    /// 0..=1: how sure the rule is.
    pub confidence: f64,
}

/// The questions a policy gives rise to, clause by clause. Source: field glossary §5.4.
///
/// Only sentences that oblige somebody are asked about; definitions, scopes, permissions, lead-ins and
/// declarations never are.
pub fn propose(policy: &PolicyText) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (clause, text) in policy.clauses.iter().enumerate() {
        let topic = topic_of(&policy.clauses, clause);
        for (sentence, rule) in text.sentences.iter().enumerate().filter(|(_, s)| s.class.obliges()) {
            let asked = derive::questions(rule, text.heading.as_deref());
            for role in roles(rule) {
                let at = Place { clause, sentence, topic, role, role_presumed: rule.role_presumed };
                proposals.extend(asked.iter().map(|question| at.proposal(question)));
            }
        }
    }
    proposals
}

/// The roles asked: everybody a joint subject names who receives a sheet, else the first.
fn roles(rule: &crate::clause::Sentence) -> Vec<Role> {
    let named = rule.subject.as_deref().map(roles_of).unwrap_or_default();
    let sheets: Vec<Role> = named.iter().copied().filter(|role| Role::WITH_SHEET.contains(role)).collect();
    if sheets.len() > 1 { sheets } else { rule.role.into_iter().collect() }
}

struct Place {
    clause: usize,
    sentence: usize,
    topic: Topic,
    role: Role,
    role_presumed: bool,
}

impl Place {
    fn proposal(&self, asked: &derive::Asked) -> Proposal {
        let doubt = if self.role_presumed { 0.1 } else { 0.0 };
        Proposal {
            clause: self.clause,
            sentence: self.sentence,
            role: self.role,
            role_presumed: self.role_presumed,
            topic: self.topic,
            text: derive::worded(asked, self.role, self.topic),
            not_applicable: asked.not_applicable.clone(),
            weight: asked.weight,
            rule: asked.rule.to_string(),
            confidence: asked.confidence - doubt,
        }
    }
}

/// Pairs of proposals that ask the same role the same thing, first one first: one question may then be
/// linked to both clauses. Source: field glossary §5.4 rule 9.
pub fn duplicates(proposals: &[Proposal]) -> Vec<(usize, usize)> {
    let mut first: std::collections::HashMap<(Role, String), usize> = std::collections::HashMap::new();
    let mut pairs = Vec::new();
    for (index, proposal) in proposals.iter().enumerate() {
        match first.entry((proposal.role, fold(&proposal.text))) {
            std::collections::hash_map::Entry::Occupied(known) => pairs.push((*known.get(), index)),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(index);
            }
        }
    }
    pairs
}
