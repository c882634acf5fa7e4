//! A post (発令): how somebody holds it, and why somebody is away from it for long.

pub mod hand;

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

/// How a 職名 says that the post is held: 「課長事務取扱」, 「課長（職務代理者）」. 「課長代理」 and 「課長補佐」 are
/// titles of their own and say nothing.
pub fn kind_of_title(title: &str) -> Option<Kind> {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.contains("事務取扱") {
        return Some(Kind::Acting);
    }
    ["職務代理", "職務代行"].iter().any(|word| plain.contains(word)).then_some(Kind::Deputy)
}

/// Whether a 職名 names a second post beside the first (「次長兼課長事務取扱」, 「部長（課長事務取扱）」).
pub fn is_double_title(title: &str) -> bool {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let bracket = plain.split_once(['（', '(']).map(|(_, rest)| rest.trim_end_matches(['）', ')']));
    let bare = ["事務取扱", "職務代理者", "職務代理", "職務代行者", "職務代行"];
    plain.contains('兼') || bracket.is_some_and(|inner| !inner.is_empty() && !bare.contains(&inner))
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

    /// The reason in the words of a roster (「育休中（R8.5.1～）」), if they say one.
    pub fn of_words(words: &str) -> Option<AbsenceReason> {
        const WORDS: [(&str, AbsenceReason); 9] = [
            ("育休", AbsenceReason::Childcare),
            ("育児休業", AbsenceReason::Childcare),
            ("産休", AbsenceReason::Childcare),
            ("出向", AbsenceReason::Secondment),
            ("派遣", AbsenceReason::Dispatch),
            ("休職", AbsenceReason::Leave),
            ("病休", AbsenceReason::Leave),
            ("休業", AbsenceReason::Leave),
            ("療養", AbsenceReason::Leave),
        ];
        WORDS.iter().find(|(word, _)| words.contains(word)).map(|(_, reason)| *reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_how_the_post_is_held() {
        for (title, kind, double) in [
            ("課長", None, false),
            ("課長代理", None, false),
            ("課長補佐", None, false),
            ("課長事務取扱", Some(Kind::Acting), false),
            ("課長（事務取扱）", Some(Kind::Acting), false),
            ("課長 職務代理者", Some(Kind::Deputy), false),
            ("課長（職務代理者）", Some(Kind::Deputy), false),
            ("次長兼人事課長事務取扱", Some(Kind::Acting), true),
            ("部長（人事課長事務取扱）", Some(Kind::Acting), true),
        ] {
            assert_eq!((kind_of_title(title), is_double_title(title)), (kind, double), "{title}");
        }
    }

    #[test]
    fn the_words_of_a_roster_give_the_reason_of_an_absence() {
        for (words, reason) in [
            ("育休中（R8.5.1～）", Some(AbsenceReason::Childcare)),
            ("休職", Some(AbsenceReason::Leave)),
            ("県へ派遣中", Some(AbsenceReason::Dispatch)),
            ("広域連合へ出向", Some(AbsenceReason::Secondment)),
            ("時短勤務", None),
        ] {
            assert_eq!(AbsenceReason::of_words(words), reason, "{words}");
        }
    }

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
