//! Which sheet of a person belongs to which post of the later day.

use super::{Holder, Sheet, Withdrawn};
use crate::role::Role;

/// What became of a sheet or a post.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pair<'a> {
    /// Nothing changed, or it was settled by hand.
    Same(&'a Sheet),
    /// The same sheet, owed in another department.
    Elsewhere(&'a Sheet, &'a Holder),
    /// Withdrawn by a rule and owed again.
    Back(&'a Sheet, &'a Holder),
    /// Not owed any more.
    Gone(&'a Sheet),
    /// Owed and not there.
    New(&'a Holder),
}

/// Pairs the sheets and the posts of one person. What fits exactly comes first; of the rest a sheet goes along to
/// another post of the same role. A head who has answered for one department and now leads another owes its sheet
/// anew: a head's sheet is about the department.
pub(super) fn match_up<'a>(own: &[&'a Sheet], owes: &[&'a Holder]) -> Vec<Pair<'a>> {
    let mut sheets: Vec<&Sheet> = own.to_vec();
    // What is owed is matched before what was withdrawn.
    sheets.sort_by_key(|sheet| sheet.withdrawn.is_some());
    let mut open: Vec<&Holder> = owes.to_vec();
    let mut pairs = Vec::new();
    let mut rest = Vec::new();
    for sheet in sheets {
        match open.iter().position(|holder| is_same(sheet, holder) && here(sheet, holder)) {
            Some(at) => pairs.push(paired(sheet, open.remove(at))),
            None => rest.push(sheet),
        }
    }
    for sheet in rest {
        match open.iter().position(|holder| is_same(sheet, holder) && goes_along(sheet)) {
            Some(at) => pairs.push(paired(sheet, open.remove(at))),
            None if sheet.withdrawn.is_none() => pairs.push(Pair::Gone(sheet)),
            None => {}
        }
    }
    pairs.extend(open.into_iter().map(Pair::New));
    pairs
}

/// The same sheet: of the same role, and for systems the same system.
fn is_same(sheet: &Sheet, holder: &Holder) -> bool {
    sheet.role == holder.role && (sheet.role != Role::SystemManager || sheet.system == holder.system)
}

fn here(sheet: &Sheet, holder: &Holder) -> bool {
    sheet.department_id == holder.department_id
}

/// Whether a sheet may follow its person into another department.
fn goes_along(sheet: &Sheet) -> bool {
    match sheet.role {
        Role::Staff | Role::SystemManager => true,
        _ => sheet.withdrawn.is_none() && !sheet.begun.is_answered(),
    }
}

fn paired<'a>(sheet: &'a Sheet, holder: &'a Holder) -> Pair<'a> {
    match sheet.withdrawn {
        Some(Withdrawn::ByHand) => Pair::Same(sheet),
        Some(Withdrawn::ByRule) => Pair::Back(sheet, holder),
        None if here(sheet, holder) => Pair::Same(sheet),
        None => Pair::Elsewhere(sheet, holder),
    }
}
