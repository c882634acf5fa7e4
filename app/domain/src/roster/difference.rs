//! What taking a roster over would change: 採用, 異動, 変更, 退職?, new departments.

use super::{Roster, RosterRow};
use crate::refusal::Refusal;
use crate::role::Role;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A post, with the department by its full name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holding {
    /// 部 and 課 as in [`RosterRow::full_department`].
    pub department: String,
    pub role: Role,
    pub title: String,
    pub system: Option<String>,
}

/// A person as the database has them today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub employment: String,
    pub email: Option<String>,
    /// Posts that hold.
    pub posts: Vec<Holding>,
}

/// What happens to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Not known yet.
    Hired,
    /// Other departments than before.
    Moved,
    /// The same departments; title, role, name or address differ.
    Changed,
    /// Known and in a post, but not in the file.
    Missing,
}

impl Kind {
    /// All, in the order of the page.
    pub const ALL: [Kind; 4] = [Kind::Hired, Kind::Moved, Kind::Changed, Kind::Missing];

    /// The word on the page.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Hired => "採用",
            Kind::Moved => "異動",
            Kind::Changed => "変更",
            Kind::Missing => "名簿にない",
        }
    }
}

/// One person who would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub kind: Kind,
    pub staff_no: String,
    pub name: String,
    /// As it is; empty for a new person.
    pub before: String,
    /// As it would be; empty for a missing person.
    pub after: String,
}

/// The difference between a roster and the database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// By kind, then in the order of the file.
    pub changes: Vec<Change>,
    /// 変更なし
    pub same: usize,
    /// Departments the database does not have, by full name, in the order of the file.
    pub new_departments: Vec<String>,
}

/// What taking a roster over did; kept with the application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub departments: usize,
    pub hired: usize,
    pub moved: usize,
    pub changed: usize,
    pub same: usize,
    /// People whose posts were ended because the file does not have them.
    pub ended: usize,
    /// People missing from the file who were left as they are.
    pub left: usize,
}

impl Difference {
    /// How many people change in this way.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// What applying it does.
    pub fn applied(&self, end_missing: bool) -> Applied {
        let missing = self.count(Kind::Missing);
        Applied {
            departments: self.new_departments.len(),
            hired: self.count(Kind::Hired),
            moved: self.count(Kind::Moved),
            changed: self.count(Kind::Changed),
            same: self.same,
            ended: if end_missing { missing } else { 0 },
            left: if end_missing { 0 } else { missing },
        }
    }
}

/// The posts a row gives. Several systems are separated by 、.
fn holdings(row: &RosterRow) -> Vec<Holding> {
    let holding =
        |role, system| Holding { department: row.full_department(), role, title: row.title.clone(), system };
    let mut all = vec![holding(Role::Staff, None)];
    if row.head {
        all.push(holding(Role::Manager, None));
    }
    let systems = row.system.iter().flat_map(|text| text.split(['、', ',', '，', '\n', '；', ';']));
    all.extend(
        systems
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| holding(Role::SystemManager, Some(name.to_string()))),
    );
    all
}

/// The posts each person of the file should hold, by staff number.
///
/// A file that names no head at all, or no system at all, says nothing about heads or systems: what the
/// database has stays.
pub fn wanted(roster: &Roster, known: &BTreeMap<String, Known>) -> BTreeMap<String, Vec<Holding>> {
    let silent: Vec<Role> = [
        (Role::Manager, roster.rows.iter().any(|row| row.head)),
        (Role::SystemManager, roster.rows.iter().any(|row| row.system.is_some())),
    ]
    .into_iter()
    .filter_map(|(role, spoken)| (!spoken).then_some(role))
    .collect();
    let mut wanted: BTreeMap<String, Vec<Holding>> = BTreeMap::new();
    for row in &roster.rows {
        wanted.entry(row.staff_no.clone()).or_default().extend(holdings(row));
    }
    for (staff_no, posts) in &mut wanted {
        let departments: BTreeSet<String> = posts.iter().map(|post| post.department.clone()).collect();
        let kept = known.get(staff_no).into_iter().flat_map(|person| &person.posts);
        posts.extend(
            kept.filter(|post| silent.contains(&post.role) && departments.contains(&post.department))
                .cloned(),
        );
    }
    wanted
}

/// What a row says about the person, with blanks of the file leaving the known value.
pub fn merged(known: Option<&Known>, row: &RosterRow) -> Known {
    let keep = |new: &Option<String>, old: Option<String>| new.clone().or(old);
    Known {
        staff_no: row.staff_no.clone(),
        name: row.name.clone(),
        kana: keep(&row.kana, known.map(|person| person.kana.clone())).unwrap_or_default(),
        employment: keep(&row.employment, known.map(|person| person.employment.clone())).unwrap_or_default(),
        email: keep(&row.email, known.and_then(|person| person.email.clone())),
        posts: Vec::new(),
    }
}

/// Compares a roster with the people and departments (by full name) of the database.
pub fn difference(
    roster: &Roster,
    known: &BTreeMap<String, Known>,
    departments: &BTreeSet<String>,
) -> Difference {
    let wanted = wanted(roster, known);
    let mut difference = Difference::default();
    let mut seen = BTreeSet::new();
    for row in &roster.rows {
        let name = row.full_department();
        if !departments.contains(&name) && !difference.new_departments.contains(&name) {
            difference.new_departments.push(name);
        }
        if !seen.insert(row.staff_no.clone()) {
            continue;
        }
        let person = known.get(&row.staff_no);
        match change(person, row, wanted.get(&row.staff_no).map_or(&[], Vec::as_slice)) {
            Some(change) => difference.changes.push(change),
            None => difference.same += 1,
        }
    }
    let missing =
        known.values().filter(|person| !person.posts.is_empty() && !seen.contains(&person.staff_no));
    difference.changes.extend(missing.map(|person| Change {
        kind: Kind::Missing,
        staff_no: person.staff_no.clone(),
        name: person.name.clone(),
        before: written(&person.posts),
        after: String::new(),
    }));
    difference.changes.sort_by_key(|change| change.kind);
    difference
}

