//! Where somebody is at the workbench: the clause, the proposal, the filter, what is marked for merging. All of
//! it stands in the page's address, so that nothing is lost when the page is loaded anew.

use domain::role::Role;
use domain::topic::Topic;
use store::question::{Filter, Order, Show};
use uuid::Uuid;

/// A place at the workbench.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    pub revision: Uuid,
    pub clause: Uuid,
    /// The proposal under work.
    pub at: Option<Uuid>,
    pub filter: Filter,
    /// Proposals to be merged.
    pub marked: Vec<Uuid>,
    /// The act that led here, to be told about.
    pub did: Option<Uuid>,
}

impl Address {
    /// What the address of the list asks for: the same, without a clause.
    pub fn of_list(revision: Uuid, query: &str) -> Address {
        let place = format!("/policies/{revision}/clauses/{}?{query}", Uuid::nil());
        Address::parse(&place).unwrap_or_default()
    }

    /// The place a page's address names.
    pub fn parse(page: &str) -> Option<Address> {
        let page = page.split('#').next().unwrap_or_default();
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let (revision, clause) = path.strip_prefix("/policies/")?.split_once("/clauses/")?;
        let value = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map_or("", |(_, value)| value)
        };
        Some(Address {
            revision: revision.parse().ok()?,
            clause: clause.parse().ok()?,
            at: value("at").parse().ok(),
            filter: Filter {
                show: Show::from_key(value("show")),
                role: Role::from_key(value("role")),
                topic: value("topic").parse().ok().and_then(Topic::from_number),
                order: if value("order") == "unsure" { Order::Unsure } else { Order::Document },
            },
            marked: value("marked").split('.').filter_map(|id| id.parse().ok()).collect(),
            did: value("did").parse().ok(),
        })
    }

    /// The parts of the address that belong to the filter and the marks, as form fields.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        let filter = &self.filter;
        if filter.show != Show::Open {
            fields.push(("show", filter.show.key().to_string()));
        }
        if let Some(role) = filter.role {
            fields.push(("role", role.key().to_string()));
        }
        if let Some(topic) = filter.topic {
            fields.push(("topic", topic.number().to_string()));
        }
        if filter.order == Order::Unsure {
            fields.push(("order", "unsure".to_string()));
        }
        if !self.marked.is_empty() {
            let marked: Vec<String> = self.marked.iter().map(ToString::to_string).collect();
            fields.push(("marked", marked.join(".")));
        }
        fields
    }

    /// The address.
    pub fn href(&self) -> String {
        let mut fields = self.fields();
        fields.extend(self.at.map(|at| ("at", at.to_string())));
        fields.extend(self.did.map(|did| ("did", did.to_string())));
        let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let path = format!("/policies/{}/clauses/{}", self.revision, self.clause);
        if fields.is_empty() { path } else { format!("{path}?{}", fields.join("&")) }
    }

    /// The same view at another place.
    pub fn to(&self, clause: Uuid, at: Option<Uuid>) -> Address {
        Address { clause, at, did: None, ..self.clone() }
    }

    /// The same place with a proposal marked, or not any more.
    pub fn mark(&self, proposal: Uuid) -> Address {
        let mut marked = self.marked.clone();
        if marked.contains(&proposal) {
            marked.retain(|other| *other != proposal);
        } else {
            marked.push(proposal);
        }
        Address { marked, at: Some(proposal), did: None, ..self.clone() }
    }

    /// Whether a proposal is marked for merging.
    pub fn is_marked(&self, proposal: Uuid) -> bool {
        self.marked.contains(&proposal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_again_by_its_address() {
        let [revision, clause, at, other] = [1, 2, 3, 4].map(Uuid::from_u128);
        let place = Address {
            revision,
            clause,
            at: Some(at),
            filter: Filter {
                show: Show::Rejected,
                role: Some(Role::Staff),
                topic: Some(Topic::People),
                order: Order::Unsure,
            },
            marked: vec![at, other],
            did: None,
        };
        assert_eq!(Address::parse(&place.href()), Some(place.clone()));
        assert_eq!(place.mark(at).marked, [other]);
        let bare = Address { revision, clause, ..Address::default() };
        assert_eq!(bare.href(), format!("/policies/{revision}/clauses/{clause}"));
        assert_eq!(Address::parse(&format!("{}#p", bare.href())), Some(bare));
        assert_eq!(Address::parse("/policies/x/clauses/y"), None);
        assert_eq!(Address::parse("/sheets"), None);
    }
}
