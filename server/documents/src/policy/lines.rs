//! Lines of a policy file, freed from Markdown marks and from what PDF pages leave behind.

use super::label::{circled, labels};
use domain::clause::fold;
use std::collections::HashMap;

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
        Line { number: 0, text, mark, apart: false, hard_break: false, full: false, counted: None }
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
    labels(text).into_iter().chain(circled(text)).any(|label| label.rest.is_empty())
}

/// The lines of a text, without page numbers and running heads.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let width = wrap_width(text);
    let mut lines: Vec<Line> = Vec::new();
    let mut apart = true;
    for (raw, number) in text.lines().zip(1..) {
        let raw = raw.trim_end_matches('\r');
        if raw.trim().is_empty() {
            apart = true;
            continue;
        }
        let number_alone = raw.trim().chars().all(char::is_numeric);
        if (page_number(raw) && (apart || !number_alone)) || rule(raw) {
            continue;
        }
        let mut line = line(raw, number, width);
        line.apart = apart;
        lines.push(line);
        apart = false;
    }
    without_running_heads(lines)
}

fn line(raw: &str, number: usize, width: Option<usize>) -> Line {
    let hard_break = raw.ends_with("  ") || raw.ends_with('\\') || raw.ends_with("<br>");
    let full = width.is_some_and(|width| raw.trim_end().chars().count() + 2 >= width);
    let trimmed = raw.trim().trim_end_matches('\\').trim_end_matches("<br>").trim();
    let (mark, text) = mark(trimmed);
    Line { number, hard_break, full, ..Line::new(plain(text), mark) }
}

fn mark(text: &str) -> (Mark, &str) {
    let heading = text.trim_start_matches('#');
    if heading.len() < text.len() && text.len() - heading.len() <= 6 && heading.starts_with([' ', '\u{3000}'])
    {
        return (Mark::Heading, heading.trim().trim_end_matches('#').trim());
    }
    if text.starts_with('|') {
        let cells = text.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect();
        return (Mark::Row(cells), text);
    }
    for bullet in ["- ", "* ", "+ ", "・"] {
        if let Some(rest) = text.strip_prefix(bullet) {
            return (Mark::Bullet, rest.trim());
        }
    }
    (Mark::Plain, text)
}

/// Emphasis and escapes of Markdown are no text.
fn plain(text: &str) -> String {
    let text = text.replace("**", "");
    ["\\(", "\\)", "\\.", "\\-", "\\#", "\\*", "\\_"]
        .iter()
        .fold(text, |text, escape| text.replace(escape, &escape[1..]))
}

/// `- 3 -`, `3/12`, `P.3`, `3 ページ`, or a number alone.
fn page_number(raw: &str) -> bool {
    let key = fold(raw).replace(['-', '－', '―', '—', '–', '‐', '/'], "");
    let key = key
        .trim_start_matches("P.")
        .trim_start_matches("p.")
        .trim_end_matches("ページ")
        .trim_end_matches('頁');
    !key.is_empty() && key.len() <= 6 && key.chars().all(|c| c.is_ascii_digit())
}

/// `---`, `***` and the line under a table head.
fn rule(raw: &str) -> bool {
    let key: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    key.len() >= 3 && key.chars().all(|c| "-*_=|:─━".contains(c))
}

/// A short line that returns at least three times, or the document's first line again: a running head.
fn without_running_heads(lines: Vec<Line>) -> Vec<Line> {
    let candidate = |line: &Line| {
        let length = line.text.chars().count();
        line.apart
            && (5..=40).contains(&length)
            && !line.text.ends_with('。')
            && !matches!(line.mark, Mark::Row(_) | Mark::Bullet)
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| candidate(line)) {
        *counts.entry(fold(&line.text)).or_default() += 1;
    }
    let title = lines.first().map(|line| fold(&line.text));
    let mut seen: Vec<String> = Vec::new();
    let keep = |line: &Line| {
        let key = fold(&line.text);
        let often = counts.get(&key).copied().unwrap_or(0);
        let head = candidate(line) && (often >= 3 || (often >= 2 && title.as_ref() == Some(&key)));
        let first = !head || !seen.contains(&key);
        if head {
            seen.push(key);
        }
        first
    };
    let mut keep = keep;
    lines.into_iter().filter(|line| keep(line)).collect()
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
    fn page_numbers_and_rules_are_no_text() {
        for raw in ["- 2 -", "－３－", "12", "3/15", "P.4", "---", "|----|---|"] {
            assert!(page_number(raw) || rule(raw), "{raw}");
        }
        assert!(!page_number("(1)") && !page_number("- 1 目的"));
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
