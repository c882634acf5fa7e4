//! A sheet as somebody sees it: texts without the blanks around them, merged areas as one cell.

use crate::workbook::{Cell, Merge, Row, Sheet, cell_name};

/// Merged areas that reach over more rows than this, all together, are decoration.
const MOST_COVERED: usize = 200_000;
/// A form is no wider.
const WIDEST: usize = 400;

/// A sheet with its merged areas resolved.
pub struct Grid<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Rows that hold something or that a merged area reaches, in order.
    lines: Vec<Line>,
    /// Columns in use, from 0; one more than the last.
    pub width: usize,
}

/// A row.
#[derive(Default)]
struct Line {
    row: usize,
    /// Texts that begin here, each with its column.
    cells: Vec<(usize, String)>,
    /// Merged areas that reach this row, from left to right; none lies over another.
    areas: Vec<Merge>,
    /// It names a column of questions.
    heads: bool,
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

impl Line {
    fn area(&self, column: usize) -> Option<&Merge> {
        let at = self.areas.partition_point(|area| area.columns.1 < column);
        self.areas.get(at).filter(|area| area.columns.0 <= column)
    }

    /// Takes an area in, unless another is there already: no program writes two over each other.
    fn take(&mut self, area: Merge) {
        let at = self.areas.partition_point(|known| known.columns.1 < area.columns.0);
        if self.areas.get(at).is_none_or(|next| area.columns.1 < next.columns.0) {
            self.areas.insert(at, area);
        }
    }

    fn fill(&mut self, cells: &Row) {
        let begins = |column: usize| self.area(column).is_none_or(|area| begins(area, self.row, column));
        let texts = cells
            .iter()
            .filter(|(column, _)| **column < WIDEST && begins(**column))
            .map(|(column, cell)| (*column, trimmed(cell)))
            .filter(|(_, text)| !text.is_empty());
        self.cells = texts.collect();
        self.heads = super::columns::are_headings(&self.cells);
    }
}

fn begins(area: &Merge, row: usize, column: usize) -> bool {
    (area.rows.0, area.columns.0) == (row, column)
}

impl<'a> Grid<'a> {
    /// Resolves the merged areas of a sheet.
    pub fn new(sheet: &'a Sheet) -> Grid<'a> {
        let width = sheet.rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
        let areas = areas(sheet);
        let mut grid = Grid { sheet, lines: lines(sheet, &areas), width: width.min(WIDEST) };
        for area in areas {
            let first = grid.lines.partition_point(|line| line.row < area.rows.0);
            let reached = grid.lines[first..].iter_mut().take_while(|line| line.row <= area.rows.1);
            reached.for_each(|line| line.take(area));
        }
        for line in &mut grid.lines {
            if let Some(cells) = sheet.rows.get(&line.row) {
                line.fill(cells);
            }
        }
        grid
    }

    fn line(&self, row: usize) -> Option<&Line> {
        // Most sheets have no gaps: the row is where it would be without any.
        let straight = self.lines.first().and_then(|first| self.lines.get(row.checked_sub(first.row)?));
        straight.filter(|line| line.row == row).or_else(|| {
            let at = self.lines.binary_search_by_key(&row, |line| line.row).ok()?;
            self.lines.get(at)
        })
    }

    fn area(&self, row: usize, column: usize) -> Option<&Merge> {
        self.line(row)?.area(column)
    }

    /// The text that begins in this cell; empty where a merged area goes on.
    pub fn own(&self, row: usize, column: usize) -> &'a str {
        if self.is_covered(row, column) {
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
        self.area(row, column).map_or((row, column), |area| (area.rows.0, area.columns.0))
    }

    /// True if a merged area that began elsewhere goes on here.
    pub fn is_covered(&self, row: usize, column: usize) -> bool {
        self.area(row, column).is_some_and(|area| !begins(area, row, column))
    }

    /// Last row and column of the area that begins here.
    pub fn end(&self, row: usize, column: usize) -> (usize, usize) {
        let area = self.area(row, column).filter(|area| begins(area, row, column));
        area.map_or((row, column), |area| (area.rows.1, area.columns.1))
    }

    /// The columns of the area that begins here.
    pub fn span(&self, row: usize, column: usize) -> Span {
        Span { first: column, last: self.end(row, column).1 }
    }

    /// Columns of a row in which something begins, with the text.
    pub fn cells(&self, row: usize) -> &[(usize, String)] {
        self.line(row).map_or(&[], |line| line.cells.as_slice())
    }

    /// True if a cell of the row heads a column of questions and stands beside others.
    pub fn heads(&self, row: usize) -> bool {
        self.line(row).is_some_and(|line| line.heads)
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

/// The merged areas within the rows and columns that matter.
fn areas(sheet: &Sheet) -> Vec<Merge> {
    let last = sheet.rows.keys().last().copied().unwrap_or_default();
    let mut left = MOST_COVERED;
    let within = sheet.merges.iter().filter_map(|merge| {
        let (top, first) = (merge.rows.0, merge.columns.0);
        let (bottom, right) = (merge.rows.1.min(last.max(top)), merge.columns.1.min(WIDEST));
        if first > right || top > bottom {
            return None;
        }
        left = left.checked_sub(bottom - top + 1)?;
        Some(Merge { rows: (top, bottom), columns: (first, right) })
    });
    within.collect()
}

fn lines(sheet: &Sheet, areas: &[Merge]) -> Vec<Line> {
    let reached = areas.iter().flat_map(|area| area.rows.0..=area.rows.1);
    let mut rows: Vec<usize> = sheet.rows.keys().copied().chain(reached).collect();
    rows.sort_unstable();
    rows.dedup();
    rows.into_iter().map(|row| Line { row, ..Line::default() }).collect()
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
