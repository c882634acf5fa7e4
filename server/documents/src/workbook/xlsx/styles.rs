//! What the styles of a workbook say about a cell: is a number a date, is the text struck through or in a font
//! of signs, does a line cross the cell.

use super::package::{next, reader};
use crate::unreadable::Unreadable;
use crate::workbook::wingdings;
use crate::xml::{attribute, number, switch};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// The styles cells refer to by their index.
#[derive(Default)]
pub struct Styles {
    cells: Vec<CellStyle>,
    fonts: Vec<Font>,
    /// Days count from 1904.
    pub epoch_1904: bool,
}

/// What a style says.
#[derive(Debug, Clone, Copy, Default)]
pub struct CellStyle {
    /// A number is a date.
    pub date: bool,
    pub diagonal: bool,
    font: usize,
}

#[derive(Debug, Clone, Default)]
struct Font {
    struck: bool,
    name: String,
}

impl Styles {
    /// The style of an index.
    pub fn get(&self, index: usize) -> CellStyle {
        self.cells.get(index).copied().unwrap_or_default()
    }

    /// True if the text of such a cell is struck through.
    pub fn struck(&self, style: CellStyle) -> bool {
        self.fonts.get(style.font).is_some_and(|font| font.struck)
    }

    /// The font of such a cell, if it is one of signs.
    pub fn symbols(&self, style: CellStyle) -> Option<&str> {
        let font = self.fonts.get(style.font)?;
        wingdings::is_symbols(&font.name).then_some(font.name.as_str())
    }

    /// Reads the part.
    pub fn read(text: &str, epoch_1904: bool) -> Result<Styles, Unreadable> {
        let mut styles = Styles { epoch_1904, ..Styles::default() };
        let mut reading = Reading::default();
        let mut reader = reader(text);
        loop {
            match next(&mut reader)? {
                Event::Start(start) => reading.open(&start, &mut styles),
                Event::End(end) => reading.close(end.local_name().as_ref()),
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }
}

#[derive(Default)]
struct Reading {
    /// The list we are in: `fonts`, `borders`, `cellXfs`.
    list: Option<&'static str>,
    dates: HashMap<u32, bool>,
    diagonals: Vec<bool>,
    /// The border in hand says that its diagonal line is drawn.
    crossed: bool,
}

impl Reading {
    fn open(&mut self, start: &BytesStart, styles: &mut Styles) {
        match (self.list, start.local_name().as_ref()) {
            (_, "fonts") => self.list = Some("fonts"),
            (_, "borders") => self.list = Some("borders"),
            (_, "cellXfs") => self.list = Some("cellXfs"),
            (_, "dxfs") => self.list = Some("dxfs"),
            (_, "numFmt") => {
                let code = attribute(start, "formatCode").unwrap_or_default();
                self.dates.insert(number(start, "numFmtId").unwrap_or(u32::MAX), is_date(&code));
            }
            (Some("fonts"), "font") => styles.fonts.push(Font::default()),
            (Some("fonts"), name) => {
                if let Some(font) = styles.fonts.last_mut() {
                    match name {
                        "strike" => {
                            font.struck = attribute(start, "val").is_none_or(|v| v != "0" && v != "false")
                        }
                        "name" => font.name = attribute(start, "val").unwrap_or_default(),
                        _ => {}
                    }
                }
            }
            (Some("borders"), "border") => {
                self.crossed = switch(start, "diagonalUp") || switch(start, "diagonalDown");
                self.diagonals.push(false);
            }
            (Some("borders"), "diagonal") => {
                let drawn = attribute(start, "style").is_some_and(|style| style != "none");
                if let Some(last) = self.diagonals.last_mut() {
                    *last = self.crossed && drawn;
                }
            }
            (Some("cellXfs"), "xf") => {
                let format: u32 = number(start, "numFmtId").unwrap_or_default();
                let border: usize = number(start, "borderId").unwrap_or_default();
                styles.cells.push(CellStyle {
                    date: self.dates.get(&format).copied().unwrap_or_else(|| is_built_in_date(format)),
                    diagonal: self.diagonals.get(border).copied().unwrap_or_default(),
                    font: number(start, "fontId").unwrap_or_default(),
                });
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "fonts" | "borders" | "cellXfs" | "dxfs") {
            self.list = None;
        }
    }
}

/// Built-in formats of dates: 14 to 17 and 22 everywhere, 27 to 31, 36, 50 to 54, 57 and 58 in Japan
/// (32 to 35, 55 and 56 are times there, which count as no date).
fn is_built_in_date(format: u32) -> bool {
    matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// True if a format shows a day: `ggge"年"m"月"d"日"`, `yyyy/m/d`. Times alone (`h:mm`) are no dates.
fn is_date(code: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    let mut bare = String::new();
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' if !quoted => break,
            c if !quoted && !bracket => bare.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    let general = bare.contains("general") || bare.contains("標準");
    let day = bare.contains('d') || bare.contains('y') || bare.contains("ge") || bare.contains("mmm");
    let month = bare.contains('m') && !bare.contains('h') && !bare.contains('s');
    !general && (day || month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_numbers_and_times() {
        for code in
            ["yyyy/m/d", "[$-411]ggge\"年\"m\"月\"d\"日\"", "ge.m.d", "m\"月\"d\"日\"", "d-mmm-yy", "m-d"]
        {
            assert!(is_date(code), "{code}");
        }
        for code in
            ["General", "0.00E+00", "#,##0_);[Red](#,##0)", "h:mm", "[h]:mm:ss", "0\"点\"", "\"day\"0", "@"]
        {
            assert!(!is_date(code), "{code}");
        }
    }
}
