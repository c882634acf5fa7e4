//! Numbers that the browser counts: `<ol><li>`.

use crate::policy::lines::Counted;
use html5gum::StartTag;

/// The lists that are open.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<List>,
    made: usize,
}

#[derive(Debug)]
struct List {
    name: String,
    /// How its numbers are written; `None` for a list without numbers.
    kind: Option<char>,
    next: u32,
    id: usize,
}

/// More nested lists are no text.
const DEEPEST: usize = 50;

impl Lists {
    /// The beginning of a list or an item; an item of a numbered list has a number.
    pub fn begin(&mut self, name: &str, tag: &StartTag<()>) -> Option<Counted> {
        let attribute = |name: &str| {
            tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
        };
        match name {
            "ol" | "ul" if self.open.len() < DEEPEST => {
                let bare = attribute("style").is_some_and(|style| style.replace(' ', "").contains("none"));
                let kind = attribute("type").and_then(|kind| kind.chars().next()).unwrap_or('1');
                let next = attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.made += 1;
                let kind = (name == "ol" && !bare).then_some(kind);
                self.open.push(List { name: name.to_string(), kind, next, id: self.made });
                None
            }
            "li" => {
                let level = u8::try_from(self.open.len().saturating_sub(1)).unwrap_or(u8::MAX);
                let list = self.open.last_mut()?;
                let kind = list.kind?;
                let number = attribute("value").and_then(|value| value.parse().ok()).unwrap_or(list.next);
                list.next = number.saturating_add(1);
                Some(Counted { list: format!("ol{}", list.id), level, number, label: written(number, kind) })
            }
            _ => None,
        }
    }

    /// The end of a list.
    pub fn end(&mut self, name: &str) {
        if self.open.last().is_some_and(|list| list.name == name) {
            self.open.pop();
        }
    }
}

fn written(number: u32, kind: char) -> String {
    let letter = |first: char| {
        number
            .checked_sub(1)
            .filter(|index| *index < 26)
            .and_then(|index| char::from_u32(u32::from(first) + index))
    };
    match kind {
        'a' => letter('a').map(String::from),
        'A' => letter('A').map(String::from),
        _ => None,
    }
    .unwrap_or_else(|| number.to_string())
}
