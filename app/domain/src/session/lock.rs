//! When tries to sign in are stopped: so that nobody can guess on, and the person who is attacked can still work.
//!
//! Failures are counted over 15 minutes by login and address together, by address, and by login over all
//! addresses. Whoever signed in from an address lately is let in from there although others try the same login
//! elsewhere, or other logins from the same address (an office behind one address): only failures of this login
//! from this address count there. Open sessions are never touched.

use time::Duration;

/// Failures are counted over this time.
pub const WINDOW: Duration = Duration::minutes(15);
/// So many for one login from one address.
pub const PER_PAIR: u64 = 10;
/// So many for one login over all addresses.
pub const PER_LOGIN: u64 = 20;
/// So many from one address.
pub const PER_ADDRESS: u64 = 100;

/// Failures within the window, tries under way included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// Of this login from this address.
    pub pair: u64,
    /// Of this login from anywhere.
    pub login: u64,
    /// From this address with any login.
    pub address: u64,
}

/// What is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// This login from this address.
    Pair,
    /// This login from addresses it is not known at.
    Login,
    /// This address for logins that are not known there.
    Address,
}

impl Door {
    /// Every door.
    pub const ALL: [Door; 3] = [Door::Pair, Door::Login, Door::Address];

    /// The key in the database and in the ledger.
    pub fn key(self) -> &'static str {
        match self {
            Door::Pair => "pair",
            Door::Login => "login",
            Door::Address => "address",
        }
    }

    /// The failures that count for it, and how many close it.
    fn count(self, failures: Failures) -> (u64, u64) {
        match self {
            Door::Pair => (failures.pair, PER_PAIR),
            Door::Login => (failures.login, PER_LOGIN),
            Door::Address => (failures.address, PER_ADDRESS),
        }
    }
}

/// The door that stops a try; `known` if this login was signed in from this address lately.
pub fn closed(failures: Failures, known: bool) -> Option<Door> {
    let concerned = if known { &Door::ALL[..1] } else { &Door::ALL[..] };
    concerned.iter().copied().find(|door| {
        let (count, limit) = door.count(failures);
        count >= limit
    })
}

/// The doors that one more failure closes.
pub fn closing(failures: Failures) -> Vec<Door> {
    let reaches = |door: &Door| {
        let (count, limit) = door.count(failures);
        count + 1 == limit
    };
    Door::ALL.into_iter().filter(reaches).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attacker_is_stopped_and_the_known_address_stays_open() {
        // (pair, login, address, known) → what stops the try
        for (pair, login, address, known, expected) in [
            (0, 0, 0, false, None),
            (9, 9, 9, false, None),
            (10, 10, 10, false, Some(Door::Pair)),
            (10, 10, 10, true, Some(Door::Pair)),
            (1, 20, 1, false, Some(Door::Login)),
            (1, 1_000_000, 1, true, None),
            (0, 0, 100, false, Some(Door::Address)),
            (0, 0, 100, true, None),
            (3, 500, 500, true, None),
        ] {
            let failures = Failures { pair, login, address };
            assert_eq!(closed(failures, known), expected, "{failures:?} known: {known}");
        }
    }

    #[test]
    fn a_door_closes_once_with_the_failure_that_reaches_its_limit() {
        for (pair, login, address, expected) in [
            (0, 0, 0, vec![]),
            (9, 9, 9, vec![Door::Pair]),
            (10, 10, 10, vec![]),
            (9, 19, 99, vec![Door::Pair, Door::Login, Door::Address]),
            (0, 0, 99, vec![Door::Address]),
        ] {
            assert_eq!(closing(Failures { pair, login, address }), expected, "{pair} {login} {address}");
        }
    }
}
