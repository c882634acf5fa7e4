//! A heading with all its rows, and what stands below it.

use super::super::grid::{Grid, Span};
use super::super::mark::Marks;
use super::super::words::{Role, role_exact, role_of};
use super::super::{number, phrase};

/// Longer texts are no marks, in bytes.
const LONGEST_MARK: usize = 50;
/// Rows below the headings that are looked at.
const SAMPLE: usize = 80;

/// One column of the table, or several merged ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub span: Span,
    /// Texts from the top row to the bottom one, each once.
    pub texts: Vec<String>,
    /// What the words say it holds.
    pub role: Option<Role>,
}

impl Unit {
    /// The lowest heading.
    pub fn leaf(&self) -> &str {
        self.texts.last().map_or("", String::as_str)
    }

    /// The heading above the lowest.
    pub fn group(&self) -> Option<&str> {
        self.texts.len().checked_sub(2).and_then(|at| self.texts.get(at)).map(String::as_str)
    }

    /// The role of the heading above.
    pub fn group_role(&self) -> Option<Role> {
        self.group().and_then(role_of)
    }
}

/// The headings of these rows, from left to right. Hidden columns have none.
pub fn units(grid: &Grid, (top, bottom): (usize, usize)) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut column = 0;
    while column < grid.width {
        let Some((row, start)) = lowest(grid, top, bottom, column) else {
            column += 1;
            continue;
        };
        let last = match start == column && row == bottom || grid.end(row, start).0 >= bottom {
            true => grid.end(row, start).1.max(column),
            // A group without a heading of its own below it: one column.
            false => column,
        };
        if !grid.sheet.look.hides_column(column) {
            let texts = texts(grid, top, bottom, column);
            let role = role(&texts);
            units.push(Unit { span: Span { first: column, last }, texts, role });
        }
        column = last + 1;
    }
    stretch(grid, bottom, &mut units);
    units
}

/// Where the lowest text of a column begins.
fn lowest(grid: &Grid, top: usize, bottom: usize, column: usize) -> Option<(usize, usize)> {
    (top..=bottom).rev().find(|row| !shown(grid, *row, column).is_empty()).map(|row| grid.start(row, column))
}

fn shown(grid: &Grid, row: usize, column: usize) -> String {
    let (row, column) = grid.start(row, column);
    grid.shown(row, column).to_string()
}

fn texts(grid: &Grid, top: usize, bottom: usize, column: usize) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for row in top..=bottom {
        let mut text = shown(grid, row, column);
        // Without merged cells a group stands over its first column only.
        if text.is_empty() && row < bottom && !shown(grid, bottom, column).is_empty() {
            text = group_to_the_left(grid, row, bottom, column);
        }
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn group_to_the_left(grid: &Grid, row: usize, bottom: usize, column: usize) -> String {
    let mut at = column;
    while at > 0 && at + 8 > column {
        at -= 1;
        let text = shown(grid, row, at);
        if !text.is_empty() {
            // A heading with nothing below it stands for itself alone.
            return if shown(grid, bottom, at).is_empty() || grid.end(row, at).0 >= bottom {
                String::new()
            } else {
                text
            };
        }
        if shown(grid, bottom, at).is_empty() {
            break;
        }
    }
    String::new()
}

fn role(texts: &[String]) -> Option<Role> {
    let leaf = texts.last()?;
    let group = texts.len().checked_sub(2).and_then(|at| texts.get(at));
    let over = group.and_then(|group| role_of(group));
    if let Some(outer @ (Role::Previous | Role::Ignore | Role::Target)) = over {
        return Some(outer);
    }
    role_exact(leaf).or_else(|| role_of(leaf)).or(over)
}

/// Headings that were not merged: what stands below the blank ones beside them belongs to them.
fn stretch(grid: &Grid, bottom: usize, units: &mut [Unit]) {
    for index in 0..units.len() {
        let next = units.get(index + 1).map_or(grid.width, |unit| unit.span.first);
        let unit = &mut units[index];
        if !matches!(unit.role, Some(Role::Question | Role::Comment)) {
            continue;
        }
        let wide = Span { first: unit.span.last + 1, last: next.saturating_sub(1) };
        let own = |row: &usize| grid.first(*row, unit.span).is_some();
        let beside = |row: &usize| wide.first <= wide.last && grid.first(*row, wide).is_some();
        let rows: Vec<usize> = grid.rows_from(bottom + 1).take(SAMPLE).collect();
        let moved = rows.iter().filter(|row| !own(row) && beside(row)).count();
        if moved * 2 > rows.iter().filter(|row| own(row) || beside(row)).count() {
            unit.span.last = wide.last;
        }
    }
}

/// What stands below a heading.
#[derive(Debug, Clone, Copy, Default)]
pub struct Below {
    /// Rows with a text.
    pub filled: usize,
    /// Of them, clear answers and levels.
    pub marks: usize,
    /// Of them, numbers of questions.
    pub numbers: usize,
    /// Of them, texts as questions are.
    pub sentences: usize,
    /// Characters of all texts.
    pub length: usize,
    /// Rows in which a list is offered.
    pub offered: usize,
}

impl Below {
    /// Looks at the rows below, at most until headings are repeated.
    pub fn of(grid: &Grid, bottom: usize, span: Span, marks: &Marks) -> Below {
        let mut below = Below::default();
        for row in grid.rows_from(bottom + 1).take(SAMPLE).filter(|row| !grid.hidden(*row)) {
            below.offered += usize::from(
                !grid.sheet.look.lists.is_empty() && grid.sheet.look.list_at(row, span.first).is_some(),
            );
            let Some((column, text)) = grid.first(row, span) else { continue };
            // A heading across the table says nothing about this column.
            if grid.end(row, column).1 > span.last {
                continue;
            }
            below.filled += 1;
            below.length += text.chars().count();
            let short = text.len() <= LONGEST_MARK;
            below.marks += usize::from(short && marks.answers(text));
            let dated = grid.sheet.look.of(row, column).dated;
            below.numbers += usize::from(number::number(text, dated).is_some());
            below.sentences += usize::from(is_sentence(text));
        }
        below
    }

    /// True if most texts are of a kind.
    pub fn mostly(self, kind: usize) -> bool {
        self.filled > 0 && kind * 10 >= self.filled * 6
    }

    /// Characters of a text, on average.
    pub fn average(self) -> usize {
        self.length.checked_div(self.filled).unwrap_or_default()
    }
}

/// True if a text asks or states something, as questions do.
pub fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['。', '．', '.', '？', '?', '」', ')', '）']);
    let ends = ["か", "る", "い", "た", "こと", "ん", "す"];
    let long = |count: usize| text.len() >= count * 3 || text.chars().count() >= count;
    (ends.iter().any(|end| text.ends_with(end)) && long(8)) || (long(15) && phrase::value(text).is_some())
}
