//! What a policy amounts to: questions per role and topic, and the duties nobody is asked about.

use super::book::{Book, Key, sheet_role};
use crate::entity::{proposal, sentence};
use domain::clause::{Class, fold};
use domain::role::Role;
use domain::topic::Topic;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a revision amounts to.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// The roles with a sheet, in their order.
    pub roles: Vec<RoleCount>,
    /// The chapters with at least one question.
    pub topics: Vec<TopicCount>,
    /// Proposals that wait for the officer.
    pub open: usize,
    /// Proposals that were accepted.
    pub accepted: usize,
    /// Proposals that were rejected.
    pub rejected: usize,
    /// Unsettled proposals for roles that receive no sheet.
    pub elsewhere: usize,
    /// Sentences that oblige somebody.
    pub duties: usize,
    /// Duties nobody is asked about.
    pub uncovered: Vec<Uncovered>,
    /// Duties nobody is asked about on purpose; they count as settled.
    pub exempt: Vec<Exempt>,
}

/// A duty with a recorded reason why nobody is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exempt {
    /// Key of the reason; none where the reason is that of the rejected proposals.
    pub id: Option<Uuid>,
    pub clause: Uuid,
    pub short_path: String,
    pub text: String,
    pub reason: String,
}

/// The questions of one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleCount {
    pub role: Role,
    /// Questions in use.
    pub questions: usize,
    /// Questions there would be if all open proposals were accepted.
    pub possible: usize,
}

/// The questions of one chapter, if all open proposals were accepted; by the roles with a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicCount {
    pub topic: Topic,
    pub counts: Vec<usize>,
}

/// A duty nobody is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    pub sentence: Uuid,
    pub clause: Uuid,
    pub short_path: String,
    pub text: String,
    /// Why, in Japanese.
    pub reason: String,
}

impl Book {
    /// What the revision amounts to.
    pub fn coverage(&self) -> Coverage {
        let outcome = |outcome: &str| self.settlements.values().filter(|s| s.outcome == outcome).count();
        let uncovered: Vec<Uncovered> = self
            .duties()
            .filter(|duty| self.why_not(duty).is_none())
            .filter_map(|duty| self.uncovered(duty))
            .collect();
        Coverage {
            roles: self.roles(),
            topics: self.topics(),
            open: self.left(),
            accepted: outcome("accepted"),
            rejected: outcome("rejected"),
            elsewhere: self.proposals.iter().filter(|proposal| self.is_elsewhere(proposal)).count(),
            duties: self.duties().count(),
            uncovered,
            exempt: self.duties().filter_map(|duty| self.exempt(duty)).collect(),
        }
    }

    fn exempt(&self, duty: &sentence::Model) -> Option<Exempt> {
        let clause = self.clause(duty.clause_id)?;
        Some(Exempt {
            reason: self.why_not(duty)?,
            id: self.exemptions.get(&duty.id).map(|reason| reason.id),
            clause: clause.id,
            short_path: clause.short_path.clone(),
            text: duty.text.clone(),
        })
    }

    /// Why nobody is asked about a duty: the recorded reason, or the one with which all its proposals were rejected.
    pub(super) fn why_not(&self, duty: &sentence::Model) -> Option<String> {
        if let Some(exempt) = self.exemptions.get(&duty.id) {
            return Some(exempt.reason.clone());
        }
        let proposals: Vec<_> = self.proposals_about(duty.id).collect();
        let rejected = |one: &&proposal::Model| {
            let settled = self.settlements.get(&one.id).filter(|settled| settled.outcome == "rejected")?;
            settled.reason.clone().filter(|reason| !reason.trim().is_empty())
        };
        let reasons: Option<Vec<String>> = proposals.iter().map(rejected).collect();
        let reason = reasons.filter(|_| !self.is_asked(duty))?.into_iter().next()?;
        Some(format!("案を却下　{reason}"))
    }

