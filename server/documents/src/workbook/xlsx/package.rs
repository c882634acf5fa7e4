//! The package of a workbook: its parts within bounds, and what points from one to another.

use crate::unreadable::Unreadable;
use crate::workbook::MAX_INFLATED;
use crate::workbook::kind::Archive;
pub use crate::workbook::package::damaged;
use crate::workbook::package::{doctype, too_large};
use crate::xml::attribute;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// More parts than this is no workbook.
const MOST_PARTS: usize = 10_000;

/// An opened package.
pub struct Package<'a> {
    archive: Archive<'a>,
    /// Index by name in lower case, with `/`: names in packages differ in case from what points to them.
    names: HashMap<String, usize>,
    /// Bytes that may still be inflated.
    left: u64,
}

/// What points to another part.
pub struct Relation {
    pub id: String,
    kind: String,
    /// Address from the root of the package.
    pub target: String,
}

impl Relation {
    /// True if the kind ends so; transitional and strict packages differ in the beginning.
    pub fn is(&self, end: &str) -> bool {
        self.kind.ends_with(end)
    }
}

impl<'a> Package<'a> {
    /// Opens the directory of the package; nothing is inflated yet.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unreadable> {
        Package::of(ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?)
    }

    /// The package of an archive that was opened.
    pub fn of(archive: Archive<'a>) -> Result<Package<'a>, Unreadable> {
        if archive.len() > MOST_PARTS {
            return Err(too_large());
        }
        let names = (0..archive.len())
            .filter_map(|index| Some((folded(&archive.name_for_index(index)?.ok()?), index)))
            .collect();
        Ok(Package { archive, names, left: MAX_INFLATED })
    }

    /// True if there is such a part.
    pub fn holds(&self, name: &str) -> bool {
        self.names.contains_key(&folded(name))
    }

    /// The text of a part; `None` if the package has no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(index) = self.names.get(&folded(name)).copied() else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|_| damaged())?;
        // The size written in the package is believed only when it says "too large".
        if part.size() > self.left {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(part.size()).unwrap_or_default());
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or_else(too_large)?;
        text(bytes).map(Some)
    }

    /// What points from a part to others; from the package itself for an empty name.
    pub fn relations(&mut self, name: &str) -> Result<Vec<Relation>, Unreadable> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let beside = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let Some(text) = self.part(&format!("{beside}_rels/{file}.rels"))? else { return Ok(Vec::new()) };
        let mut reader = reader(&text);
        let mut relations = Vec::new();
        loop {
            match next(&mut reader)? {
                Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                    let get = |name| attribute(&start, name).unwrap_or_default();
                    relations.push(Relation {
                        id: get("Id"),
                        kind: get("Type"),
                        target: resolve(folder, &get("Target")),
                    });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// An address seen from a folder, as an address from the root.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let wide = [[0xFF, 0xFE], [0xFE, 0xFF]].iter().any(|mark| bytes.starts_with(mark));
    if wide {
        let (text, _, faulty) = encoding_rs::UTF_8.decode(&bytes);
        return if faulty { Err(damaged()) } else { Ok(text.into_owned()) };
    }
    String::from_utf8(bytes).map_err(|_| damaged())
}

/// A reader whose empty elements open and close like all others.
pub fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// The next event; damaged XML and declared entities are refused.
pub fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Event<'a>, Unreadable> {
    match reader.read_event() {
        Ok(Event::DocType(_)) => Err(doctype()),
        Ok(event) => Ok(event),
        Err(_) => Err(damaged()),
    }
}
