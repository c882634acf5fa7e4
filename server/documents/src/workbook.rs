//! Opens a workbook or CSV safely: every kind becomes the same plain sheets of text and numbers.
//!
//! Invariant: whatever the file contains, memory stays within the limits below and no macro,
//! formula, link or external entity is followed.

mod kind;
mod package;
mod sheets;
mod text;

use crate::unreadable::Unreadable;
use kind::Kind;
use std::collections::BTreeMap;

/// Largest file that is looked at, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Largest content of a packed workbook, in bytes.
pub const MAX_INFLATED: u64 = 200 * 1024 * 1024;
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
    fn holds(&self, row: usize, column: usize) -> bool {
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
        Kind::Xlsx => package::inspect(bytes).and_then(|()| sheets::xlsx(bytes)),
        Kind::Ods => package::inspect(bytes).and_then(|()| sheets::ods(bytes)),
        Kind::Xls => sheets::xls(bytes),
        Kind::Csv => text::read(bytes).map(|sheet| vec![sheet]),
    }
}

/// The name of a cell as Excel shows it (`D12`); row from 1, column from 0.
pub fn cell_name(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

fn too_many() -> Unreadable {
    Unreadable::new(
        "行又はセルが多すぎます（行は10万行まで）。不要な行とシートを削除して読み込み直してください。",
    )
}

#[cfg(test)]
pub(crate) mod tests;
