//! The departments of a roster in their order (組織順).

use super::RosterRow;
use std::collections::BTreeMap;

/// A 部 or a 課 as a roster names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The 部 above; none for a 部 and for a 課 without one.
    pub parent: Option<String>,
    pub name: String,
    /// 所属コード; empty where the file has none.
    pub code: String,
}

impl Place {
    /// As in [`RosterRow::full_department`].
    pub fn full(&self) -> String {
        match &self.parent {
            Some(parent) => format!("{parent}　{}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The places of a roster: each 部 followed by its 課. In the order of the codes if every place of the file
/// has one, otherwise in the order of first appearance.
pub fn places(rows: &[RosterRow]) -> Vec<Place> {
    let coded = rows.iter().all(|row| row.department_code.as_ref().is_some_and(|code| !code.is_empty()));
    let mut rows: Vec<&RosterRow> = rows.iter().collect();
    if coded {
        rows.sort_by_key(|row| row.department_code.clone());
    }
    let mut tops: Vec<Place> = Vec::new();
    let mut below: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for row in rows {
        let code = row.department_code.clone().unwrap_or_default();
        let alone = row.division.is_empty() || row.division == row.department;
        let top = if alone { &row.department } else { &row.division };
        let code_of_top = if alone { code.clone() } else { String::new() };
        match tops.iter_mut().find(|known| known.name == *top) {
            Some(known) if known.code.is_empty() => known.code = code_of_top,
            Some(_) => (),
            None => tops.push(Place { parent: None, name: top.clone(), code: code_of_top }),
        }
        let children = below.entry(top.clone()).or_default();
        if !alone && !children.iter().any(|known| known.name == row.department) {
            children.push(Place { parent: Some(top.clone()), name: row.department.clone(), code });
        }
    }
    tops.into_iter()
        .flat_map(|top| {
            let children = below.remove(&top.name).unwrap_or_default();
            std::iter::once(top).chain(children)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(division: &str, department: &str, code: Option<&str>) -> RosterRow {
        RosterRow {
            row: 2,
            division: division.into(),
            department: department.into(),
            department_code: code.map(Into::into),
            staff_no: "1".into(),
            name: "森".into(),
            kana: None,
            title: String::new(),
            employment: None,
            email: None,
            head: false,
            system: None,
            concurrent: false,
            absence: None,
        }
    }

    fn names(rows: &[RosterRow]) -> Vec<String> {
        places(rows).iter().map(Place::full).collect()
    }

    #[test]
    fn departments_stand_under_their_division_in_the_order_of_codes() {
        let mixed =
            [("総務部", "財政課", "0103"), ("市民部", "市民課", "0201"), ("総務部", "人事課", "0101")];
        let rows: Vec<RosterRow> = mixed.iter().map(|(a, b, code)| row(a, b, Some(code))).collect();
        assert_eq!(names(&rows), ["総務部", "総務部　人事課", "総務部　財政課", "市民部", "市民部　市民課"]);
    }

    #[test]
    fn without_codes_the_file_decides_and_a_division_may_stand_alone() {
        let rows =
            [row("市民部", "市民課", None), row("", "会計課", None), row("市民部", "市民部", Some("1"))];
        assert_eq!(names(&rows), ["市民部", "市民部　市民課", "会計課"]);
        assert_eq!(places(&rows)[0].code, "1");
    }
}
