//! Numbers that lost their leading zeros, and how long they ought to be.

use super::columns::{Columns, Field};
use crate::workbook::{Cell, Sheet};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The usual length of staff numbers and of department codes, where the file shows one.
pub struct Widths {
    staff_no: Option<usize>,
    code: Option<usize>,
}

impl Widths {
    /// Looks at the whole column: zeros are given back only where the file itself proves them.
    pub fn of(sheet: &Sheet, columns: &Columns, people: &[usize]) -> Widths {
        let width = |field| {
            let column = columns.column(field)?;
            usual(people.iter().filter_map(|row| sheet.cell(*row, column)))
        };
        Widths { staff_no: width(Field::StaffNo), code: width(Field::Code) }
    }

    /// The number as text, and its zeros given back if that was necessary.
    pub fn number(&self, sheet: &Sheet, columns: &Columns, row: usize, field: Field) -> Number {
        let Some(cell) = columns.column(field).and_then(|column| sheet.cell(row, column)) else {
            return Number::default();
        };
        let plain = plain(cell);
        let width = if field == Field::Code { self.code } else { self.staff_no };
        let may_have_lost = sheet.untyped || matches!(cell, Cell::Number(_));
        match width {
            Some(width) if may_have_lost && is_digits(&plain) && plain.len() < width => {
                Number { text: format!("{plain:0>width$}"), written: Some(plain) }
            }
            _ => Number { text: plain, written: None },
        }
    }
}

/// A number as text.
#[derive(Default)]
pub struct Number {
    /// With its zeros.
    pub text: String,
    /// As the file has it, if zeros were added.
    pub written: Option<String>,
}

/// The commonest length of the numbers that are text; some of them must begin with a zero.
fn usual<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<usize> {
    let mut lengths: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for cell in cells.filter(|cell| matches!(cell, Cell::Text(_))) {
        let text = plain(cell);
        if is_digits(&text) {
            let entry = lengths.entry(text.len()).or_default();
            *entry = (entry.0 + 1, entry.1 || text.starts_with('0'));
        }
    }
    let (width, (_, zeros)) = lengths.into_iter().max_by_key(|(_, (count, _))| *count)?;
    zeros.then_some(width)
}

/// Width folded and blanks removed; 001-23 and A0012 stay as they are.
fn plain(cell: &Cell) -> String {
    let text: String = cell.text().nfkc().filter(|c| !c.is_whitespace()).collect();
    text.trim_start_matches('\'').to_string()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
