//! Which heading holds what, where words alone do not say it: what stands below decides.

use super::super::filled::Confidence;
use super::super::grid::{Grid, Span};
use super::super::mark::Marks;
use super::super::words::Role;
use super::unit::{Below, Unit};
use super::{Answers, Columns, choices};

/// A table of one question is none: tables of definitions look alike.
const FEWEST: usize = 2;

/// A heading with what stands below it.
struct Candidate {
    unit: Unit,
    below: Below,
}

/// The columns of a table with these headings; `None` if nothing is asked or nothing can be answered in it.
pub fn columns(grid: &Grid, rows: (usize, usize), units: Vec<Unit>, marks: &Marks) -> Option<Columns> {
    let mut columns = Columns { rows, units: units.clone(), ..Columns::default() };
    let choices = choices::find(&units, marks);
    let is_choice = |unit: &Unit| choices.iter().flatten().any(|choice| choice.span == unit.span);
    let mut candidates: Vec<Candidate> = units
        .into_iter()
        .filter(|unit| !is_choice(unit))
        .map(|unit| Candidate { below: Below::of(grid, rows.1, unit.span, marks), unit })
        .collect();
    numbers(&mut candidates);
    columns.question = question(&mut candidates)?;
    columns.no = take(&candidates, Role::No).first().copied();
    match choices {
        Some(choices) => columns.answers = Answers::Choices(choices),
        None => answer(grid, &mut columns, &mut candidates),
    }
    if columns.answers == Answers::None {
        return None;
    }
    columns.category = take(&candidates, Role::Category);
    columns.comment = take(&candidates, Role::Comment);
    columns.evidence = take(&candidates, Role::Evidence);
    columns.due = take(&candidates, Role::Due);
    unknown_comment(grid, &mut columns, &candidates);
    let asked = grid
        .rows_from(rows.1 + 1)
        .filter(|row| grid.first(*row, columns.question).is_some())
        .take(FEWEST)
        .count();
    (asked >= FEWEST).then_some(columns)
}

fn take(candidates: &[Candidate], role: Role) -> Vec<Span> {
    candidates
        .iter()
        .filter(|candidate| candidate.unit.role == Some(role))
        .map(|candidate| candidate.unit.span)
        .collect()
}

/// One column of numbers: the first with a heading of numbers that holds numbers; 設問 over numbers is one too.
fn numbers(candidates: &mut [Candidate]) {
    let is_numbers = |candidate: &Candidate| {
        candidate.below.mostly(candidate.below.numbers) && candidate.below.average() <= 6
    };
    let mut found = false;
    for candidate in candidates.iter_mut() {
        match candidate.unit.role {
            Some(Role::No) if found => candidate.unit.role = Some(Role::Ignore),
            Some(Role::No) => found = true,
            Some(Role::Question | Role::Category) | None if is_numbers(candidate) && !found => {
                candidate.unit.role = Some(Role::No);
                found = true;
            }
            _ => {}
        }
    }
}

/// The column with the longest texts of those that are headed as questions; shorter ones before it are categories.
fn question(candidates: &mut [Candidate]) -> Option<Span> {
    let worth = |candidate: &Candidate| candidate.below.average() + candidate.below.sentences * 2;
    let asked = candidates.iter().filter(|candidate| candidate.unit.role == Some(Role::Question));
    let best = asked.max_by_key(|candidate| worth(candidate))?;
    let (span, average) = (best.unit.span, best.below.average());
    // 「分類」 over the questions and 「項目」 over the categories.
    let better = candidates.iter().filter(|candidate| {
        matches!(candidate.unit.role, Some(Role::Category) | None)
            && candidate.below.sentences >= 3
            && candidate.below.mostly(candidate.below.sentences)
            && candidate.below.average() > average.max(4) * 3 / 2
            && candidate.unit.span.first < span.first + 3
    });
    let span = match (average < 8, better.max_by_key(|candidate| worth(candidate))) {
        (true, Some(better)) => better.unit.span,
        _ => span,
    };
    for candidate in candidates.iter_mut().filter(|candidate| candidate.unit.span != span) {
        let before = candidate.unit.span.first < span.first;
        match candidate.unit.role {
            Some(Role::Question) => {
                candidate.unit.role = Some(if before { Role::Category } else { Role::Ignore })
            }
            None if before && !candidate.below.mostly(candidate.below.marks) => {
                candidate.unit.role = Some(Role::Category)
            }
            _ => {}
        }
    }
    (average >= 3).then_some(span)
}

