//! Text with commas (RFC 4180): UTF-8 with its mark, as spreadsheet programs want it, and no cell that they would
//! take for a formula.

use super::Cell;
use super::style::looks_like_formula;
use csv::{Terminator, WriterBuilder};
use domain::calendar::{in_japan, iso};

/// What stands before the first heading, so that Excel knows the text for UTF-8.
pub const MARK: &str = "\u{feff}";

/// The first line, with the mark.
///
/// # Errors
/// Never for texts in memory; the library's signature has one.
pub fn head(headings: &[String]) -> Result<String, csv::Error> {
    let guarded = headings.iter().map(|heading| guarded(heading)).collect();
    Ok(format!("{MARK}{}", written(guarded)?))
}

/// Further lines.
///
/// # Errors
/// As [`head`].
pub fn lines(rows: &[Vec<Cell>]) -> Result<String, csv::Error> {
    rows.iter().map(|row| written(texts(row))).collect()
}

/// One line of texts.
///
/// # Errors
/// As [`head`].
pub fn written(texts: Vec<String>) -> Result<String, csv::Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(&texts)?;
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The cells of a row as texts.
pub fn texts(row: &[Cell]) -> Vec<String> {
    row.iter().map(text).collect()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Number(number) => number.to_string(),
        Cell::Rate(number) | Cell::Decimal(number) => {
            number.map_or("―".into(), |number| number.to_string())
        }
        Cell::Day(day) => iso(*day),
        Cell::Moment(at) => {
            let (hour, minute, second) = in_japan(*at).to_hms();
            format!("{} {hour:02}:{minute:02}:{second:02}", iso(in_japan(*at).date()))
        }
    }
}

/// What begins like a formula gets an apostrophe before it (OWASP, CSV injection).
pub fn guarded(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_string() }
}
