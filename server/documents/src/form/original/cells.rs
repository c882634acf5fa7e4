//! Cells of a sheet's part are exchanged where they stand; everything around them stays as it is.

use crate::unreadable::Unreadable;
use crate::workbook::package::damaged;
use crate::workbook::xlsx::package::next;
use crate::workbook::{address, cell_name};
use crate::xml::attribute;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What happens to a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another text, the style stays.
    Text(String),
    /// Another style, the value stays.
    Style(usize),
}

/// Changes by row (from 1) and column (from 0).
#[derive(Debug, Default)]
pub struct Edits(BTreeMap<usize, BTreeMap<usize, Change>>);

impl Edits {
    /// Adds the change of a cell.
    pub fn set(&mut self, cell: &str, change: Change) -> Result<(), Unreadable> {
        let (row, column) = address(cell)
            .ok_or_else(|| Unreadable::new(format!("セル「{cell}」の番地が正しくありません。")))?;
        self.0.entry(row).or_default().insert(column, change);
        Ok(())
    }
}

/// Where the rows and cells of a sheet stand.
#[derive(Default)]
struct Places {
    /// The element that holds the rows: its content, or all of it if it is empty.
    data: Range<usize>,
    data_is_empty: bool,
    rows: Vec<RowPlace>,
    /// `x:` where the sheet's elements have a prefix.
    prefix: String,
}

struct RowPlace {
    number: usize,
    whole: Range<usize>,
    /// End of its opening tag.
    open: usize,
    is_empty: bool,
    cells: Vec<CellPlace>,
}

struct CellPlace {
    column: usize,
    whole: Range<usize>,
    open: usize,
    style: Option<usize>,
    formula: bool,
    /// What stands in it: its element `v`.
    value: Range<usize>,
}

impl Places {
    fn read(text: &str) -> Result<Places, Unreadable> {
        let mut places = Places::default();
        let mut reader = Reader::from_str(text);
        let position =
            |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        loop {
            let before = position(&reader);
            let event = next(&mut reader)?;
            let after = position(&reader);
            match event {
                Event::Start(start) => places.open(&start, before..after, false),
                Event::Empty(start) => places.open(&start, before..after, true),
                Event::End(end) => places.close(end.local_name().as_ref(), before..after),
                Event::Eof => break,
                _ => {}
            }
        }
        if places.data == (0..0) { Err(damaged()) } else { Ok(places) }
    }

    fn open(&mut self, start: &BytesStart, at: Range<usize>, is_empty: bool) {
        match start.local_name().as_ref() {
            "sheetData" => {
                self.prefix = start.name().as_ref().strip_suffix("sheetData").unwrap_or_default().to_string();
                self.data = if is_empty { at } else { at.end..at.end };
                self.data_is_empty = is_empty;
            }
            "row" => {
                let number = attribute(start, "r").and_then(|number| number.parse().ok());
                let number = number.unwrap_or_else(|| self.rows.last().map_or(1, |row| row.number + 1));
                self.rows.push(RowPlace { number, open: at.end, whole: at, is_empty, cells: Vec::new() });
            }
            "c" => {
                let Some(row) = self.rows.last_mut() else { return };
                let column = attribute(start, "r").and_then(|cell| address(&cell)).map(|(_, column)| column);
                let column = column.unwrap_or_else(|| row.cells.last().map_or(0, |cell| cell.column + 1));
                let style = attribute(start, "s").and_then(|style| style.parse().ok());
                row.cells.push(CellPlace {
                    column,
                    open: at.end,
                    whole: at,
                    style,
                    formula: false,
                    value: 0..0,
                });
            }
            "f" => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.formula = true;
                }
            }
            "v" => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.value = at;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        match (name, self.rows.last_mut()) {
            ("c", Some(row)) => {
                if let Some(cell) = row.cells.last_mut() {
                    cell.whole.end = at.end;
                }
            }
            ("v", Some(row)) => {
                if let Some(cell) = row.cells.last_mut() {
                    cell.value.end = at.end;
                }
            }
            ("row", Some(row)) => row.whole.end = at.end,
            ("sheetData", _) => self.data.end = at.start,
            _ => {}
        }
    }
}

/// Styles of the cells that have one, by name.
pub fn styles(text: &str) -> Result<HashMap<String, usize>, Unreadable> {
    let places = Places::read(text)?;
    let cells = places.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
    Ok(cells.filter_map(|(row, cell)| Some((cell_name(row, cell.column), cell.style?))).collect())
}

/// The part with its changes, and whether a formula was written over.
pub fn apply(text: &str, edits: &Edits) -> Result<(String, bool), Unreadable> {
    let places = Places::read(text)?;
    let mut splices: Vec<(Range<usize>, String)> = Vec::new();
    let mut lost = false;
    let mut missing: BTreeMap<usize, String> = BTreeMap::new();
    for (row, changes) in &edits.0 {
        match places.rows.iter().find(|place| place.number == *row) {
            Some(place) => lost |= in_row(text, &places.prefix, place, changes, &mut splices),
            None => {
                let cells: String = changes
                    .iter()
                    .map(|(column, change)| new_cell(&places.prefix, (*row, *column), None, change))
                    .collect();
                let prefix = &places.prefix;
                missing.insert(*row, format!("<{prefix}row r=\"{row}\">{cells}</{prefix}row>"));
            }
        }
    }
    new_rows(&places, missing, &mut splices);
    Ok((spliced(text, splices)?, lost))
}

