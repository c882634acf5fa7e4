//! CSV as office PCs write it: UTF-8 with or without a mark, UTF-16, Shift_JIS (CP932); comma or tab.

use super::{Cell, MAX_CELLS, MAX_ROWS, Row, Sheet, too_many};
use crate::unreadable::Unreadable;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

/// The one sheet of a CSV. Row numbers are record numbers, blank records counted, as Excel shows them.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { visible: true, untyped: true, ..Sheet::default() };
    let mut record = csv::StringRecord::new();
    let (mut number, mut cells) = (0, 0);
    loop {
        let start = reader.position().line();
        if !reader.read_record(&mut record).map_err(|_| not_csv())? {
            return Ok(sheet);
        }
        number += skipped(start, reader.position().line(), &record) + 1;
        let row = filled(&record);
        cells += row.len();
        if !row.is_empty() {
            sheet.rows.insert(number, row);
        }
        if sheet.rows.len() > MAX_ROWS || cells > MAX_CELLS {
            return Err(too_many());
        }
    }
}

fn filled(record: &csv::StringRecord) -> Row {
    let cells = record.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
    cells.map(|(column, text)| (column, Cell::Text(text.to_string()))).collect()
}

/// Blank lines before this record, which the reader passes over without a word.
fn skipped(start: u64, end: u64, record: &csv::StringRecord) -> usize {
    let inside: usize = record.iter().map(|field| field.matches('\n').count()).sum();
    usize::try_from(end.saturating_sub(start)).unwrap_or(0).saturating_sub(inside + 1)
}

fn delimiter(text: &str) -> u8 {
    let head = text.lines().take(20);
    let (tabs, commas) = head.fold((0, 0), |(tabs, commas), line| {
        (tabs + line.matches('\t').count(), commas + line.matches(',').count())
    });
    if tabs > commas { b'\t' } else { b',' }
}

fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => SHIFT_JIS,
    };
    let (text, _, faulty) = encoding.decode(bytes);
    if faulty || text.contains('\0') {
        return Err(Unreadable::new(
            "CSVの文字コードを判別できません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直して読み込んでください。",
        ));
    }
    Ok(text.into_owned())
}

fn not_csv() -> Unreadable {
    Unreadable::new(
        "CSVとして読み取れません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直して読み込んでください。",
    )
}
