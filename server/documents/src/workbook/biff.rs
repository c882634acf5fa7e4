//! What the old binary workbook (BIFF8) says beside the values calamine gives: hidden rows and columns,
//! strike-through, fonts of signs, diagonal lines, formulas.
//!
//! Whatever is odd in the file ends the reading of the look, not of the values: then less is known.

mod compound;

use super::look::Traits;
use super::package::damaged;
use super::{Cell, MAX_CELLS, Sheet, too_many, wingdings};
use crate::unreadable::Unreadable;

/// As many cells as an old sheet has.
const WHOLE_SHEET: u64 = 65_536 * 256;
/// More records than this, over all sheets, are no workbook of 20 MB.
const MOST_RECORDS: usize = 10_000_000;

/// Whether calamine may open the file: it trusts the chains of sectors, and keeps a table of all cells between the first
/// and the last one of a sheet, however far they lie apart.
///
/// # Errors
/// The file is damaged, or its cells lie too far apart.
pub fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    if !compound::is_sound(bytes) {
        return Err(damaged());
    }
    let Some(stream) = compound::stream(bytes, &["Workbook", "Book"]) else { return Ok(()) };
    let mut globals = Globals::default();
    Records::new(&stream, 0).for_each(|record| globals.take(record));
    let (mut cells, mut records) = (0_u64, 0);
    for (_, at) in &globals.tabs {
        let mut extent = Extent::default();
        for record in Records::new(&stream, *at) {
            records += 1;
            extent.take(&record);
        }
        cells = cells.saturating_add(extent.cells());
        if cells > u64::try_from(MAX_CELLS).unwrap_or(u64::MAX)
            || extent.said > WHOLE_SHEET
            || records > MOST_RECORDS
        {
            return Err(too_many());
        }
    }
    Ok(())
}

/// How far the cells of a sheet lie apart.
#[derive(Default)]
struct Extent {
    /// First and last row and column.
    area: Option<[u64; 4]>,
    /// Cells by what the sheet says of itself.
    said: u64,
}

impl Extent {
    fn take(&mut self, record: &Record) {
        let word = |at: usize| record.word(at).map(u64::from);
        let double = |at: usize| record.double(at).map(u64::from);
        match record.kind {
            SIZE if record.data.len() < 14 => {
                self.said = word(2).unwrap_or_default() * word(6).unwrap_or_default();
            }
            SIZE => self.said = double(4).unwrap_or_default() * word(10).unwrap_or_default(),
            kind if kind == FORMULA
                || kind == RICH_TEXT
                || kind == PACKED_NUMBERS
                || CELLS.contains(&kind) =>
            {
                let (Some(row), Some(column)) = (word(0), word(2)) else { return };
                let more = if kind == PACKED_NUMBERS { record.data.len() / 6 } else { 0 };
                let last = column + u64::try_from(more).unwrap_or_default();
                let known = self.area.unwrap_or([row, row, column, last]);
                let [top, bottom, left, right] = known;
                self.area = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
            }
            _ => {}
        }
    }

    fn cells(&self) -> u64 {
        self.area.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

/// Adds what the file says to the sheets, by their names.
pub fn look(bytes: &[u8], sheets: &mut [Sheet]) {
    let Some(stream) = compound::stream(bytes, &["Workbook", "Book"]) else { return };
    let mut globals = Globals::default();
    for record in Records::new(&stream, 0) {
        globals.take(record);
    }
    for (name, at) in &globals.tabs {
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == *name) {
            of_sheet(&stream, *at, &globals, sheet);
        }
    }
}

/// A record: its kind and its content.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl Record<'_> {
    fn word(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at + 2)?.try_into().ok()?))
    }

    fn double(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at + 4)?.try_into().ok()?))
    }

    /// A short text: its length, whether its characters take two bytes, the characters.
    fn text(&self, at: usize) -> Option<String> {
        let count = usize::from(*self.data.get(at)?);
        let wide = self.data.get(at + 1)? & 1 == 1;
        let from = at + 2;
        if !wide {
            return Some(self.data.get(from..from + count)?.iter().map(|byte| char::from(*byte)).collect());
        }
        let bytes = self.data.get(from..from + 2 * count)?;
        let units: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some(String::from_utf16_lossy(&units))
    }
}

/// The records from a place to the end of their sheet.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
    /// Parts within parts: charts in a sheet have records like cells, which are none of its own.
    depth: usize,
    ended: bool,
}

