//! Writes into the workbook a department sent: only the cells that are asked for change. Every other part of the
//! package (charts, shapes, check boxes, print settings, macros) stays byte for byte, because it is copied unopened.

mod book;
mod cells;
mod notes;
mod pack;
mod styles;

use super::legacy::{FilledForm, FilledItem};
use crate::unreadable::Unreadable;
use crate::workbook::kind::{self, Kind};
use domain::answer::Raw;
use domain::calendar::parse_day;
use domain::form::file::TAKES_NONE;
use domain::form::placing::placed;
use pack::Parts;
use std::collections::BTreeMap;
use time::{Date, Month};

/// What a cell shall hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name of the sheet.
    pub sheet: String,
    /// Name of the cell: `D9`; of a merged area the first one.
    pub cell: String,
    /// The text; empty to clear the cell. Whole numbers become numbers.
    pub text: String,
    /// The text is a day (`2026-11-28`) and the cell holds days, not texts.
    pub day: bool,
}

/// What is to be said about a cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Name of the sheet.
    pub sheet: String,
    /// Name of the cell.
    pub cell: String,
    /// One Japanese sentence; empty if the cell is only coloured.
    pub text: String,
}

/// An answer to be written into a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Index of the question in the form's items.
    pub item: usize,
    /// The answer; `None` clears what stands there.
    pub answer: Option<Raw>,
    /// 備考; `None` leaves what stands there.
    pub comment: Option<String>,
}

/// Whether answers can be written into a file.
///
/// # Errors
/// One sentence that says which files take them, and what to do with this one.
pub fn may_fill(file_name: &str, original: &[u8]) -> Result<(), Unreadable> {
    match kind::of(file_name, original)? {
        Kind::Xlsx(_) => Ok(()),
        Kind::Xls | Kind::Ods | Kind::Csv => Err(Unreadable::new(TAKES_NONE)),
    }
}

/// The original with these cells filled. Formulas are computed again when it is opened.
///
/// # Errors
/// The file is no xlsx or xlsm, is damaged, or has no such sheet or cell.
pub fn fill(original: &[u8], entries: &[Entry]) -> Result<Vec<u8>, Unreadable> {
    let mut parts = Parts::open(original)?;
    let mut formulas_lost = false;
    for (sheet, entries) in by_sheet(entries, |entry| &entry.sheet) {
        let (name, text) = parts.sheet(&sheet)?;
        let mut edits = cells::Edits::default();
        for entry in entries {
            edits.set(&entry.cell, cells::Change::Text(content(entry, parts.book.epoch_1904)))?;
        }
        let (text, lost) = cells::apply(&text, &edits)?;
        formulas_lost |= lost;
        parts.replace(&name, text);
    }
    if formulas_lost {
        book::drop_chain(&mut parts)?;
    }
    book::recalculate(&mut parts)?;
    parts.pack()
}

/// What the cell holds: Excel keeps a day as the number of days since its epoch.
fn content(entry: &Entry, epoch_1904: bool) -> String {
    let (year, month, first) =
        if epoch_1904 { (1904, Month::January, 1) } else { (1899, Month::December, 30) };
    let epoch = Date::from_calendar_date(year, month, first).ok();
    let serial = || Some((parse_day(&entry.text)? - epoch?).whole_days().to_string());
    if entry.day { serial() } else { None }.unwrap_or_else(|| entry.text.clone())
}

/// The original with these cells coloured and a note on each, to be sent back.
///
/// # Errors
/// As [`fill`].
pub fn mark(original: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, Unreadable> {
    let mut parts = Parts::open(original)?;
    let mut palette = styles::Palette::read(&mut parts)?;
    for (sheet, remarks) in by_sheet(remarks, |remark| &remark.sheet) {
        let (name, text) = parts.sheet(&sheet)?;
        let used = cells::styles(&text)?;
        let mut edits = cells::Edits::default();
        for remark in &remarks {
            let style = used.get(&remark.cell).copied().unwrap_or_default();
            edits.set(&remark.cell, cells::Change::Style(palette.coloured(style)))?;
        }
        let (text, _) = cells::apply(&text, &edits)?;
        let said: Vec<(&str, &str)> = remarks
            .iter()
            .filter(|remark| !remark.text.is_empty())
            .map(|remark| (remark.cell.as_str(), remark.text.as_str()))
            .collect();
        let text = notes::add(&mut parts, &name, text, &said)?;
        parts.replace(&name, text);
    }
    palette.write(&mut parts);
    parts.pack()
}

fn by_sheet<T>(all: &[T], name: impl Fn(&T) -> &String) -> BTreeMap<String, Vec<&T>> {
    let mut sheets: BTreeMap<String, Vec<&T>> = BTreeMap::new();
    for one in all {
        sheets.entry(name(one).clone()).or_default().push(one);
    }
    sheets
}

/// The cells to be filled so that these answers stand in the form, in the form's own wording.
pub fn entries(form: &FilledForm, given: &[Given]) -> Vec<Entry> {
    let sheet = form.sheet.clone().unwrap_or_default();
    let entry = |cell: &str, text: &str| Entry {
        sheet: sheet.clone(),
        cell: cell.to_string(),
        text: text.to_string(),
        day: false,
    };
    let mut entries = Vec::new();
    for given in given {
        let Some(item) = form.items.get(given.item) else { continue };
        entries.extend(
            answer(form, item, given.answer.as_ref()).into_iter().map(|(cell, text)| entry(&cell, &text)),
        );
        if let (Some(cell), Some(comment)) = (&item.comment_cell, &given.comment) {
            entries.push(entry(cell, comment));
        }
    }
    entries
}

/// Cells and texts of one answer; without an answer all its cells are cleared. What has no place is left out.
fn answer(form: &FilledForm, item: &FilledItem, answer: Option<&Raw>) -> Vec<(String, String)> {
    let places = item.places();
    match answer {
        Some(answer) => placed(&places, &form.wording, answer).unwrap_or_default(),
        None => places.into_iter().map(|place| (place.cell, String::new())).collect(),
    }
}

/// What to say about the unclear answers of the forms of a file. Who has filled in nothing at all is not told of each
/// blank cell, unless nobody has.
pub fn remarks(forms: &[FilledForm]) -> Vec<Remark> {
    let begun: Vec<&FilledForm> = forms.iter().filter(|form| !form.is_blank()).collect();
    let told = if begun.is_empty() { forms.iter().collect() } else { begun };
    told.into_iter().flat_map(unclear).collect()
}

/// A note on the first cell of each unclear answer, all its cells coloured.
fn unclear(form: &FilledForm) -> Vec<Remark> {
    let sheet = form.sheet.clone().unwrap_or_default();
    let unclear = form.items.iter().filter_map(|item| Some((item, item.fault?)));
    unclear
        .flat_map(|(item, fault)| {
            let number = item.no.as_ref().map_or(String::new(), |no| format!("問{no}："));
            let cells = item.origin.cell.split('+').filter(|cell| !cell.is_empty());
            let text = move |index: usize| {
                if index == 0 { format!("{number}{}", fault.text()) } else { String::new() }
            };
            let sheet = sheet.clone();
            cells.enumerate().map(move |(index, cell)| Remark {
                sheet: sheet.clone(),
                cell: cell.to_string(),
                text: text(index),
            })
        })
        .collect()
}
