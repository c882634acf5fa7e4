//! The sheets of xls and ods in plain form.

use super::look::Traits;
use super::package::damaged;
use super::{Cell, MAX_CELLS, MAX_ROWS, Merge, Row, Sheet, biff, kind, ods, too_many};
use crate::unreadable::Unreadable;
use calamine::{
    Data, Dimensions, ExcelDateTime, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError,
};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Bytes<'a> = Cursor<&'a [u8]>;

/// Old workbooks (BIFF8).
pub fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    biff::check(bytes)?;
    guarded(|| of_xls(bytes))
}

/// OpenDocument.
pub fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let content = ods::content(bytes)?;
    ods::check(&content)?;
    let mut sheets = guarded(|| of_ods(bytes))?;
    ods::look(&content, &mut sheets)?;
    Ok(sheets)
}

/// calamine stops the thread at some damaged files (a last sector cut short); for who sent one it is a damaged file.
fn guarded(read: impl FnOnce() -> Result<Vec<Sheet>, Unreadable>) -> Result<Vec<Sheet>, Unreadable> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}

fn of_xls(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => kind::locked(),
        _ => damaged(),
    })?;
    let mut counter = Counter::default();
    let mut sheets = Vec::new();
    for (name, visible) in names(book.sheets_metadata()) {
        let merges = book.merge_cells_by_sheet_name(&name).map(|merges| areas(&merges)).unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(|_| damaged())?;
        let mut sheet = Sheet { name, visible, merges, ..Sheet::default() };
        counter.put_all(&mut sheet, &range)?;
        sheets.push(sheet);
    }
    biff::look(bytes, &mut sheets);
    Ok(sheets)
}

fn of_ods(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book: Ods<Bytes<'_>> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => kind::locked(),
        _ => damaged(),
    })?;
    let mut counter = Counter::default();
    let mut sheets = Vec::new();
    for (name, visible) in names(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(|_| damaged())?;
        let mut sheet = Sheet { name, visible, ..Sheet::default() };
        counter.put_all(&mut sheet, &range)?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Sheets with cells, no charts or macros.
fn names(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    tables.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
}

fn areas(merges: &[Dimensions]) -> Vec<Merge> {
    merges
        .iter()
        .map(|area| Merge {
            rows: (index(area.start.0) + 1, index(area.end.0) + 1),
            columns: (index(area.start.1), index(area.end.1)),
        })
        .collect()
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Counts what was taken, over all sheets.
#[derive(Default)]
struct Counter {
    rows: usize,
    cells: usize,
}

impl Counter {
    fn put(
        &mut self,
        sheet: &mut Sheet,
        row: u32,
        column: u32,
        cell: Option<Cell>,
    ) -> Result<(), Unreadable> {
        let Some(cell) = cell else { return Ok(()) };
        let row = sheet.rows.entry(index(row) + 1).or_insert_with(|| {
            self.rows += 1;
            Row::new()
        });
        row.insert(index(column), cell);
        self.cells += 1;
        if self.rows > MAX_ROWS || self.cells > MAX_CELLS { Err(too_many()) } else { Ok(()) }
    }

    fn put_all(&mut self, sheet: &mut Sheet, range: &Range<Data>) -> Result<(), Unreadable> {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let row = top + u32::try_from(row).unwrap_or(u32::MAX - top);
            let column = left + u32::try_from(column).unwrap_or(u32::MAX - left);
            if matches!(data, Data::DateTime(date) if !date.is_duration() && date.as_f64() >= 1.0)
                || matches!(data, Data::DateTimeIso(_))
            {
                let at = (index(row) + 1, index(column));
                sheet.look.traits.insert(at, Traits { dated: true, ..Traits::default() });
            }
            self.put(sheet, row, column, owned(data))?;
        }
        Ok(())
    }
}

fn owned(data: &Data) -> Option<Cell> {
    match data {
        Data::Empty => None,
        Data::String(text) | Data::DurationIso(text) => filled(text),
        Data::DateTimeIso(text) => filled(text.split('T').next().unwrap_or_default()),
        Data::Int(number) => Some(Cell::Number(integer(*number))),
        Data::Float(number) => Some(Cell::Number(*number)),
        Data::Bool(true) => Some(Cell::Text("TRUE".to_string())),
        Data::Bool(false) => Some(Cell::Text("FALSE".to_string())),
        Data::DateTime(date) => Some(day(date)),
        Data::Error(error) => Some(Cell::Text(error.to_string())),
    }
}

fn integer(number: i64) -> f64 {
    number.to_string().parse().unwrap_or_default()
}

fn filled(text: &str) -> Option<Cell> {
    (!text.trim().is_empty()).then(|| Cell::Text(text.to_string()))
}

fn day(date: &ExcelDateTime) -> Cell {
    if date.is_duration() || date.as_f64() < 1.0 {
        return Cell::Number(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Cell::Text(format!("{year}-{month:02}-{day:02}"))
}
