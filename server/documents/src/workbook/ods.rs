//! What OpenDocument says beside the values calamine gives: merged areas, hidden rows and columns, strike-through,
//! diagonal lines.

mod extent;

use super::look::Traits;
use super::package::{damaged, too_large};
use super::xlsx::package::{next, reader};
use super::{MAX_INFLATED, Merge, Sheet};
use crate::unreadable::Unreadable;
use crate::xml::{attribute, number};
pub use extent::check;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A sheet repeats its last row to the end of the world: what lies beyond holds nothing.
const LAST: (usize, usize) = (1_048_576, 16_384);
/// More rows hidden together than this are the rest of the sheet.
const MOST_REPEATED: usize = 1_000;

/// The part with the sheets.
pub fn content(bytes: &[u8]) -> Result<String, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut text = Vec::new();
    let part = archive.by_name("content.xml").map_err(|_| damaged())?;
    part.take(MAX_INFLATED + 1).read_to_end(&mut text).map_err(|_| damaged())?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > MAX_INFLATED {
        return Err(too_large());
    }
    String::from_utf8(text).map_err(|_| damaged())
}

/// Adds what the part says to the sheets, by their names.
pub fn look(text: &str, sheets: &mut [Sheet]) -> Result<(), Unreadable> {
    let mut walk = Walk::default();
    let mut reader = reader(text);
    loop {
        match next(&mut reader)? {
            Event::Start(start) => walk.open(&start, sheets),
            Event::End(end) => walk.close(end.local_name().as_ref()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Walk {
    /// Traits of styles by name.
    styles: HashMap<String, Traits>,
    style: Option<String>,
    sheet: Option<usize>,
    row: usize,
    repeated: usize,
    column: usize,
    columns: usize,
    /// Cells within cells (tables in notes) are passed over.
    seen: HashSet<String>,
}

impl Walk {
    fn open(&mut self, start: &BytesStart, sheets: &mut [Sheet]) {
        let drawn = |name: &str| attribute(start, name).is_some_and(|value| value != "none");
        match start.local_name().as_ref() {
            "style" => self.style = attribute(start, "name"),
            "table-cell-properties" if drawn("diagonal-bl-tr") || drawn("diagonal-tl-br") => {
                self.traits().diagonal = true;
            }
            "text-properties" if drawn("text-line-through-style") => self.traits().struck = true,
            "table" => {
                let name = attribute(start, "name").unwrap_or_default();
                self.sheet =
                    sheets.iter().position(|sheet| sheet.name == name).filter(|_| self.seen.insert(name));
                (self.row, self.repeated, self.columns) = (0, 1, 0);
            }
            "table-column" => self.column_width(start, sheets),
            "table-row" => self.open_row(start, sheets),
            "table-cell" | "covered-table-cell" => self.cell(start, sheets),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "style" {
            self.style = None;
        }
    }

    fn traits(&mut self) -> &mut Traits {
        self.styles.entry(self.style.clone().unwrap_or_default()).or_default()
    }

    fn column_width(&mut self, start: &BytesStart, sheets: &mut [Sheet]) {
        let count: usize = number(start, "number-columns-repeated").unwrap_or(1);
        let hidden =
            attribute(start, "visibility").is_some_and(|value| value == "collapse" || value == "filter");
        if let Some(sheet) = self.sheet.and_then(|index| sheets.get_mut(index))
            && hidden
            && self.columns < LAST.1
        {
            sheet
                .look
                .hidden_columns
                .push((self.columns, self.columns.saturating_add(count).saturating_sub(1)));
        }
        self.columns = self.columns.saturating_add(count);
    }

    fn open_row(&mut self, start: &BytesStart, sheets: &mut [Sheet]) {
        self.row = self.row.saturating_add(self.repeated).min(LAST.0);
        self.column = 0;
        self.repeated = number(start, "number-rows-repeated").unwrap_or(1);
        let Some(sheet) = self.sheet.and_then(|index| sheets.get_mut(index)) else { return };
        if self.repeated > MOST_REPEATED {
            return;
        }
        let rows = self.row..self.row + self.repeated;
        match attribute(start, "visibility").as_deref() {
            Some("collapse") => sheet.look.hidden_rows.extend(rows),
            Some("filter") => sheet.look.filtered_rows.extend(rows),
            _ => {}
        }
    }

    fn cell(&mut self, start: &BytesStart, sheets: &mut [Sheet]) {
        let count: usize = number(start, "number-columns-repeated").unwrap_or(1);
        let at = (self.row, self.column);
        self.column = self.column.saturating_add(count).min(LAST.1);
        let Some(sheet) = self.sheet.and_then(|index| sheets.get_mut(index)) else { return };
        let span = |name| number::<usize>(start, name).unwrap_or(1).max(1);
        let (rows, columns) = (span("number-rows-spanned"), span("number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let last =
                (at.0.saturating_add(rows - 1).min(LAST.0), at.1.saturating_add(columns - 1).min(LAST.1));
            sheet.merges.push(Merge { rows: (at.0, last.0), columns: (at.1, last.1) });
        }
        let style = attribute(start, "style-name").and_then(|style| self.styles.get(&style)).copied();
        let formula = attribute(start, "formula").is_some();
        let mut traits = style.unwrap_or_default();
        traits.formula = formula;
        if traits.any() && count <= 64 {
            for column in at.1..at.1 + count {
                let known = sheet.look.traits.entry((at.0, column)).or_default();
                let dated = known.dated;
                *known = Traits { dated, ..traits };
            }
        }
    }
}
