//! What a whole column tells of its cells: how long numbers ought to be, in which script readings are.

use super::columns::{Columns, Field};
use crate::workbook::{Cell, Sheet};
use domain::roster::check::Expected;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The usual length of staff numbers and of department codes, where the file shows one; the usual script.
pub struct Tally {
    staff_no: Option<usize>,
    code: Option<usize>,
    /// More readings are in hiragana than in katakana.
    pub hiragana: bool,
}

impl Tally {
    /// Looks at the whole column: zeros are given back only where the file itself proves them, or where the
    /// one who asks knows the length.
    pub fn of(sheet: &Sheet, columns: &Columns, people: &[usize], expected: &Expected) -> Tally {
        let cells = |field| {
            let column = columns.column(field);
            people.iter().filter_map(move |row| sheet.cell(*row, column?))
        };
        let listed = expected.organisations.iter().map(|one| one.code.chars().count()).max();
        Tally {
            staff_no: usual(cells(Field::StaffNo), sheet.untyped).or(expected.digits),
            code: usual(cells(Field::Code), sheet.untyped).or(listed.filter(|length| *length > 0)),
            hiragana: mostly_hiragana(cells(Field::Kana).chain(cells(Field::FamilyKana))),
        }
    }

    /// The number as text, and its zeros given back if that was necessary.
    pub fn number(&self, sheet: &Sheet, columns: &Columns, row: usize, field: Field) -> Number {
        let Some(cell) = columns.column(field).and_then(|column| sheet.cell(row, column)) else {
            return Number::default();
        };
        let plain = plain(cell);
        let wide = cell.text().chars().any(|c| matches!(c, '０'..='９'));
        let width = if field == Field::Code { self.code } else { self.staff_no };
        let may_have_lost = sheet.untyped || matches!(cell, Cell::Number(_));
        match width {
            Some(width) if may_have_lost && is_digits(&plain) && plain.len() < width => {
                Number { text: format!("{plain:0>width$}"), lost: Some(plain), wide }
            }
            _ => Number { text: plain, lost: None, wide },
        }
    }
}

/// A number as text.
#[derive(Default)]
pub struct Number {
    /// With its zeros.
    pub text: String,
    /// As the file has it, if zeros were added.
    pub lost: Option<String>,
    /// Written in full-width digits.
    pub wide: bool,
}

/// The commonest length of the numbers, if some of them begin with a zero; or a length that nearly all
/// numbers have and nobody counts up to by chance.
fn usual<'a>(cells: impl Iterator<Item = &'a Cell>, untyped: bool) -> Option<usize> {
    const LONG: usize = 6;
    let mut lengths: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    let mut all = 0;
    for cell in cells {
        let text = plain(cell);
        if is_digits(&text) {
            all += 1;
            let proof = matches!(cell, Cell::Text(_)) && text.starts_with('0');
            let entry = lengths.entry(text.len()).or_default();
            *entry = (entry.0 + 1, entry.1 || proof);
        }
    }
    let proven = lengths.iter().filter(|(_, (_, zeros))| *zeros).max_by_key(|(_, (count, _))| *count);
    if let Some((width, (count, _))) = proven {
        // In a CSV a single 007 among hundreds of 1234 proves nothing.
        return (!untyped || count * 10 >= all || *count >= 3).then_some(*width);
    }
    let (width, (count, _)) = lengths.into_iter().max_by_key(|(_, (count, _))| *count)?;
    (width >= LONG && count * 10 >= all * 8).then_some(width)
}

fn mostly_hiragana<'a>(cells: impl Iterator<Item = &'a Cell>) -> bool {
    let (mut hiragana, mut katakana) = (0_usize, 0_usize);
    for cell in cells {
        let text: String = cell.text().nfkc().collect();
        hiragana += usize::from(text.chars().any(|c| matches!(c, 'ぁ'..='ゖ')));
        katakana += usize::from(text.chars().any(|c| matches!(c, 'ァ'..='ヶ')));
    }
    hiragana > katakana
}

/// Width folded and blanks removed; 001-23 and A0012 stay as they are.
fn plain(cell: &Cell) -> String {
    let text: String = cell.text().nfkc().filter(|c| !c.is_whitespace()).collect();
    text.trim_start_matches('\'').to_string()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
