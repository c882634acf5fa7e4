//! The head of a form: who, where, when. Labels stand anywhere outside the table; values beside, below or in the
//! same cell.

mod pairs;
mod place;
mod split;

use super::date;
use super::filled::{Confidence, Head, Origin, Read, Rule};
use super::grid::Grid;
use super::words::Label;
pub use pairs::Pair;
pub use place::is_department;
pub use split::{department, position};
use std::ops::RangeInclusive;
use time::{Date, Duration, Month};

/// Reads the head from these parts of the sheet, the first ones first.
pub fn read(grid: &Grid, areas: &[RangeInclusive<usize>], title: &str) -> (Head, Option<Read<String>>) {
    let found: Vec<Pair> = areas.iter().flat_map(|area| pairs::in_rows(grid, area.clone())).collect();
    let fiscal_year = date::fiscal_year(title);
    let mut head = Head {
        department: in_parts(grid, &found),
        respondent: text(grid, &found, Label::Respondent).map(cleaned),
        position: text(grid, &found, Label::Position),
        staff_no: text(grid, &found, Label::StaffNo),
        system: text(grid, &found, Label::System),
        date: best(&found, Label::Date).and_then(|pair| day(grid, pair, fiscal_year)),
    };
    combined(grid, &found, &mut head);
    if let (None, Some(first)) = (&head.date, areas.first()) {
        head.date = pairs::lone_date(grid, first.clone(), &found, fiscal_year);
    }
    (head, text(grid, &found, Label::Remark))
}

/// True if these rows name a department or a person.
pub fn names_somebody(grid: &Grid, rows: RangeInclusive<usize>) -> bool {
    let (head, _) = read(grid, &[rows], "");
    head.department.is_some() || head.respondent.is_some()
}

/// The value of a label; of several the one whose wording is the most usual.
fn best(found: &[Pair], label: Label) -> Option<&Pair> {
    let of = found.iter().filter(|pair| pair.label == label && !pairs::is_placeholder(&pair.value));
    of.min_by_key(|pair| pair.rank)
}

fn text(grid: &Grid, found: &[Pair], label: Label) -> Option<Read<String>> {
    best(found, label).map(|pair| pair.read(grid))
}

/// 部 and 課 may have labels of their own.
fn in_parts(grid: &Grid, found: &[Pair]) -> Option<Read<String>> {
    let of = |label| text(grid, found, label);
    let parts: Vec<Read<String>> =
        match (of(Label::Division), of(Label::Department).or_else(|| of(Label::Section))) {
            (Some(division), Some(department)) if department.value.contains(division.value.as_str()) => {
                vec![department]
            }
            (division, department) => division.into_iter().chain(department).collect(),
        };
    let parts = if parts.is_empty() { of(Label::Unit).into_iter().collect() } else { parts };
    joined(parts)
}

fn joined(parts: Vec<Read<String>>) -> Option<Read<String>> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    for part in parts {
        whole.value = format!("{}　{}", whole.value, part.value);
        whole.origin.cell = format!("{}+{}", whole.origin.cell, part.origin.cell);
        whole.origin.raw = format!("{} {}", whole.origin.raw, part.origin.raw);
    }
    Some(whole)
}

/// 職・氏名, 所属・氏名 and a 職名 before the name.
fn combined(grid: &Grid, found: &[Pair], head: &mut Head) {
    for label in [Label::DepartmentPositionName, Label::DepartmentName] {
        if let Some(pair) = best(found, label) {
            take(grid, pair, true, head);
        }
    }
    if let Some(pair) = best(found, Label::PositionName) {
        take(grid, pair, false, head);
    }
    if head.respondent.is_none()
        && let Some(pair) = best(found, Label::Superior)
    {
        take(grid, pair, false, head);
    }
    before_name(head);
}

