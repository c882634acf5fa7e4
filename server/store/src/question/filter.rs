//! Which proposals the officer goes through, and in which order.

use super::book::Book;
use crate::entity::proposal;
use domain::role::Role;
use domain::topic::Topic;
use std::collections::HashMap;
use uuid::Uuid;

/// Proposals in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Nobody settled them, and their role receives a sheet.
    #[default]
    Open,
    Accepted,
    Rejected,
    /// Nobody settled them, and their role receives no sheet.
    Elsewhere,
    All,
}

impl Show {
    /// All states with the keys used in addresses.
    pub const ALL: [(Show, &'static str); 5] = [
        (Show::Open, "open"),
        (Show::Accepted, "accepted"),
        (Show::Rejected, "rejected"),
        (Show::Elsewhere, "elsewhere"),
        (Show::All, "all"),
    ];

    /// The key used in addresses.
    pub fn key(self) -> &'static str {
        Show::ALL.into_iter().find(|(show, _)| *show == self).map_or("open", |(_, key)| key)
    }

    /// The state of a key; open if there is none.
    pub fn from_key(key: &str) -> Show {
        Show::ALL.into_iter().find(|(_, listed)| *listed == key).map_or(Show::Open, |(show, _)| show)
    }
}

/// The order of the way through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in the document.
    #[default]
    Document,
    /// The least sure rule first.
    Unsure,
}

/// Which proposals, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    pub show: Show,
    pub role: Option<Role>,
    pub topic: Option<Topic>,
    pub order: Order,
}

impl Book {
    pub(super) fn shown(&self, filter: &Filter, proposal: &proposal::Model) -> bool {
        let settled = self.settlements.get(&proposal.id);
        let state = match filter.show {
            Show::Open => self.is_open(proposal),
            Show::Accepted => settled.is_some_and(|settled| settled.outcome == "accepted"),
            Show::Rejected => settled.is_some_and(|settled| settled.outcome == "rejected"),
            Show::Elsewhere => settled.is_none() && !self.is_open(proposal),
            Show::All => true,
        };
        state
            && filter.role.is_none_or(|role| proposal.role == role.key())
            && filter.topic.is_none_or(|topic| proposal.topic == topic.number())
    }

    /// The proposals in the order of the way through.
    pub(super) fn sequence(&self, filter: &Filter) -> Vec<&proposal::Model> {
        let mut found: Vec<&proposal::Model> = Vec::new();
        for clause in &self.clauses {
            found.extend(self.proposals(clause.id).into_iter().filter(|one| self.shown(filter, one)));
        }
        if filter.order == Order::Unsure {
            found.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
        }
        found
    }

    /// The proposals before and after a place. The place need not be in the sequence itself: it may just have
    /// been settled. At the end it begins again from the top.
    pub(super) fn around(
        &self,
        filter: &Filter,
        clause: Uuid,
        at: Option<Uuid>,
    ) -> (Option<&proposal::Model>, Option<&proposal::Model>) {
        let sequence = self.sequence(filter);
        let whole = Filter { show: Show::All, ..*filter };
        let all = self.sequence(&whole);
        let places: HashMap<Uuid, usize> = all.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let place = |id: Uuid| places.get(&id).copied();
        let Some(here) = at.and_then(place) else { return self.around_clause(&sequence, clause) };
        let rank = |one: &proposal::Model| place(one.id).unwrap_or(usize::MAX);
        let before = sequence.iter().rev().find(|one| rank(one) < here).copied();
        let after = sequence.iter().find(|one| rank(one) > here).or(sequence.first()).copied();
        (before, after.filter(|one| Some(one.id) != at))
    }

    /// The same where the clause itself has no proposal to stand on.
    fn around_clause<'a>(
        &self,
        sequence: &[&'a proposal::Model],
        clause: Uuid,
    ) -> (Option<&'a proposal::Model>, Option<&'a proposal::Model>) {
        let here = self.place_of(clause);
        let before = sequence.iter().rev().find(|one| self.place_of(one.clause_id) < here).copied();
        let after =
            sequence.iter().find(|one| self.place_of(one.clause_id) >= here).or(sequence.first()).copied();
        (before, after)
    }
}
