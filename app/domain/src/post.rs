//! A post (発令): how somebody holds it, and why somebody is away from it for long.

use serde::{Deserialize, Serialize};

/// How a post is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 本務: the post somebody is counted in.
    #[default]
    Main,
    /// 兼務: a further post.
    Additional,
    /// 事務取扱: a higher official does the work of a vacant post.
    Acting,
    /// 代理: stands in for the holder (職務代理者).
    Deputy,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Main, Kind::Additional, Kind::Acting, Kind::Deputy];

    /// The key in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Main => "main",
            Kind::Additional => "additional",
            Kind::Acting => "acting",
            Kind::Deputy => "deputy",
        }
    }

    /// The kind of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Main => "本務",
            Kind::Additional => "兼務",
            Kind::Acting => "事務取扱",
            Kind::Deputy => "代理",
        }
    }

    /// Whether the holder acts in the place of another: the record of what is confirmed says so.
    pub fn in_place(self) -> bool {
        matches!(self, Kind::Acting | Kind::Deputy)
    }
}

/// Why somebody is away for long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceReason {
    /// 休職.
    Leave,
    /// 育児休業.
    Childcare,
    /// 出向.
    Secondment,
    /// 派遣.
    Dispatch,
}

impl AbsenceReason {
    /// All reasons.
    pub const ALL: [AbsenceReason; 4] =
        [AbsenceReason::Leave, AbsenceReason::Childcare, AbsenceReason::Secondment, AbsenceReason::Dispatch];

    /// The key in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            AbsenceReason::Leave => "leave",
            AbsenceReason::Childcare => "childcare",
            AbsenceReason::Secondment => "secondment",
            AbsenceReason::Dispatch => "dispatch",
        }
    }

    /// The reason of a key, if there is one.
    pub fn from_key(key: &str) -> Option<AbsenceReason> {
        AbsenceReason::ALL.into_iter().find(|reason| reason.key() == key)
    }

    /// The name on screens.
    pub fn label(self) -> &'static str {
        match self {
            AbsenceReason::Leave => "休職",
            AbsenceReason::Childcare => "育児休業",
            AbsenceReason::Secondment => "出向",
            AbsenceReason::Dispatch => "派遣",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_reasons_are_found_again_by_their_keys() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_key(kind.key()), Some(kind));
        }
        for reason in AbsenceReason::ALL {
            assert_eq!(AbsenceReason::from_key(reason.key()), Some(reason));
        }
        assert_eq!(Kind::from_key(""), None);
    }
}
