//! The table of questions: where its headings stand and which column holds what.

mod choices;
mod settle;
mod unit;

use super::filled::{Confidence, Doubt};
use super::grid::{Grid, Span};
use super::mark::Marks;
use super::words::{Role, may_ask, role_exact, role_of};
use domain::answer::Raw;
pub use unit::{Unit, is_sentence};

/// Rows in which headings are looked for.
const DEEPEST: usize = 300;
/// Longer texts head no questions, in bytes.
const LONGEST_HEADING: usize = 90;
/// Rows of headings one table has at most.
const MOST_ROWS: usize = 3;

/// Where each thing of a table of questions stands.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// First and last row of the headings.
    pub rows: (usize, usize),
    pub no: Option<Span>,
    pub category: Vec<Span>,
    pub question: Span,
    pub answers: Answers,
    pub comment: Vec<Span>,
    pub evidence: Vec<Span>,
    pub due: Vec<Span>,
    /// All headings, for the fingerprint and for repeated headings.
    pub units: Vec<Unit>,
    /// What was unsure.
    pub doubts: Vec<Doubt>,
}

/// How answers are given.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Answers {
    #[default]
    None,
    /// One column.
    One(Span),
    /// One column for each choice; the mark's place is the answer.
    Choices(Vec<Choice>),
    /// One column for each person or department.
    Persons(Vec<(Span, String)>),
}

/// A column that stands for a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub span: Span,
    pub label: String,
    pub means: Raw,
}

impl Default for Span {
    fn default() -> Span {
        Span::of(0)
    }
}

impl Columns {
    /// The best table of questions of a sheet from this row on.
    pub fn find(grid: &Grid, from: usize, marks: &Marks) -> Option<Columns> {
        let rows: Vec<usize> = grid.rows_from(from).take(DEEPEST).collect();
        let mut best: Option<(usize, Columns)> = None;
        for row in rows {
            let Some(columns) = Columns::at(grid, row, marks) else { continue };
            let worth = columns.worth(grid);
            if best.as_ref().is_none_or(|(known, _)| worth > *known) {
                best = Some((worth, columns));
            }
        }
        best.map(|(_, columns)| columns)
    }

    /// The table whose headings stand in this row, if they do.
    pub fn at(grid: &Grid, row: usize, marks: &Marks) -> Option<Columns> {
        if !names_questions(grid, row) {
            return None;
        }
        let rows = heading_rows(grid, row);
        let units = unit::units(grid, rows);
        settle::columns(grid, rows, units, marks)
    }

    /// How much speaks for this table: known headings and rows below.
    fn worth(&self, grid: &Grid) -> usize {
        let known = self.units.iter().filter(|unit| unit.role.is_some()).count();
        let kinds = usize::from(self.no.is_some()) + usize::from(!self.comment.is_empty());
        let rows = grid.rows_from(self.rows.1 + 1).take(60);
        let asked = rows.filter(|row| grid.first(*row, self.question).is_some()).count();
        let clear = if self.doubts.is_empty() { 5 } else { 0 };
        known.min(8) * 2 + kinds * 2 + asked.min(20) + clear
    }

    /// True if a row repeats the headings, as every printed page does.
    pub fn is_repeated(&self, grid: &Grid, row: usize) -> bool {
        if grid.cells(row).len() > self.units.len() + 1 {
            return false;
        }
        let same = self.units.iter().filter(|unit| {
            let text = grid.own(row, unit.span.first);
            !text.is_empty() && unit.texts.iter().any(|known| known == text)
        });
        same.take(2).count() == 2
    }

    /// Cells a question's answer stands in, the first row of its block.
    pub fn answer_spans(&self) -> Vec<Span> {
        match &self.answers {
            Answers::None => Vec::new(),
            Answers::One(span) => vec![*span],
            Answers::Choices(choices) => choices.iter().map(|choice| choice.span).collect(),
            Answers::Persons(persons) => persons.iter().map(|(span, _)| *span).collect(),
        }
    }

