//! 様式: how one layout is read, kept once somebody has looked at it, and recognised again by its fingerprint.

mod drift;
mod locate;

use super::super::value::fold;
use super::columns::{Answers, Choice, Columns, Unit};
use super::filled::FilledItem;
use super::grid::Span;
use super::mark::Marks;
use domain::answer::Raw;
pub use drift::{Change, Drift, of_questions};
pub use locate::located;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

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

impl Layout {
    /// The layout of a form as it was recognised.
    pub(super) fn of(tables: &[Columns], items: &[FilledItem]) -> Layout {
        let top = tables.first().map_or(0, |table| table.rows.0);
        let question = |item: &FilledItem| Question {
            below: item.row.saturating_sub(top),
            no: item.no.clone(),
            text: item.question.clone(),
        };
        let mut layout = Layout {
            tables: tables.iter().map(Table::of).collect(),
            questions: items.iter().map(question).collect(),
            ..Layout::default()
        };
        layout.fingerprint = layout.digest();
        layout
    }

    /// The fingerprint of its headings and questions.
    fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |kind: &str, text: &str| hash.update(format!("{kind}\u{1F}{}\u{1E}", fold(text)));
        for column in self.tables.iter().flat_map(|table| &table.columns) {
            add("heading", &column.heading.join("\u{1F}"));
        }
        for question in &self.questions {
            add("no", question.no.as_deref().unwrap_or_default());
            add("question", &question.text);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The common marks with what this layout adds.
    pub(super) fn marks(&self, mut marks: Marks) -> Marks {
        for (text, key) in &self.marks {
            let meaning = (key != "blank").then(|| Raw::from_key(key)).flatten();
            marks.told.insert(fold(text), meaning);
        }
        marks
    }
}

impl Table {
    fn of(columns: &Columns) -> Table {
        let holds = |unit: &Unit| {
            let at = |spans: &[Span]| spans.contains(&unit.span);
            let (choice, answer, person) = match &columns.answers {
                Answers::Choices(choices) => {
                    (choices.iter().find(|choice| choice.span == unit.span), false, false)
                }
                Answers::One(span) => (None, *span == unit.span, false),
                Answers::Persons(persons) => {
                    (None, false, persons.iter().any(|(span, _)| *span == unit.span))
                }
                Answers::None => (None, false, false),
            };
            match choice {
                Some(choice) => Holds::Choice(choice.means.key()),
                None if answer => Holds::Answer,
                None if person => Holds::Person,
                None if columns.question == unit.span => Holds::Question,
                None if columns.no == Some(unit.span) => Holds::No,
                None if at(&columns.category) => Holds::Category,
                None if at(&columns.comment) => Holds::Comment,
                None if at(&columns.evidence) => Holds::Evidence,
                None if at(&columns.due) => Holds::Due,
                None => Holds::Nothing,
            }
        };
        let column = |unit: &Unit| Column {
            columns: (unit.span.first, unit.span.last),
            heading: unit.texts.clone(),
            holds: holds(unit),
        };
        Table { rows: columns.rows, columns: columns.units.iter().map(column).collect() }
    }

    /// The columns this table says; `None` if it has no questions or no answers.
    fn to_columns(&self) -> Option<Columns> {
        let span = |column: &Column| Span { first: column.columns.0, last: column.columns.1 };
        let of = |wanted: Holds| -> Vec<Span> {
            self.columns.iter().filter(|column| column.holds == wanted).map(span).collect()
        };
        let label = |column: &Column| column.heading.last().cloned().unwrap_or_default();
        let choices: Vec<Choice> = self
            .columns
            .iter()
            .filter_map(|column| match &column.holds {
                Holds::Choice(key) => {
                    Some(Choice { span: span(column), label: label(column), means: Raw::from_key(key)? })
                }
                _ => None,
            })
            .collect();
        let persons = self.columns.iter().filter(|column| column.holds == Holds::Person);
        let persons: Vec<(Span, String)> = persons.map(|column| (span(column), label(column))).collect();
        let answers = match (choices.is_empty(), of(Holds::Answer).first(), persons.is_empty()) {
            (false, ..) => Answers::Choices(choices),
            (true, Some(span), _) => Answers::One(*span),
            (true, None, false) => Answers::Persons(persons),
            (true, None, true) => return None,
        };
        let unit = |column: &Column| Unit { span: span(column), texts: column.heading.clone(), role: None };
        Some(Columns {
            rows: self.rows,
            no: of(Holds::No).first().copied(),
            category: of(Holds::Category),
            question: *of(Holds::Question).first()?,
            answers,
            comment: of(Holds::Comment),
            evidence: of(Holds::Evidence),
            due: of(Holds::Due),
            units: self.columns.iter().map(unit).collect(),
            doubts: Vec::new(),
        })
    }
}
