//! What an officer says by pointing: this row heads the table, this column holds the answers, here stands the name.

mod limit;
mod place;

use super::Holds;
use crate::answer::{Raw, Value};
use crate::refusal::Refusal;
use crate::roster::layout::letter;
use place::{Place, columns, plain};
use std::collections::BTreeMap;

/// A field of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// 所属
    Department,
    /// 氏名
    Respondent,
    /// 職名
    Position,
    /// 職員番号
    StaffNo,
    /// 情報システム
    System,
    /// 記入日
    Date,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 6] =
        [Field::Department, Field::Respondent, Field::Position, Field::StaffNo, Field::System, Field::Date];

    /// The key in forms and in kept layouts.
    pub fn key(self) -> &'static str {
        match self {
            Field::Department => "department",
            Field::Respondent => "respondent",
            Field::Position => "position",
            Field::StaffNo => "staff_no",
            Field::System => "system",
            Field::Date => "date",
        }
    }

    /// The word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Field::Department => "所属",
            Field::Respondent => "氏名",
            Field::Position => "職名",
            Field::StaffNo => "職員番号",
            Field::System => "情報システム",
            Field::Date => "記入日",
        }
    }
}

/// What can be pointed at.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The rows of the headings.
    Headings,
    /// A column of the table.
    Column(Holds),
    /// A cell of the head.
    Head(Field),
}

impl Part {
    /// All of them, in the order of the list.
    pub fn all() -> Vec<Part> {
        let columns = [
            Holds::Question,
            Holds::Answer,
            Holds::Person,
            Holds::No,
            Holds::Category,
            Holds::Comment,
            Holds::Evidence,
            Holds::Due,
        ];
        let choices = Value::ALL.map(|value| Holds::Choice(value.key().to_string()));
        let columns = columns.into_iter().chain(choices).chain([Holds::Nothing]).map(Part::Column);
        std::iter::once(Part::Headings).chain(columns).chain(Field::ALL.map(Part::Head)).collect()
    }

    /// The key in forms.
    pub fn key(&self) -> String {
        match self {
            Part::Headings => "rows".to_string(),
            Part::Column(holds) => holds_key(holds),
            Part::Head(field) => field.key().to_string(),
        }
    }

    /// The part of a key.
    pub fn from_key(key: &str) -> Option<Part> {
        Part::all().into_iter().find(|part| part.key() == key)
    }

    /// The words on the screen.
    pub fn label(&self) -> String {
        match self {
            Part::Headings => "見出しの行".to_string(),
            Part::Column(holds) => holds_label(holds),
            Part::Head(field) => field.label().to_string(),
        }
    }
}

/// The key of what a column holds.
pub fn holds_key(holds: &Holds) -> String {
    match holds {
        Holds::No => "no".to_string(),
        Holds::Category => "category".to_string(),
        Holds::Question => "question".to_string(),
        Holds::Answer => "answer".to_string(),
        Holds::Choice(key) => format!("choice:{key}"),
        Holds::Person => "person".to_string(),
        Holds::Comment => "comment".to_string(),
        Holds::Evidence => "evidence".to_string(),
        Holds::Due => "due".to_string(),
        Holds::Nothing => "nothing".to_string(),
    }
}

/// What a column holds, in words.
pub fn holds_label(holds: &Holds) -> String {
    match holds {
        Holds::No => "番号".to_string(),
        Holds::Category => "区分".to_string(),
        Holds::Question => "設問文".to_string(),
        Holds::Answer => "回答".to_string(),
        Holds::Choice(key) => match Raw::from_key(key) {
            Some(Raw::Mark(value)) => format!("「{} {}」に印を付ける列", value.sign(), value.label()),
            Some(Raw::Level(level)) => format!("段階{level}に印を付ける列"),
            _ => "印を付ける列".to_string(),
        },
        Holds::Person => "一人（一所属）分の回答".to_string(),
        Holds::Comment => "備考・理由".to_string(),
        Holds::Evidence => "証跡".to_string(),
        Holds::Due => "改善予定日".to_string(),
        Holds::Nothing => "読まない列".to_string(),
    }
}

/// Everything that was pointed at; what was not stays as it was recognised.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pointing {
    /// First and last row of the headings, from 1.
    pub rows: Option<(usize, usize)>,
    /// What columns hold, by column from 0.
    pub columns: BTreeMap<usize, Holds>,
    /// Cells of the head by field.
    pub head: BTreeMap<&'static str, String>,
}

impl Pointing {
    /// Points at a place: a cell (`F7`), for a column also its letters (`F`), for headings also rows (`7`, `7-8`).
    ///
    /// # Errors
    /// A sentence about the place, for the field `at`.
    pub fn point(&mut self, part: &Part, at: &str) -> Result<(), Refusal> {
        let wrong = |text: &str| Err(Refusal::field("at", text));
        let plain = plain(at);
        let place = Place::of(&plain);
        match (part, place) {
            (Part::Headings, Some(Place { rows: Some(rows), .. })) => self.rows = Some(rows),
            (Part::Headings, _) => {
                return wrong(
                    "見出しの行は、行の番号（例：7、2行にわたるときは7-8）か、その行のセルで指定してください。",
                );
            }
            (Part::Column(holds), Some(Place { column: Some(column), .. })) => {
                if let Some(refusal) = self.rival(column, holds) {
                    return Err(refusal);
                }
                self.columns.insert(column, holds.clone());
            }
            (Part::Column(holds), _) => match columns(&plain).filter(|_| may_repeat(holds)) {
                Some(columns) => {
                    if let Some(refusal) = self.rival(*columns.start(), holds) {
                        return Err(refusal);
                    }
                    self.columns.extend(columns.map(|column| (column, holds.clone())));
                }
                None if may_repeat(holds) => {
                    return wrong(
                        "列は、列の文字（例：F）又は列の範囲（例：D-M）で指定してください。図では、その列のセルを押しても指定できます。",
                    );
                }
                None => {
                    return wrong(
                        "列は、列の文字（例：F）で指定してください。図では、その列のセルを押しても指定できます。",
                    );
                }
            },
            (Part::Head(field), Some(Place { column: Some(column), rows: Some((row, _)) })) => {
                self.head.insert(field.key(), format!("{}{row}", letter(column)));
            }
            (Part::Head(_), _) => return wrong("セルは、列の文字と行の番号（例：B4）で指定してください。"),
        }
        Ok(())
    }

