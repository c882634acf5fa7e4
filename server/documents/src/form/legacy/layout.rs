//! 様式: how one layout is read, kept once somebody has looked at it, and recognised again by its fingerprint.

mod drift;
mod locate;
mod point;

use super::super::value::{fold, fold_into};
use super::columns::{Answers, Choice, Columns, Unit};
use super::filled::FilledItem;
use super::grid::Span;
use super::mark::Marks;
use domain::answer::Raw;
pub use domain::layout::{Change, Column, Drift, Holds, Layout, Question, Table};
pub use drift::{of_questions, share};
pub use locate::located;
pub use point::pointed;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// The layout of a form as it was recognised.
pub(super) fn layout_of(tables: &[Columns], items: &[FilledItem]) -> Layout {
    let top = tables.first().map_or(0, |table| table.rows.0);
    let question = |item: &FilledItem| Question {
        below: item.row.saturating_sub(top),
        no: item.no.clone(),
        text: item.question.clone(),
    };
    let mut layout = Layout {
        tables: tables.iter().map(table_of).collect(),
        questions: items.iter().map(question).collect(),
        ..Layout::default()
    };
    layout.fingerprint = digest(&layout);
    layout
}

/// The fingerprint of its headings and questions.
fn digest(layout: &Layout) -> String {
    let (mut hash, mut line) = (Sha256::new(), String::new());
    let mut add = |kind: &str, text: &str| {
        line.clear();
        line.push_str(kind);
        line.push('\u{1F}');
        fold_into(text, &mut line);
        line.push('\u{1E}');
        hash.update(&line);
    };
    for column in layout.tables.iter().flat_map(|table| &table.columns) {
        add("heading", &column.heading.join("\u{1F}"));
    }
    for question in &layout.questions {
        add("no", question.no.as_deref().unwrap_or_default());
        add("question", &question.text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What officers said words mean, as the marks know it.
pub(super) fn told(words: &BTreeMap<String, String>) -> HashMap<String, Option<Raw>> {
    let meaning = |key: &str| (key != "blank").then(|| Raw::from_key(key)).flatten();
    words.iter().map(|(text, key)| (fold(text), meaning(key))).collect()
}

/// The common marks with what this layout adds.
pub(super) fn marks(layout: &Layout, mut marks: Marks) -> Marks {
    marks.told.extend(told(&layout.marks));
    marks
}

/// The table these columns are.
fn table_of(columns: &Columns) -> Table {
    let holds = |unit: &Unit| {
        let at = |spans: &[Span]| spans.contains(&unit.span);
        let (choice, answer, person) = match &columns.answers {
            Answers::Choices(choices) => {
                (choices.iter().find(|choice| choice.span == unit.span), false, false)
            }
            Answers::One(span) => (None, *span == unit.span, false),
            Answers::Persons(persons) => (None, false, persons.iter().any(|(span, _)| *span == unit.span)),
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
pub(super) fn columns_of(table: &Table) -> Option<Columns> {
    let span = |column: &Column| Span { first: column.columns.0, last: column.columns.1 };
    let of = |wanted: Holds| -> Vec<Span> {
        table.columns.iter().filter(|column| column.holds == wanted).map(span).collect()
    };
    let label = |column: &Column| column.heading.last().cloned().unwrap_or_default();
    let choices: Vec<Choice> = table
        .columns
        .iter()
        .filter_map(|column| match &column.holds {
            Holds::Choice(key) => {
                Some(Choice { span: span(column), label: label(column), means: Raw::from_key(key)? })
            }
            _ => None,
        })
        .collect();
    let persons = table.columns.iter().filter(|column| column.holds == Holds::Person);
    let persons: Vec<(Span, String)> = persons.map(|column| (span(column), label(column))).collect();
    let answers = match (choices.is_empty(), of(Holds::Answer).first(), persons.is_empty()) {
        (false, ..) => Answers::Choices(choices),
        (true, Some(span), _) => Answers::One(*span),
        (true, None, false) => Answers::Persons(persons),
        (true, None, true) => return None,
    };
    let unit = |column: &Column| Unit { span: span(column), texts: column.heading.clone(), role: None };
    Some(Columns {
        rows: table.rows,
        no: of(Holds::No).first().copied(),
        category: of(Holds::Category),
        question: *of(Holds::Question).first()?,
        answers,
        comment: of(Holds::Comment),
        evidence: of(Holds::Evidence),
        due: of(Holds::Due),
        units: table.columns.iter().map(unit).collect(),
        doubts: Vec::new(),
    })
}
