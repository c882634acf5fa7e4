//! The answer of one question: by the text of a cell, by the column of a mark, by what is drawn over it.

use super::columns::{Answers, Choice};
use super::filled::{Fault, Origin, Rule};
use super::grid::{Grid, Span};
use super::mark::{Marks, Said};
use crate::workbook::look::DrawnMark;
use domain::answer::{Raw, Value};
use domain::layout::word::LONGEST;

/// What was found in the cells of an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    pub answer: Option<Raw>,
    pub fault: Option<Fault>,
    pub raw: Option<String>,
    /// What an officer could explain: one text nobody knows.
    pub word: Option<String>,
    pub formula: bool,
    pub origin: Origin,
}

/// Reads the answer in these rows.
pub fn read(grid: &Grid, answers: &Answers, rows: (usize, usize), marks: &Marks) -> Found {
    match answers {
        Answers::None => Found { fault: Some(Fault::Unanswered), ..Found::default() },
        Answers::One(span) => one(grid, *span, rows, marks),
        Answers::Choices(choices) => by_place(grid, choices, rows, marks),
        Answers::Persons(persons) => {
            persons.first().map_or_else(Found::default, |(span, _)| one(grid, *span, rows, marks))
        }
    }
}

/// A text in the rows of a block, with its cell.
struct Text<'a> {
    row: usize,
    column: usize,
    text: &'a str,
}

fn texts<'a>(grid: &'a Grid, span: Span, (first, last): (usize, usize)) -> Vec<Text<'a>> {
    let rows = first..=last.min(first + 50);
    let cells = rows.flat_map(|row| {
        grid.cells(row).iter().map(move |(column, text)| Text { row, column: *column, text })
    });
    cells.filter(|cell| span.holds(cell.column)).collect()
}

/// The answer of one column.
pub fn one(grid: &Grid, span: Span, rows: (usize, usize), marks: &Marks) -> Found {
    let found = texts(grid, span, rows);
    let raw: Vec<&str> = found.iter().map(|cell| cell.text).collect();
    let raw = raw.join(" ");
    let place = found.first().map_or((rows.0, span.first), |cell| (cell.row, cell.column));
    let traits = grid.sheet.look.of(place.0, place.1);
    let said = match (found.is_empty(), traits.struck) {
        (true, _) => drawn(grid, span, rows, traits.diagonal),
        // What was struck out may be the answer before the change: somebody has to look.
        (false, true) => Said::Unclear,
        (false, false) => marks.read(&raw),
    };
    let mut rule = Rule::AsWritten;
    let (answer, fault) = outcome(said, &mut rule);
    let blank = fault == Some(Fault::Unanswered);
    let explicable =
        fault == Some(Fault::UnknownAnswer) && !traits.struck && (1..=LONGEST).contains(&raw.chars().count());
    Found {
        answer,
        fault,
        word: explicable.then(|| raw.clone()),
        raw: (!raw.is_empty() && !blank).then(|| raw.clone()),
        formula: traits.formula,
        origin: origin(grid, vec![place], raw, if traits.formula { Rule::Formula } else { rule }),
    }
}

fn outcome(said: Said, rule: &mut Rule) -> (Option<Raw>, Option<Fault>) {
    match said {
        Said::Blank => (None, Some(Fault::Unanswered)),
        Said::Several => (None, Some(Fault::MultipleMarks)),
        Said::Unclear => (None, Some(Fault::UnknownAnswer)),
        Said::One(raw, by) => {
            *rule = by;
            (Some(raw), None)
        }
    }
}

fn origin(grid: &Grid, places: Vec<(usize, usize)>, raw: String, rule: Rule) -> Origin {
    let cells: Vec<String> = places.iter().map(|(row, column)| grid.name(*row, *column)).collect();
    Origin { sheet: grid.sheet.name.clone(), cell: cells.join("+"), raw, rule }
}

