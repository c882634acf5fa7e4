//! The text of a block while it is collected, and the cells of a table row.

use crate::policy::label::labels;
use crate::policy::lines::{Counted, Line, Mark};

/// A block that is open.
#[derive(Debug)]
pub(super) struct Block {
    text: String,
    /// Text outside links.
    unlinked: bool,
    pub mark: Mark,
    pub apart: bool,
    /// The number of the list item the block begins.
    pub counted: Option<Counted>,
}

impl Default for Block {
    fn default() -> Block {
        Block { text: String::new(), unlinked: false, mark: Mark::Plain, apart: true, counted: None }
    }
}

impl Block {
    /// A block that begins with a number.
    pub fn counted(counted: Option<Counted>) -> Block {
        Block { counted, ..Block::default() }
    }

    /// Adds text; line breaks of the source count only where they are shown.
    pub fn add(&mut self, text: &str, linked: bool, preformatted: bool) {
        self.unlinked |= !linked && text.chars().any(char::is_alphanumeric);
        if preformatted {
            return self.text.push_str(text);
        }
        let mut pieces = text.split(['\n', '\r']);
        self.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let piece = piece.trim_start_matches([' ', '\t']);
            let begin = self.text.trim_end_matches([' ', '\t']).len();
            self.text.truncate(begin);
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(self.text.chars().last()) && latin(piece.chars().next()) {
                self.text.push(' ');
            }
            self.text.push_str(piece);
        }
    }

    /// Whether nothing was written yet.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The lines of the block. One that is nothing but a link leads elsewhere and is no text,
    /// unless it begins with a number.
    pub fn lines(mut self, hard_break: bool) -> Vec<Line> {
        let mut lines = Vec::new();
        for text in self.text.split(['\n', '\r']).map(str::trim).filter(|text| !text.is_empty()) {
            if !self.unlinked && !text.ends_with('。') && labels(text).is_empty() {
                continue;
            }
            if of_the_site(text) {
                continue;
            }
            let apart = self.apart && lines.is_empty();
            // A number that is written goes before one that is counted.
            let counted = self.counted.take().filter(|_| labels(text).is_empty());
            let text = match &counted {
                Some(counted) => format!("{}\u{3000}{text}", counted.label),
                None => text.to_string(),
            };
            lines.push(Line { apart, hard_break, counted, ..Line::new(text, self.mark.clone()) });
        }
        lines
    }
}

/// What the pages of a city's site say about themselves.
fn of_the_site(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "ここから本文",
        "ここまで本文",
        "本文ここから",
        "本文ここまで",
        "本文へ",
        "ページの先頭",
        "ページトップ",
        "このページの",
        "ページ番号",
        "ページID",
        "ページＩＤ",
        "更新日",
        "最終更新日",
        "Copyright",
        "©",
        "印刷する",
        "お問い合わせ先",
    ];
    text.chars().count() <= 60 && WORDS.iter().any(|word| text.starts_with(word))
}

/// A table that is open: the cells of its row, each with its lines.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub cells: Vec<Vec<Line>>,
}

impl Table {
    /// Adds a line to the last cell; text between the cells belongs to none.
    pub fn add(&mut self, line: Line) {
        match self.cells.last_mut() {
            Some(cell) => cell.push(line),
            None => self.cells.push(vec![line]),
        }
    }
}
