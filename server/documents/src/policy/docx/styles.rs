//! Paragraph styles: which are headings, which are numbered, which belong to a table of contents.

use super::xml::{Element, on};
use crate::Unreadable;
use std::collections::HashMap;

/// The styles of a document by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    normal: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    num_id: Option<i64>,
    level: Option<u8>,
    hidden: Option<bool>,
}

/// Styles are based on one another; a longer chain is a ring.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    pub fn read(text: &str) -> Result<Styles, Unreadable> {
        let root = Element::read(text)?;
        let mut styles = Styles::default();
        for element in root.all("style") {
            let Some(id) = element.get("styleId") else { continue };
            let default = element.get("default").is_some_and(|value| on(Some(value)));
            if default && element.get("type") == Some("paragraph") {
                styles.normal = Some(id.to_string());
            }
            styles.by_id.insert(id.to_string(), Style::of(element));
        }
        Ok(styles)
    }

    /// Whether paragraphs of a style are headings: by their outline level, or by the style's name.
    pub fn heading(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|(_, style)| {
            let named = ["heading ", "見出し"].iter().any(|name| style.name.starts_with(name));
            style.outline.map_or(named, |level| level < 9)
        })
    }

    /// Whether a style belongs to the table of contents.
    pub fn contents(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|(_, style)| {
            style.name.starts_with("toc ")
                || style.name.starts_with("目次")
                || style.name == "table of figures"
        })
    }

    /// Whether text of a style is not shown.
    pub fn hidden(&self, id: &str) -> bool {
        self.chain(Some(id)).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// The list a style numbers its paragraphs in.
    pub fn num_id(&self, id: Option<&str>) -> Option<i64> {
        self.chain(id).find_map(|(_, style)| style.num_id)
    }

    /// The level written in a style.
    pub fn level(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|(_, style)| style.level)
    }

    /// The ids of a style and those it is based on, nearest first.
    pub fn ids<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        self.chain(id).map(|(id, _)| id)
    }

    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = id.filter(|id| self.by_id.contains_key(*id)).or(self.normal.as_deref());
        let step = |id: &&'a str| self.by_id.get(*id).and_then(|style| style.based_on.as_deref());
        std::iter::successors(first, step)
            .take(LONGEST_CHAIN)
            .filter_map(|id| self.by_id.get(id).map(|style| (id, style)))
    }
}

impl Style {
    fn of(element: &Element) -> Style {
        let paragraph = element.first("pPr");
        let numbering = paragraph.and_then(|paragraph| paragraph.first("numPr"));
        let vanish = element.first("rPr").and_then(|run| run.first("vanish"));
        Style {
            name: element.val("name").unwrap_or_default().to_lowercase(),
            based_on: element.val("basedOn").map(ToString::to_string),
            outline: paragraph.and_then(|paragraph| paragraph.number("outlineLvl")),
            num_id: numbering.and_then(|numbering| numbering.number("numId")),
            level: numbering.and_then(|numbering| numbering.number("ilvl")),
            hidden: vanish.map(|vanish| on(vanish.get("val"))),
        }
    }
}