/// An empty cell may be crossed out, ticked or ringed.
fn drawn(grid: &Grid, span: Span, rows: (usize, usize), diagonal: bool) -> Said {
    let over = |mark: DrawnMark| over(grid, span, rows, mark);
    match (over(DrawnMark::Ticked), over(DrawnMark::Ring)) {
        (1, 0) => Said::One(Raw::Mark(Value::Done), Rule::Drawn),
        (0, 0) if diagonal => Said::One(Raw::Mark(Value::NotApplicable), Rule::Diagonal),
        (0, 0) => Said::Blank,
        _ => Said::Unclear,
    }
}

fn over(grid: &Grid, span: Span, rows: (usize, usize), mark: DrawnMark) -> usize {
    let within = |row: usize| (rows.0..=rows.1).contains(&row);
    grid.sheet
        .look
        .drawn
        .iter()
        .filter(|drawn| within(drawn.row) && span.holds(drawn.column) && drawn.mark == mark)
        .count()
}

/// How much a text in the column of a choice says that it is chosen.
#[derive(PartialEq, Clone, Copy)]
enum Strength {
    None,
    /// A dash, a cross: a filler where another column is marked, else a mark like any other.
    Weak,
    Strong,
    /// Words that are no mark.
    Words,
}

struct Mark<'a> {
    choice: &'a Choice,
    place: (usize, usize),
    text: String,
    strength: Strength,
    /// The answer an officer said these words mean in this column.
    told: Option<Raw>,
}

impl Mark<'_> {
    /// With the heading of the choice: the same words under another choice say something else.
    fn written(&self) -> String {
        format!("{}:{}", self.choice.label, self.text)
    }
}

/// The answer is the column the mark stands in.
fn by_place(grid: &Grid, choices: &[Choice], rows: (usize, usize), marks: &Marks) -> Found {
    let found: Vec<Mark> = choices.iter().map(|choice| mark(grid, choice, rows, marks)).collect();
    let of = |wanted: Strength| found.iter().filter(move |mark| mark.strength == wanted);
    let strong: Vec<&Mark> = of(Strength::Strong).collect();
    let weak: Vec<&Mark> = of(Strength::Weak).collect();
    let marked: Vec<&Mark> = match (strong.is_empty(), weak.len()) {
        (true, 1) => weak,
        _ => strong,
    };
    let words: Vec<&Mark> = of(Strength::Words).collect();
    let shown: Vec<&Mark> =
        if marked.is_empty() { words.clone() } else { marked.iter().chain(&words).copied().collect() };
    let raw: Vec<String> = shown.iter().map(|mark| mark.written()).collect();
    let mut rule = Rule::ColumnOfMark;
    let (answer, fault) = match (&marked[..], words.is_empty()) {
        ([Mark { told: Some(told), .. }], true) => {
            rule = Rule::Told;
            (Some(told.clone()), None)
        }
        ([mark], true) => chosen(mark),
        ([], true) => outcome(unmarked(grid, choices, rows), &mut rule),
        ([_, _, ..], _) => (None, Some(Fault::MultipleMarks)),
        _ => (None, Some(Fault::UnknownAnswer)),
    };
    let places: Vec<(usize, usize)> = match shown.is_empty() {
        true => choices.iter().map(|choice| (rows.0, choice.span.first)).collect(),
        false => shown.iter().map(|mark| mark.place).collect(),
    };
    let formula = shown.iter().any(|mark| grid.sheet.look.of(mark.place.0, mark.place.1).formula);
    Found {
        answer,
        fault,
        raw: (!raw.is_empty()).then(|| raw.join(" / ")),
        word: explicable(&marked, &words),
        formula,
        origin: origin(grid, places, raw.join(" / "), if formula { Rule::Formula } else { rule }),
    }
}

/// Words in one column and nothing in the others can be explained once. Beside a mark they can't: saying that they mean
/// nothing would settle the row as blank.
fn explicable(marked: &[&Mark], words: &[&Mark]) -> Option<String> {
    match (marked, words) {
        ([], [word]) => Some(word.written()).filter(|written| written.chars().count() <= LONGEST),
        _ => None,
    }
}

