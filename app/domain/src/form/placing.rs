//! Where an answer goes in a form somebody else laid out: into the cell of its choice as a mark, or into the one cell
//! as a text in the form's own wording. What has no place is said and never squeezed in.

use crate::answer::{Raw, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A cell an answer may be written into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name of the cell: `E9`.
    pub cell: String,
    /// The key of the answer a mark in it stands for; `None` where one cell takes every answer.
    pub means: Option<String>,
}

/// Texts by the key of the answer, as the form writes them; `mark` for the columns of choices.
pub type Wording = BTreeMap<String, String>;

/// Why an answer can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The row has no cell for an answer.
    Cell,
    /// The form offers no such answer.
    Choice,
    /// A table of rows does not fit into one cell.
    Table,
}

impl Lack {
    /// One sentence for the screen.
    pub fn text(self) -> &'static str {
        match self {
            Lack::Cell => "回答を書く欄が見つかりません。",
            Lack::Choice => "様式に、この回答を書く欄や言葉がありません。",
            Lack::Table => "表で答える設問の回答は、一つの欄に書けません。",
        }
    }
}

/// The mark where the form shows none of its own.
const MARK: &str = "○";

/// Cells and texts of one answer: the mark in the column of its choice and the other columns cleared, or one text.
///
/// # Errors
/// Why it has no place in this form.
pub fn placed(places: &[Place], wording: &Wording, answer: &Raw) -> Result<Vec<(String, String)>, Lack> {
    if matches!(answer, Raw::Rows(_)) {
        return Err(Lack::Table);
    }
    let keys = alike(answer);
    match places {
        [] => Err(Lack::Cell),
        [Place { cell, means: None }] => Ok(vec![(cell.clone(), worded(wording, answer, &keys)?)]),
        places => {
            let chosen = keys
                .iter()
                .find_map(|key| places.iter().position(|place| place.means.as_deref() == Some(key.as_str())));
            let chosen = chosen.ok_or(Lack::Choice)?;
            let mark = wording.get("mark").map_or(MARK, String::as_str);
            let text = |index| if index == chosen { mark.to_string() } else { String::new() };
            Ok(places.iter().enumerate().map(|(index, place)| (place.cell.clone(), text(index))).collect())
        }
    }
}

/// Keys of the answers that say the same: ○ on a form of はい・いいえ is はい.
fn alike(answer: &Raw) -> Vec<String> {
    let other = match answer {
        Raw::Mark(Value::Done) => Some(Raw::Yes),
        Raw::Mark(Value::NotDone) => Some(Raw::No),
        Raw::Yes => Some(Raw::Mark(Value::Done)),
        Raw::No => Some(Raw::Mark(Value::NotDone)),
        _ => None,
    };
    std::iter::once(answer.key()).chain(other.map(|other| other.key())).collect()
}

fn worded(wording: &Wording, answer: &Raw, keys: &[String]) -> Result<String, Lack> {
    if let Some(text) = keys.iter().find_map(|key| wording.get(key)) {
        return Ok(text.clone());
    }
    let two = wording.contains_key("yes") || wording.contains_key("no");
    let levels = wording.keys().any(|key| key.starts_with("level:"));
    match answer {
        Raw::Mark(Value::NotApplicable) => Ok(usual(answer)),
        // A form that knows はい and いいえ has no word for half of it, and its list would refuse one.
        Raw::Mark(Value::Partial) if two => Err(Lack::Choice),
        // Levels are averaged; a mark among them would be lost.
        Raw::Mark(_) | Raw::Yes | Raw::No if levels => Err(Lack::Choice),
        Raw::Level(_) if !levels && !wording.is_empty() => Err(Lack::Choice),
        answer => Ok(usual(answer)),
    }
}

/// How an answer is written where the form shows no wording of its own.
fn usual(answer: &Raw) -> String {
    match answer {
        Raw::Mark(value) => value.sign().to_string(),
        Raw::Yes => "はい".to_string(),
        Raw::No => "いいえ".to_string(),
        Raw::Level(level) => level.to_string(),
        Raw::Number(amount) => amount.to_string(),
        Raw::Day(day) => crate::calendar::iso(*day),
        Raw::NotYet => "まだ行っていない".to_string(),
        Raw::Rows(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Vec<Place> {
        vec![Place { cell: "D9".into(), means: None }]
    }

    fn columns(keys: &[&str]) -> Vec<Place> {
        let place = |(index, key): (usize, &&str)| Place {
            cell: format!("{}9", char::from(b'E' + u8::try_from(index).unwrap())),
            means: Some((*key).into()),
        };
        keys.iter().enumerate().map(place).collect()
    }

    fn wording(pairs: &[(&str, &str)]) -> Wording {
        pairs.iter().map(|(key, text)| ((*key).to_string(), (*text).to_string())).collect()
    }

    /// Places, wording and answer of a form; the cell with its text, or what is lacking.
    type Case<'a> = (&'a [Place], &'a Wording, Raw, Result<&'a str, Lack>);

    #[test]
    fn an_answer_goes_where_the_form_wants_it_and_what_has_no_place_is_said() {
        let three = columns(&["done", "partial", "not_done"]);
        let yes_no = columns(&["yes", "no", "na"]);
        let list = wording(&[("yes", "はい"), ("no", "いいえ"), ("na", "該当なし")]);
        let tick = wording(&[("mark", "レ")]);
        let levels = wording(&[("level:1", "1"), ("level:3", "3")]);
        let mark = Raw::Mark;
        let table: [Case<'_>; 17] = [
            (&one(), &Wording::new(), mark(Value::Done), Ok("D9=○")),
            (&one(), &wording(&[("done", "実施している")]), mark(Value::Done), Ok("D9=実施している")),
            (&one(), &list, mark(Value::Done), Ok("D9=はい")),
            (&one(), &list, Raw::No, Ok("D9=いいえ")),
            (&one(), &list, mark(Value::NotApplicable), Ok("D9=該当なし")),
            (&one(), &list, mark(Value::Partial), Err(Lack::Choice)),
            (&one(), &Wording::new(), Raw::Level(4), Ok("D9=4")),
            (&one(), &levels, Raw::Level(4), Ok("D9=4")),
            (&one(), &levels, mark(Value::Done), Err(Lack::Choice)),
            (&one(), &levels, mark(Value::NotApplicable), Ok("D9=－")),
            (&one(), &list, Raw::Level(4), Err(Lack::Choice)),
            (&three, &tick, mark(Value::Partial), Ok("E9= F9=レ G9=")),
            (&three, &Wording::new(), Raw::Yes, Ok("E9=○ F9= G9=")),
            (&three, &tick, mark(Value::NotApplicable), Err(Lack::Choice)),
            (&yes_no, &Wording::new(), mark(Value::NotDone), Ok("E9= F9=○ G9=")),
            (&[], &Wording::new(), mark(Value::Done), Err(Lack::Cell)),
            (&one(), &Wording::new(), Raw::Rows(vec![Some(Value::Done)]), Err(Lack::Table)),
        ];
        for (places, wording, answer, expected) in table {
            let cells = placed(places, wording, &answer);
            let cells = cells.map(|cells| {
                let said = cells.into_iter().map(|(cell, text)| format!("{cell}={text}"));
                said.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(cells.as_deref().map_err(|lack| *lack), expected, "{answer:?} in {places:?}");
        }
    }
}
