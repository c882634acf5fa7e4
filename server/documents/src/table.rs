//! One table, as machines and people can both read it: headings in the first row, one value per cell, numbers as
//! numbers, no merged cells, ready to print on A4.
//!
//! [`columns`] says once what a table is made of. Three writers write it: [`sheets`] a workbook, [`plain`] text with
//! commas in UTF-8, [`shift_jis`] the same in Shift_JIS. All of them take rows in portions and keep none of them.

mod book;
pub mod columns;
pub mod plain;
pub mod sheets;
pub mod shift_jis;
pub(crate) mod style;

use rust_xlsxwriter::XlsxError;
use time::{Date, OffsetDateTime};

pub use columns::{Columns, Table};

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
    /// A day: 2026-11-23.
    Day(Date),
    /// A moment, shown as it was in Japan: 2026-11-23 10:00:00.
    Moment(OffsetDateTime),
}

impl<T> From<Option<T>> for Cell
where
    Cell: From<T>,
{
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Blank, Cell::from)
    }
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

/// Counts stay far below 2^53, up to which a number of a spreadsheet is exact.
macro_rules! from_numbers {
    ($($kind:ty),*) => {
        $(
            impl From<$kind> for Cell {
                fn from(number: $kind) -> Cell {
                    Cell::Number(number as f64)
                }
            }
        )*
    };
}

from_numbers!(i32, i64, u32, u64, usize, f64);

/// Writes one table. The title becomes the name of the sheet and the head of every printed page.
pub fn write(title: &str, headings: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, WriteError> {
    let columns = headings.iter().map(|heading| Column::fitting(heading)).collect();
    let page = Page { name: title.to_string(), head: title.to_string(), columns, rows: rows.to_vec() };
    write_pages(title, &[page])
}

#[cfg(test)]
mod tests;
