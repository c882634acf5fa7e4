//! Fonts, lines and widths all our workbooks share.

use super::WriteError;
use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook};

/// A font of Windows and of this product, made to be told apart easily.
pub const FONT: &str = "BIZ UDPゴシック";
/// Fill of headings.
pub const HEADING: Color = Color::RGB(0xDCE6F1);
/// Fill of cells to be filled in.
pub const INPUT: Color = Color::RGB(0xFFFDE7);
const LINE: Color = Color::RGB(0x8C959F);

/// An empty workbook whose column widths are counted in our font, in Excel and elsewhere alike.
pub fn workbook(title: &str) -> Result<Workbook, WriteError> {
    let mut book = Workbook::new();
    book.set_default_format(&plain().set_font_size(11), 18, 72)?;
    book.set_properties(&DocProperties::new().set_title(title));
    Ok(book)
}

/// Plain text in our font.
pub fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10.5).set_align(FormatAlign::VerticalCenter)
}

/// A cell of a table.
pub fn body() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(LINE).set_text_wrap()
}

/// A text of a table, a little away from the line.
pub fn text() -> Format {
    body().set_align(FormatAlign::Left).set_indent(1)
}

/// The foot of a page: page and number of pages.
pub fn page_number() -> String {
    format!("&C&\"{FONT},Regular\"&9&P ／ &N")
}

/// A heading of a table.
pub fn heading() -> Format {
    body().set_bold().set_background_color(HEADING).set_align(FormatAlign::Center)
}

/// Width of a text in columns of Latin letters: a kanji takes two.
pub fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() || ('｡'..='ﾟ').contains(&c) { 0.95 } else { 1.8 }).sum()
}

/// Lines a text takes in a column of this width.
pub fn lines(text: &str, column: f64) -> f64 {
    text.split('\n').map(|line| (width(line) / (column - 1.8).max(1.0)).ceil().max(1.0)).sum()
}

/// Height of a row of so many lines, within what Excel allows.
pub fn height(lines: f64) -> f64 {
    (lines.max(1.0) * 14.5 + 6.0).min(409.0)
}

/// Text for a page's head or foot, where `&` has a meaning.
pub fn page_text(text: &str) -> String {
    text.replace('&', "&&").chars().take(100).collect()
}

/// True if Excel would take this text for a formula once somebody edits the cell.
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