/// Parts a value that holds several things; what has its own label stays.
fn take(grid: &Grid, pair: &Pair, with_department: bool, head: &mut Head) {
    let read = pair.read(grid);
    let (department, rest) = match with_department {
        true => split::department(&read.value),
        false => (None, read.value.clone()),
    };
    let (position, name) = split::position(&rest);
    let part = |value: String| Read { value, ..read.clone() };
    head.department = head.department.take().or(department.map(part));
    head.position = head.position.take().or(position.map(part));
    let name = (!name.is_empty()).then(|| cleaned(part(name)));
    head.respondent = head.respondent.take().or(name);
}

/// 「主査　佐伯　美咲」 under 記入者, where no other cell names the position.
fn before_name(head: &mut Head) {
    if head.position.is_some() {
        return;
    }
    let Some(respondent) = head.respondent.clone() else { return };
    if let (Some(position), name) = split::known_position(&respondent.value)
        && !name.is_empty()
    {
        head.position = Some(Read { value: position, ..respondent.clone() });
        head.respondent = Some(Read { value: name, ..respondent });
    }
}

/// What stands in a cell behind its label: 「氏名：佐藤　花子」 is 佐藤　花子.
pub fn without_label(text: &str) -> String {
    match pairs::inline(text).as_slice() {
        [(_, _, value)] if !value.is_empty() => value.clone(),
        _ => text.to_string(),
    }
}

/// A known title and the name behind it.
pub fn person(text: &str) -> (Option<String>, String) {
    let (position, name) = split::known_position(text);
    (position, clean(&name))
}

/// Without the seal and the reading in brackets.
fn cleaned(read: Read<String>) -> Read<String> {
    Read { value: clean(&read.value), ..read }
}

fn clean(text: &str) -> String {
    let mut name = text.trim().to_string();
    for end in ["㊞", "印", "（印）", "(印)", "（自署）", "(自署)", "様"] {
        if let Some(rest) = name.strip_suffix(end)
            && rest.ends_with(|c: char| c.is_whitespace() || end != "印" && end != "様")
        {
            name = rest.trim_end().to_string();
        }
    }
    if let Some((bare, reading)) = name.split_once(['（', '('])
        && !bare.trim().is_empty()
        && reading
            .chars()
            .all(|c| matches!(c, 'ァ'..='ヶ' | 'ぁ'..='ん' | 'ー' | '）' | ')' | ' ' | '　' | 'ｦ'..='ﾟ'))
    {
        name = bare.trim_end().to_string();
    }
    name
}

fn day(grid: &Grid, pair: &Pair, fiscal_year: Option<i32>) -> Option<Read<Date>> {
    let read = pair.read(grid);
    let serial = || serial(&read.value).map(|day| date::Understood { day, assumed: false });
    let found = date::understand(&read.value, fiscal_year).or_else(serial);
    let found = found.or_else(|| pair.parts.iter().find_map(|part| date::understand(part, fiscal_year)))?;
    let rule = if found.assumed { Rule::AssumedYear } else { read.origin.rule };
    let confidence = if found.assumed { Confidence::Medium } else { Confidence::High };
    Some(Read { value: found.day, origin: Origin { rule, ..read.origin }, confidence })
}

/// A day whose format was lost: 45989 is 2025-11-28. Of this century only.
fn serial(text: &str) -> Option<Date> {
    let days: i64 = text.parse().ok().filter(|days| (36_526..73_051).contains(days))?;
    Date::from_calendar_date(1899, Month::December, 30).ok()?.checked_add(Duration::days(days))
}

/// The department by title, sheet or file, where the head does not name it.
pub fn department_elsewhere(title: &str, sheet: &str, file: &str) -> Option<Read<String>> {
    let from = |text: &str, rule: Rule| {
        let value = place::within(text)?;
        let origin = Origin { sheet: sheet.to_string(), cell: String::new(), raw: text.to_string(), rule };
        Some(Read { value, origin, confidence: Confidence::Medium })
    };
    from(title, Rule::Title).or_else(|| from(sheet, Rule::SheetName)).or_else(|| from(file, Rule::FileName))
}
