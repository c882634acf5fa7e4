//! Which part of a difference is taken over, and what that does.

use super::Roster;
use super::difference::{Change, Difference, Kind};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the officer takes of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Kinds of changes that are taken; [`Kind::Missing`] ends the posts of people the file does not have.
    pub kinds: BTreeSet<Kind>,
    /// Staff numbers that stay as they are.
    pub left_out: BTreeSet<String>,
    /// Departments with a known code and a new name are 改称, not new ones.
    pub follow_codes: bool,
}

impl Choice {
    /// Everything the file says, and the missing left alone.
    pub fn all() -> Choice {
        let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Missing).collect();
        Choice { kinds, left_out: BTreeSet::new(), follow_codes: true }
    }

    /// Whether a change is taken.
    pub fn takes(&self, change: &Change) -> bool {
        self.kinds.contains(&change.kind) && !self.left_out.contains(&change.staff_no)
    }
}

/// What taking a roster over did; kept with the application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub departments: usize,
    #[serde(default)]
    pub renamed: usize,
    pub hired: usize,
    pub moved: usize,
    #[serde(default)]
    pub concurrent: usize,
    #[serde(default)]
    pub away: usize,
    pub changed: usize,
    pub same: usize,
    /// People whose posts were ended because the file does not have them.
    pub ended: usize,
    /// People missing from the file who were left as they are.
    pub left: usize,
    /// Changes of the file that were not taken.
    #[serde(default)]
    pub declined: usize,
}

impl Difference {
    /// What taking the chosen part of it does.
    pub fn applied(&self, choice: &Choice) -> Applied {
        let taken = |kind: Kind| {
            self.changes.iter().filter(|change| change.kind == kind && choice.takes(change)).count()
        };
        let all: usize = Kind::ALL.into_iter().map(taken).sum();
        let missing = self.count(Kind::Missing) - taken(Kind::Missing);
        Applied {
            departments: self.new_departments.len(),
            renamed: self.renamed.len(),
            hired: taken(Kind::Hired),
            moved: taken(Kind::Moved),
            concurrent: taken(Kind::Concurrent),
            away: taken(Kind::Away),
            changed: taken(Kind::Changed),
            same: self.same,
            ended: taken(Kind::Missing),
            left: missing,
            declined: self.changes.len() - all - missing,
        }
    }

    /// The roster without the rows of people whose change is not taken.
    pub fn chosen(&self, roster: &Roster, choice: &Choice) -> Roster {
        let declined: BTreeSet<&str> = self
            .changes
            .iter()
            .filter(|change| !choice.takes(change))
            .map(|change| change.staff_no.as_str())
            .collect();
        let rows = roster.rows.iter().filter(|row| !declined.contains(row.staff_no.as_str()));
        Roster { rows: rows.cloned().collect(), problems: roster.problems.clone() }
    }
}

/// May the posts of people missing from the file be ended?
///
/// # Errors
/// When rows of the file were left out: their people may only seem to be missing.
pub fn may_end_missing(roster: &Roster) -> Result<(), Refusal> {
    if roster.problems.iter().any(|problem| problem.rejected) {
        return Err(Refusal::field(
            "end_missing",
            "取り込めない行があるため、名簿にない職員の発令を終えることはできません。行を直して名簿を読み込み直すか、チェックを外してください。",
        ));
    }
    Ok(())
}
