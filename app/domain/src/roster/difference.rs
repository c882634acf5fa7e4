//! What taking a roster over would change: 採用, 異動, 兼務, 休職等, 変更, 退職?, new and renamed departments.

use super::renaming::{Renaming, follow, renamed_name, renamings};
use super::{Roster, RosterRow};
use crate::post::{AbsenceReason, Kind as PostKind, is_double_title, kind_of_title};
use crate::role::Role;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A post, with the department by its full name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holding {
    /// 部 and 課 as in [`RosterRow::full_department`].
    pub department: String,
    pub role: Role,
    #[serde(default)]
    pub kind: PostKind,
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
    /// Why the person is away for long.
    pub absence: Option<AbsenceReason>,
}

/// What happens to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Not known yet.
    Hired,
    /// Another main department than before.
    Moved,
    /// The same main department; posts beside it begin or end.
    Concurrent,
    /// Goes away for long, or comes back.
    Away,
    /// The same departments; title, role, name or address differ.
    Changed,
    /// Known and in a post, but not in the file.
    Missing,
}

impl Kind {
    /// All, in the order of the page.
    pub const ALL: [Kind; 6] =
        [Kind::Hired, Kind::Moved, Kind::Concurrent, Kind::Away, Kind::Changed, Kind::Missing];

    /// The key in addresses and forms.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Hired => "hired",
            Kind::Moved => "moved",
            Kind::Concurrent => "concurrent",
            Kind::Away => "away",
            Kind::Changed => "changed",
            Kind::Missing => "missing",
        }
    }

    /// The kind of a key, if there is one.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The word on the page.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Hired => "採用",
            Kind::Moved => "異動",
            Kind::Concurrent => "兼務",
            Kind::Away => "休職等",
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
    /// Departments that have their code under another name, or under another 部.
    #[serde(default)]
    pub renamed: Vec<Renaming>,
}

impl Difference {
    /// How many people change in this way.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }
}

/// The posts a row gives. Several systems are separated by 、.
fn holdings(row: &RosterRow) -> Vec<Holding> {
    let said = kind_of_title(&row.title);
    let beside = if row.concurrent { PostKind::Additional } else { PostKind::Main };
    // 「次長兼課長事務取扱」: the person's own post, and the head's held for another.
    let own = if is_double_title(&row.title) { None } else { said };
    let holding = |role, kind, system| Holding {
        department: row.full_department(),
        role,
        kind,
        title: row.title.clone(),
        system,
    };
    let mut all = vec![holding(Role::Staff, own.unwrap_or(beside), None)];
    if row.head {
        all.push(holding(Role::Manager, said.unwrap_or(beside), None));
    }
    let systems = systems(row).into_iter();
    all.extend(systems.map(|name| holding(Role::SystemManager, beside, Some(name))));
    all
}

/// The systems a row names (所管システム).
pub fn systems(row: &RosterRow) -> Vec<String> {
    let names = row.system.iter().flat_map(|text| text.split(['、', ',', '，', '\n', '；', ';']));
    names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_string).collect()
}

/// Everybody has one 本務: the first row is it where the file marks none, and where it marks several the first
/// of them stays.
fn settle_main(posts: &mut [Holding]) {
    let mut mains = posts.iter_mut().filter(|post| post.role == Role::Staff && post.kind == PostKind::Main);
    if mains.next().is_some() {
        mains.for_each(|post| post.kind = PostKind::Additional);
    } else if let Some(first) = posts.iter_mut().find(|post| post.role == Role::Staff) {
        first.kind = PostKind::Main;
    }
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
        settle_main(posts);
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
        absence: row.absence,
    }
}

/// Why each person of the file is away for long. A file that names nobody says nothing about absences.
pub fn absences(roster: &Roster) -> Option<BTreeMap<String, AbsenceReason>> {
    let named = roster.rows.iter().filter_map(|row| Some((row.staff_no.clone(), row.absence?)));
    let named: BTreeMap<String, AbsenceReason> = named.collect();
    (!named.is_empty()).then_some(named)
}

