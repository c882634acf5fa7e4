//! 様式: how one layout of a department's workbook is read, kept once an officer has looked at it. What is here is data
//! and what an officer may say about it; finding things in a sheet is the reader's part.

pub mod picture;
pub mod pointing;
pub mod word;

pub use picture::{Picture, Seen};
pub use pointing::{Part, Pointing};
pub use word::Meaning;

use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A layout as it is kept. Everything in it may be put right by an officer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// Of headings and questions, SHA-256 in hexadecimal: the same for every filled copy of a form, whoever filled
    /// it in, wherever its table stands.
    pub fingerprint: String,
    /// The tables of the sheet, from top to bottom.
    pub tables: Vec<Table>,
    /// The questions in their order.
    pub questions: Vec<Question>,
    /// What marks mean in this form, beyond the common table: a text and the key of an answer (`done`, `level:3`) or
    /// `blank`.
    pub marks: BTreeMap<String, String>,
    /// Cells somebody pointed at for the head: `department`, `respondent`, `position`, `staff_no`, `system`, `date`
    /// and the name of the cell.
    pub head: BTreeMap<String, String>,
}

/// Where a table's columns stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// First and last row of the headings, from 1.
    pub rows: (usize, usize),
    /// Its columns from left to right.
    pub columns: Vec<Column>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// First and last column, from 0.
    pub columns: (usize, usize),
    /// The heading, all its rows.
    pub heading: Vec<String>,
    /// What it holds.
    pub holds: Holds,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Numbers of the questions.
    No,
    /// 区分.
    Category,
    /// The questions.
    Question,
    /// The answers.
    Answer,
    /// Marks for one choice: the key of the answer it stands for.
    Choice(String),
    /// The answers of one person or department, by the heading.
    Person,
    /// 備考.
    Comment,
    /// 証跡.
    Evidence,
    /// A date to mend by.
    Due,
    /// Nothing that is read.
    Nothing,
}

/// A question of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Rows below the first heading.
    pub below: usize,
    /// Its number in plain form.
    pub no: Option<String>,
    /// Its text.
    pub text: String,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// What changed.
    pub change: Change,
    /// Where it stands now; for what is gone, where the table begins.
    pub cell: String,
    /// One Japanese sentence.
    pub text: String,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A heading has other words.
    ColumnRenamed,
    /// A column stands elsewhere.
    ColumnMoved,
    /// A question was added.
    QuestionAdded,
    /// A question is gone.
    QuestionRemoved,
    /// A question has other words.
    QuestionReworded,
    /// Questions stand in other rows, because rows were put in or taken out.
    RowsMoved,
}

impl Layout {
    /// Whether it can be kept: it has to be found again in other files, by its headings and its questions.
    ///
    /// # Errors
    /// A sentence that says what is still to be pointed at.
    pub fn may_be_kept(&self) -> Result<(), Refusal> {
        let columns = || self.tables.iter().flat_map(|table| &table.columns);
        let headed = columns().filter(|column| !column.heading.is_empty()).count();
        let text = match (headed, self.questions.len()) {
            _ if self.tables.is_empty() => {
                "回答の表が分かりません。見出しの行、設問文の列及び回答の列を指定してください。"
            }
            (0 | 1, _) => {
                "見出しが二つ以上ある表でないと、次のファイルで見分けられません。見出しの行を指定してください。"
            }
            (_, 0 | 1) => "設問が二つ以上読み取れていません。見出しの行と設問文の列を確かめてください。",
            _ => return Ok(()),
        };
        Err(Refusal::new(text))
    }
}

/// The name of a 様式 as it is kept.
///
/// # Errors
/// A sentence for the field `name`.
pub fn name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err(Refusal::field("name", "様式の名称を入力してください（例：市民部 所属票）。")),
        1..=60 => Ok(name.to_string()),
        _ => Err(Refusal::field("name", "様式の名称は60字までにしてください。")),
    }
}

/// A layout that is kept, as a reader is given it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The version that holds this layout.
    pub version: Uuid,
    /// The layout with the words of its 様式.
    pub layout: Layout,
}

/// What the city has said about the workbooks of its departments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Habits {
    /// The layouts, the newest first.
    pub kept: Vec<Kept>,
    /// What words mean in every workbook: a text and the key of an answer or `blank`.
    pub words: BTreeMap<String, String>,
}
