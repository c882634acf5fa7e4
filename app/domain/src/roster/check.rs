//! Rules between the lines of a roster, and against what is known beside it: the day, the kinds of
//! employment, the list of departments.

use super::line::{Line, Rule};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

/// A department of the list beside a roster (組織一覧).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// 所属コード; empty where the list has none.
    pub code: String,
    pub bu: String,
    pub ka: String,
    /// 廃止日.
    pub abolished: Option<Date>,
}

/// What a roster is held against. What is not known is not checked.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// 基準日.
    pub as_of: Option<Date>,
    /// The kinds of employment of this city.
    pub employment: Vec<String>,
    /// The departments of this city.
    pub organisations: Vec<Listed>,
    /// How many digits a staff number has, where the file itself does not show it.
    pub digits: Option<usize>,
}

/// Adds the notes that need more than one cell.
pub fn check(lines: &mut [Line], expected: &Expected) {
    for line in lines.iter_mut() {
        days(line, expected);
        employment(line, expected);
        department(line, expected);
    }
    repeated(lines);
    shared_numbers(lines);
    concurrent(lines);
    shared_mail(lines);
}

fn days(line: &mut Line, expected: &Expected) {
    let Some(as_of) = expected.as_of else { return };
    if let Some(start) = line.start_date.filter(|start| *start > as_of) {
        line.note(Rule::FutureStart, crate::calendar::wareki(start));
    }
    if line.left || line.left_on.is_some_and(|day| day < as_of) {
        line.note(Rule::RetiredPerson, line.left_on.map(crate::calendar::wareki).unwrap_or_default());
    }
}

/// A known spelling becomes the city's own; everything else is reported and kept.
fn employment(line: &mut Line, expected: &Expected) {
    let Some(written) = line.employment.clone() else { return };
    if expected.employment.is_empty() {
        return;
    }
    let same = |a: &str, b: &str| plain(a) == plain(b);
    let concept = |text: &str| KINDS.iter().position(|kind| kind.iter().any(|name| same(name, text)));
    let exact = expected.employment.iter().find(|known| same(known, &written));
    let found = exact.or_else(|| {
        let wanted = concept(&written)?;
        let mut fitting = expected.employment.iter().filter(|known| concept(known) == Some(wanted));
        fitting.next().filter(|_| fitting.next().is_none())
    });
    match found {
        Some(known) => line.employment = Some(known.clone()),
        None => line.note(Rule::UnknownEmployment, written),
    }
}

/// Words of different cities for the same kind. Only whole words: 「正規?」 is a question, not an answer.
const KINDS: [&[&str]; 6] = [
    &["正規", "正規職員", "正職員", "正職", "常勤", "常勤職員", "任期の定めのない常勤職員"],
    &["再任用", "再任用職員", "暫定再任用", "暫定再任用職員"],
    &["会計年度", "会計年度任用", "会計年度任用職員", "会任", "会計年度職員"],
    &["派遣", "派遣職員", "派遣社員", "労働者派遣"],
    &["任期付", "任期付職員", "任期付き", "任期付き職員"],
    &["臨時", "臨時職員", "臨時的任用", "臨時的任用職員", "臨任"],
];

fn department(line: &mut Line, expected: &Expected) {
    let list = &expected.organisations;
    if list.is_empty() {
        return;
    }
    let found = match &line.org_code {
        Some(code) => list.iter().find(|one| plain(&one.code) == plain(code)),
        None => list.iter().find(|one| named(line, one)),
    };
    let Some(found) = found.cloned() else {
        let written = line.org_code.clone().or_else(|| line.ka.clone()).unwrap_or_default();
        if !line.has(Rule::MissingDepartment) {
            line.note(Rule::UnknownOrgCode, written);
        }
        return;
    };
    if found.abolished.zip(expected.as_of).is_some_and(|(gone, as_of)| gone < as_of) {
        let day = found.abolished.map(crate::calendar::wareki).unwrap_or_default();
        line.note(Rule::RetiredDepartment, day);
    }
    if line.ka.is_none() && line.bu.is_none() {
        // The file gives codes only; the list knows their names.
        let ka = if found.ka.is_empty() { &found.bu } else { &found.ka };
        (line.bu, line.ka) = (some(&found.bu), some(ka));
        line.notes.retain(|note| note.rule != Rule::MissingDepartment);
    } else if !named(line, &found) {
        line.note(Rule::OrgNameMismatch, format!("{}　{}", found.bu, found.ka).trim().to_string());
    }
}

