//! Who confirms after whom (確認の順序): 所属長 → 部長 → 統括, the later steps optional.

use crate::role::Role;
use serde::{Deserialize, Serialize};

/// The chain an inspection was started with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chain {
    #[default]
    Head,
    Division,
    Chief,
}

impl Chain {
    /// All, the usual one first.
    pub const ALL: [Chain; 3] = [Chain::Head, Chain::Division, Chain::Chief];

    /// The key in forms.
    pub fn key(self) -> &'static str {
        match self {
            Chain::Head => "head",
            Chain::Division => "division",
            Chain::Chief => "chief",
        }
    }

    /// The chain of a key.
    pub fn from_key(key: &str) -> Option<Chain> {
        Chain::ALL.into_iter().find(|one| one.key() == key)
    }

    /// What the officer chooses.
    pub fn label(self) -> &'static str {
        match self {
            Chain::Head => "所属長の確認まで",
            Chain::Division => "所属長の確認、部長の承認まで",
            Chain::Chief => "所属長の確認、部長の承認、統括情報セキュリティ責任者の承認まで",
        }
    }

    /// Who acts, in order.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Chain::Head => &[Role::Manager],
            Chain::Division => &[Role::Manager, Role::Responsible],
            Chain::Chief => &[Role::Manager, Role::Responsible, Role::Chief],
        }
    }

    /// The chain of the roles that were kept; without any the head alone.
    pub fn of_roles(roles: &[Role]) -> Chain {
        Chain::ALL.into_iter().find(|one| one.roles() == roles).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chain_is_found_by_its_key_and_its_roles() {
        for chain in Chain::ALL {
            assert_eq!(Chain::from_key(chain.key()), Some(chain));
            assert_eq!(Chain::of_roles(chain.roles()), chain);
        }
        assert_eq!(Chain::of_roles(&[]), Chain::Head);
        assert_eq!(Chain::from_key("nobody"), None);
    }
}
