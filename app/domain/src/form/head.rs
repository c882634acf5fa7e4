//! The head of a form somebody filled, beside the person whose answers are written into it. A form another person
//! filled carries that person's name: this is said, and the name is exchanged where it stands.

use crate::calendar::{iso, wareki};
use crate::person::folded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::Date;

/// A field of the head that says whose form it is, and of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 所属
    Department,
    /// 職名
    Position,
    /// 氏名
    Person,
    /// 職員番号
    StaffNo,
    /// 点検日
    Day,
}

impl Field {
    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Field::Department => "所属",
            Field::Position => "職名",
            Field::Person => "氏名",
            Field::StaffNo => "職員番号",
            Field::Day => "点検日",
        }
    }
}

/// A field as it stands in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    pub field: Field,
    /// Name of the cell: `C3`.
    pub cell: String,
    /// What it means; a day as `2026-11-28`.
    pub value: String,
    /// The whole text of the cell.
    pub raw: String,
    /// It is put together from several cells.
    pub several: bool,
}

/// Whose answers are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    pub division: String,
    pub department: String,
    pub position: String,
    pub person: String,
    pub staff_no: String,
    /// The day of answering.
    pub day: Option<Date>,
}

/// A field of the form beside the owner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub field: Field,
    pub cell: String,
    /// As it stands.
    pub before: String,
    /// The owner's.
    pub own: String,
    /// Both say the same.
    pub same: bool,
    /// It can be exchanged where it stands.
    pub writable: bool,
}

/// A cell of the head and its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    pub cell: String,
    pub text: String,
    /// The cell holds a day and no text.
    pub day: bool,
}

/// Every field of the form beside the owner's.
pub fn compared(stands: &[Stands], own: &Answered) -> Vec<Compared> {
    let one = |stand: &Stands| {
        let text = owns(stand, own);
        Compared {
            field: stand.field,
            cell: stand.cell.clone(),
            before: if stand.field == Field::Day { stand.raw.clone() } else { stand.value.clone() },
            same: same(stands, stand, own),
            writable: exchanged(stand, &stand.raw, &text).is_some(),
            own: text,
        }
    };
    stands.iter().map(one).collect()
}

/// True if somebody else stands in the head. The name decides; where there is none, the number and the department do.
/// Another day or another position makes nobody another person.
pub fn is_anothers(compared: &[Compared]) -> bool {
    let named = compared.iter().find(|one| one.field == Field::Person);
    let other = |one: &Compared| !one.same && matches!(one.field, Field::Department | Field::StaffNo);
    named.map_or_else(|| compared.iter().any(other), |one| !one.same)
}

/// The cells of the head with the owner's name in place of the other one. Fields that share a cell go together.
pub fn exchange(stands: &[Stands], own: &Answered) -> Vec<Exchanged> {
    let mut cells: BTreeMap<&str, Exchanged> = BTreeMap::new();
    for stand in stands.iter().filter(|stand| !same(stands, stand, own)) {
        let raw = cells.get(stand.cell.as_str()).map_or(stand.raw.as_str(), |cell| cell.text.as_str());
        if let Some(text) = exchanged(stand, raw, &owns(stand, own)) {
            let day = is_day(stand);
            cells.insert(&stand.cell, Exchanged { cell: stand.cell.clone(), text, day });
        }
    }
    cells.into_values().collect()
}

/// What the owner has in place of a field; written like what stands there.
fn owns(stand: &Stands, own: &Answered) -> String {
    match stand.field {
        Field::Department if bare(&stand.value).contains(&bare(&own.division)) || own.division.is_empty() => {
            format!("{}　{}", own.division, own.department).trim().to_string()
        }
        Field::Department => own.department.clone(),
        Field::Position => own.position.clone(),
        Field::Person => own.person.clone(),
        Field::StaffNo => own.staff_no.clone(),
        Field::Day => own.day.map(|day| written_like(&stand.raw, day)).unwrap_or_default(),
    }
}

