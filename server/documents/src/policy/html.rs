//! HTML pages, above all those that 例規集 systems export: blocks become lines, table rows become rows.

mod block;
mod list;
mod skip;

use super::lines::{Line, Mark, label_alone};
use super::{MOST_LINES, too_long};
use crate::Unreadable;
use block::{Block, Table};
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use list::Lists;
use skip::Skip;

/// Whether a file is HTML: by its name or by how it begins.
pub(super) fn is_html(extension: &str, bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<?xml"].iter().any(|tag| head.contains(tag));
    ["html", "htm", "xhtml", "mht"].contains(&extension)
        || (begins && head.contains('<') && head.trim_start_matches('\u{feff}').trim_start().starts_with('<'))
}

/// The lines a reader of the page sees, without navigation.
pub(super) fn lines(text: &str) -> Result<Vec<Line>, Unreadable> {
    let mut emitter = DefaultEmitter::default();
    // Scripts and styles hold text that is not HTML.
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        page.take(&token);
        if page.lines.len() > MOST_LINES {
            return Err(too_long());
        }
    }
    page.block_ends();
    while !page.tables.is_empty() {
        page.table_ends();
    }
    Ok(page.lines)
}

#[derive(Debug, Default)]
struct Page {
    lines: Vec<Line>,
    block: Block,
    tables: Vec<Table>,
    skip: Skip,
    lists: Lists,
    /// How many links are open.
    links: usize,
    preformatted: usize,
    number: usize,
}

const BLOCKS: [&str; 33] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "main",
    "header",
    "body",
    "html",
    "blockquote",
    "pre",
    "center",
    "title",
    "address",
    "hr",
    "figure",
    "figcaption",
    "caption",
    "fieldset",
    "details",
    "summary",
    "form",
];