    /// Everything as one text for an address: `rows=7-8;B=no;F=answer;department=B4`.
    pub fn text(&self) -> String {
        self.parts()
            .into_iter()
            .map(|(place, what, _)| format!("{place}={what}"))
            .collect::<Vec<_>>()
            .join(";")
    }

    /// What was pointed at, each with the text of everything else, for taking it back: its words and that text.
    pub fn without_each(&self) -> Vec<(String, String)> {
        let parts = self.parts();
        let rest = |index: usize| {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
            others.map(|(_, (place, what, _))| format!("{place}={what}")).collect::<Vec<_>>().join(";")
        };
        parts.iter().enumerate().map(|(index, (_, _, words))| (words.clone(), rest(index))).collect()
    }

    fn parts(&self) -> Vec<(String, String, String)> {
        let rows = self.rows.map(|(first, last)| {
            let rows = if first == last { first.to_string() } else { format!("{first}-{last}") };
            let words = format!("見出しの行：{rows}");
            ("rows".to_string(), rows, words)
        });
        let column = |(column, holds): (&usize, &Holds)| {
            let letter = letter(*column);
            let words = format!("{}：{letter}列", holds_label(holds));
            (letter, holds_key(holds), words)
        };
        let cell = |(field, cell): (&&'static str, &String)| {
            let label = Field::ALL.into_iter().find(|known| known.key() == *field).map_or("", Field::label);
            (field.to_string(), cell.clone(), format!("{label}：{cell}"))
        };
        rows.into_iter().chain(self.columns.iter().map(column)).chain(self.head.iter().map(cell)).collect()
    }

    /// From the text of an address; what is not understood is left out.
    pub fn parse(text: &str) -> Pointing {
        let mut pointing = Pointing::default();
        for (place, what) in text.split(';').filter_map(|part| part.split_once('=')) {
            let field = Field::ALL.into_iter().find(|field| field.key() == place);
            let column = Part::from_key(what).filter(|part| matches!(part, Part::Column(_)));
            // What can't be pointed at is not in the text that was made here.
            let _ = match (place, field, column) {
                ("rows", ..) => pointing.point(&Part::Headings, what),
                (_, Some(field), _) => pointing.point(&Part::Head(field), what),
                (letters, None, Some(part)) => pointing.point(&part, letters),
                _ => Ok(()),
            };
        }
        pointing
    }

    /// True if nothing was pointed at.
    pub fn is_empty(&self) -> bool {
        *self == Pointing::default()
    }
}

/// True if several columns beside each other may hold it: they can be pointed at together.
fn may_repeat(holds: &Holds) -> bool {
    matches!(holds, Holds::Person | Holds::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_understood_as_officers_write_them() {
        let table = [
            ("rows", "7", "rows=7", true),
            ("rows", "7-8", "rows=7-8", true),
            ("rows", "７〜８", "rows=7-8", true),
            ("rows", "B7", "rows=7", true),
            ("rows", "F", "", false),
            ("rows", "8-7", "", false),
            ("answer", "f", "F=answer", true),
            ("answer", "AA12", "AA=answer", true),
            ("answer", "12", "", false),
            ("choice:done", "Ｅ", "E=choice:done", true),
            ("department", "b4", "department=B4", true),
            ("department", "B", "", false),
            ("date", "B0", "", false),
            ("nothing", "？", "", false),
            ("person", "D-F", "D=person;E=person;F=person", true),
            ("person", "ｄ〜ｅ", "D=person;E=person", true),
            ("person", "G", "G=person", true),
            ("person", "F-D", "", false),
            ("person", "D4-F", "", false),
            ("nothing", "H-I", "H=nothing;I=nothing", true),
            ("answer", "D-F", "", false),
        ];
        for (part, at, text, right) in table {
            let mut pointing = Pointing::default();
            let done = Part::from_key(part).map(|part| pointing.point(&part, at));
            assert_eq!(done.map(|done| done.is_ok()), Some(right), "{part} {at}");
            assert_eq!(pointing.text(), text, "{part} {at}");
        }
    }

    #[test]
    fn everything_goes_through_the_address_and_each_can_be_taken_back() {
        let text = "rows=7-8;B=no;F=choice:not_done;department=B4";
        let pointing = Pointing::parse(text);
        assert_eq!(pointing.text(), text);
        let without = pointing.without_each();
        assert_eq!(without.len(), 4);
        assert_eq!(
            without[1],
            ("番号：B列".to_string(), "rows=7-8;F=choice:not_done;department=B4".to_string())
        );
        assert!(Pointing::parse("x;y=;=z;Q=never;rows=a").is_empty());
    }

    #[test]
    fn every_part_comes_back_from_its_key() {
        for part in Part::all() {
            assert_eq!(Part::from_key(&part.key()), Some(part.clone()));
            assert!(!part.label().is_empty());
        }
    }
}
