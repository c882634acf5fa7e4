//! What stood in a form before and what no answer takes the place of: kept, or emptied.

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    Keep,
    Clear,
}

impl Old {
    /// Both.
    pub const ALL: [Old; 2] = [Old::Keep, Old::Clear];

    /// The key in forms.
    pub fn key(self) -> &'static str {
        match self {
            Old::Keep => "keep",
            Old::Clear => "clear",
        }
    }

    /// From the key.
    pub fn from_key(key: &str) -> Option<Old> {
        Old::ALL.into_iter().find(|old| old.key() == key)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Old::Keep => "元の記載を残す",
            Old::Clear => "空にする",
        }
    }
}

/// For rows no answer is written into: the owner's own entries stay until somebody says otherwise; what another person
/// entered does not stay as if it were the owner's.
pub fn of_rows(anothers: bool) -> Old {
    if anothers { Old::Clear } else { Old::Keep }
}

/// For a remark beside an answer that has none: it was written for the answer before.
pub fn of_remarks() -> Old {
    Old::Clear
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_s_own_entries_stay_and_another_s_do_not() {
        assert_eq!((of_rows(false), of_rows(true), of_remarks()), (Old::Keep, Old::Clear, Old::Clear));
        for old in Old::ALL {
            assert_eq!(Old::from_key(old.key()), Some(old));
        }
        assert_eq!(Old::from_key(""), None);
    }
}