    fn is_elsewhere(&self, proposal: &proposal::Model) -> bool {
        !self.settlements.contains_key(&proposal.id) && sheet_role(&proposal.role).is_none()
    }

    pub(super) fn duties(&self) -> impl Iterator<Item = &sentence::Model> {
        self.clauses
            .iter()
            .flat_map(|clause| self.sentences_of(clause.id))
            .filter(|sentence| Class::from_key(&sentence.class).is_some_and(Class::obliges))
    }

    /// Questions in use about this revision, by what makes them the same.
    fn in_use(&self) -> BTreeMap<Key, Topic> {
        let ids: BTreeSet<&Uuid> = self.links.values().flatten().collect();
        ids.into_iter().filter_map(|id| self.questions.get(id)).map(|q| (q.key(), q.topic)).collect()
    }

    /// The same with everything that is still open.
    fn possible(&self) -> BTreeMap<Key, Topic> {
        let mut all = self.in_use();
        for proposal in self.proposals.iter().filter(|proposal| self.is_open(proposal)) {
            if let (Some(role), Some(topic)) =
                (Role::from_key(&proposal.role), Topic::from_number(proposal.topic))
            {
                all.entry((role, fold(&proposal.text))).or_insert(topic);
            }
        }
        all
    }

    fn roles(&self) -> Vec<RoleCount> {
        let (in_use, possible) = (self.in_use(), self.possible());
        let count = |of: &BTreeMap<Key, Topic>, role: Role| of.keys().filter(|(r, _)| *r == role).count();
        Role::WITH_SHEET
            .into_iter()
            .map(|role| RoleCount { role, questions: count(&in_use, role), possible: count(&possible, role) })
            .collect()
    }

    fn topics(&self) -> Vec<TopicCount> {
        let possible = self.possible();
        let count = |topic: Topic, role: Role| {
            possible.iter().filter(|((r, _), t)| *r == role && **t == topic).count()
        };
        Topic::ALL
            .into_iter()
            .map(|topic| TopicCount {
                topic,
                counts: Role::WITH_SHEET.into_iter().map(|role| count(topic, role)).collect(),
            })
            .filter(|line| line.counts.iter().any(|count| *count > 0))
            .collect()
    }

    fn uncovered(&self, duty: &sentence::Model) -> Option<Uncovered> {
        let proposals: Vec<_> = self.proposals_about(duty.id).collect();
        if proposals.iter().any(|proposal| self.is_open(proposal)) || self.is_asked(duty) {
            return None;
        }
        let clause = self.clause(duty.clause_id)?;
        Some(Uncovered {
            sentence: duty.id,
            clause: clause.id,
            short_path: clause.short_path.clone(),
            text: duty.text.clone(),
            reason: self.why(&proposals),
        })
    }

    /// Whether a question in use asks about a duty.
    pub(super) fn is_asked(&self, duty: &sentence::Model) -> bool {
        let mut questions = self.proposals_about(duty.id).flat_map(|proposal| self.became(proposal.id));
        questions.any(|question| self.questions.contains_key(&question)) || self.by_hand(duty.clause_id)
    }

    /// Whether somebody wrote a question about a clause beside what was proposed.
    fn by_hand(&self, clause: Uuid) -> bool {
        let settled: BTreeSet<Uuid> =
            self.proposals(clause).into_iter().flat_map(|proposal| self.became(proposal.id)).collect();
        self.questions_of(clause).into_iter().any(|question| !settled.contains(&question.id))
    }

    fn why(&self, proposals: &[&proposal::Model]) -> String {
        if proposals.is_empty() {
            return "規則では設問の案を作れない文".to_string();
        }
        match proposals.iter().find(|proposal| self.is_elsewhere(proposal)) {
            Some(proposal) => {
                let role = Role::from_key(&proposal.role).map_or("", Role::short);
                format!("点検票のない役割（{role}）あて")
            }
            None => "案を却下した".to_string(),
        }
    }
}