fn change(person: Option<&Known>, row: &RosterRow, wanted: &[Holding]) -> Option<Change> {
    let change = |kind, before: String, after: String| {
        Some(Change { kind, staff_no: row.staff_no.clone(), name: row.name.clone(), before, after })
    };
    let Some(person) = person.filter(|person| !person.posts.is_empty()) else {
        return change(Kind::Hired, String::new(), written(wanted));
    };
    let places = |posts: &[Holding]| -> BTreeSet<String> {
        posts.iter().map(|post| post.department.clone()).collect()
    };
    let (before, after) = (written(&person.posts), written(wanted));
    if places(&person.posts) != places(wanted) {
        return change(Kind::Moved, before, after);
    }
    let told = merged(Some(person), row);
    if told.name != person.name {
        return change(Kind::Changed, format!("氏名「{}」", person.name), format!("氏名「{}」", told.name));
    }
    let same_posts = person.posts.iter().collect::<BTreeSet<_>>() == wanted.iter().collect::<BTreeSet<_>>();
    if !same_posts {
        return change(Kind::Changed, before, after);
    }
    let about =
        |one: &Known| [one.kana.clone(), one.employment.clone(), one.email.clone().unwrap_or_default()];
    let pairs = about(person).into_iter().zip(about(&told)).filter(|(old, new)| old != new);
    let (old, new): (Vec<String>, Vec<String>) = pairs.unzip();
    if old.is_empty() { None } else { change(Kind::Changed, old.join("、"), new.join("、")) }
}

/// Posts as a short text: department and title, with 所属長 and systems.
fn written(posts: &[Holding]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for post in posts.iter().filter(|post| post.role == Role::Staff) {
        let mut text = format!("{}　{}", post.department, post.title).trim_end().to_string();
        let here = posts.iter().filter(|other| other.department == post.department);
        for other in here {
            match (other.role, &other.system) {
                (Role::Manager, _) => text.push_str("（所属長）"),
                (Role::SystemManager, Some(system)) => text.push_str(&format!("（{system}）")),
                _ => (),
            }
        }
        texts.push(text);
    }
    texts.join("／")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::RosterProblem;

    fn row(staff_no: &str, department: &str, title: &str, head: bool, system: Option<&str>) -> RosterRow {
        RosterRow {
            row: 2,
            division: "総務部".into(),
            department: department.into(),
            department_code: None,
            staff_no: staff_no.into(),
            name: format!("氏名{staff_no}"),
            kana: None,
            title: title.into(),
            employment: None,
            email: None,
            head,
            system: system.map(Into::into),
            concurrent: false,
        }
    }

    fn known(staff_no: &str, posts: Vec<Holding>) -> (String, Known) {
        let person = Known {
            staff_no: staff_no.into(),
            name: format!("氏名{staff_no}"),
            kana: "かな".into(),
            employment: "常勤".into(),
            email: None,
            posts,
        };
        (staff_no.into(), person)
    }

    fn post(department: &str, role: Role, title: &str) -> Holding {
        Holding { department: format!("総務部　{department}"), role, title: title.into(), system: None }
    }

    #[test]
    fn people_are_told_apart_by_what_happens_to_them() {
        let known: BTreeMap<String, Known> = [
            known("1", vec![post("人事課", Role::Staff, "主事")]),
            known("2", vec![post("人事課", Role::Staff, "主事")]),
            known("3", vec![post("人事課", Role::Staff, "主事")]),
            known("4", vec![post("人事課", Role::Staff, "主事")]),
        ]
        .into();
        let rows = vec![
            row("1", "人事課", "主事", false, None),
            row("2", "財政課", "主事", false, None),
            row("3", "人事課", "課長", true, None),
            row("5", "人事課", "主事", false, Some("人事給与、庶務事務")),
        ];
        let roster = Roster { rows, problems: Vec::new() };
        let departments = BTreeSet::from(["総務部　人事課".to_string()]);
        let found = difference(&roster, &known, &departments);
        let kinds: Vec<(Kind, &str)> =
            found.changes.iter().map(|change| (change.kind, change.staff_no.as_str())).collect();
        assert_eq!(
            kinds,
            [(Kind::Hired, "5"), (Kind::Moved, "2"), (Kind::Changed, "3"), (Kind::Missing, "4")]
        );
        assert_eq!((found.same, found.new_departments), (1, vec!["総務部　財政課".to_string()]));
        assert_eq!(wanted(&roster, &known)["5"].len(), 3);
    }

    #[test]
    fn a_file_without_heads_leaves_the_heads_as_they_are() {
        let posts = vec![post("人事課", Role::Staff, "課長"), post("人事課", Role::Manager, "課長")];
        let known: BTreeMap<String, Known> = [known("1", posts)].into();
        let roster =
            Roster { rows: vec![row("1", "人事課", "課長", false, None)], problems: Vec::new() };
        let found = difference(&roster, &known, &BTreeSet::from(["総務部　人事課".to_string()]));
        assert_eq!((found.changes, found.same), (vec![], 1));
    }

    #[test]
    fn nobody_is_ended_while_rows_are_left_out() {
        let mut roster = Roster::default();
        assert!(may_end_missing(&roster).is_ok());
        roster.problems.push(RosterProblem::remark(0, "注意"));
        assert!(may_end_missing(&roster).is_ok());
        roster.problems.push(RosterProblem::rejected(3, "だめ"));
        assert!(may_end_missing(&roster).is_err());
    }
}