impl<'a> Records<'a> {
    fn new(stream: &'a [u8], at: usize) -> Records<'a> {
        Records { stream, at, depth: 0, ended: false }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        while !self.ended {
            let record = self.read()?;
            let within = self.depth > 1;
            match record.kind {
                BEGIN => self.depth += 1,
                END => {
                    self.depth = self.depth.saturating_sub(1);
                    self.ended = self.depth == 0;
                }
                _ => {}
            }
            if !within {
                return Some(record);
            }
        }
        None
    }
}

impl<'a> Records<'a> {
    fn read(&mut self) -> Option<Record<'a>> {
        let head = self.stream.get(self.at..self.at.checked_add(4)?)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(Record { kind, data })
    }
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const FONT: u16 = 0x0031;
const STYLE: u16 = 0x00E0;
const TAB: u16 = 0x0085;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const FILTERED: u16 = 0x009B;
const FORMULA: u16 = 0x0006;
const SIZE: u16 = 0x0200;
const RICH_TEXT: u16 = 0x00D6;
/// Text, number, packed number, old text, truth or error, blank.
const CELLS: [u16; 6] = [0x00FD, 0x0203, 0x027E, 0x0204, 0x0205, 0x0201];
const PACKED_NUMBERS: u16 = 0x00BD;
const BLANKS: u16 = 0x00BE;

#[derive(Default)]
struct Globals {
    fonts: Vec<(bool, String)>,
    /// Font and diagonal line of each style.
    styles: Vec<(usize, bool)>,
    tabs: Vec<(String, usize)>,
}

impl Globals {
    fn take(&mut self, record: Record) {
        match record.kind {
            FONT => {
                let struck = record.word(2).is_some_and(|flags| flags & 0x08 != 0);
                self.fonts.push((struck, record.text(14).unwrap_or_default()));
            }
            STYLE => {
                let borders = (record.double(10).unwrap_or_default(), record.double(14).unwrap_or_default());
                let diagonal = borders.0 >> 30 != 0 && (borders.1 >> 21) & 0xF != 0;
                self.styles.push((usize::from(record.word(0).unwrap_or_default()), diagonal));
            }
            TAB => {
                let at = record.double(0).and_then(|at| usize::try_from(at).ok());
                if let (Some(at), Some(name)) = (at, record.text(6)) {
                    self.tabs.push((name, at));
                }
            }
            _ => {}
        }
    }

    fn font(&self, style: usize) -> Option<&(bool, String)> {
        let (font, _) = self.styles.get(style)?;
        // There is no font 4: those behind it count one more.
        self.fonts.get(if *font > 4 { font - 1 } else { *font })
    }
}

fn of_sheet(stream: &[u8], at: usize, globals: &Globals, sheet: &mut Sheet) {
    let (mut hidden, mut filtered) = (Vec::new(), false);
    for record in Records::new(stream, at) {
        let place = || Some((usize::from(record.word(0)?) + 1, usize::from(record.word(2)?)));
        match record.kind {
            ROW if record.double(12).is_some_and(|flags| flags & 0x20 != 0) => {
                hidden.extend(record.word(0).map(|row| usize::from(row) + 1));
            }
            COLUMNS if record.word(8).is_some_and(|flags| flags & 1 != 0) => {
                if let (Some(first), Some(last)) = (record.word(0), record.word(2)) {
                    sheet.look.hidden_columns.push((usize::from(first), usize::from(last)));
                }
            }
            FILTERED => filtered = true,
            kind if kind == FORMULA || CELLS.contains(&kind) => {
                if let (Some(place), Some(style)) = (place(), record.word(4)) {
                    cell(globals, sheet, place, usize::from(style), kind == FORMULA);
                }
            }
            BLANKS | PACKED_NUMBERS => {
                let (Some((row, first)), each) = (place(), if record.kind == BLANKS { 2 } else { 6 }) else {
                    continue;
                };
                let styles = (4..record.data.len().saturating_sub(2)).step_by(each);
                for (column, style) in (first..).zip(styles.filter_map(|at| record.word(at))) {
                    cell(globals, sheet, (row, column), usize::from(style), false);
                }
            }
            _ => {}
        }
    }
    match filtered {
        true => sheet.look.filtered_rows.extend(hidden),
        false => sheet.look.hidden_rows.extend(hidden),
    }
}

fn cell(globals: &Globals, sheet: &mut Sheet, at: (usize, usize), style: usize, formula: bool) {
    let font = globals.font(style);
    let struck = font.is_some_and(|(struck, _)| *struck);
    let diagonal = globals.styles.get(style).is_some_and(|(_, diagonal)| *diagonal);
    let dated = sheet.look.of(at.0, at.1).dated;
    let traits = Traits { struck, diagonal, formula, dated };
    if traits.any() {
        sheet.look.traits.insert(at, traits);
    }
    let text = sheet.rows.get_mut(&at.0).and_then(|row| row.get_mut(&at.1));
    if let (Some(Cell::Text(text)), Some((_, name))) = (text, font) {
        *text = wingdings::shown(name, std::mem::take(text));
    }
}