/// True if the line names this department. A 部 the line or the list leaves out is no contradiction.
fn named(line: &Line, listed: &Listed) -> bool {
    let (bu, ka) = (plain(line.bu.as_deref().unwrap_or("")), plain(line.ka.as_deref().unwrap_or("")));
    let (listed_bu, listed_ka) = (plain(&listed.bu), plain(&listed.ka));
    let alone = |bu: &str, ka: &str| ka.is_empty() || bu == ka;
    let same_ka = match (alone(&bu, &ka), alone(&listed_bu, &listed_ka)) {
        (true, true) => {
            let one = |bu: String, ka: String| if ka.is_empty() { bu } else { ka };
            return one(bu, ka) == one(listed_bu, listed_ka);
        }
        _ => ka == listed_ka,
    };
    same_ka && (bu.is_empty() || listed_bu.is_empty() || bu == listed_bu || bu == ka)
}

/// The whole line a second time; a running number beside it does not matter.
fn repeated(lines: &mut [Line]) {
    type Key = ([Option<String>; 10], Option<Date>, bool);
    let mut first: BTreeMap<Key, usize> = BTreeMap::new();
    for line in lines.iter_mut().filter(|line| line.staff_no.is_some() && line.name.is_some()) {
        let key = (
            [
                line.org_code.clone(),
                line.bu.clone(),
                line.ka.clone(),
                line.kakari.clone(),
                line.staff_no.clone(),
                line.name.clone(),
                line.kana.clone(),
                line.position.clone(),
                line.employment.clone(),
                line.mail.clone(),
            ],
            line.start_date,
            line.concurrent,
        );
        match first.get(&key) {
            Some(row) => line.note(Rule::ExactDuplicate, row.to_string()),
            None => drop(first.insert(key, line.row)),
        }
    }
}

/// The lines of each staff number, without those that only repeat another.
fn by_number(lines: &[Line]) -> BTreeMap<String, Vec<usize>> {
    let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.has(Rule::ExactDuplicate)) {
        if let Some(number) = &line.staff_no {
            of.entry(number.clone()).or_default().push(index);
        }
    }
    of
}

/// One number for two names: nobody can tell here which is right, so neither is taken.
fn shared_numbers(lines: &mut [Line]) {
    for indices in by_number(lines).into_values() {
        let names: BTreeSet<String> = indices
            .iter()
            .filter_map(|index| lines.get(*index)?.name.as_deref())
            .map(without_blanks)
            .collect();
        if names.len() < 2 {
            continue;
        }
        let list: Vec<String> = indices
            .iter()
            .filter_map(|index| lines.get(*index))
            .map(|line| format!("{}行目「{}」", line.row, line.name.as_deref().unwrap_or("")))
            .collect();
        for index in indices {
            if let Some(line) = lines.get_mut(index) {
                line.note(Rule::DuplicateStaffNo, list.join("、"));
            }
        }
    }
}

/// Further posts: those marked as such; of unmarked ones all but the first.
fn concurrent(lines: &mut [Line]) {
    for indices in by_number(lines).into_values() {
        let of_one_person = indices
            .iter()
            .all(|index| lines.get(*index).is_some_and(|line| !line.has(Rule::DuplicateStaffNo)));
        let mut main_seen = false;
        for index in indices {
            let Some(line) = lines.get_mut(index) else { continue };
            line.concurrent |= main_seen && of_one_person;
            main_seen |= !line.concurrent;
            if line.concurrent {
                line.note(Rule::ConcurrentPost, "");
            }
        }
    }
}

/// Two persons with one address. A line that is left out anyway says nothing.
fn shared_mail(lines: &mut [Line]) {
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let taken =
        |line: &Line| !matches!(line.status(), super::line::Status::Rejected | super::line::Status::Ignored);
    for line in lines.iter().filter(|line| taken(line)) {
        if let (Some(mail), Some(number)) = (&line.mail, &line.staff_no) {
            owners.entry(mail.to_lowercase()).or_default().insert(number.clone());
        }
    }
    for line in lines.iter_mut().filter(|line| taken(line)) {
        let Some(mail) = line.mail.clone() else { continue };
        if owners.get(&mail.to_lowercase()).is_some_and(|numbers| numbers.len() > 1) {
            line.note(Rule::SharedMail, mail);
        }
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// For comparison only: width folded, blanks removed.
fn plain(text: &str) -> String {
    crate::clause::fold(text)
}
