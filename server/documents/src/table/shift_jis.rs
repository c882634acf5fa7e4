//! The same text in Shift_JIS as Windows writes it (CP932), for programs that read nothing else. What it can't hold is
//! listed, never replaced silently.

use super::{Cell, plain};
use encoding_rs::SHIFT_JIS;

/// What stands for a character that can't be written, as printers have it.
pub const GETA: &str = "〓";
/// So many are listed one by one; the rest is counted.
const LISTED: usize = 100;

/// A character that Shift_JIS does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmappable {
    /// Row in the file; the headings are row 1.
    pub row: usize,
    /// Heading of the column.
    pub column: String,
    /// The text of the cell, its beginning if it is long.
    pub cell: String,
    /// The character, with what belongs to it.
    pub character: String,
}

/// Writes a table line by line and notes what could not be written.
#[derive(Debug, Default)]
pub struct ShiftJis {
    headings: Vec<String>,
    row: usize,
    /// The first of them, in the order of the file.
    pub listed: Vec<Unmappable>,
    /// All of them.
    pub count: usize,
}

impl ShiftJis {
    /// Begins with the headings; gives their line.
    ///
    /// # Errors
    /// As [`plain::head`].
    pub fn begin(headings: &[String]) -> Result<(ShiftJis, Vec<u8>), csv::Error> {
        let mut writer = ShiftJis { headings: headings.to_vec(), ..ShiftJis::default() };
        let line = writer.line(headings.iter().map(|heading| plain::guarded(heading)).collect())?;
        Ok((writer, line))
    }

    /// Further lines.
    ///
    /// # Errors
    /// As [`plain::head`].
    pub fn lines(&mut self, rows: &[Vec<Cell>]) -> Result<Vec<u8>, csv::Error> {
        let mut bytes = Vec::new();
        for row in rows {
            bytes.extend(self.line(plain::texts(row))?);
        }
        Ok(bytes)
    }

    fn line(&mut self, texts: Vec<String>) -> Result<Vec<u8>, csv::Error> {
        self.row += 1;
        let texts: Vec<String> =
            texts.into_iter().enumerate().map(|(column, text)| self.fitting(column, &text)).collect();
        Ok(encoded(&plain::written(texts)?))
    }

    /// A text that Shift_JIS holds.
    fn fitting(&mut self, column: usize, text: &str) -> String {
        let text: String = text.chars().map(same).collect();
        if holds(&text) {
            return text;
        }
        let mut fitting = String::new();
        for character in characters(&text) {
            if holds(character) {
                fitting.push_str(character);
            } else {
                fitting.push_str(GETA);
                self.note(column, &text, character);
            }
        }
        fitting
    }

    fn note(&mut self, column: usize, text: &str, character: &str) {
        self.count += 1;
        if self.listed.len() < LISTED {
            self.listed.push(Unmappable {
                row: self.row,
                column: self.headings.get(column).cloned().unwrap_or_default(),
                cell: beginning(text),
                character: character.to_string(),
            });
        }
    }
}

fn beginning(text: &str) -> String {
    let short: String = text.chars().take(30).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// Signs that Windows has under another number; they look the same.
fn same(c: char) -> char {
    match c {
        '\u{301c}' => '～',
        '\u{2212}' => '－',
        '\u{2016}' => '∥',
        '\u{2014}' => '―',
        '\u{00a2}' => '￠',
        '\u{00a3}' => '￡',
        '\u{00a5}' => '￥',
        '\u{00ac}' => '￢',
        '\u{00a6}' => '￤',
        '\u{203e}' => '￣',
        other => other,
    }
}

/// Characters as people count them: a variant selector, a joined sign or a combining mark belongs to what it follows.
fn characters(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut joined = false;
    for (at, c) in text.char_indices() {
        if starts.is_empty() || !(belongs_to_the_last(c) || joined) {
            starts.push(at);
        }
        joined = c == '\u{200d}';
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to)).collect()
}

fn belongs_to_the_last(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

/// 外字: characters the city has made itself; Windows keeps them in rows 95 to 114 of Shift_JIS.
fn own(c: char) -> Option<[u8; 2]> {
    let at = u32::from(c).checked_sub(0xe000).filter(|at| *at < 1880)?;
    let trail = at % 188;
    let trail = trail + if trail < 0x3f { 0x40 } else { 0x41 };
    Some([u8::try_from(0xf0 + at / 188).ok()?, u8::try_from(trail).ok()?])
}

fn holds(text: &str) -> bool {
    text.split(|c| own(c).is_some()).all(|part| !SHIFT_JIS.encode(part).2)
}

fn encoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for part in text.split_inclusive(|c| own(c).is_some()) {
        let gaiji = part.chars().next_back().and_then(own);
        let plain = if gaiji.is_some() { part.trim_end_matches(|c| own(c).is_some()) } else { part };
        bytes.extend_from_slice(&SHIFT_JIS.encode(plain).0);
        bytes.extend(gaiji.into_iter().flatten());
    }
    bytes
}
