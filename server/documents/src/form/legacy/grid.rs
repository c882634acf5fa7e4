//! A sheet as somebody sees it: texts without the blanks around them, merged areas as one cell.

use crate::workbook::{Cell, Row, Sheet, cell_name};
use std::collections::{BTreeSet, HashMap};

/// Merged areas beyond this many covered cells are decoration.
const MOST_COVERED: usize = 200_000;
/// A form is no wider.
const WIDEST: usize = 400;

/// A sheet with its merged areas resolved.
pub struct Grid<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Cells covered by a merged area that begins elsewhere.
    covered: HashMap<(usize, usize), (usize, usize)>,
    /// Last row and column of the areas by where they begin.
    ends: HashMap<(usize, usize), (usize, usize)>,
    /// Texts that begin in a row, by row, each with its column.
    lines: HashMap<usize, Vec<(usize, String)>>,
    /// Rows that name a column of questions.
    pub heading_rows: BTreeSet<usize>,
    /// Columns in use, from 0; one more than the last.
    pub width: usize,
}

/// Columns that belong together, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub first: usize,
    pub last: usize,
}

impl Span {
    /// One column.
    pub fn of(column: usize) -> Span {
        Span { first: column, last: column }
    }

    /// True if the column lies within.
    pub fn holds(self, column: usize) -> bool {
        (self.first..=self.last).contains(&column)
    }
}

impl<'a> Grid<'a> {
    /// Resolves the merged areas of a sheet.
    pub fn new(sheet: &'a Sheet) -> Grid<'a> {
        let last = sheet.rows.keys().last().copied().unwrap_or_default();
        let width = sheet.rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
        let width = width.min(WIDEST);
        let mut grid = Grid {
            sheet,
            covered: HashMap::new(),
            ends: HashMap::new(),
            lines: HashMap::new(),
            heading_rows: BTreeSet::new(),
            width,
        };
        for merge in &sheet.merges {
            let (top, left) = (merge.rows.0, merge.columns.0);
            let (bottom, right) = (merge.rows.1.min(last.max(top)), merge.columns.1.min(WIDEST));
            if left > right || grid.covered.len() > MOST_COVERED {
                continue;
            }
            grid.ends.insert((top, left), (bottom, right));
            for row in top..=bottom {
                for column in left..=right {
                    if (row, column) != (top, left) {
                        grid.covered.insert((row, column), (top, left));
                    }
                }
            }
        }
        grid.lines = sheet.rows.iter().map(|(row, cells)| (*row, grid.line(*row, cells))).collect();
        let heads = |(_, cells): &(&usize, &Vec<(usize, String)>)| super::columns::are_headings(cells);
        grid.heading_rows = grid.lines.iter().filter(heads).map(|(row, _)| *row).collect();
        grid
    }

    fn line(&self, row: usize, cells: &Row) -> Vec<(usize, String)> {
        cells
            .iter()
            .filter(|(column, _)| **column < WIDEST && !self.is_covered(row, **column))
            .map(|(column, cell)| (*column, trimmed(cell)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// The text that begins in this cell; empty where a merged area goes on.
    pub fn own(&self, row: usize, column: usize) -> &'a str {
        if self.covered.contains_key(&(row, column)) {
            return "";
        }
        self.plain(row, column)
    }

    /// The text seen at this cell, also inside a merged area.
    pub fn text(&self, row: usize, column: usize) -> &'a str {
        let (row, column) = self.start(row, column);
        self.plain(row, column)
    }

    fn plain(&self, row: usize, column: usize) -> &'a str {
        match self.sheet.cell(row, column) {
            Some(Cell::Text(text)) => trim(text),
            _ => "",
        }
    }

    /// The text of a cell also if it holds a number.
    pub fn shown(&self, row: usize, column: usize) -> &str {
        self.cells(row).iter().find(|(at, _)| *at == column).map_or("", |(_, text)| text.as_str())
    }

    /// Where the merged area begins that covers this cell; the cell itself if none does.
    pub fn start(&self, row: usize, column: usize) -> (usize, usize) {
        self.covered.get(&(row, column)).copied().unwrap_or((row, column))
    }

    /// True if a merged area that began elsewhere goes on here.
    pub fn is_covered(&self, row: usize, column: usize) -> bool {
        self.covered.contains_key(&(row, column))
    }

    /// Last row and column of the area that begins here.
    pub fn end(&self, row: usize, column: usize) -> (usize, usize) {
        self.ends.get(&(row, column)).copied().unwrap_or((row, column))
    }

    /// The columns of the area that begins here.
    pub fn span(&self, row: usize, column: usize) -> Span {
        Span { first: column, last: self.end(row, column).1 }
    }

    /// Columns of a row in which something begins, with the text.
    pub fn cells(&self, row: usize) -> &[(usize, String)] {
        self.lines.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The first text that begins within these columns, with its column.
    pub fn first(&self, row: usize, span: Span) -> Option<(usize, &str)> {
        let found = self.cells(row).iter().find(|(column, _)| span.holds(*column))?;
        Some((found.0, found.1.as_str()))
    }

    /// All texts that begin within these columns, joined by a blank.
    pub fn all(&self, row: usize, span: Span) -> String {
        let cells = self.cells(row).iter().filter(|(column, _)| span.holds(*column));
        cells.map(|(_, text)| text.as_str()).collect::<Vec<&str>>().join(" ")
    }

    /// True if somebody hid this row. What a filter hides is as valid as the rest.
    pub fn hidden(&self, row: usize) -> bool {
        self.sheet.look.hidden_rows.contains(&row)
    }

    /// The name of a cell.
    pub fn name(&self, row: usize, column: usize) -> String {
        cell_name(row, column)
    }

    /// Rows that hold something, from this one on.
    pub fn rows_from(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.sheet.rows.range(row..).map(|(row, _)| *row)
    }
}

fn trimmed(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => trim(text).to_string(),
        number @ Cell::Number(_) => number.text(),
    }
}

/// Without blanks around it, however wide, and without invisible marks.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}'))
}
