//! Walks through the markup of a document and writes down its paragraphs and table rows.

use super::field::{Fields, contents};
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::styles::Styles;
use super::xml::{attribute, character, name, next, on, reader};
use crate::Unreadable;
use crate::policy::lines::{Counted, Line, Mark};
use crate::policy::{MOST_LINES, too_long};
use quick_xml::events::{BytesStart, Event};

/// Reads the document part.
pub(super) fn read(text: &str, styles: &Styles, numbering: Numbering) -> Result<Vec<Line>, Unreadable> {
    let mut reader = reader(text);
    let mut walk = Walk::new(styles, numbering);
    loop {
        match next(&mut reader)? {
            Event::Start(start) => walk.begin(&start),
            Event::End(end) => walk.end(end.local_name().as_ref()),
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                walk.text(character(&reference).map(String::from).as_deref().unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
        if walk.lines.len() > MOST_LINES {
            return Err(too_long());
        }
    }
    Ok(walk.lines)
}

/// Parts of the markup that carry no text of the document: deleted and moved text, former properties,
/// phonetic guides, the second version of alternatives.
const SKIPPED: [&str; 12] = [
    "del",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "numberingChange",
    "rt",
    "Fallback",
    "sectPr",
];

#[derive(Debug, Default)]
struct Table {
    cells: Vec<String>,
    deleted: bool,
}

struct Walk<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    lines: Vec<Line>,
    /// How many elements of a skipped part are open.
    skip: usize,
    /// Paragraphs in one another: a text box stands inside a paragraph.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    fields: Fields,
    /// The open elements that decide what text is.
    in_text: bool,
    in_code: bool,
    in_properties: bool,
    boxes: usize,
    contents: bool,
    /// A paragraph whose mark was deleted.
    open_end: Option<Paragraph>,
    number: usize,
    apart: bool,
}

impl<'a> Walk<'a> {
    fn new(styles: &'a Styles, numbering: Numbering) -> Walk<'a> {
        Walk {
            styles,
            numbering,
            lines: Vec::new(),
            skip: 0,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            fields: Fields::default(),
            in_text: false,
            in_code: false,
            in_properties: false,
            boxes: 0,
            contents: false,
            open_end: None,
            number: 0,
            apart: true,
        }
    }

    fn begin(&mut self, start: &BytesStart) {
        let name = name(start);
        if self.skip > 0 || self.skipped(&name, start) {
            self.skip += 1;
            return;
        }
        let val = || attribute(start, "val");
        match name.as_str() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_properties = true,
            "t" => self.in_text = true,
            "instrText" => self.in_code = true,
            "fldChar" => {
                let mark = self.fields.mark(&attribute(start, "fldCharType").unwrap_or_default());
                self.put(&mark.map(String::from).unwrap_or_default());
            }
            "tab" | "ptab" if !self.in_properties => self.put("\u{3000}"),
            // A page turns in the middle of a sentence.
            "br" if attribute(start, "type").is_some_and(|kind| kind != "textWrapping") => {}
            "br" | "cr" if !self.in_properties => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "tbl" => self.tables.push(Table::default()),
            "tc" => self.cell(),
            "txbxContent" => self.boxes += 1,
            "docPartGallery" => self.contents |= val().is_some_and(|val| val.contains("Contents")),
            _ => self.property(&name, val().as_deref()),
        }
    }

    /// Properties of the innermost paragraph and its runs.
    fn property(&mut self, name: &str, val: Option<&str>) {
        let styles = self.styles;
        let in_properties = self.in_properties;
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => paragraph.style = val.map(ToString::to_string),
            "numId" => paragraph.num_id = val.and_then(|val| val.parse().ok()),
            "ilvl" => paragraph.level = val.and_then(|val| val.parse().ok()),
            "outlineLvl" => paragraph.outline = val.and_then(|val| val.parse().ok()),
            "r" => paragraph.run_hidden = false,
            "vanish" if !in_properties => paragraph.run_hidden = on(val),
            "rStyle" => paragraph.run_hidden |= val.is_some_and(|val| styles.hidden(val)),
            _ => {}
        }
    }

    /// Whether an element and all in it is left out.
    fn skipped(&mut self, name: &str, start: &BytesStart) -> bool {
        if name == "del" && self.in_properties {
            if let Some(paragraph) = self.paragraphs.last_mut() {
                paragraph.joined = true;
            }
        } else if name == "del" && self.paragraphs.is_empty() && self.in_row() {
            // Inside the properties of a row: the row was deleted.
            if let Some(table) = self.tables.last_mut() {
                table.deleted |= table.cells.is_empty();
            }
        }
        let code = name == "fldSimple" && contents(&attribute(start, "instr").unwrap_or_default());
        let listed = name == "sdtContent" && std::mem::take(&mut self.contents);
        SKIPPED.contains(&name) || code || listed
    }

    fn in_row(&self) -> bool {
        !self.tables.is_empty()
    }

    fn end(&mut self, name: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "p" => self.paragraph(),
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            "instrText" => self.in_code = false,
            "sdt" => self.contents = false,
            "tr" => self.row(),
            "tbl" => {
                self.tables.pop();
                self.apart = true;
            }
            "txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip > 0 {
            return;
        }
        if self.in_code {
            self.fields.code(text);
        } else if self.in_text {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        let shown = self.fields.shown();
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| shown) else { return };
        if paragraph.run_hidden {
            paragraph.hid = true;
        } else {
            paragraph.text.push_str(text);
        }
    }

    fn cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(String::new());
        }
    }

    /// The end of a row: a line with its cells, or, in a table inside a cell, text of that cell.
    fn row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        if std::mem::take(&mut table.deleted) || cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_string()).collect();
        if self.tables.len() > 1 {
            let outer = self.tables.len() - 2;
            let text = cells.join(" ");
            return self.tables[outer].add(&text);
        }
        self.number += 1;
        let text = cells.join(" ");
        let apart = std::mem::take(&mut self.apart);
        self.lines.push(Line { number: self.number, apart, ..Line::new(text, Mark::Row(cells)) });
    }

    /// The end of a paragraph: its number is counted, its lines are written down.
    fn paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        if let Some(before) = self.open_end.take() {
            paragraph.follow(before);
        }
        let blank = paragraph.text.trim().is_empty();
        if self.boxes > 0 && !paragraph.text.trim_end().ends_with('。') {
            // Stamps and the words of drawings are no clauses.
            return;
        }
        if paragraph.joined {
            if !blank {
                self.open_end = Some(paragraph);
            }
            return;
        }
        if (blank && paragraph.hid) || self.styles.contents(paragraph.style.as_deref()) {
            return;
        }
        let numbered = paragraph.count(self.styles, &mut self.numbering);
        if blank {
            self.number += 1;
            self.apart = true;
            return;
        }
        let label = numbered.as_ref().map_or("", |numbered| numbered.label.as_str()).to_string();
        if !self.tables.is_empty() {
            let text = format!("{label} {}", paragraph.text.replace('\n', " "));
            return self.tables.last_mut().map_or((), |table| table.add(text.trim()));
        }
        let heading = paragraph.heading(self.styles);
        let bullet = numbered.as_ref().is_some_and(|numbered| numbered.bullet);
        let counted = numbered.filter(|numbered| !numbered.label.is_empty()).map(|numbered| Counted {
            list: numbered.list,
            level: numbered.level,
            number: numbered.number,
            label: numbered.label,
        });
        let mark = match (heading, bullet) {
            (true, _) => Mark::Heading,
            (_, true) => Mark::Bullet,
            _ => Mark::Plain,
        };
        self.write(&paragraph.text, &mark, counted);
    }

    /// The lines of a paragraph: soft breaks are hard breaks of a text.
    fn write(&mut self, text: &str, mark: &Mark, mut counted: Option<Counted>) {
        let pieces: Vec<&str> = text.split('\n').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.into_iter().enumerate() {
            self.number += 1;
            let mark = if index == 0 { mark.clone() } else { Mark::Plain };
            let counted = counted.take();
            let text = match &counted {
                Some(counted) => format!("{}\u{3000}{piece}", counted.label),
                None => piece.to_string(),
            };
            self.lines.push(Line {
                number: self.number,
                apart: index == 0,
                hard_break: index < last,
                counted,
                ..Line::new(text, mark)
            });
        }
        self.apart = false;
    }
}

impl Table {
    fn add(&mut self, text: &str) {
        if let Some(cell) = self.cells.last_mut() {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(text);
        }
    }
}
