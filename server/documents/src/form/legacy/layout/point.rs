//! A layout put right by pointing: rows of headings, what columns hold, cells of the head.

use super::super::columns::headed;
use super::super::grid::Grid;
use super::super::mark::Marks;
use super::{Column, Holds, Layout, Table, table_of};
use domain::layout::Pointing;

/// The layout of a sheet after somebody pointed at it. What was not pointed at stays as in `base`.
///
/// # Errors
/// One Japanese sentence: what has to be pointed at before anything can be read.
pub fn pointed(
    grid: &Grid,
    base: Option<&Layout>,
    pointing: &Pointing,
    marks: &Marks,
) -> Result<Layout, String> {
    let known = base.and_then(|base| base.tables.first());
    let mut tables = match (pointing.rows, known) {
        (Some(rows), Some(known)) if known.rows == rows => {
            base.map(|base| base.tables.clone()).unwrap_or_default()
        }
        (Some(rows), _) => vec![table(grid, rows, marks)],
        (None, Some(_)) => base.map(|base| base.tables.clone()).unwrap_or_default(),
        (None, None) => return Err("表の見出しの行を指定してください。".to_string()),
    };
    if let Some(first) = tables.first_mut() {
        for (column, holds) in &pointing.columns {
            set(first, *column, holds);
        }
        lacking(first)?;
    }
    let mut head = base.map(|base| base.head.clone()).unwrap_or_default();
    head.extend(pointing.head.iter().map(|(field, cell)| (field.to_string(), cell.clone())));
    let marks = base.map(|base| base.marks.clone()).unwrap_or_default();
    Ok(Layout { tables, marks, head, ..Layout::default() })
}

/// The table with these headings: as it is recognised, else with headings and nothing said of them.
fn table(grid: &Grid, rows: (usize, usize), marks: &Marks) -> Table {
    match headed(grid, rows, marks) {
        (Some(columns), _) => table_of(&columns),
        (None, units) => {
            let column = |unit: super::Unit| Column {
                columns: (unit.span.first, unit.span.last),
                heading: unit.texts,
                holds: Holds::Nothing,
            };
            Table { rows, columns: units.into_iter().map(column).collect() }
        }
    }
}

/// Says what a column holds. There is one column of questions, and answers are given in one way.
fn set(table: &mut Table, at: usize, holds: &Holds) {
    let gives = |holds: &Holds| matches!(holds, Holds::Answer | Holds::Choice(_) | Holds::Person);
    for column in &mut table.columns {
        let other = match holds {
            Holds::No | Holds::Question => column.holds == *holds,
            Holds::Answer => gives(&column.holds),
            Holds::Person => matches!(column.holds, Holds::Answer | Holds::Choice(_)),
            Holds::Choice(_) => {
                gives(&column.holds) && !matches!(column.holds, Holds::Choice(_)) || column.holds == *holds
            }
            _ => false,
        };
        if other {
            column.holds = Holds::Nothing;
        }
    }
    match table.columns.iter_mut().find(|column| (column.columns.0..=column.columns.1).contains(&at)) {
        Some(column) => column.holds = holds.clone(),
        None => {
            table.columns.push(Column { columns: (at, at), heading: Vec::new(), holds: holds.clone() });
            table.columns.sort_by_key(|column| column.columns);
        }
    }
}

fn lacking(table: &Table) -> Result<(), String> {
    let has = |wanted: fn(&Holds) -> bool| table.columns.iter().any(|column| wanted(&column.holds));
    let question = has(|holds| *holds == Holds::Question);
    let answer = has(|holds| matches!(holds, Holds::Answer | Holds::Choice(_) | Holds::Person));
    match (question, answer) {
        (true, true) => Ok(()),
        (false, true) => Err("設問文の列を指定してください。".to_string()),
        (true, false) => Err("回答の列を指定してください。".to_string()),
        (false, false) => Err("設問文の列と回答の列を指定してください。".to_string()),
    }
}
