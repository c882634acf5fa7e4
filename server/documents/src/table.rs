//! One table on one sheet, as machines and people can both read it: headings in the first row,
//! one value per cell, numbers as numbers, no merged cells, ready to print on A4.

mod book;
pub(crate) mod style;

use rust_xlsxwriter::XlsxError;

pub(crate) use book::{Column, Page, write_pages};

/// Why a workbook could not be written: a fault of ours, not of the user.
pub type WriteError = XlsxError;

/// A value in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: stays blank.
    Blank,
    /// Text; never a formula, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A rate from 0 to 1, shown as 95.0%; without a denominator 「―」.
    Rate(Option<f64>),
    /// A number with one decimal; what can't be computed is 「―」.
    Decimal(Option<f64>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_string()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Cell {
        Cell::Number(f64::from(number))
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Cell {
        Cell::Number(f64::from(number))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(number)
    }
}

/// Writes one table. The title becomes the name of the sheet and the head of every printed page.
pub fn write(title: &str, headings: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, WriteError> {
    let columns = headings.iter().map(|heading| Column::fitting(heading)).collect();
    let page = Page { name: title.to_string(), head: title.to_string(), columns, rows: rows.to_vec() };
    write_pages(title, &[page])
}

/// The same table as text with commas: UTF-8 with its mark, as spreadsheet programs want it, and no cell that they
/// would take for a formula.
pub fn csv(headings: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut text = csv_head(headings);
    text.push_str(&csv_lines(rows));
    text.into_bytes()
}

/// The beginning of such a text: the mark and the headings.
pub fn csv_head(headings: &[&str]) -> String {
    let cells: Vec<String> = headings.iter().map(|heading| quoted(heading)).collect();
    format!("\u{feff}{}\r\n", cells.join(","))
}

/// Further lines of it.
pub fn csv_lines(rows: &[Vec<Cell>]) -> String {
    let line = |row: &Vec<Cell>| format!("{}\r\n", row.iter().map(plain).collect::<Vec<_>>().join(","));
    rows.iter().map(line).collect()
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.to_string(),
        Cell::Rate(number) | Cell::Decimal(number) => {
            number.map_or("―".into(), |number| number.to_string())
        }
    }
}

/// In quotation marks; what begins like a formula gets an apostrophe before it.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests;
