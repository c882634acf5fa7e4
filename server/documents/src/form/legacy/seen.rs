//! A sheet looked at: how it is read, also after somebody pointed at it, and its picture.

use super::filled::{Fault, FilledForm, FilledItem, Head};
use super::grid::Grid;
use super::layout::{self, Holds, Layout};
use super::{read, recognised};
use crate::unreadable::Unreadable;
use crate::workbook::{self, Sheet, address};
use domain::layout::picture::{Cell, MOST_COLUMNS, MOST_ROWS, Made, Picture, Row, Seen, Which};
use domain::layout::pointing::Field;
use domain::layout::{Habits, Pointing};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Looks at a sheet of a file. Reads it by what is kept, else by structure and wording, and by what was pointed at.
///
/// # Errors
/// One Japanese sentence: why the file cannot be opened.
pub fn look(
    file_name: &str,
    bytes: &[u8],
    sheet: &Which,
    habits: &Habits,
    pointing: &Pointing,
) -> Result<Seen, Unreadable> {
    let sheets = workbook::open(file_name, bytes)?;
    let file: String = file_name.nfc().collect();
    let is_form = |sheet: &Sheet| recognised(sheet, &file, habits).is_ok();
    let index = match sheet {
        Which::At(index) => (*index).min(sheets.len().saturating_sub(1)),
        Which::Named(name) => sheets.iter().position(|sheet| sheet.name == *name).unwrap_or_default(),
        Which::First => sheets
            .iter()
            .position(is_form)
            .or_else(|| sheets.iter().position(|sheet| sheet.visible))
            .unwrap_or_default(),
    };
    let named = |sheet: &Sheet| match (sheet.name.is_empty(), sheet.visible) {
        (true, _) => "表".to_string(),
        (false, true) => sheet.name.clone(),
        (false, false) => format!("（非表示）{}", sheet.name),
    };
    let names = sheets.iter().map(named).collect();
    let Some(sheet) = sheets.get(index) else {
        return Ok(Seen { refusal: Some("シートがありません。".to_string()), ..Seen::default() });
    };
    let seen = of(sheet, &file, habits, pointing);
    Ok(Seen { sheets: names, sheet: index, ..seen })
}

fn of(sheet: &Sheet, file: &str, habits: &Habits, pointing: &Pointing) -> Seen {
    let before = recognised(sheet, file, habits).map_err(|ignored| ignored.reason);
    let kept = before.as_ref().ok().and_then(|forms| forms.first()).and_then(|form| form.kept);
    let read = match pointing.is_empty() {
        true => before.map_err(|reason| unread(reason).to_string()),
        false => by_pointing(sheet, file, habits, before.ok().as_deref(), pointing),
    };
    let (forms, refusal) = match read {
        Ok(forms) => (forms, None),
        Err(refusal) => (Vec::new(), Some(refusal)),
    };
    let first = forms.first();
    let layout = first.map(|form| form.layout.clone()).filter(|layout| !layout.tables.is_empty());
    let tallies = forms.iter().map(FilledForm::tally);
    let unclear = |item: &&FilledItem| item.fault.is_some_and(|fault| fault != Fault::Unanswered);
    Seen {
        picture: picture(sheet, &forms, layout.as_ref()),
        tally: tallies.fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2)),
        unclear: forms
            .iter()
            .flat_map(|form| form.items.iter().filter(unclear))
            .map(|item| (item.origin.cell.clone(), item.raw_answer.clone().unwrap_or_default()))
            .collect(),
        drifts: first.map(|form| form.drifts.clone()).unwrap_or_default(),
        excluded: excluded(&forms).into_iter().map(|(row, reason)| (row, reason.to_string())).collect(),
        kept,
        layout,
        refusal,
        ..Seen::default()
    }
}

fn by_pointing(
    sheet: &Sheet,
    file: &str,
    habits: &Habits,
    before: Option<&[FilledForm]>,
    pointing: &Pointing,
) -> Result<Vec<FilledForm>, String> {
    let grid = Grid::new(sheet);
    let base = before.and_then(|forms| forms.first()).map(|form| &form.layout);
    let marks = read::marks(&grid, &habits.words);
    let layout = layout::pointed(&grid, base.filter(|base| !base.tables.is_empty()), pointing, &marks)?;
    read::as_pointed(sheet, file, &layout, &habits.words)
        .map_err(|ignored| unread(ignored.reason).to_string())
}

fn unread(reason: &str) -> &'static str {
    match reason {
        "sample" => "記入例のシートのため、読み取りません。",
        "aggregation" => "集計のシートのため、読み取りません。",
        "hidden" => "非表示のシートのため、読み取りません。",
        "template" => "記入されていない原本のシートのため、読み取りません。",
        _ => "回答の表が見つかりません。見出しの行、設問文の列及び回答の列を指定してください。",
    }
}

/// What was made of cells, by row and column.
type MadeOf = BTreeMap<(usize, usize), Made>;