/// The part without the results of its formulas: they were computed from what stood there before. Not every program
/// computes anew what has a result.
pub fn forget_results(text: &str) -> Result<String, Unreadable> {
    let places = Places::read(text)?;
    let formulas = places.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.formula);
    let stale =
        formulas.filter(|cell| !cell.value.is_empty()).map(|cell| (cell.value.clone(), String::new()));
    spliced(text, stale.collect())
}

fn spliced(text: &str, mut splices: Vec<(Range<usize>, String)>) -> Result<String, Unreadable> {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let mut changed = String::with_capacity(text.len() + 1024);
    let mut at = 0;
    for (range, with) in splices {
        changed.push_str(text.get(at..range.start).ok_or_else(damaged)?);
        changed.push_str(&with);
        at = range.end;
    }
    changed.push_str(text.get(at..).ok_or_else(damaged)?);
    Ok(changed)
}

fn in_row(
    text: &str,
    prefix: &str,
    place: &RowPlace,
    changes: &BTreeMap<usize, Change>,
    splices: &mut Vec<(Range<usize>, String)>,
) -> bool {
    let mut lost = false;
    let mut inside = String::new();
    for (column, change) in changes {
        match place.cells.iter().find(|cell| cell.column == *column) {
            Some(cell) => {
                lost |= cell.formula && matches!(change, Change::Text(_));
                splices.push((
                    cell.whole.clone(),
                    changed_cell(text, prefix, (place.number, *column), cell, change),
                ));
            }
            None => {
                let cell = new_cell(prefix, (place.number, *column), None, change);
                let behind = place.cells.iter().find(|cell| cell.column > *column);
                match (place.is_empty, behind) {
                    (true, _) => inside.push_str(&cell),
                    (false, Some(behind)) => splices.push((behind.whole.start..behind.whole.start, cell)),
                    (false, None) => {
                        let end = place.cells.last().map_or(place.open, |cell| cell.whole.end);
                        splices.push((end..end, cell));
                    }
                }
            }
        }
    }
    if !inside.is_empty() {
        let open = text.get(place.whole.clone()).unwrap_or_default().trim_end_matches("/>").trim_end();
        splices.push((place.whole.clone(), format!("{open}>{inside}</{prefix}row>")));
    }
    lost
}

/// Rows that are not there yet, before the first row with a greater number.
fn new_rows(places: &Places, missing: BTreeMap<usize, String>, splices: &mut Vec<(Range<usize>, String)>) {
    if places.data_is_empty && !missing.is_empty() {
        let rows: String = missing.into_values().collect();
        let prefix = &places.prefix;
        splices.push((places.data.clone(), format!("<{prefix}sheetData>{rows}</{prefix}sheetData>")));
        return;
    }
    for (number, row) in missing {
        let behind = places.rows.iter().find(|place| place.number > number);
        let at = behind.map_or(places.data.end, |place| place.whole.start);
        splices.push((at..at, row));
    }
}

fn changed_cell(text: &str, prefix: &str, at: (usize, usize), cell: &CellPlace, change: &Change) -> String {
    match change {
        Change::Text(_) => new_cell(prefix, at, cell.style, change),
        Change::Style(style) => {
            let tag = text.get(cell.whole.start..cell.open).unwrap_or_default();
            let rest = text.get(cell.open..cell.whole.end).unwrap_or_default();
            format!("{}{rest}", with_style(tag, prefix, *style))
        }
    }
}

/// The opening tag with another style; all other attributes stay.
fn with_style(tag: &str, prefix: &str, style: usize) -> String {
    let start = tag.find(" s=\"").or_else(|| tag.find(" s='"));
    let bare = match start {
        Some(start) => {
            let end = tag.get(start + 4..).and_then(|rest| rest.find(['"', '\'']));
            let end = end.map_or(tag.len(), |end| start + 4 + end + 1);
            format!("{}{}", tag.get(..start).unwrap_or_default(), tag.get(end..).unwrap_or_default())
        }
        None => tag.to_string(),
    };
    let open = format!("<{prefix}c");
    bare.replacen(&open, &format!("{open} s=\"{style}\""), 1)
}

fn new_cell(prefix: &str, (row, column): (usize, usize), style: Option<usize>, change: &Change) -> String {
    let (style, text) = match change {
        Change::Text(text) => (style, text.as_str()),
        Change::Style(style) => (Some(*style), ""),
    };
    let name = cell_name(row, column);
    let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
    let number = !text.is_empty()
        && text.len() <= 9
        && text.bytes().all(|c| c.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if text.is_empty() {
        format!("<{prefix}c r=\"{name}\"{style}/>")
    } else if number {
        format!("<{prefix}c r=\"{name}\"{style}><{prefix}v>{text}</{prefix}v></{prefix}c>")
    } else {
        let text = escaped(text);
        format!(
            "<{prefix}c r=\"{name}\"{style} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{prefix}c>"
        )
    }
}

/// XML text; characters XML does not know are left out.
pub fn escaped(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    quick_xml::escape::escape(kept.as_str()).into_owned()
}
