//! Signing in: ways in, what has still to be given, when tries are stopped, what may be a password.

mod agent;
mod lock;
mod password;

pub use agent::agent_words;
pub use lock::{Door, Failures, PER_ADDRESS, PER_LOGIN, PER_PAIR, WINDOW, closed, closing};
pub use password::{LONGEST, Owner, SHORTEST, check_password};

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a password of this product.
    Password,
    /// With a one-time code on paper; a password has to be set.
    Code,
    /// With the password of the city's directory (LDAP).
    Directory,
    /// Through the city's identity provider (OpenID Connect), which asks for a second factor itself.
    Provider,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 4] = [Way::Password, Way::Code, Way::Directory, Way::Provider];

    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::Code => "code",
            Way::Directory => "directory",
            Way::Provider => "provider",
        }
    }

    /// The way of a key; sessions from before the column were opened with a password.
    pub fn from_key(key: &str) -> Way {
        Way::ALL.into_iter().find(|way| way.key() == key).unwrap_or(Way::Password)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        match self {
            Way::Password => "パスワード",
            Way::Code => "確認コード",
            Way::Directory => "庁内の認証（ディレクトリ）",
            Way::Provider => "庁内の認証（シングルサインオン）",
        }
    }
}

/// What a session has still to give; until then it opens the page for this and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pending {
    /// The code of the second factor.
    SecondFactor,
    /// A password of one's own, after a one-time code.
    Password,
    /// A second factor has to be set up, because a role requires it.
    Enrolment,
}

/// What is known about a session when the next step is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub way: Way,
    /// The second factor was not given yet.
    pub must_give_second: bool,
    /// Opened by a one-time code, no password set since.
    pub must_set_password: bool,
    /// A role of the person requires a second factor.
    pub required: bool,
    /// The person has a second factor.
    pub enrolled: bool,
}

/// The next step of a session; `None` when everything is open. The second factor comes first, so that a code on
/// paper that fell into other hands sets no password.
pub fn pending(standing: Standing) -> Option<Pending> {
    if standing.must_give_second {
        return Some(Pending::SecondFactor);
    }
    if standing.must_set_password {
        return Some(Pending::Password);
    }
    let owed = standing.required && !standing.enrolled && standing.way != Way::Provider;
    owed.then_some(Pending::Enrolment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_found_again_by_its_key() {
        for way in Way::ALL {
            assert_eq!(Way::from_key(way.key()), way);
        }
        assert_eq!(Way::from_key(""), Way::Password);
    }

    #[test]
    fn the_next_step_follows_from_what_is_missing() {
        use Pending::{Enrolment, Password, SecondFactor};
        // (way, must give second, must set password, required, enrolled) → next step
        for (way, second, password, required, enrolled, expected) in [
            (Way::Password, false, false, false, false, None),
            (Way::Password, true, false, false, true, Some(SecondFactor)),
            (Way::Code, true, true, false, true, Some(SecondFactor)),
            (Way::Code, false, true, false, true, Some(Password)),
            (Way::Code, false, true, true, false, Some(Password)),
            (Way::Password, false, false, true, false, Some(Enrolment)),
            (Way::Directory, false, false, true, false, Some(Enrolment)),
            (Way::Password, false, false, true, true, None),
            (Way::Provider, false, false, true, false, None),
        ] {
            let standing =
                Standing { way, must_give_second: second, must_set_password: password, required, enrolled };
            assert_eq!(pending(standing), expected, "{standing:?}");
        }
    }
}