fn picture(sheet: &Sheet, forms: &[FilledForm], layout: Option<&Layout>) -> Picture {
    let grid = Grid::new(sheet);
    let last = sheet.rows.keys().last().copied().unwrap_or_default();
    let (height, width) = (last.min(MOST_ROWS), grid.width.min(MOST_COLUMNS));
    let made = made(&grid, forms, layout);
    let excluded = excluded(forms);
    let row = |no: usize| Row {
        no,
        hidden: grid.hidden(no),
        excluded: excluded.contains_key(&no),
        cells: spilled(
            (0..width)
                .filter(|column| !grid.is_covered(no, *column))
                .map(|column| cell(&grid, (no, column), (height, width), &made))
                .collect(),
        ),
    };
    Picture {
        columns: (0..width).map(|column| layout.and_then(|layout| holds(layout, column))).collect(),
        rows: (1..=height).map(row).collect(),
        cut: last > height || grid.width > width,
        area: (grid.width, last),
    }
}

fn excluded(forms: &[FilledForm]) -> BTreeMap<usize, &str> {
    forms.iter().flat_map(|form| &form.excluded).map(|row| (row.row, row.reason.as_str())).collect()
}

fn cell(grid: &Grid, (row, column): (usize, usize), (height, width): (usize, usize), made: &MadeOf) -> Cell {
    let end = grid.end(row, column);
    Cell {
        name: grid.name(row, column),
        text: grid.shown(row, column).to_string(),
        spans: (end.1.min(width - 1) - column + 1, end.0.min(height).max(row) - row + 1),
        made: made.get(&(row, column)).cloned(),
    }
}

/// So many characters stand in a column before they run over its edge.
const FITS: usize = 8;

/// Texts outside of the tables run over empty cells at their right, as Excel shows them: a long line above the table
/// makes no column wide.
fn spilled(cells: Vec<Cell>) -> Vec<Cell> {
    let mut shown: Vec<Cell> = Vec::new();
    for cell in cells {
        let free = cell.text.is_empty() && cell.made.is_none() && cell.spans == (1, 1);
        match shown.last_mut() {
            Some(before) if free && before.made.is_none() && before.spans.1 == 1 && runs_over(before) => {
                before.spans.0 += 1;
            }
            _ => shown.push(cell),
        }
    }
    shown
}

fn runs_over(cell: &Cell) -> bool {
    cell.text.lines().any(|line| line.chars().count() > FITS * cell.spans.0)
}

/// What a column holds by the first table.
fn holds(layout: &Layout, column: usize) -> Option<Holds> {
    let table = layout.tables.first()?;
    let found = table.columns.iter().find(|one| (one.columns.0..=one.columns.1).contains(&column))?;
    Some(found.holds.clone())
}

fn made(grid: &Grid, forms: &[FilledForm], layout: Option<&Layout>) -> MadeOf {
    let mut made = MadeOf::new();
    for table in layout.iter().flat_map(|layout| &layout.tables) {
        for row in table.rows.0..=table.rows.1 {
            let columns = table.columns.iter().flat_map(|column| column.columns.0..=column.columns.1);
            made.extend(columns.map(|column| ((row, column), Made::Heading)));
        }
    }
    for form in forms {
        for item in &form.items {
            of_item(grid, item, layout, &mut made);
        }
        for (cell, field) in of_head(&form.head) {
            if let Some(place) = address(&cell) {
                made.insert(place, Made::Head(field));
            }
        }
    }
    made
}

fn of_item(grid: &Grid, item: &FilledItem, layout: Option<&Layout>, made: &mut MadeOf) {
    let columns = || layout.iter().flat_map(|layout| &layout.tables).flat_map(|table| &table.columns);
    // A question over two rows has remarks in both.
    let question = columns().filter(|column| column.holds == Holds::Question);
    let last = question.map(|column| grid.end(item.row, column.columns.0).0).max();
    let rows = item.row..=last.unwrap_or(item.row).max(item.row);
    for column in columns().filter(|column| column.holds != Holds::Nothing) {
        let places =
            (column.columns.0..=column.columns.1).flat_map(|at| rows.clone().map(move |row| (row, at)));
        made.extend(places.map(|place| (place, Made::Of(column.holds.clone()))));
    }
    if let Some(fault) = item.fault.filter(|fault| *fault != Fault::Unanswered) {
        made.extend(
            item.origin.cell.split('+').filter_map(address).map(|place| (place, Made::Faulty(fault))),
        );
    }
}

/// The cells the head was read from.
fn of_head(head: &Head) -> Vec<(String, Field)> {
    let texts = [
        (&head.department, Field::Department),
        (&head.position, Field::Position),
        // In one cell with the position it is the name that is looked for.
        (&head.respondent, Field::Respondent),
        (&head.staff_no, Field::StaffNo),
        (&head.system, Field::System),
    ];
    let texts =
        texts.into_iter().filter_map(|(read, field)| Some((read.as_ref()?.origin.cell.clone(), field)));
    texts.chain(head.date.as_ref().map(|read| (read.origin.cell.clone(), Field::Date))).collect()
}
