//! 改称: a department known by its code that the file calls by another name.

use super::difference::Known;
use super::{Roster, RosterRow};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A department with the code of one that the file does not name any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renaming {
    pub code: String,
    /// Full name as it is.
    pub before: String,
    /// Full name as it would be.
    pub after: String,
}

/// Departments that have their code under a name nobody knows, while the file does not name the old one.
/// `departments` are full names with their codes.
pub fn renamings(roster: &Roster, departments: &BTreeMap<String, String>) -> Vec<Renaming> {
    let named: BTreeSet<String> = roster.rows.iter().map(RosterRow::full_department).collect();
    let mut by_code: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (name, code) in departments.iter().filter(|(name, code)| !code.is_empty() && !named.contains(*name)) {
        by_code.entry(code).or_default().push(name);
    }
    let mut found: Vec<Renaming> = Vec::new();
    for row in &roster.rows {
        let (Some(code), after) = (&row.department_code, row.full_department()) else { continue };
        let Some([before]) = by_code.get(code.as_str()).map(Vec::as_slice) else { continue };
        if departments.contains_key(&after) || found.iter().any(|one| one.code == *code) {
            continue;
        }
        found.push(Renaming { code: code.clone(), before: (*before).clone(), after });
    }
    found
}

/// The name of a department after the others were renamed: its own 改称, or that of the 部 above it.
pub fn renamed_name(name: &str, renamed: &[Renaming]) -> String {
    if let Some(renaming) = renamed.iter().find(|one| one.before == name) {
        return renaming.after.clone();
    }
    let above = name.split_once('　').and_then(|(bu, ka)| {
        let renaming = renamed.iter().find(|one| one.before == bu)?;
        Some(format!("{}　{ka}", renaming.after))
    });
    above.unwrap_or_else(|| name.to_string())
}

/// What is known, as it is after the departments were renamed.
pub fn follow(known: &mut BTreeMap<String, Known>, renamed: &[Renaming]) {
    for post in known.values_mut().flat_map(|person| &mut person.posts) {
        post.department = renamed_name(&post.department, renamed);
    }
}