    fn doubt(&mut self, text: &str, cells: Vec<String>, candidates: Vec<String>, confidence: Confidence) {
        self.doubts.push(Doubt { text: text.to_string(), cells, candidates, confidence });
    }
}

/// The table with its headings in these rows, if it is one, and the headings.
pub fn headed(grid: &Grid, rows: (usize, usize), marks: &Marks) -> (Option<Columns>, Vec<Unit>) {
    let units = unit::units(grid, rows);
    (settle::columns(grid, rows, units.clone(), marks), units)
}

/// True if a cell of the row heads a column of questions and stands beside others.
pub fn names_questions(grid: &Grid, row: usize) -> bool {
    grid.heads(row)
}

/// As [`names_questions`], for the cells of a row.
pub fn are_headings(cells: &[(usize, String)]) -> bool {
    cells.len() >= 2 && cells.iter().any(|(_, text)| heads_questions(text))
}

/// Words that head questions; a question that speaks of 質問 or 項目 is none.
fn heads_questions(text: &str) -> bool {
    // Marks and questions themselves are most of a sheet: neither is looked up.
    if text.len() <= 3 || text.len() > LONGEST_HEADING {
        return false;
    }
    role_exact(text) == Some(Role::Question)
        || (text.len() <= 48 && may_ask(text) && role_of(text) == Some(Role::Question) && !is_sentence(text))
}

/// True if the row could head a further table: two of its cells are usual headings, word for word.
pub fn begins_table(grid: &Grid, row: usize) -> bool {
    names_questions(grid, row)
        && grid.cells(row).iter().filter(|(_, text)| role_exact(text).is_some()).count() >= 2
}

/// First and last row of the headings around the row that names the questions.
fn heading_rows(grid: &Grid, row: usize) -> (usize, usize) {
    let cells = grid.cells(row);
    let question = cells.iter().find(|(_, text)| heads_questions(text));
    let question = question.map_or(0, |(column, _)| *column);
    let mut bottom = grid.end(row, question).0.min(row + MOST_ROWS - 1);
    while bottom < row + MOST_ROWS - 1 && goes_on(grid, bottom + 1, question) {
        bottom += 1;
    }
    let mut top = row;
    while row - top < MOST_ROWS - 1 && top > 1 && is_group_row(grid, top - 1, row) {
        top -= 1;
    }
    (top, bottom)
}

/// True if the row still belongs to the headings: nothing is asked in it, and it names choices or halves.
fn goes_on(grid: &Grid, row: usize, question: usize) -> bool {
    if !grid.text(row, question).is_empty() && !grid.is_covered(row, question) {
        return false;
    }
    let cells = grid.cells(row);
    let names = cells.iter().filter(|(_, text)| {
        choices::meaning(text, &Marks::default()).is_some()
            || matches!(
                role_of(text),
                Some(
                    Role::Current | Role::Target | Role::Previous | Role::Answer | Role::Comment | Role::Due
                )
            )
    });
    // One mark below the headings is an answer; a row of choices names at least two different ones.
    let different: std::collections::BTreeSet<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
    names.count() >= 2 && different.len() >= 2
}

/// True if the row above holds groups of headings: 評価 over 実施 and 未実施.
fn is_group_row(grid: &Grid, row: usize, below: usize) -> bool {
    let cells = grid.cells(row);
    let groups = cells.iter().filter(|(column, text)| {
        let wide = grid.span(row, *column).last > *column || grid.end(row, *column).0 >= below;
        wide && matches!(
            role_of(text),
            Some(
                Role::Answer
                    | Role::Previous
                    | Role::Ignore
                    | Role::Target
                    | Role::Current
                    | Role::Comment
                    | Role::No
                    | Role::Category
            )
        ) && super::words::label_of(text).is_none()
    });
    let short = |text: &str| text.chars().count() <= 20 && !is_sentence(text) && !super::rows::is_note(text);
    groups.count() >= 1 && cells.iter().all(|(_, text)| short(text))
}
