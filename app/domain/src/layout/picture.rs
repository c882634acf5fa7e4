//! A sheet as it is drawn for whoever points at its cells: what stands where, and what was made of it.

use super::pointing::Field;
use super::{Drift, Holds, Layout};
use crate::intake::Fault;
use uuid::Uuid;

/// So many rows are drawn at most.
pub const MOST_ROWS: usize = 300;
/// So many columns are drawn at most.
pub const MOST_COLUMNS: usize = 60;

/// A sheet drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// For each column from 0 what it holds, if a table says so.
    pub columns: Vec<Option<Holds>>,
    /// The rows from 1.
    pub rows: Vec<Row>,
    /// There is more than is drawn.
    pub cut: bool,
    /// Columns and rows the sheet uses, also beyond what is drawn.
    pub area: (usize, usize),
}

/// A row drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Its number.
    pub no: usize,
    /// Somebody hid it.
    pub hidden: bool,
    /// It looks like a question and is none.
    pub excluded: bool,
    /// Its cells from left to right; what a merged area covers is left out.
    pub cells: Vec<Cell>,
}

/// A cell drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Its name: `D12`.
    pub name: String,
    /// What stands there.
    pub text: String,
    /// Columns and rows it spans within the picture.
    pub spans: (usize, usize),
    /// What was made of it.
    pub made: Option<Made>,
}

/// What was made of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// It heads a column.
    Heading,
    /// Part of a question: what its column holds.
    Of(Holds),
    /// An answer that can't be read.
    Faulty(Fault),
    /// A field of the head.
    Head(Field),
}

/// What was read from a sheet, with its picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    /// The sheets of the file by name; a hidden one is in brackets.
    pub sheets: Vec<String>,
    /// Which of them, from 0.
    pub sheet: usize,
    /// The picture.
    pub picture: Picture,
    /// How it was read; none if nothing was.
    pub layout: Option<Layout>,
    /// The version of the kept layout it is read by, or was before somebody pointed.
    pub kept: Option<Uuid>,
    /// Answered, blank and unclear rows.
    pub tally: (usize, usize, usize),
    /// Cells that can't be read, and what stands there.
    pub unclear: Vec<(String, String)>,
    /// How it differs from the layout it was read by.
    pub drifts: Vec<Drift>,
    /// Rows that look like questions and are none, with the reason.
    pub excluded: Vec<(usize, String)>,
    /// What is missing before anything can be read, in one sentence.
    pub refusal: Option<String>,
}

impl Seen {
    /// True if persons stand below each other and questions beside each other: such a list is recognised by itself,
    /// and no pointing says how it is read.
    pub fn is_list(&self) -> bool {
        self.refusal.is_none() && self.layout.is_none()
    }
}

/// Which sheet of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Which {
    /// The first that is a form, else the first that is not hidden.
    #[default]
    First,
    /// By its place, from 0.
    At(usize),
    /// By its name.
    Named(String),
}