/// Compares a roster with the people and departments (full name and code) of the database.
pub fn difference(
    roster: &Roster,
    known: &BTreeMap<String, Known>,
    departments: &BTreeMap<String, String>,
    follow_codes: bool,
) -> Difference {
    let mut known = known.clone();
    let renamed = if follow_codes { renamings(roster, departments) } else { Vec::new() };
    follow(&mut known, &renamed);
    let there: BTreeSet<String> = departments.keys().map(|name| renamed_name(name, &renamed)).collect();
    let (wanted, absences) = (wanted(roster, &known), absences(roster));
    let mut difference = Difference::default();
    let mut seen = BTreeSet::new();
    let mut new = BTreeSet::new();
    for row in &roster.rows {
        let name = row.full_department();
        if !there.contains(&name) && new.insert(name.clone()) {
            difference.new_departments.push(name);
        }
        if !seen.insert(row.staff_no.clone()) {
            continue;
        }
        let person = known.get(&row.staff_no);
        let away = match &absences {
            Some(absences) => absences.get(&row.staff_no).copied(),
            None => person.and_then(|person| person.absence),
        };
        match change(person, row, wanted.get(&row.staff_no).map_or(&[], Vec::as_slice), away) {
            Some(change) => difference.changes.push(change),
            None => difference.same += 1,
        }
    }
    difference.changes.extend(missing(&known, &seen));
    difference.changes.sort_by_key(|change| change.kind);
    difference.renamed = renamed;
    difference
}

fn missing(known: &BTreeMap<String, Known>, seen: &BTreeSet<String>) -> Vec<Change> {
    let missing =
        known.values().filter(|person| !person.posts.is_empty() && !seen.contains(&person.staff_no));
    missing
        .map(|person| Change {
            kind: Kind::Missing,
            staff_no: person.staff_no.clone(),
            name: person.name.clone(),
            before: written(&person.posts, person.absence),
            after: String::new(),
        })
        .collect()
}

fn change(
    person: Option<&Known>,
    row: &RosterRow,
    wanted: &[Holding],
    away: Option<AbsenceReason>,
) -> Option<Change> {
    let change = |kind, before: String, after: String| {
        Some(Change { kind, staff_no: row.staff_no.clone(), name: row.name.clone(), before, after })
    };
    let Some(person) = person.filter(|person| !person.posts.is_empty()) else {
        return change(Kind::Hired, String::new(), written(wanted, away));
    };
    let places = |posts: &[Holding], main: bool| -> BTreeSet<String> {
        let of = posts.iter().filter(|post| !main || post.kind == PostKind::Main);
        of.map(|post| post.department.clone()).collect()
    };
    let (before, after) = (written(&person.posts, person.absence), written(wanted, away));
    if places(&person.posts, true) != places(wanted, true) {
        return change(Kind::Moved, before, after);
    }
    if places(&person.posts, false) != places(wanted, false) {
        return change(Kind::Concurrent, before, after);
    }
    if person.absence != away {
        return change(Kind::Away, before, after);
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

/// Posts as a short text: department and title, with how they are held, 所属長 and systems.
pub fn posts_text(posts: &[Holding]) -> String {
    written(posts, None)
}

/// The same with the absence.
fn written(posts: &[Holding], away: Option<AbsenceReason>) -> String {
    let mut texts: Vec<String> = Vec::new();
    for post in posts.iter().filter(|post| post.role == Role::Staff) {
        let mut text = format!("{}　{}", post.department, post.title).trim_end().to_string();
        if post.kind != PostKind::Main {
            text.push_str(&format!("（{}）", post.kind.label()));
        }
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
    let away = away.map(|reason| format!("【{}】", reason.label())).unwrap_or_default();
    texts.join("／") + &away
}

#[cfg(test)]
mod tests;
