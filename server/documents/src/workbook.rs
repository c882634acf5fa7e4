//! Opens a workbook or CSV safely: every kind becomes the same plain sheets of text and numbers.
//!
//! Invariant: whatever the file contains, memory stays within the limits below and no macro,
//! formula, link or external entity is followed.

mod biff;
pub(crate) mod kind;
pub mod look;
mod ods;
pub(crate) mod package;
mod place;
mod sheets;
mod text;
mod wingdings;
pub(crate) mod xlsx;

use crate::unreadable::Unreadable;
use kind::Kind;
pub use look::Look;
pub use place::{address, area, cell_name};
use std::collections::BTreeMap;

/// Largest file that is looked at, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Largest content of a packed workbook, in bytes.
pub const MAX_INFLATED: u64 = 100 * 1024 * 1024;
/// Largest number of rows that hold something, over all sheets.
pub const MAX_ROWS: usize = 100_000;
/// Largest number of cells that hold something, over all sheets.
pub const MAX_CELLS: usize = 3_000_000;

/// One sheet, only cells that hold something.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name on the tab; empty for CSV.
    pub name: String,
    /// False if the sheet is hidden or very hidden.
    pub visible: bool,
    /// Rows that hold something, by number from 1.
    pub rows: BTreeMap<usize, Row>,
    /// Merged areas.
    pub merges: Vec<Merge>,
    /// True if every cell is text because the file knows no numbers (CSV).
    pub untyped: bool,
    /// What it shows beside its texts.
    pub look: Look,
}

/// The cells of a row by column, from 0.
pub type Row = BTreeMap<usize, Cell>;

/// What a cell holds. Dates have become text (`2026-11-28`).
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text as written.
    Text(String),
    /// A number.
    Number(f64),
}

/// A merged area; rows from 1, columns from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First and last row.
    pub rows: (usize, usize),
    /// First and last column.
    pub columns: (usize, usize),
}

impl Cell {
    /// The text a reader of the sheet sees, untrimmed.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
        }
    }
}

impl Sheet {
    /// The cell at a row (from 1) and column (from 0), if it holds something.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column)
    }

    /// The text of a cell without blanks around it; empty if there is nothing.
    pub fn text(&self, row: usize, column: usize) -> String {
        self.cell(row, column).map(|cell| cell.text().trim().to_string()).unwrap_or_default()
    }

    /// Like `text`, but a cell inside a merged area has the text of the area.
    pub fn merged_text(&self, row: usize, column: usize) -> String {
        let area = self.merges.iter().find(|merge| merge.holds(row, column));
        area.map_or_else(|| self.text(row, column), |merge| self.text(merge.rows.0, merge.columns.0))
    }
}

impl Merge {
    /// True if the area covers a cell.
    pub fn holds(&self, row: usize, column: usize) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }
}

/// The sheets of a workbook or CSV. The name decides nothing but whether text may be CSV.
pub fn open(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::new(
            "ファイルが20MBを超えています。画像などを取り除き、20MB以下にして読み込み直してください。",
        ));
    }
    match kind::of(file_name, bytes)? {
        Kind::Xlsx(archive) => xlsx::read(archive),
        Kind::Ods => package::inspect(bytes).and_then(|()| sheets::ods(bytes)),
        Kind::Xls => sheets::xls(bytes),
        Kind::Csv => text::read(bytes).map(|sheet| vec![sheet]),
    }
}

fn too_many() -> Unreadable {
    Unreadable::new(
        "行又はセルが多すぎます（行は10万行まで）。不要な行とシートを削除して読み込み直してください。",
    )
}

/// A day Excel keeps as a number: `2026-11-28`; `None` for times and numbers beyond its calendar.
fn day_of_serial(serial: f64, epoch_1904: bool) -> Option<String> {
    let day = calamine::ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, epoch_1904);
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    Some(format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
pub(crate) mod tests;
