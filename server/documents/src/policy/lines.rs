//! Lines of a policy file, freed from Markdown marks and from what PDF pages leave behind.

use super::label::labels;
use super::pages::{Piece, number_alone, page_number, without_running_heads};

/// One line that carries text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Line of the file, from 1.
    pub number: usize,
    /// The text without marks.
    pub text: String,
    /// What stood around it.
    pub mark: Mark,
    /// True if a blank line stands before it.
    pub apart: bool,
    /// True if a page ends before it.
    pub turned: bool,
    /// True if the line ends with a Markdown hard break.
    pub hard_break: bool,
    /// True if the text goes to the right margin of a file with hard-wrapped lines.
    pub full: bool,
    /// The number Word counted for the paragraph; it is also written at the beginning of the text.
    pub counted: Option<Counted>,
}

/// A number that was counted by the program that made the document, and is therefore certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// Tells the lists of a document apart.
    pub list: String,
    /// The level within the list, from 0.
    pub level: u8,
    pub number: u32,
    pub label: String,
}

impl Line {
    /// A line of which nothing else is known.
    pub(super) fn new(text: String, mark: Mark) -> Line {
        Line {
            number: 0,
            text,
            mark,
            apart: false,
            turned: false,
            hard_break: false,
            full: false,
            counted: None,
        }
    }
}

/// Typography, used as a hint only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Heading,
    Bullet,
    /// Cells of a table row.
    Row(Vec<String>),
    Plain,
}

/// Whether a line is a label and nothing else: the text stands in the next line or table cell.
pub(super) fn label_alone(text: &str) -> bool {
    labels(text).iter().any(|label| label.rest.is_empty())
}

/// The lines of a text, without page numbers and running heads.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let width = wrap_width(text);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut apart = true;
    let mut raws = text.lines().zip(1..).peekable();
    while let Some((raw, number)) = raws.next() {
        let turned = raw.contains('\u{c}');
        if turned {
            pieces.push(Piece::Edge);
        }
        let raw = raw.trim_end_matches('\r').trim_matches('\u{c}');
        if raw.trim().is_empty() {
            apart = true;
            continue;
        }
        let turns = turned || raws.peek().is_some_and(|(next, _)| next.starts_with('\u{c}'));
        if page_number(raw) && (!number_alone(raw) || apart || turns) {
            pieces.push(Piece::Edge);
            continue;
        }
        if rule(raw) || contents_link(raw) {
            continue;
        }
        let mut line = line(raw, number, width);
        line.apart = apart;
        pieces.push(Piece::Text(line));
        apart = false;
    }
    without_running_heads(pieces)
}

fn line(raw: &str, number: usize, width: Option<usize>) -> Line {
    let hard_break = raw.ends_with("  ") || raw.ends_with('\\') || raw.ends_with("<br>");
    let full = width.is_some_and(|width| raw.trim_end().chars().count() + 2 >= width);
    let trimmed = raw.trim().trim_end_matches('\\').trim_end_matches("<br>").trim();
    let (mark, text) = mark(trimmed);
    Line { number, hard_break, full, ..Line::new(plain(text), mark) }
}

fn mark(text: &str) -> (Mark, &str) {
    let text = text.strip_prefix("> ").map_or(text, str::trim);
    let heading = text.trim_start_matches('#');
    if heading.len() < text.len() && text.len() - heading.len() <= 6 && heading.starts_with([' ', '\u{3000}'])
    {
        return (Mark::Heading, heading.trim().trim_end_matches('#').trim());
    }
    if text.starts_with('|') {
        let cells = text.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect();
        return (Mark::Row(cells), text);
    }
    for bullet in ["- ", "* ", "+ "] {
        if let Some(rest) = text.strip_prefix(bullet) {
            return (Mark::Bullet, rest.trim());
        }
    }
    match text.strip_prefix(['・', '●', '○', '◆', '■', '□', '◇', '※']).map(str::trim) {
        // The dot before a label is decoration; before other words it is printed text.
        Some(rest) if !labels(rest).is_empty() => (Mark::Bullet, rest),
        Some(_) if text.starts_with(['・', '●', '◆', '■', '※']) => (Mark::Bullet, text),
        _ => (Mark::Plain, text),
    }
}

/// Emphasis, links and escapes of Markdown are no text.
fn plain(text: &str) -> String {
    let text = unlinked(text).replace("**", "").replace("&nbsp;", " ");
    ["\\(", "\\)", "\\.", "\\-", "\\#", "\\*", "\\_"]
        .iter()
        .fold(text, |text, escape| text.replace(escape, &escape[1..]))
}

/// `- [第1章](#chapter)`: an entry of a table of contents.
fn contents_link(raw: &str) -> bool {
    let text = raw.trim().trim_start_matches(['-', '*', '+', ' ']);
    text.starts_with('[') && text.ends_with(')') && text.contains("](#") && text.matches("](").count() == 1
}

/// `[第1章](#chapter)` is 第1章.
fn unlinked(text: &str) -> String {
    let mut text = text.to_string();
    for _ in 0..20 {
        let Some(middle) = text.find("](") else { break };
        let (Some(open), Some(close)) = (text[..middle].rfind('['), text[middle..].find(')')) else { break };
        text.replace_range(middle..=middle + close, "");
        text.remove(open);
    }
    text
}

/// `---`, `***` and the line under a table head.
fn rule(raw: &str) -> bool {
    let key: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    key.len() >= 3 && (key.chars().all(|c| "-*_=|:─━".contains(c)) || key.starts_with("```"))
}

/// The margin of a file whose lines are broken at a fixed width; `None` if paragraphs stand on one line.
fn wrap_width(text: &str) -> Option<usize> {
    let lengths: Vec<usize> =
        text.lines().map(|line| line.trim_end().chars().count()).filter(|length| *length > 0).collect();
    let longest = lengths.iter().copied().max().filter(|longest| (25..=90).contains(longest))?;
    let full = lengths.iter().filter(|length| **length + 2 >= longest).count();
    (full >= 5 && full * 8 >= lengths.len()).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_no_text() {
        assert!(rule("---") && rule("|----|---|") && !rule("- 1 目的"));
    }

    #[test]
    fn links_of_markdown_leave_their_words() {
        assert_eq!(plain("[第1章](#a) **総則**（[法](b)）"), "第1章 総則（法）");
    }

    #[test]
    fn marks_of_markdown_are_taken_off() {
        let read = lines("## 1 目的\n- (1) 体制  \n**太字**の文\n");
        assert_eq!(
            read.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(),
            ["1 目的", "(1) 体制", "太字の文"]
        );
        assert!(read[1].hard_break);
    }
}
