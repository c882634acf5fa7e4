//! Finds a kept table in a sheet, also where it was moved or a heading was changed.

use super::super::columns::Columns;
use super::super::grid::Grid;
use super::{Change, Column, Drift, Holds, Table, columns_of};
use crate::form::value::fold;
use crate::workbook::cell_name;
use std::collections::BTreeMap;

/// A kept table as it stands in a sheet, and how it differs; `None` if it is not there.
pub fn located(grid: &Grid, table: &Table, from: usize) -> Option<(Columns, Vec<Drift>)> {
    let depth = table.rows.1 - table.rows.0;
    let rows = grid.rows_from(from).take(300);
    let best =
        rows.map(|row| (hits(grid, table, row), row)).max_by_key(|(hits, row)| (*hits, usize::MAX - row))?;
    let headed = table.columns.iter().filter(|column| !column.heading.is_empty()).count();
    // Without headings any sheet would do.
    if headed == 0 || best.0 * 2 < headed {
        return None;
    }
    let row = best.1;
    let mut moved = Table { rows: (row, row + depth), columns: Vec::new() };
    let mut drifts = Vec::new();
    let places: Vec<Option<usize>> =
        table.columns.iter().map(|column| place(grid, (row, row + depth), column)).collect();
    let shift = shift(&table.columns, &places);
    for (column, found) in table.columns.iter().zip(places) {
        // What has no heading goes with the others.
        let found =
            if column.heading.is_empty() { column.columns.0.checked_add_signed(shift) } else { found };
        moved.columns.push(settled(grid, (row, row + depth), column, found, &mut drifts));
    }
    Some((columns_of(&moved)?, drifts))
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

/// By how many columns most headings moved.
fn shift(columns: &[Column], places: &[Option<usize>]) -> isize {
    let mut counts: BTreeMap<isize, usize> = BTreeMap::new();
    for (column, place) in columns.iter().zip(places) {
        if let Some(moved) = place.and_then(|place| place.checked_signed_diff(column.columns.0)) {
            *counts.entry(moved).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(moved, _)| moved)
}

/// A column where it stands now. A heading that is nowhere was renamed, if something else stands in its place.
fn settled(
    grid: &Grid,
    (row, bottom): (usize, usize),
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
                let named = if heading.is_empty() { "見出しのない列" } else { heading.as_str() };
                let text = format!("「{named}」の列が{}から{}に移っています。", letters(own), letters(at));
                drifts.push(Drift { change: Change::ColumnMoved, cell: cell_name(row, at), text });
            }
            Column { columns: (at, at + width), ..column.clone() }
        }
        None => {
            let mut shown = (row..=bottom).rev().map(|row| grid.shown(row, own));
            let now = shown.find(|text| !text.is_empty()).unwrap_or_default();
            if read && !heading.is_empty() {
                let text = match now.is_empty() {
                    true => format!("「{heading}」の見出しがありません。"),
                    false => format!("「{heading}」の見出しが「{now}」に変わっています。"),
                };
                drifts.push(Drift { change: Change::ColumnRenamed, cell: cell_name(row, own), text });
            }
            // The layout says what stands there now: taken over, it is the new shape.
            let mut column = column.clone();
            if let Some(last) = column.heading.last_mut().filter(|_| !now.is_empty()) {
                *last = now.to_string();
            }
            column
        }
    }
}

/// A column's letters.
fn letters(column: usize) -> String {
    let name = cell_name(1, column);
    format!("{}列", name.trim_end_matches(|c: char| c.is_ascii_digit()))
}
