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

#[cfg(test)]
mod tests;
