//! A table as a workbook, row by row onto the disk: memory does not grow with it, and a table longer than a sheet goes
//! on on the next one.

use super::book::{height_of_headings, needed, on_paper, row_lines, sheet_name};
use super::style::{Styles, height, workbook};
use super::{Cell, WriteError};
use rust_xlsxwriter::{Workbook, Worksheet};
use std::io::Write;
use std::path::Path;

/// Rows of a sheet, the headings among them.
pub const ROWS: u32 = 1_048_576;
/// Rows whose height is fitted to their text; beyond that it would have to be remembered for each.
const FITTED: u32 = 10_000;

/// A workbook that is being written.
pub struct Sheets {
    book: Workbook,
    title: String,
    headings: Vec<String>,
    styles: Styles,
    widths: Vec<f64>,
    /// Names of the sheets so far.
    names: Vec<String>,
    /// Where the next row goes.
    next: u32,
    /// The height of the row before it. It is set only once another row follows: the library writes the last row
    /// of a sheet twice when its height is set (0.102), and programs fit the height of that one themselves.
    height: Option<f64>,
    rows: u32,
}

impl Sheets {
    /// An empty workbook. What is not in memory lies in the folder until it is finished.
    ///
    /// # Errors
    /// When the folder can't be written to.
    pub fn begin(title: &str, headings: &[String], folder: &Path) -> Result<Sheets, WriteError> {
        Sheets::with_rows(title, headings, folder, ROWS)
    }

    /// The same with shorter sheets.
    pub(super) fn with_rows(
        title: &str,
        headings: &[String],
        folder: &Path,
        rows: u32,
    ) -> Result<Sheets, WriteError> {
        let mut book = workbook(title)?;
        book.set_tempdir(folder)?;
        let (title, headings) = (title.to_string(), headings.to_vec());
        let (styles, widths, names) = (Styles::default(), Vec::new(), Vec::new());
        Ok(Sheets { book, title, headings, styles, widths, names, next: 0, height: None, rows })
    }

    /// Further rows. The first of them decide how wide the columns are.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<(), WriteError> {
        if self.widths.is_empty() {
            let heading = |(at, heading): (usize, &String)| needed(at, heading, rows);
            self.widths = self.headings.iter().enumerate().map(heading).collect();
        }
        for row in rows {
            if self.names.is_empty() || self.next == self.rows {
                self.turn()?;
            }
            self.row(row)?;
        }
        Ok(())
    }

    /// Ends the workbook and writes it.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(mut self, file: impl Write + Send) -> Result<(), WriteError> {
        if self.names.is_empty() {
            self.rows(&[])?;
            self.turn()?;
        }
        self.end_sheet()?;
        self.book.save_to_writer(file)
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, WriteError> {
        self.book.worksheet_from_index(self.names.len().saturating_sub(1))
    }

    /// To a new sheet.
    fn turn(&mut self) -> Result<(), WriteError> {
        self.end_sheet()?;
        let name = sheet_name(&self.title, &self.names);
        self.book.add_worksheet_with_constant_memory()?.set_name(&name)?;
        self.names.push(name);
        let (headings, widths) = (self.headings.clone(), self.widths.clone());
        let style = self.styles.heading.clone();
        let sheet = self.sheet()?;
        for ((column, heading), width) in (0..).zip(&headings).zip(&widths) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, heading, &style)?;
        }
        self.next = 1;
        self.height = Some(height_of_headings(headings.iter().map(String::as_str), &widths));
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), WriteError> {
        if self.names.is_empty() {
            return Ok(());
        }
        let last = usize::try_from(self.next.saturating_sub(1)).unwrap_or_default();
        let (title, columns) = (self.title.clone(), self.headings.len());
        on_paper(self.sheet()?, &title, last, columns)
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        let (at, first) = (self.next, self.names.len() == 1);
        let index = self.names.len().saturating_sub(1);
        let sheet = self.book.worksheet_from_index(index)?;
        if let Some(height) = self.height.take() {
            sheet.set_row_height(at.saturating_sub(1), height)?;
        }
        for (column, cell) in (0..).zip(cells) {
            self.styles.write(sheet, at, column, cell)?;
        }
        self.height = (first && at < FITTED).then(|| height(row_lines(cells, &self.widths)));
        self.next += 1;
        Ok(())
    }
}
