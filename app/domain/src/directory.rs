//! Roles that the city's directory (LDAP, Active Directory, OpenID Connect) gives to a person who signs in.
//!
//! The directory says at each sign-in which groups a person belongs to; what it gave before and no longer says is
//! taken back. Roles granted by hand are none of its business.

use crate::role::Role;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who vouched for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An LDAP server or Active Directory.
    Ldap,
    /// An OpenID Connect provider.
    Oidc,
}

impl Source {
    /// The stable key used in the database and in events.
    pub fn key(self) -> &'static str {
        match self {
            Source::Ldap => "ldap",
            Source::Oidc => "oidc",
        }
    }
}

/// A role the directory gave earlier and that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The grant.
    pub id: Uuid,
    /// Its role.
    pub role: Role,
}

/// What a sign-in changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Roles to be given.
    pub give: Vec<Role>,
    /// Grants to be taken back.
    pub take_back: Vec<Held>,
    /// The directory no longer says 事務局, but nobody else has the role: it stays.
    pub last_secretariat_stays: bool,
}

/// Compares what a source gave earlier with what it says now. `other_secretariat`: somebody holds the role of
/// 事務局 by a grant other than those in `held`.
pub fn change(held: &[Held], said: &[Role], other_secretariat: bool) -> Change {
    let mut change = Change::default();
    for one in held.iter().filter(|one| !said.contains(&one.role)) {
        if one.role == Role::Secretariat && !other_secretariat {
            change.last_secretariat_stays = true;
        } else {
            change.take_back.push(*one);
        }
    }
    for role in said {
        let has = held.iter().any(|one| one.role == *role) || change.give.contains(role);
        if !has && Role::GRANTED.contains(role) {
            change.give.push(*role);
        }
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Auditor, Committee, Manager, Secretariat};

    fn held(roles: &[Role]) -> Vec<Held> {
        roles.iter().zip(1..).map(|(role, id)| Held { id: Uuid::from_u128(id), role: *role }).collect()
    }

    #[test]
    fn what_is_new_is_given_and_what_is_no_longer_said_is_taken_back() {
        // held, said, somebody else is 事務局 → given, taken back, the last one stays
        type Case<'a> = (&'a [Role], &'a [Role], bool, &'a [Role], &'a [Role], bool);
        let cases: &[Case<'_>] = &[
            (&[], &[], true, &[], &[], false),
            (&[], &[Auditor], true, &[Auditor], &[], false),
            (&[], &[Auditor, Auditor], true, &[Auditor], &[], false),
            (&[Auditor], &[Auditor], true, &[], &[], false),
            (&[Auditor], &[], true, &[], &[Auditor], false),
            (&[Auditor], &[Committee], true, &[Committee], &[Auditor], false),
            (&[Auditor, Auditor], &[], true, &[], &[Auditor, Auditor], false),
            (&[Secretariat], &[], true, &[], &[Secretariat], false),
            (&[Secretariat, Auditor], &[], false, &[], &[Auditor], true),
            (&[Secretariat], &[Secretariat], false, &[], &[], false),
            // A role that comes with a post is never given by a group.
            (&[], &[Manager], true, &[], &[], false),
        ];
        for (before, said, other, given, back, stays) in cases {
            let change = change(&held(before), said, *other);
            let taken: Vec<Role> = change.take_back.iter().map(|one| one.role).collect();
            assert_eq!((&change.give[..], &taken[..]), (*given, *back), "{before:?} {said:?} {other}");
            assert_eq!(change.last_secretariat_stays, *stays, "{before:?} {said:?} {other}");
        }
    }
}
