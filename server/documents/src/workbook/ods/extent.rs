//! How many cells the sheets of an OpenDocument have between their first and their last one: a cell or a row may say that
//! it is repeated a million times, and calamine keeps each of them.

use super::super::xlsx::package::{next, reader};
use super::super::{MAX_CELLS, too_many};
use super::LAST;
use crate::unreadable::Unreadable;
use crate::xml::{attribute, number};
use quick_xml::events::{BytesStart, Event};

/// Whether calamine may open the part.
///
/// # Errors
/// Its cells are too many.
pub fn check(text: &str) -> Result<(), Unreadable> {
    let mut extent = Extent::default();
    let mut reader = reader(text);
    loop {
        match next(&mut reader)? {
            Event::Start(start) => extent.open(&start),
            Event::End(end) => extent.close(end.local_name().as_ref()),
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => extent.filled |= extent.in_cell,
            Event::Eof => return Ok(()),
            _ => {}
        }
        if extent.total.saturating_add(extent.cells()) > MAX_CELLS {
            return Err(too_many());
        }
    }
}

#[derive(Default)]
struct Extent {
    /// Cells of the sheets before.
    total: usize,
    /// Rows of this sheet so far; the first that holds something, and the one behind the last.
    rows: usize,
    first: Option<usize>,
    end: usize,
    /// Columns of the widest row.
    width: usize,
    /// Of the row in hand: how often it is repeated, its columns so far, and those up to the last that holds something.
    repeated: usize,
    columns: usize,
    used: usize,
    /// Of the cell in hand.
    in_cell: bool,
    cell: usize,
    filled: bool,
}

impl Extent {
    fn open(&mut self, start: &BytesStart) {
        match start.local_name().as_ref() {
            "table" => {
                *self = Extent { total: self.total.saturating_add(self.cells()), ..Extent::default() };
            }
            "table-row" => {
                self.repeated = number(start, "number-rows-repeated").unwrap_or(1).min(LAST.0);
                (self.columns, self.used) = (0, 0);
            }
            "table-cell" | "covered-table-cell" => {
                self.in_cell = true;
                self.cell = number(start, "number-columns-repeated").unwrap_or(1).min(LAST.1);
                self.filled =
                    ["value-type", "formula", "value"].iter().any(|name| attribute(start, name).is_some());
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table-cell" | "covered-table-cell" => {
                self.columns = self.columns.saturating_add(self.cell).min(LAST.1);
                if std::mem::take(&mut self.filled) {
                    self.used = self.columns;
                }
                self.in_cell = false;
            }
            "table-row" => {
                let begin = self.rows;
                self.rows = self.rows.saturating_add(self.repeated).min(LAST.0);
                if self.used > 0 {
                    self.first.get_or_insert(begin);
                    (self.end, self.width) = (self.rows, self.width.max(self.used));
                }
            }
            _ => {}
        }
    }

    fn cells(&self) -> usize {
        let rows = self.first.map_or(0, |first| self.end.saturating_sub(first));
        rows.saturating_mul(self.width)
    }
}
