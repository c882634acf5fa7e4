//! Pages of a workbook, one table each.

use super::style::{Styles, height, lines, page_number, page_text, width, workbook};
use super::{Cell, WriteError};
use rust_xlsxwriter::Worksheet;

/// A sheet with one table.
pub struct Page {
    /// Name on the tab.
    pub name: String,
    /// Printed at the head of every page.
    pub head: String,
    /// Headings.
    pub columns: Vec<Column>,
    /// Values, as many in each row as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A heading and the width of its column.
pub struct Column {
    heading: String,
    width: Option<f64>,
}

impl Column {
    /// As wide as its content needs, within reason.
    pub fn fitting(heading: &str) -> Column {
        Column { heading: heading.to_string(), width: None }
    }

    /// Of a fixed width in Latin letters.
    pub fn fixed(heading: &str, width: f64) -> Column {
        Column { heading: heading.to_string(), width: Some(width) }
    }
}

/// Writes the pages into one workbook.
pub fn write_pages(title: &str, pages: &[Page]) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook(title)?;
    let mut names = Vec::new();
    for page in pages {
        let name = sheet_name(&page.name, &names);
        write_page(book.add_worksheet().set_name(&name)?, page)?;
        names.push(name);
    }
    book.save_to_buffer()
}

fn write_page(sheet: &mut Worksheet, page: &Page) -> Result<(), WriteError> {
    let styles = Styles::default();
    let widths = widths(page);
    for ((column, heading), width) in (0..).zip(&page.columns).zip(&widths) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, &heading.heading, &styles.heading)?;
    }
    sheet.set_row_height(0, head_height(page, &widths))?;
    for (row, cells) in (1..).zip(&page.rows) {
        for (column, cell) in (0..).zip(cells) {
            styles.write(sheet, row, column, cell)?;
        }
        sheet.set_row_height(row, height(row_lines(cells, &widths)))?;
    }
    print_setup(sheet, page)
}

fn print_setup(sheet: &mut Worksheet, page: &Page) -> Result<(), WriteError> {
    on_paper(sheet, &page.head, page.rows.len(), page.columns.len())
}

/// Headings that stay, a filter over all rows, and A4 across.
pub(super) fn on_paper(
    sheet: &mut Worksheet,
    head: &str,
    rows: usize,
    columns: usize,
) -> Result<(), WriteError> {
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    if let (Ok(row), Ok(column)) = (u32::try_from(rows), u16::try_from(columns.saturating_sub(1))) {
        sheet.autofilter(0, 0, row, column)?;
    }
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.75, 0.6, 0.35, 0.3);
    sheet.set_header(format!("&L&\"BIZ UDPゴシック,Bold\"&12{}", page_text(head)));
    sheet.set_footer(page_number());
    Ok(())
}

fn widths(page: &Page) -> Vec<f64> {
    page.columns
        .iter()
        .enumerate()
        .map(|(index, column)| column.width.unwrap_or_else(|| needed(index, &column.heading, &page.rows)))
        .collect()
}

/// The width a column needs, in Latin letters and within reason.
pub(super) fn needed(index: usize, heading: &str, rows: &[Vec<Cell>]) -> f64 {
    let cells = rows.iter().filter_map(|row| row.get(index)).map(cell_width);
    // A little more for the button of the filter.
    cells.fold(width(heading) + 3.5, f64::max).clamp(7.0, 48.0)
}

fn cell_width(cell: &Cell) -> f64 {
    match cell {
        Cell::Text(text) => text.lines().map(width).fold(0.0, f64::max) + 3.0,
        Cell::Number(number) => width(&number.to_string()) + 2.0,
        Cell::Rate(_) | Cell::Decimal(_) => 9.0,
        Cell::Day(_) => 12.0,
        Cell::Moment(_) => 20.0,
        Cell::Blank => 0.0,
    }
}

pub(super) fn row_lines(cells: &[Cell], widths: &[f64]) -> f64 {
    let texts = cells.iter().zip(widths).map(|(cell, width)| match cell {
        Cell::Text(text) => lines(text, *width),
        _ => 1.0,
    });
    texts.fold(1.0, f64::max)
}

fn head_height(page: &Page, widths: &[f64]) -> f64 {
    height_of_headings(page.columns.iter().map(|column| column.heading.as_str()), widths)
}

pub(super) fn height_of_headings<'a>(headings: impl Iterator<Item = &'a str>, widths: &[f64]) -> f64 {
    let lines = headings.zip(widths).map(|(heading, width)| lines(heading, *width - 2.5));
    height(lines.fold(1.0, f64::max)) + 4.0
}

/// At most 31 characters, none that Excel forbids, no name twice.
pub(super) fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let mut name = String::new();
    for c in wanted.chars().filter(allowed) {
        if name.encode_utf16().count() + c.len_utf16() <= 28 {
            name.push(c);
        }
    }
    let name = if name.trim().is_empty() { "一覧".to_string() } else { name };
    let repeated = taken.iter().filter(|known| known.starts_with(&name)).count();
    if repeated == 0 { name } else { format!("{name}{}", repeated + 1) }
}
