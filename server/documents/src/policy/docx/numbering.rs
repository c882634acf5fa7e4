//! Counting as Word counts: lists with nine levels, shared counters, restarts.

use super::digits::written;
use super::styles::Styles;
use super::xml::{Element, on};
use crate::Unreadable;
use std::collections::{HashMap, HashSet};

const LEVELS: usize = 9;

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, Kind>,
    lists: HashMap<i64, List>,
    /// By kind: lists of one kind count on together.
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Restarts that have been made, by list and level.
    restarted: HashSet<(i64, usize)>,
}

/// An `abstractNum`.
#[derive(Debug, Default)]
struct Kind {
    levels: [Option<Level>; LEVELS],
    /// The numbering style that holds the levels instead.
    elsewhere: Option<String>,
    /// The numbering style this one holds the levels of.
    style: Option<String>,
}

/// A `num`: a kind with its own beginnings.
#[derive(Debug, Default)]
struct List {
    kind: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// After which level (from 1) counting begins anew; 0 never.
    restart: Option<usize>,
    /// All numbers in digits.
    legal: bool,
    style: Option<String>,
}

/// The number of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered {
    /// As Word shows it; empty for a bullet.
    pub label: String,
    pub bullet: bool,
    /// Tells lists apart; lists that count together are one.
    pub list: String,
    pub level: u8,
    pub number: u32,
}

impl Numbering {
    pub fn read(text: &str) -> Result<Numbering, Unreadable> {
        let root = Element::read(text)?;
        let mut numbering = Numbering::default();
        for element in root.all("abstractNum") {
            let Some(id) = element.get("abstractNumId") else { continue };
            let kind = Kind {
                levels: levels(element),
                elsewhere: element.val("numStyleLink").map(ToString::to_string),
                style: element.val("styleLink").map(ToString::to_string),
            };
            numbering.kinds.insert(id.to_string(), kind);
        }
        for element in root.all("num") {
            let Some(id) = element.get("numId").and_then(|id| id.parse().ok()) else { continue };
            numbering.lists.insert(id, list(element));
        }
        numbering.follow_styles();
        Ok(numbering)
    }

    /// A list whose kind only names a numbering style uses the kind that holds that style.
    fn follow_styles(&mut self) {
        let holders: HashMap<String, String> = self
            .kinds
            .iter()
            .filter_map(|(id, kind)| kind.style.clone().map(|style| (style, id.clone())))
            .collect();
        for list in self.lists.values_mut() {
            let linked = self.kinds.get(&list.kind).and_then(|kind| kind.elsewhere.as_ref());
            if let Some(holder) = linked.and_then(|style| holders.get(style)) {
                list.kind.clone_from(holder);
            }
        }
    }

    /// Counts a paragraph and gives its number. `None`: the list does not exist or is switched off.
    pub fn count(&mut self, num_id: i64, level: u8) -> Option<Numbered> {
        let list = self.lists.get(&num_id).filter(|_| num_id != 0)?;
        let at = usize::from(level).min(LEVELS - 1);
        let kind = self.kinds.get(&list.kind)?;
        let own = |at: usize| list.levels[at].as_ref().or(kind.levels[at].as_ref());
        let here = own(at)?.clone();
        let levels: Vec<Level> = (0..LEVELS).map(|at| own(at).cloned().unwrap_or_default()).collect();
        let first = |at: usize| list.starts[at].unwrap_or(levels[at].start);
        let counters = self.counters.entry(list.kind.clone()).or_default();
        let begin = list.starts[at].filter(|_| self.restarted.insert((num_id, at)));
        counters[at] = match (begin, counters[at]) {
            (Some(start), _) => Some(start),
            (None, Some(number)) => Some(number.saturating_add(1)),
            (None, None) => Some(first(at)),
        };
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            *counter = counter.or(Some(first(above)));
        }
        for (counter, below) in counters.iter_mut().zip(&levels).skip(at + 1) {
            if below.restart.is_none_or(|restart| at < restart) {
                *counter = None;
            }
        }
        let numbers = counters.map(Option::unwrap_or_default);
        Some(Numbered {
            label: label(&here, &levels, &numbers),
            bullet: here.format == "bullet",
            list: list.kind.clone(),
            level,
            number: numbers[at],
        })
    }

    /// The level of a list that is meant for a paragraph style or one it is based on.
    pub fn level_of_style(&self, num_id: i64, style: Option<&str>, styles: &Styles) -> Option<u8> {
        let list = self.lists.get(&num_id)?;
        let kind = self.kinds.get(&list.kind)?;
        let level = |id: &str| {
            let meant =
                |level: &&Option<Level>| level.as_ref().is_some_and(|l| l.style.as_deref() == Some(id));
            kind.levels.iter().position(|level| meant(&level))
        };
        styles.ids(style).find_map(level).and_then(|at| u8::try_from(at).ok())
    }
}

fn label(here: &Level, levels: &[Level], numbers: &[u32; LEVELS]) -> String {
    if here.format == "bullet" {
        return String::new();
    }
    let mut text = String::new();
    let mut chars = here.text.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let at = chars.next().and_then(|c| c.to_digit(10)).and_then(|n| usize::try_from(n).ok());
        let Some(at) = at.and_then(|at| at.checked_sub(1)).filter(|at| *at < LEVELS) else { continue };
        let format = if here.legal { "decimal" } else { levels[at].format.as_str() };
        text.push_str(&written(numbers[at], format));
    }
    text.trim().to_string()
}

fn levels(element: &Element) -> [Option<Level>; LEVELS] {
    let mut levels: [Option<Level>; LEVELS] = Default::default();
    for level in element.all("lvl") {
        let at = level.get("ilvl").and_then(|at| at.parse::<usize>().ok()).filter(|at| *at < LEVELS);
        if let Some(at) = at {
            levels[at] = Some(Level::of(level));
        }
    }
    levels
}

fn list(element: &Element) -> List {
    let mut list =
        List { kind: element.val("abstractNumId").unwrap_or_default().to_string(), ..List::default() };
    for changed in element.all("lvlOverride") {
        let at = changed.get("ilvl").and_then(|at| at.parse::<usize>().ok()).filter(|at| *at < LEVELS);
        if let Some(at) = at {
            list.starts[at] = changed.number("startOverride");
            list.levels[at] = changed.first("lvl").map(Level::of);
        }
    }
    list
}

impl Level {
    fn of(element: &Element) -> Level {
        Level {
            // Programs that leave the start out mean 1.
            start: element.number("start").unwrap_or(1),
            format: element.val("numFmt").unwrap_or("decimal").to_string(),
            text: element.val("lvlText").unwrap_or_default().to_string(),
            restart: element.number("lvlRestart"),
            legal: element.first("isLgl").is_some_and(|legal| on(legal.get("val"))),
            style: element.val("pStyle").map(ToString::to_string),
        }
    }
}
