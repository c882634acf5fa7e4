//! Puts lines together from counts.

use super::compare::Before;
use super::load::{Unit, Year};
use super::{Audited, Cell, Heading, Line, QuestionLine, Results, hides_few};
use domain::permission::Reach;
use domain::rate::Tally;
use domain::results::{FEWEST, hidden};
use domain::role::Role;
use domain::topic::Topic;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub(super) fn results(
    year: &Year,
    before: &Before,
    heading: Heading,
    reach: &Reach,
    chosen: Option<&Unit>,
    audited: Audited,
) -> Results {
    let few = hides_few(&year.inspection, reach);
    let running = heading.closed_at.is_none();
    let wanted = |unit: &Unit| {
        unit.departments.iter().all(|id| reach.covers(*id))
            && chosen.is_none_or(|chosen| unit.departments.is_subset(&chosen.departments))
    };
    let lines = |units: Vec<Unit>| -> Vec<Line> {
        units.iter().filter(|unit| wanted(unit)).map(|unit| line(year, before, Some(unit), few)).collect()
    };
    // A head who answers for a whole 部 of one 課 sees it once, as the 課.
    let divisions = if *reach == Reach::City { lines(year.divisions()) } else { Vec::new() };
    let (questions, hidden_questions) = questions(year, before, chosen, few);
    let mut results = Results {
        heading,
        city: line(year, before, None, few),
        chosen: chosen.map(|unit| line(year, before, Some(unit), few)),
        divisions,
        departments: lines(year.units()),
        questions,
        hidden_questions,
        audited,
        limited: *reach != Reach::City,
    };
    if running {
        forget_coverage(&mut results);
    }
    results
}

/// Half-way through, 把握率 says nothing against a whole year.
fn forget_coverage(results: &mut Results) {
    let lists = results.divisions.iter_mut().chain(&mut results.departments);
    for line in lists.chain(&mut results.chosen).chain([&mut results.city]) {
        line.coverage_change = None;
    }
}

fn departments(year: &Year, unit: Option<&Unit>) -> BTreeSet<Uuid> {
    unit.map_or_else(|| year.everything(), |unit| unit.departments.clone())
}

fn line(year: &Year, before: &Before, unit: Option<&Unit>, few: bool) -> Line {
    let of = departments(year, unit);
    let counts = year.per_item(&of);
    let coverage = year.coverage(&of, None);
    let mut line = Line {
        id: unit.map(|unit| unit.id),
        name: unit.map_or_else(|| "全庁".to_string(), |unit| unit.name.clone()),
        division: unit.and_then(|unit| unit.division.clone()),
        coverage,
        topics: topics(year, &counts),
        all: Cell { tally: counts.iter().copied().sum(), hidden: false },
        change: before.done(unit, &counts),
        coverage_change: before.coverage(unit, coverage.rate()),
    };
    if few {
        hide_few(&mut line, &respondents(year, &counts), coverage.submitted);
    }
    line
}

fn topics(year: &Year, counts: &[Tally]) -> [Cell; 9] {
    let mut cells = [Cell::default(); 9];
    for (item, tally) in year.items.iter().zip(counts) {
        let cell = usize::try_from(item.row.topic - 1).ok().and_then(|index| cells.get_mut(index));
        if let Some(cell) = cell {
            cell.tally = cell.tally + *tally;
        }
    }
    cells
}

/// How many people answered something in each chapter: per sheet the most answered question.
fn respondents(year: &Year, counts: &[Tally]) -> [i64; 9] {
    let mut most: BTreeMap<(i32, Uuid), i64> = BTreeMap::new();
    for (item, tally) in year.items.iter().zip(counts) {
        let people = most.entry((item.row.topic, item.row.edition_id)).or_default();
        *people = (*people).max(tally.answered());
    }
    Topic::ALL
        .map(|topic| most.iter().filter(|((of, _), _)| *of == topic.number()).map(|(_, people)| people).sum())
}

fn hide_few(line: &mut Line, respondents: &[i64; 9], people: i64) {
    for (cell, hidden) in line.topics.iter_mut().zip(hidden(respondents)) {
        if hidden {
            cell.hide();
        }
    }
    if (1..FEWEST).contains(&people) {
        line.all.hide();
        line.change = None;
    }
}

fn questions(year: &Year, before: &Before, unit: Option<&Unit>, few: bool) -> (Vec<QuestionLine>, usize) {
    let of = departments(year, unit);
    let counts = year.per_item(&of);
    let beside = year.beside(&of);
    let changes = before.questions(unit, &counts);
    let targets: BTreeMap<Uuid, i64> = year
        .editions
        .iter()
        .map(|edition| (edition.id, year.coverage(&of, Some(edition.id)).targets))
        .collect();
    let mut lines = Vec::new();
    let mut hidden = 0;
    for (index, ((item, tally), change)) in year.items.iter().zip(&counts).zip(changes).enumerate() {
        let beside = beside.get(index).copied().unwrap_or_default();
        if few && (1..FEWEST).contains(&(tally.answered() + beside.told)) {
            hidden += 1;
            continue;
        }
        lines.push(QuestionLine {
            item: item.row.id,
            question: item.row.question_id,
            no: item.row.no,
            role: role_name(&item.role),
            topic: Topic::from_number(item.row.topic).unwrap_or(Topic::Organisation),
            text: item.row.text.clone(),
            clause: item.row.clause_path.clone(),
            tally: *tally,
            told: beside.told,
            omitted: beside.omitted,
            gate: item.setting.gate,
            summary: year.summary(&of, index),
            standard: item.setting.standard(),
            weight: item.row.weight,
            targets: targets.get(&item.row.edition_id).copied().unwrap_or_default(),
            kind: item.row.change.clone(),
            change,
        });
    }
    (lines, hidden)
}

/// The short name of a role.
pub(crate) fn role_name(key: &str) -> String {
    Role::from_key(key).map_or_else(|| key.to_string(), |role| role.short().to_string())
}
