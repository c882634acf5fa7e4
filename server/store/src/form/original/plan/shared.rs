//! Which cells of a head are one form's alone.

use super::ReadForm;
use std::collections::{BTreeMap, BTreeSet};

/// Cells of the head that several forms of a sheet share belong to none of them alone: they are neither exchanged
/// nor emptied.
pub fn apart(mut forms: Vec<ReadForm>) -> Vec<ReadForm> {
    let mut users: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for (index, form) in forms.iter().enumerate() {
        for stand in &form.head {
            users.entry((form.sheet.clone(), stand.cell.clone())).or_default().insert(index);
        }
    }
    let mut remarks: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (form, (cell, _)) in forms.iter().filter_map(|form| Some((form, form.remark.as_ref()?))) {
        *remarks.entry((form.sheet.clone(), cell.clone())).or_default() += 1;
    }
    for form in &mut forms {
        let sheet = form.sheet.clone();
        for stand in &mut form.head {
            let shared = users.get(&(sheet.clone(), stand.cell.clone())).is_some_and(|by| by.len() > 1);
            stand.several |= shared;
        }
        if let Some((cell, _)) = &mut form.remark
            && remarks.get(&(sheet.clone(), cell.clone())).is_some_and(|by| *by > 1)
        {
            cell.clear();
        }
    }
    forms
}