fn same(stands: &[Stands], stand: &Stands, own: &Answered) -> bool {
    let value = stand.value.as_str();
    let named = |other: &Stands| other.field == Field::Person && bare(&other.value) == bare(&own.person);
    match stand.field {
        Field::Department => bare(value).ends_with(&bare(&own.department)),
        // Of a position nobody knows only another person's is wrong.
        Field::Position if own.position.is_empty() => stands.iter().any(named),
        Field::Position => bare(value) == bare(&own.position),
        Field::Person => bare(value) == bare(&own.person),
        Field::StaffNo => bare(value).trim_start_matches('0') == bare(&own.staff_no).trim_start_matches('0'),
        // Where the day of answering is not known, nothing contradicts it.
        Field::Day => own.day.is_none_or(|day| iso(day) == value),
    }
}

fn bare(text: &str) -> String {
    folded(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A real day of the workbook: it is read as `2026-11-28`, whatever its format shows.
fn is_day(stand: &Stands) -> bool {
    stand.field == Field::Day && stand.raw == stand.value
}

/// The text of the cell with the new in place of the old; `None` where the old can't be told from the rest.
fn exchanged(stand: &Stands, raw: &str, new: &str) -> Option<String> {
    if stand.several || stand.cell.is_empty() || stand.cell.contains('+') {
        return None;
    }
    if stand.field == Field::Day {
        // Its meaning is not its text: only a cell with nothing but a day is exchanged.
        let alone = !raw.contains([':', '：']) && raw.chars().count() <= 20;
        return alone.then(|| new.to_string());
    }
    let old: Vec<char> = stand.value.chars().filter(|c| !c.is_whitespace()).collect();
    let (start, end) = find(raw, &old)?;
    let text = format!("{}{new}{}", raw.get(..start)?, raw.get(end..)?);
    Some(text.trim().to_string())
}

/// Where these characters stand in a text, whatever blanks lie between them.
fn find(text: &str, wanted: &[char]) -> Option<(usize, usize)> {
    let first = wanted.first()?;
    text.char_indices().filter(|(_, c)| c == first).find_map(|(start, _)| {
        let mut left = wanted.iter().peekable();
        for (at, c) in text.get(start..)?.char_indices() {
            match left.peek() {
                None => return Some((start, start + at)),
                Some(next) if **next == c => drop(left.next()),
                Some(_) if c.is_whitespace() => {}
                Some(_) => return None,
            }
        }
        left.peek().is_none().then_some((start, text.len()))
    })
}

/// A day in the notation of another one: 令和７年…, R7.11.28, 2025/11/28.
fn written_like(raw: &str, day: Date) -> String {
    let (year, month, date) = (day.year(), u8::from(day.month()), day.day());
    let western = raw.trim_start().starts_with("19") || raw.trim_start().starts_with("20");
    let apart = |mark: &str| format!("{}{mark}{month}{mark}{date}", if western { year } else { year - 2018 });
    let reiwa = if raw.trim_start().starts_with(['R', 'r', 'Ｒ']) { "R" } else { "" };
    match raw {
        raw if raw == iso_like(raw) => iso(day),
        raw if raw.contains('/') => format!("{reiwa}{}", apart("/")),
        raw if raw.contains('.') => format!("{reiwa}{}", apart(".")),
        raw if western && raw.contains('年') => format!("{year}年{month}月{date}日"),
        _ => wareki(day),
    }
}

/// The text itself if it is written as `2026-11-28`, else nothing.
fn iso_like(raw: &str) -> &str {
    let right = raw.len() == 10
        && raw.bytes().enumerate().all(|(at, c)| match at {
            4 | 7 => c == b'-',
            _ => c.is_ascii_digit(),
        });
    if right { raw } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn stand(field: Field, value: &str, raw: &str) -> Stands {
        Stands { field, cell: "C3".into(), value: value.into(), raw: raw.into(), several: false }
    }

    fn own() -> Answered {
        Answered {
            division: "総務部".into(),
            department: "人事課".into(),
            position: "主事".into(),
            person: "平野　智子".into(),
            staff_no: "001234".into(),
            day: Some(date!(2026 - 11 - 28)),
        }
    }

    #[test]
    fn what_stands_there_is_compared_and_exchanged_in_its_own_notation() {
        use Field::*;
        // Field, value, text of the cell; the same, and the new text of the cell.
        let table = [
            (Person, "平野智子", "平野智子", true, None),
            (Person, "新堂　あかね", "新堂　あかね", false, Some("平野　智子")),
            (Person, "新堂　あかね", "氏名：新堂 あかね　㊞", false, Some("氏名：平野　智子　㊞")),
            (Person, "髙野　智子", "髙野", false, None),
            (Department, "総務部人事課", "総務部人事課", true, None),
            (Department, "人事課", "人事課", true, None),
            (Department, "総務部　防災課", "所属：総務部　防災課", false, Some("所属：総務部　人事課")),
            (Department, "市民課", "市民課", false, Some("人事課")),
            (Position, "出納員", "出納員　新堂　あかね", false, Some("主事　新堂　あかね")),
            (StaffNo, "1234", "1234", true, None),
            (StaffNo, "5678", "5678", false, Some("001234")),
            (Day, "2026-11-28", "令和８年11月28日", true, None),
            (Day, "2025-11-05", "令和７年11月５日", false, Some("令和8年11月28日")),
            (Day, "2025-11-05", "R7.11.5", false, Some("R8.11.28")),
            (Day, "2025-11-05", "2025/11/5", false, Some("2026/11/28")),
            (Day, "2025-11-05", "2025年11月5日", false, Some("2026年11月28日")),
            (Day, "2025-11-05", "2025-11-05", false, Some("2026-11-28")),
            (Day, "2025-11-05", "点検日：令和７年11月５日", false, None),
        ];
        for (field, value, raw, same, text) in table {
            let stands = [stand(field, value, raw)];
            let found = compared(&stands, &own());
            let cells = exchange(&stands, &own());
            assert_eq!(found[0].same, same, "{raw}");
            assert_eq!(cells.first().map(|cell| cell.text.as_str()), text, "{raw}");
            assert_eq!(found[0].writable && !same, text.is_some(), "{raw}");
            assert_eq!(is_anothers(&found), !same && !matches!(field, Day | Position), "{raw}");
        }
    }

    #[test]
    fn position_and_name_in_one_cell_are_exchanged_together_and_a_position_nobody_has_goes() {
        let raw = "出納員　新堂　あかね";
        let stands = [stand(Field::Position, "出納員", raw), stand(Field::Person, "新堂　あかね", raw)];
        let text = |own: &Answered| exchange(&stands, own).first().map(|cell| cell.text.clone());
        assert_eq!(text(&own()).as_deref(), Some("主事　平野　智子"));
        let none = Answered { position: String::new(), ..own() };
        assert_eq!(text(&none).as_deref(), Some("平野　智子"));
        let named = [stand(Field::Position, "主査", "主査"), stand(Field::Person, "平野智子", "平野智子")];
        assert!(compared(&named, &none).iter().all(|one| one.same), "the owner's own position stays");
    }

    #[test]
    fn the_name_decides_whose_form_it_is_and_without_one_the_department() {
        let department = stand(Field::Department, "市民課", "市民課");
        let moved = [department.clone(), stand(Field::Person, "平野智子", "平野智子")];
        assert!(!is_anothers(&compared(&moved, &own())));
        assert!(is_anothers(&compared(&[department], &own())));
        assert!(!is_anothers(&[]));
    }

    #[test]
    fn what_is_put_together_from_several_cells_stays_and_is_said() {
        let one = Stands { several: true, ..stand(Field::Day, "2025-11-05", "令和 7 年 11 月 5 日") };
        let two = Stands {
            cell: "C3+E3".into(),
            ..stand(Field::Department, "市民部　市民課", "市民部 市民課")
        };
        let stands = [one, two];
        assert!(exchange(&stands, &own()).is_empty());
        assert!(compared(&stands, &own()).iter().all(|one| !one.same && !one.writable));
    }

    #[test]
    fn a_day_nobody_knows_contradicts_nothing() {
        let stands = [stand(Field::Day, "2025-11-05", "R7.11.5")];
        assert!(exchange(&stands, &Answered { day: None, ..own() }).is_empty());
    }
}
