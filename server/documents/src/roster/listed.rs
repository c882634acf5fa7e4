//! The list of departments beside a roster (組織一覧): in a file of its own or on another sheet.

use super::columns::{Columns, Field};
use super::place::split_word;
use super::text::spaced;
use crate::unreadable::Unreadable;
use crate::workbook::{self, Cell, Sheet};
use domain::roster::check::Listed;
use domain::roster::date::{day_of, day_of_number};
use unicode_normalization::UnicodeNormalization;

/// Reads a list of departments from a file of its own.
pub fn organisations(file_name: &str, bytes: &[u8]) -> Result<Vec<Listed>, Unreadable> {
    let sheets = workbook::open(file_name, bytes)?;
    let read = sheets.iter().filter(|sheet| sheet.visible).map(of_sheet);
    read.into_iter().find(|list| !list.is_empty()).ok_or_else(|| {
        Unreadable::new(
            "組織の一覧に必要な列が見つかりません（組織コード、部、課）。見出しの行を設け、列の名前を確かめてください。",
        )
    })
}

/// The list on one of the sheets beside a roster, if there is one.
pub fn beside(sheets: &[Sheet], roster: &Sheet) -> Vec<Listed> {
    let others = sheets.iter().filter(|sheet| sheet.visible && sheet.name != roster.name);
    others.map(of_sheet).find(|list| !list.is_empty()).unwrap_or_default()
}

/// Only a sheet without people, with codes or days of abolition, and with names is such a list.
fn of_sheet(sheet: &Sheet) -> Vec<Listed> {
    let Some(columns) = Columns::find(sheet) else { return Vec::new() };
    let named = columns.has(Field::Department) || columns.has(Field::Division);
    let people = columns.has(Field::StaffNo) || columns.has(Field::Name) || columns.has(Field::FamilyName);
    if people || !named || !(columns.has(Field::Code) || columns.has(Field::Abolished)) {
        return Vec::new();
    }
    columns.data_rows(sheet).into_iter().filter_map(|row| listed(sheet, &columns, row)).collect()
}

fn listed(sheet: &Sheet, columns: &Columns, row: usize) -> Option<Listed> {
    let text = |field| {
        let column = columns.column(field);
        spaced(&column.map(|column| sheet.merged_text(row, column)).unwrap_or_default())
    };
    let code: String = text(Field::Code).nfkc().filter(|c| !c.is_whitespace()).collect();
    let (mut bu, mut ka) = (text(Field::Division), text(Field::Department));
    if bu.is_empty() && !ka.is_empty() && !columns.has(Field::Division) {
        let parts: Vec<&str> = ka.split(' ').collect();
        (bu, ka) = match parts[..] {
            [first, .., last] => (first.to_string(), last.to_string()),
            _ => {
                let place = split_word(&ka);
                (place.bu, place.ka)
            }
        };
    }
    if ka.is_empty() {
        ka = bu.clone();
    }
    let abolished = match columns.column(Field::Abolished).and_then(|column| sheet.cell(row, column)) {
        None => None,
        Some(Cell::Number(number)) => day_of_number(*number).known(),
        Some(Cell::Text(text)) => day_of(text).known(),
    };
    (!(code.is_empty() && ka.is_empty())).then_some(Listed { code, bu, ka, abolished })
}