/// The column of the answer; a column of free text beside it is a comment.
fn answer(grid: &Grid, columns: &mut Columns, candidates: &mut [Candidate]) {
    let halves = candidates.iter().any(|candidate| candidate.unit.role == Some(Role::Target));
    let named = |candidate: &&Candidate| matches!(candidate.unit.role, Some(Role::Answer | Role::Current));
    let worth = |candidate: &Candidate| {
        let current = usize::from(halves && candidate.unit.role == Some(Role::Current));
        let share = (candidate.below.marks * 10).checked_div(candidate.below.filled).unwrap_or(3);
        let offered = usize::from(candidate.below.offered > 0);
        current * 40 + offered * 12 + share
    };
    let mut best: Option<(usize, Span)> = None;
    for candidate in candidates.iter().filter(named) {
        if best.is_none_or(|(known, _)| worth(candidate) > known) {
            best = Some((worth(candidate), candidate.unit.span));
        }
    }
    match best {
        Some((_, span)) => {
            columns.answers = Answers::One(span);
            rivals(grid, columns, candidates, span);
        }
        None => by_content(grid, columns, candidates),
    }
}

/// Other columns headed as answers: marks in them are to be asked about, texts are comments.
fn rivals(grid: &Grid, columns: &mut Columns, candidates: &mut [Candidate], span: Span) {
    let mut names = vec![name(grid, columns, span)];
    for candidate in candidates.iter_mut().filter(|candidate| candidate.unit.span != span) {
        if !matches!(candidate.unit.role, Some(Role::Answer | Role::Current)) {
            continue;
        }
        let marked = candidate.below.filled > 0 && candidate.below.mostly(candidate.below.marks);
        if marked {
            names.push(name(grid, columns, candidate.unit.span));
        }
        candidate.unit.role =
            Some(if marked || candidate.below.filled == 0 { Role::Ignore } else { Role::Comment });
    }
    if names.len() > 1 {
        let text = "回答のようである列が二つ以上あります。初めの列を回答として読み取りました。";
        columns.doubt(text, names.clone(), names, Confidence::Medium);
    }
}

/// No heading says answer: the columns that hold marks.
fn by_content(grid: &Grid, columns: &mut Columns, candidates: &mut [Candidate]) {
    let marked = |candidate: &&Candidate| {
        matches!(candidate.unit.role, None | Some(Role::Comment))
            && candidate.below.filled >= 2
            && candidate.below.marks * 10 >= candidate.below.filled * 7
    };
    let offered = |candidate: &&Candidate| candidate.unit.role.is_none() && candidate.below.offered >= 2;
    let found: Vec<(Span, String)> = candidates
        .iter()
        .filter(|candidate| marked(candidate) || offered(candidate))
        .map(|candidate| (candidate.unit.span, candidate.unit.leaf().to_string()))
        .collect();
    let spans: Vec<Span> = found.iter().map(|(span, _)| *span).collect();
    for candidate in candidates.iter_mut().filter(|candidate| spans.contains(&candidate.unit.span)) {
        candidate.unit.role = Some(Role::Answer);
    }
    match &found[..] {
        [] => {}
        [(span, _)] => {
            let cells = vec![name(grid, columns, *span)];
            columns.answers = Answers::One(*span);
            columns.doubt(
                "回答の列は、見出しからは分からず、記号が並んでいることから判断しました。",
                cells.clone(),
                cells,
                Confidence::Medium,
            );
        }
        _ => columns.answers = Answers::Persons(found),
    }
}

/// A column of texts under an unknown heading is a comment, if there is no other; it is asked about.
fn unknown_comment(grid: &Grid, columns: &mut Columns, candidates: &[Candidate]) {
    if !columns.comment.is_empty() {
        return;
    }
    let after = |candidate: &&Candidate| {
        candidate.unit.span.first > columns.question.last.min(columns.question.first)
    };
    let found = candidates.iter().filter(after).find(|candidate| {
        candidate.unit.role.is_none() && candidate.below.filled > 0 && candidate.below.average() >= 6
    });
    if let Some(span) = found.map(|candidate| candidate.unit.span) {
        let cells = vec![name(grid, columns, span)];
        columns.comment.push(span);
        columns.doubt(
            "見出しからは分からない列を、備考として読み取りました。",
            cells.clone(),
            cells,
            Confidence::Low,
        );
    }
}

fn name(grid: &Grid, columns: &Columns, span: Span) -> String {
    grid.name(columns.rows.1, span.first)
}
