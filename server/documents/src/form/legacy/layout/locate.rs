//! Finds a kept table in a sheet, also where it was moved or a heading was changed.

use super::super::columns::Columns;
use super::super::grid::Grid;
use super::drift::{Change, Drift};
use super::{Column, Holds, Table};
use crate::form::value::fold;
use crate::workbook::cell_name;

/// A kept table as it stands in a sheet, and how it differs; `None` if it is not there.
pub fn located(grid: &Grid, table: &Table, from: usize) -> Option<(Columns, Vec<Drift>)> {
    let depth = table.rows.1 - table.rows.0;
    let rows = grid.rows_from(from).take(300);
    let best =
        rows.map(|row| (hits(grid, table, row), row)).max_by_key(|(hits, row)| (*hits, usize::MAX - row))?;
    let headed = table.columns.iter().filter(|column| !column.heading.is_empty()).count();
    if best.0 * 2 < headed {
        return None;
    }
    let row = best.1;
    let mut moved = Table { rows: (row, row + depth), columns: Vec::new() };
    let mut drifts = Vec::new();
    for column in &table.columns {
        let found = place(grid, (row, row + depth), column);
        moved.columns.push(settled(grid, row, column, found, &mut drifts));
    }
    Some((moved.to_columns()?, drifts))
}

/// How many headings stand in a row of headings that begins here, wherever in it.
fn hits(grid: &Grid, table: &Table, row: usize) -> usize {
    let depth = table.rows.1 - table.rows.0;
    table.columns.iter().filter(|column| place(grid, (row, row + depth), column).is_some()).count()
}

/// The column its lowest heading stands in: where it was, else the nearest.
fn place(grid: &Grid, (top, bottom): (usize, usize), column: &Column) -> Option<usize> {
    let wanted = fold(column.heading.last()?);
    let stands = |at: usize| (top..=bottom).any(|row| fold(grid.shown(row, at)) == wanted);
    let own = column.columns.0;
    (0..grid.width).filter(|at| stands(*at)).min_by_key(|at| at.abs_diff(own))
}

/// A column where it stands now. A heading that is nowhere was renamed, if something else stands in its place.
fn settled(
    grid: &Grid,
    row: usize,
    column: &Column,
    found: Option<usize>,
    drifts: &mut Vec<Drift>,
) -> Column {
    let width = column.columns.1 - column.columns.0;
    let own = column.columns.0;
    let heading = column.heading.last().cloned().unwrap_or_default();
    let read = column.holds != Holds::Nothing;
    match found {
        Some(at) => {
            if at != own && read {
                let text = format!("「{heading}」の列が{}から{}に移っています。", letters(own), letters(at));
                drifts.push(Drift { change: Change::ColumnMoved, cell: cell_name(row, at), text });
            }
            Column { columns: (at, at + width), ..column.clone() }
        }
        None => {
            if read && !heading.is_empty() {
                let now = grid.shown(row, own);
                let text = match now.is_empty() {
                    true => format!("「{heading}」の見出しがありません。"),
                    false => format!("「{heading}」の見出しが「{now}」に変わっています。"),
                };
                drifts.push(Drift { change: Change::ColumnRenamed, cell: cell_name(row, own), text });
            }
            column.clone()
        }
    }
}

/// A column's letters.
fn letters(column: usize) -> String {
    let name = cell_name(1, column);
    format!("{}列", name.trim_end_matches(|c: char| c.is_ascii_digit()))
}