impl Page {
    fn take(&mut self, token: &Token) {
        match token {
            Token::StartTag(tag) => self.begin(tag),
            Token::EndTag(tag) => self.end(tag),
            Token::String(text) if !self.skip.active() => {
                self.block.add(&String::from_utf8_lossy(text), self.links > 0, self.preformatted > 0);
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if BLOCKS.contains(&name.as_str()) || name == "table" {
            self.skip.block_begins();
        }
        if self.skip.begin(&name, tag) {
            return;
        }
        match name.as_str() {
            "br" => self.line_ends(true),
            "a" if tag.attributes.contains_key(&b"href"[..]) => self.links += 1,
            "table" => {
                self.block_ends();
                self.tables.push(Table::default());
            }
            "tr" => self.row_ends(),
            "td" | "th" => self.cell_begins(),
            name if BLOCKS.contains(&name) => {
                self.block_ends();
                self.block.mark = mark(name);
                if let Some(counted) = self.lists.begin(name, tag) {
                    self.block.counted = Some(counted);
                }
                self.preformatted += usize::from(name == "pre");
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: &EndTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if self.skip.end(&name) {
            return;
        }
        match name.as_str() {
            "a" => self.links = self.links.saturating_sub(1),
            "tr" => self.row_ends(),
            "table" => self.table_ends(),
            "td" | "th" => self.block_ends(),
            "pre" => {
                self.block_ends();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            name if BLOCKS.contains(&name) => {
                self.block_ends();
                if matches!(name, "ol" | "ul") {
                    self.lists.end(name);
                    self.block.counted = None;
                }
            }
            _ => {}
        }
    }

    fn block_ends(&mut self) {
        self.line_ends(false);
        let counted = self.block.counted.take();
        self.block = Block::counted(counted);
    }

    /// The end of a line of a block: into the open table cell, or onto the page.
    fn line_ends(&mut self, hard_break: bool) {
        let block = std::mem::take(&mut self.block);
        self.block.apart = !hard_break && block.apart;
        if block.is_blank() {
            // <li><p>: the number waits for its text.
            self.block.counted.clone_from(&block.counted);
        }
        for line in block.lines(hard_break) {
            match self.tables.last_mut() {
                Some(table) => table.add(line),
                None => self.write(line),
            }
        }
    }

    fn write(&mut self, mut line: Line) {
        self.number += 1;
        line.number = self.number;
        self.lines.push(line);
    }

    fn cell_begins(&mut self) {
        self.block_ends();
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(Vec::new());
        }
    }

    /// A row with one cell, or one whose cells hold whole pages, only arranges its text.
    fn row_ends(&mut self) {
        self.block_ends();
        let Some(cells) = self.tables.last_mut().map(|table| std::mem::take(&mut table.cells)) else {
            return;
        };
        let mut filled: Vec<Vec<Line>> = cells.iter().filter(|cell| !cell.is_empty()).cloned().collect();
        let lines = match filled.len() {
            0 => return,
            1 => filled.remove(0),
            2 if filled[0].len() == 1 && label_alone(&filled[0][0].text) => numbered(&mut filled),
            _ if filled.iter().any(|cell| cell.len() > LONGEST_CELL) => filled.concat(),
            _ => vec![row(&cells)],
        };
        let table = self.tables.len().checked_sub(2);
        for line in lines {
            match table.and_then(|outer| self.tables.get_mut(outer)) {
                Some(outer) => outer.add(line),
                None => self.write(line),
            }
        }
    }

    fn table_ends(&mut self) {
        self.row_ends();
        self.tables.pop();
    }
}

/// A cell with more lines is a page that a table arranges.
const LONGEST_CELL: usize = 12;

fn mark(name: &str) -> Mark {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Mark::Heading,
        "li" => Mark::Bullet,
        _ => Mark::Plain,
    }
}

/// | (1) | 情報資産 |: the number stands in a cell of its own.
fn numbered(cells: &mut [Vec<Line>]) -> Vec<Line> {
    let label = cells[0][0].text.clone();
    let mut lines = cells[1].clone();
    if let Some(first) = lines.first_mut() {
        first.text = format!("{label}\u{3000}{}", first.text);
    }
    lines
}

fn row(cells: &[Vec<Line>]) -> Line {
    let texts: Vec<String> = cells
        .iter()
        .map(|cell| cell.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let text = texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    Line { apart: true, ..Line::new(text, Mark::Row(texts)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        lines(html).map(|lines| lines.into_iter().map(|line| line.text).collect()).unwrap_or_default()
    }

    #[test]
    fn blocks_are_lines_and_scripts_are_not() {
        let page = "<html><head><title>例規集</title><style>p{}</style><script>'<p>第9条'</script></head><body>\
            <ul class=nav><li><a href=#>戻る</a></ul><p>第１条　職員は、\n  規程を守る。<p>第２条<br>所属長は、確認する。\
            <div style='display: none'>隠し</div>";
        assert_eq!(texts(page), ["第１条　職員は、規程を守る。", "第２条", "所属長は、確認する。"]);
    }

    #[test]
    fn ruby_and_links_leave_their_base_text() {
        let page = "<p>第３条　<ruby>漏<rp>(</rp><rt>ろう</rt><rp>)</rp></ruby>えい（<a href=x>法律</a>）&amp;管理</p>";
        assert_eq!(texts(page), ["第３条　漏えい（法律）&管理"]);
    }

    #[test]
    fn lists_are_counted_unless_their_numbers_are_written() {
        let page = "<ol><li>体制<ol type=a start=2><li><p>部局</ol><li>研修</ol><ol><li>(1) 記録</ol><ul><li>監視</ul>";
        assert_eq!(texts(page), ["1　体制", "b　部局", "2　研修", "(1) 記録", "監視"]);
    }

    #[test]
    fn tables_give_rows_and_tables_for_layout_give_lines() {
        let page = "<table><tr><td>令和2年<td>4月1日<td>改正</tr></table>\
            <table><tr><td>(1)</td><td>情報資産</td></tr></table><table><tr><td><p>第１条　守る。<p>第２条　行う。</table>";
        let read = lines(page).unwrap_or_default();
        assert_eq!(read[0].mark, Mark::Row(vec!["令和2年".into(), "4月1日".into(), "改正".into()]));
        assert_eq!(read[1].text, "(1)　情報資産");
        assert_eq!((read[2].text.as_str(), read[3].text.as_str()), ("第１条　守る。", "第２条　行う。"));
    }
}
