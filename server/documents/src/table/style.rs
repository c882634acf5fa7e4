//! Fonts, lines and widths all our workbooks share.

use super::{Cell, WriteError};
use domain::calendar::{in_japan, iso};
use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};

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

/// True if a spreadsheet program would take this text for a formula, once it opens the file or somebody edits the
/// cell. The full-width signs count as well; a full-width minus alone is the mark of 該当なし.
pub fn looks_like_formula(text: &str) -> bool {
    let mut signs = text.chars();
    match signs.next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '＠') => true,
        Some('－') => signs.next().is_some_and(|next| !next.is_whitespace()),
        _ => false,
    }
}

/// The most characters a cell of a workbook holds.
const LONGEST: usize = 32_767;
const CUT: &str = "…（長いため、ここから先はCSVで確かめてください。）";

/// A text as a cell of a workbook holds it; what is left out is said.
fn within(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let kept: String = text.chars().take(LONGEST - CUT.chars().count()).collect();
    kept + CUT
}

/// The formats of the cells of a table.
pub struct Styles {
    pub heading: Format,
    text: Format,
    guarded: Format,
    number: Format,
    rate: Format,
    decimal: Format,
    none: Format,
    day: Format,
    moment: Format,
}

impl Default for Styles {
    fn default() -> Styles {
        Styles {
            heading: heading(),
            text: text(),
            guarded: text().set_quote_prefix(),
            number: body().set_num_format("General"),
            rate: body().set_num_format("0.0%"),
            decimal: body().set_num_format("0.0"),
            none: body().set_align(FormatAlign::Right),
            day: body().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            moment: body().set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Left),
        }
    }
}

impl Styles {
    /// Writes one cell.
    ///
    /// # Errors
    /// Outside of the sheet.
    pub fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), WriteError> {
        let mut number = |value: f64, style: &Format| {
            sheet.write_number_with_format(row, column, value, style).map(|_| ())
        };
        match cell {
            Cell::Number(value) => number(*value, &self.number),
            Cell::Rate(Some(value)) => number(*value, &self.rate),
            Cell::Decimal(Some(value)) => number(*value, &self.decimal),
            Cell::Day(value) if *value >= FIRST => number(serial(*value), &self.day),
            Cell::Moment(value) if in_japan(*value).date() >= FIRST => number(moment(*value), &self.moment),
            Cell::Day(value) => self.words(sheet, (row, column), &iso(*value)),
            Cell::Moment(value) => self.words(sheet, (row, column), &iso(in_japan(*value).date())),
            Cell::Text(text) => self.words(sheet, (row, column), text),
            Cell::Blank => sheet.write_blank(row, column, &self.text).map(|_| ()),
            Cell::Rate(None) | Cell::Decimal(None) => {
                sheet.write_string_with_format(row, column, "―", &self.none).map(|_| ())
            }
        }
    }

    fn words(&self, sheet: &mut Worksheet, at: (u32, u16), text: &str) -> Result<(), WriteError> {
        let style = if looks_like_formula(text) { &self.guarded } else { &self.text };
        sheet.write_string_with_format(at.0, at.1, within(text), style).map(|_| ())
    }
}

/// Before this day the numbers of days in workbooks are one off: they count a 29 February 1900.
const FIRST: Date = date!(1900 - 03 - 01);

/// The number of a day in a workbook.
fn serial(day: Date) -> f64 {
    (day - date!(1899 - 12 - 30)).whole_days() as f64
}

fn moment(at: OffsetDateTime) -> f64 {
    let seconds = (in_japan(at) - datetime!(1899-12-30 00:00 +9)).whole_seconds();
    seconds as f64 / 86_400.0
}
