//! Colours for cells that could not be read: each style in use gets a twin with another fill.

use super::pack::Parts;
use crate::unreadable::Unreadable;
use crate::workbook::package::damaged;
use std::collections::BTreeMap;

/// The colour of what is to be looked at again.
const FILL: &str = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7B8\"/><bgColor indexed=\"64\"/></patternFill></fill>";

/// The styles of a workbook and their coloured twins.
pub struct Palette {
    part: String,
    text: String,
    fill: usize,
    cells: Vec<String>,
    twins: BTreeMap<usize, usize>,
}

impl Palette {
    /// Reads the styles; a workbook without any, or with a prefix in them, cannot be coloured.
    pub fn read(parts: &mut Parts) -> Result<Palette, Unreadable> {
        let part = parts.book.styles.clone();
        let text = parts.text(&part)?.ok_or_else(damaged)?;
        let fills = content(&text, "fills").ok_or_else(damaged)?;
        let cells = content(&text, "cellXfs").ok_or_else(damaged)?;
        let fill = elements(fills, "fill").len();
        let cells = elements(cells, "xf").into_iter().map(str::to_string).collect();
        Ok(Palette { part, text, fill, cells, twins: BTreeMap::new() })
    }

    /// The coloured twin of a style.
    pub fn coloured(&mut self, style: usize) -> usize {
        if let Some(twin) = self.twins.get(&style) {
            return *twin;
        }
        let own = self
            .cells
            .get(style)
            .or_else(|| self.cells.first())
            .cloned()
            .unwrap_or_else(|| "<xf/>".to_string());
        let twin = self.cells.len();
        self.cells.push(filled(&own, self.fill));
        self.twins.insert(style, twin);
        twin
    }

    /// Puts the twins behind the styles that were there.
    pub fn write(self, parts: &mut Parts) {
        if self.twins.is_empty() {
            return;
        }
        let new: String = self.cells[self.cells.len() - self.twins.len()..].concat();
        let text = appended(&self.text, "fills", FILL, self.fill + 1);
        let text = appended(&text, "cellXfs", &new, self.cells.len());
        parts.replace(&self.part, text);
    }
}

fn filled(xf: &str, fill: usize) -> String {
    let bare = without_attribute(&without_attribute(xf, "fillId"), "applyFill");
    bare.replacen("<xf", &format!("<xf fillId=\"{fill}\" applyFill=\"1\""), 1)
}

fn without_attribute(tag: &str, name: &str) -> String {
    let end = tag.find('>').unwrap_or(tag.len());
    let Some(start) = tag[..end].find(&format!(" {name}=\"")) else { return tag.to_string() };
    let value = start + name.len() + 3;
    let close = tag[value..].find('"').map_or(tag.len(), |close| value + close + 1);
    format!("{}{}", &tag[..start], &tag[close..])
}

/// What stands between the tags of a list.
fn content<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = text.find(&format!("<{name}"))?;
    let open = start + text[start..].find('>')? + 1;
    let close = open + text[open..].find(&format!("</{name}>"))?;
    Some(&text[open..close])
}

/// The elements of a list, each whole.
fn elements<'a>(list: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = list[at..].find(&open).map(|start| at + start) {
        let Some(tag) = list[start..].find('>').map(|end| start + end + 1) else { break };
        let end = if list[..tag].ends_with("/>") {
            Some(tag)
        } else {
            list[tag..].find(&close).map(|end| tag + end + close.len())
        };
        let Some(end) = end else { break };
        found.push(&list[start..end]);
        at = end;
    }
    found
}

/// A list with something behind its last element, its count put right.
fn appended(text: &str, name: &str, new: &str, count: usize) -> String {
    let Some(start) = text.find(&format!("<{name}")) else { return text.to_string() };
    let Some(open) = text[start..].find('>').map(|open| start + open) else { return text.to_string() };
    let Some(close) = text[open..].find(&format!("</{name}>")).map(|close| open + close) else {
        return text.to_string();
    };
    let tag = without_attribute(&text[start..=open], "count").replacen(
        &format!("<{name}"),
        &format!("<{name} count=\"{count}\""),
        1,
    );
    format!("{}{tag}{}{new}{}", &text[..start], &text[open + 1..close], &text[close..])
}
