//! Shared strings: the text alone, without phonetic guides; letters of Wingdings as the signs they show.

use super::package::{next, reader};
use crate::unreadable::Unreadable;
use crate::workbook::wingdings;
use crate::xml::{attribute, character};
use quick_xml::events::Event;

/// The shared strings of a workbook.
#[derive(Default)]
pub struct Strings(Vec<String>);

impl Strings {
    /// The string of an index.
    pub fn get(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(String::as_str)
    }

    /// Reads the part.
    pub fn read(text: &str) -> Result<Strings, Unreadable> {
        let mut reader = reader(text);
        let mut strings = Vec::new();
        let mut run = Run::default();
        loop {
            match next(&mut reader)? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "si" => run = Run::default(),
                    "rFont" => run.font = attribute(&start, "val").unwrap_or_default(),
                    name => run.open(name),
                },
                Event::End(end) if end.local_name().as_ref() == "si" => {
                    strings.push(std::mem::take(&mut run.all))
                }
                Event::End(end) => run.close(end.local_name().as_ref()),
                Event::Text(text) => run.push(&text.xml10_content()),
                Event::CData(text) => run.push(&text.xml10_content()),
                Event::GeneralRef(reference) => run.push_char(character(&reference)),
                Event::Eof => return Ok(Strings(strings)),
                _ => {}
            }
        }
    }
}

/// A string under way.
#[derive(Default)]
pub struct Run {
    /// What was collected.
    pub all: String,
    part: String,
    font: String,
    in_text: bool,
    in_guide: bool,
}

impl Run {
    pub fn open(&mut self, name: &str) {
        match name {
            "r" => self.font.clear(),
            "rPh" => self.in_guide = true,
            "t" => self.in_text = !self.in_guide,
            _ => {}
        }
    }

    pub fn close(&mut self, name: &str) {
        match name {
            "rPh" => self.in_guide = false,
            "t" => {
                self.in_text = false;
                let part = std::mem::take(&mut self.part);
                self.all.push_str(&wingdings::shown(&self.font, part));
            }
            _ => {}
        }
    }

    pub fn push(&mut self, text: &str) {
        if self.in_text {
            self.part.push_str(text);
        }
    }

    pub fn push_char(&mut self, c: Option<char>) {
        if self.in_text {
            self.part.extend(c);
        }
    }
}
