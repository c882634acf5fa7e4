//! Sheets and their frozen editions: labels, and what changed since the edition before.

use crate::calendar::{fiscal_year, fiscal_year_code, fiscal_year_label};
use crate::refusal::Refusal;
use crate::role::Role;
use serde::{Deserialize, Serialize};
use time::Date;

/// How a question differs from the edition before; figures of a changed question are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The question was not in the edition before.
    New,
    /// Word for word the same.
    Same,
    /// Worded differently, same meaning.
    Minor,
    /// The meaning changed.
    Changed,
}

impl Change {
    /// The stable key used in the database.
    pub fn key(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Same => "same",
            Change::Minor => "minor",
            Change::Changed => "changed",
        }
    }

    /// The change of a key.
    pub fn from_key(key: &str) -> Option<Change> {
        [Change::New, Change::Same, Change::Minor, Change::Changed].into_iter().find(|c| c.key() == key)
    }

    /// The name on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Change::New => "新規",
            Change::Same => "同一",
            Change::Minor => "軽微修正",
            Change::Changed => "趣旨変更",
        }
    }
}

/// A question of the edition before that is no longer asked.
pub const GONE: &str = "廃止";

/// The weights a question may have in 加重得点率.
pub const WEIGHTS: [f64; 4] = [0.5, 1.0, 2.0, 3.0];

/// What changed since the edition before. `earlier` is the number of the wording in that edition; `wordings`
/// are all wordings of the question with the change their author declared.
pub fn change_since(earlier: Option<i32>, wordings: &[(i32, Change)]) -> Change {
    let Some(earlier) = earlier else { return Change::New };
    let mut later = wordings.iter().filter(|(number, _)| *number > earlier).peekable();
    if later.peek().is_none() {
        return Change::Same;
    }
    if later.any(|(_, change)| *change == Change::Changed) { Change::Changed } else { Change::Minor }
}

/// The label of an edition, e.g. R8-職員-1.
pub fn edition_label(fiscal_year: i32, role: Role, number: usize) -> String {
    format!("{}-{}-{number}", fiscal_year_code(fiscal_year), role.short())
}

/// The title of a sheet, e.g. 令和8年度 情報セキュリティ自己点検票（職員）.
pub fn sheet_title(fiscal_year: i32, role: Role) -> String {
    format!("{} 情報セキュリティ自己点検票（{}）", fiscal_year_label(fiscal_year), role.short())
}

/// Does this role receive a sheet?
///
/// # Errors
/// For roles that only act in the procedure.
pub fn has_sheet(role: Role) -> Result<(), Refusal> {
    if Role::WITH_SHEET.contains(&role) {
        return Ok(());
    }
    Err(Refusal::field(
        "role",
        "点検票があるのは、職員、所属長及びシステム管理者だけです。答える人を選び直してください。",
    ))
}

/// May sheets of this fiscal year be put together? Those of the year that runs and of the next one, which are
/// prepared before it begins.
///
/// # Errors
/// For a year that is over or further away.
pub fn may_prepare(year: i32, today: Date) -> Result<(), Refusal> {
    let this = fiscal_year(today);
    if (this..=this + 1).contains(&year) {
        return Ok(());
    }
    Err(Refusal::new(
        "点検票を作れるのは、今年度及び次の年度の分だけです。一覧から年度を選び直してください。",
    ))
}

/// May a sheet be frozen?
///
/// # Errors
/// When nothing is on it, or nothing changed since its last edition.
pub fn freezable(items: usize, same_as_last: bool) -> Result<(), Refusal> {
    if items == 0 {
        return Err(Refusal::new("設問が1問もないため、確定できません。設問を加えてから確定してください。"));
    }
    if same_as_last {
        return Err(Refusal::new(
            "前に確定した版から変わっていません。設問又は順序を改めてから確定してください。",
        ));
    }
    Ok(())
}

/// The longest explanation added to a frozen question, in characters.
pub const LONGEST_SUPPLEMENT: usize = 400;

/// What may be added to a question of a frozen edition. Nothing else about it ever changes.
///
/// # Errors
/// When the text is missing or too long.
pub fn supplement_text(text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").trim().to_string();
    if text.is_empty() {
        return Err(Refusal::field("text", "補足説明を入力してください。"));
    }
    if text.chars().count() > LONGEST_SUPPLEMENT {
        return Err(Refusal::field("text", format!("補足説明は{LONGEST_SUPPLEMENT}字以内にしてください。")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_meaning_outlasts_later_corrections() {
        let wordings = [(1, Change::New), (2, Change::Minor), (3, Change::Changed), (4, Change::Minor)];
        for (earlier, expected) in [
            (None, Change::New),
            (Some(4), Change::Same),
            (Some(3), Change::Minor),
            (Some(2), Change::Changed),
            (Some(1), Change::Changed),
        ] {
            assert_eq!(change_since(earlier, &wordings), expected, "{earlier:?}");
        }
    }

    #[test]
    fn an_edition_is_named_by_year_role_and_number() {
        assert_eq!(edition_label(2026, Role::Staff, 1), "R8-職員-1");
        assert_eq!(edition_label(2019, Role::Manager, 12), "R1-所属長-12");
        assert_eq!(sheet_title(2026, Role::Staff), "令和8年度 情報セキュリティ自己点検票（職員）");
    }

    #[test]
    fn sheets_are_prepared_for_this_year_and_the_next() {
        let march = time::macros::date!(2027 - 03 - 31);
        let asked = [2025, 2026, 2027, 2028].map(|year| may_prepare(year, march).is_ok());
        assert_eq!(asked, [false, true, true, false]);
        assert!(may_prepare(2028, time::macros::date!(2027 - 04 - 01)).is_ok());
    }

    #[test]
    fn an_empty_or_unchanged_sheet_is_not_frozen() {
        assert!(freezable(0, false).is_err());
        assert!(freezable(3, true).is_err());
        assert_eq!(freezable(3, false), Ok(()));
    }

    #[test]
    fn only_three_roles_have_a_sheet() {
        let with: Vec<Role> = Role::ALL.into_iter().filter(|role| has_sheet(*role).is_ok()).collect();
        assert_eq!(with, Role::WITH_SHEET);
    }
}