/// Any mark chooses its column, but a cross under はい or a dash under 実施 contradicts it.
fn chosen(mark: &Mark) -> (Option<Raw>, Option<Fault>) {
    let said = super::value_of(&mark.text);
    let against = match said {
        Some(Value::NotDone) => {
            mark.choice.means == Raw::Mark(Value::Done) || mark.choice.means == Raw::Mark(Value::Partial)
        }
        Some(Value::NotApplicable) => mark.choice.means != Raw::Mark(Value::NotApplicable),
        _ => false,
    };
    if mark.strength == Strength::Weak && against {
        return (None, Some(Fault::UnknownAnswer));
    }
    (Some(mark.choice.means.clone()), None)
}

fn mark<'a>(grid: &Grid, choice: &'a Choice, rows: (usize, usize), marks: &Marks) -> Mark<'a> {
    let found = texts(grid, choice.span, rows);
    let text: Vec<&str> = found.iter().map(|cell| cell.text).collect();
    let text = text.join(" ");
    let place = found.first().map_or((rows.0, choice.span.first), |cell| (cell.row, cell.column));
    let struck = grid.sheet.look.of(place.0, place.1).struck;
    let strength = match text.is_empty() || struck {
        true if over(grid, choice.span, rows, DrawnMark::Ticked)
            + over(grid, choice.span, rows, DrawnMark::Ring)
            == 1 =>
        {
            let text = "☑".to_string();
            return Mark { choice, place, text, strength: Strength::Strong, told: None };
        }
        true => Strength::None,
        false => strength(&text, choice, marks),
    };
    let mark = Mark { choice, place, text, strength, told: None };
    if mark.strength == Strength::Words { explained(mark, marks) } else { mark }
}

/// Words an officer explained are a mark with that meaning, or nothing.
fn explained<'a>(mark: Mark<'a>, marks: &Marks) -> Mark<'a> {
    match marks.told_of(&mark.written()) {
        None => mark,
        Some(None) => Mark { strength: Strength::None, ..mark },
        Some(told) => Mark { strength: Strength::Strong, told, ..mark },
    }
}

fn strength(text: &str, choice: &Choice, marks: &Marks) -> Strength {
    use super::super::value::{Reading, fold, understand};
    let folded = fold(text);
    if folded == fold(&choice.label) {
        return Strength::Strong;
    }
    let printed = marks.printed.as_deref() == Some(folded.as_str());
    match understand(text) {
        _ if printed => Strength::None,
        Reading::Blank => Strength::None,
        // FALSE and 0 come from a check box that is not ticked.
        Reading::Known(Value::NotDone) if folded == "false" => Strength::None,
        // Some type 0 for ○; beside another mark it is the 0 of "not chosen".
        Reading::Ambiguous if folded == "0" => Strength::Weak,
        Reading::Known(Value::Done) | Reading::Ambiguous => Strength::Strong,
        Reading::Known(Value::NotDone | Value::NotApplicable) if text.chars().count() <= 2 => Strength::Weak,
        Reading::Known(Value::Partial) if text.chars().count() == 1 => Strength::Strong,
        _ if super::mark::level_of(text).is_some_and(|level| choice.means == Raw::Level(level)) => {
            Strength::Strong
        }
        _ if text.chars().count() == 1 && !text.chars().all(char::is_alphanumeric) => Strength::Strong,
        _ => Strength::Words,
    }
}

fn unmarked(grid: &Grid, choices: &[Choice], rows: (usize, usize)) -> Said {
    let crossed = |choice: &Choice| {
        let (row, column) = grid.start(rows.0, choice.span.first);
        grid.sheet.look.of(row, column).diagonal
    };
    match choices.iter().all(crossed) {
        true => Said::One(Raw::Mark(Value::NotApplicable), Rule::Diagonal),
        false => Said::Blank,
    }
}
