//! What can't be pointed at, and why: a place outside of the sheet, a cell where a column is asked, two columns that
//! can't both hold true.

use super::place::{Place, plain};
use super::{Part, Pointing, holds_label};
use crate::layout::Holds;
use crate::refusal::Refusal;
use crate::roster::layout::letter;

impl Pointing {
    /// Points at a place that was typed: of a column its letters, not one of its cells. In the picture any cell of a
    /// column stands for it.
    ///
    /// # Errors
    /// A sentence about the place, for the field `at`.
    pub fn point_typed(&mut self, part: &Part, at: &str) -> Result<(), Refusal> {
        let plain = plain(at);
        match (part, Place::of(&plain)) {
            (Part::Column(_), Some(Place { column: Some(column), rows: Some(_) })) => {
                let letter = letter(column);
                Err(Refusal::field(
                    "at",
                    format!(
                        "「{plain}」はセルの番地です。列を指定するときは、列の文字だけを入力してください（例：{letter}）。"
                    ),
                ))
            }
            _ => self.point(part, at),
        }
    }

    /// Nothing but this place; empty where it is none.
    pub fn alone(part: &Part, at: &str) -> Pointing {
        let mut pointing = Pointing::default();
        match pointing.point_typed(part, at) {
            Ok(()) => pointing,
            Err(_) => Pointing::default(),
        }
    }

    /// The first place outside of what a sheet uses, if there is one; `area` is its columns and rows.
    pub fn outside(&self, area: (usize, usize)) -> Option<Refusal> {
        let (columns, rows) = area;
        let last = letter(columns.saturating_sub(1));
        let refusal = |text: String| Some(Refusal::field("at", text));
        if let Some(column) = self.columns.keys().find(|column| **column >= columns) {
            return refusal(format!(
                "{}列には何もありません。このシートで使われている列は、Aから{last}までです。この範囲の列の文字を入力してください（例：{last}）。",
                letter(*column)
            ));
        }
        if self.rows.is_some_and(|(_, end)| end > rows) {
            return refusal(format!(
                "このシートで使われている行は、{rows}行目までです。見出しの行の番号を入力してください（例：7）。"
            ));
        }
        let beyond = |cell: &&String| {
            Place::of(cell).is_some_and(|place| {
                place.column.is_some_and(|column| column >= columns)
                    || place.rows.is_some_and(|(_, end)| end > rows)
            })
        };
        let cell = self.head.values().find(beyond)?;
        refusal(format!(
            "セル{cell}は、このシートで使われている範囲（A1から{last}{rows}まで）の外です。氏名などが書かれているセルの番地を入力してください（例：B4）。"
        ))
    }

    /// Another column that was pointed at and can't hold true beside this one: there is one column of questions, and
    /// answers are given in one way.
    pub(super) fn rival(&self, column: usize, holds: &Holds) -> Option<Refusal> {
        let (at, other) = self.columns.iter().find(|(at, other)| **at != column && excludes(holds, other))?;
        let (at, now) = (letter(*at), letter(column));
        let label = holds_label(holds);
        let text = match holds == other {
            true => format!(
                "「{label}」は、{at}列を指定しています。一つの列だけを指定できるため、{now}列は読みません。{now}列に変えるときは、「指定した内容」で{at}列の指定を取り消してから指定してください。"
            ),
            false => format!(
                "{at}列を「{}」に指定しています。「{label}」とは、同じ表に一緒に指定できません。変えるときは、「指定した内容」で{at}列の指定を取り消してから指定してください。",
                holds_label(other)
            ),
        };
        let ways = "回答の書き方は、一つの列に書く様式（回答）、選択肢ごとの列に印を付ける様式（「○ 実施」に印を付ける列など）、一人一列の様式（一人（一所属）分の回答）のいずれかです。";
        let text = if gives(holds) { format!("{text}{ways}") } else { text };
        Some(Refusal::field("at", text))
    }
}

/// True if answers stand in such a column.
fn gives(holds: &Holds) -> bool {
    matches!(holds, Holds::Answer | Holds::Choice(_) | Holds::Person)
}

/// True if two columns of a table can't hold these.
fn excludes(one: &Holds, other: &Holds) -> bool {
    match (one, other) {
        (Holds::Person, Holds::Person) => false,
        (Holds::Choice(one), Holds::Choice(other)) => one == other,
        (Holds::No | Holds::Question, other) => one == other,
        (one, other) => gives(one) && gives(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Field;
    use super::*;

    #[test]
    fn of_a_column_letters_are_typed_and_cells_are_pressed() {
        let answer = Part::Column(Holds::Answer);
        for (typed, right) in [("F", true), ("ｆ", true), ("F7", false), ("ZZ999", false), ("7", false)] {
            let mut pointing = Pointing::default();
            assert_eq!(pointing.point_typed(&answer, typed).is_ok(), right, "{typed}");
        }
        let said = Pointing::default().point_typed(&answer, "ｆ7").unwrap_err();
        assert!(said.text.contains("「F7」はセルの番地です") && said.text.contains("例：F"), "{}", said.text);
        assert!(Pointing::default().point(&answer, "F7").is_ok(), "pressed in the picture");
        assert!(Pointing::default().point_typed(&Part::Headings, "B7").is_ok());
        assert!(Pointing::default().point_typed(&Part::Head(Field::Date), "B7").is_ok());
    }

    #[test]
    fn what_lies_outside_of_the_sheet_is_refused_with_what_to_type() {
        for (text, says) in [
            ("rows=7;B=question;F=answer;department=B4", None),
            ("ZZ=answer", Some("ZZ列には何もありません。このシートで使われている列は、AからFまでです。")),
            ("G=answer", Some("G列には何もありません。")),
            ("rows=41", Some("40行目まで")),
            ("department=G4", Some("A1からF40まで")),
            ("department=B41", Some("セルB41は")),
        ] {
            let said = Pointing::parse(text).outside((6, 40)).map(|refusal| refusal.text);
            assert_eq!(said.is_some(), says.is_some(), "{text}");
            assert!(said.unwrap_or_default().contains(says.unwrap_or_default()), "{text}");
        }
    }

    #[test]
    fn two_columns_that_cannot_both_hold_true_are_said() {
        for (first, second, says) in [
            ("F=answer", ("answer", "G"), Some("「回答」は、F列を指定しています。")),
            ("F=answer", ("answer", "F"), None),
            ("F=answer", ("choice:done", "G"), Some("一緒に指定できません。")),
            ("F=choice:done", ("choice:partial", "G"), None),
            ("F=choice:done", ("choice:done", "G"), Some("F列の指定を取り消してから")),
            ("F=person", ("person", "G"), None),
            ("F=person", ("person", "G-J"), None),
            ("F=answer", ("person", "G-J"), Some("一人一列の様式")),
            ("F=question", ("question", "G"), Some("「設問文」は、F列")),
            ("F=comment", ("comment", "G"), None),
            ("F=answer", ("nothing", "G"), None),
        ] {
            let mut pointing = Pointing::parse(first);
            let (part, at) = second;
            let said = pointing.point(&Part::from_key(part).unwrap(), at).map_err(|refusal| refusal.text);
            assert_eq!(said.is_err(), says.is_some(), "{first} {second:?}");
            assert!(said.err().unwrap_or_default().contains(says.unwrap_or_default()), "{first} {second:?}");
            assert_eq!(pointing.text() == first, says.is_some() || first == "F=answer" && second.1 == "F");
        }
    }
}
