//! XML without surprises: no DTD, no entities but the five, bounded depth.

use super::package::damaged;
use crate::Unreadable;
pub(super) use crate::xml::{attribute, character};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper documents are no documents.
const DEEPEST: usize = 256;

/// A reader whose empty elements open and close like all others.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// The next event; damaged XML and declared entities are refused.
pub(super) fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Event<'a>, Unreadable> {
    match reader.read_event() {
        Ok(Event::DocType(_)) => Err(Unreadable::new(
            "外部参照（DOCTYPE宣言）を含む文書のため、安全のため読み取りません。Wordで開き、保存し直したファイルを指定してください。",
        )),
        Ok(event) => Ok(event),
        Err(_) => Err(damaged()),
    }
}

/// The name without its prefix.
pub(super) fn name(start: &BytesStart) -> String {
    start.local_name().as_ref().to_string()
}

/// Whether a switch such as `<w:vanish/>` is on.
pub(super) fn on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

/// The last step of an address inside the package.
pub(super) fn local(target: &str) -> &str {
    target.strip_prefix("./").unwrap_or(target)
}

/// A small part, whole: styles, numbering, relations.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
}

impl Element {
    /// The root element of a part.
    pub fn read(text: &str) -> Result<Element, Unreadable> {
        let mut reader = reader(text);
        let mut open = vec![Element::default()];
        loop {
            match next(&mut reader)? {
                Event::Start(start) => open.push(Element::begin(&start)),
                Event::End(_) => close(&mut open),
                Event::Eof => break,
                _ => {}
            }
            if open.len() > DEEPEST {
                return Err(damaged());
            }
        }
        if open.len() != 1 {
            return Err(damaged());
        }
        open.pop().and_then(|mut root| root.children.pop()).ok_or_else(damaged)
    }

    fn begin(start: &BytesStart) -> Element {
        let attributes = start.attributes().flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
            Some((attribute.key.local_name().as_ref().to_string(), value.into_owned()))
        });
        Element { name: name(start), attributes: attributes.collect(), children: Vec::new() }
    }

    /// An attribute, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The children of a name, also those inside alternatives of newer versions.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        let direct = self.children.iter().filter(move |child| child.name == name);
        let chosen = self.children.iter().filter(|child| child.name == "AlternateContent");
        let fallback = chosen.flat_map(|child| &child.children).filter(|child| child.name == "Fallback");
        direct.chain(fallback.flat_map(|child| &child.children).filter(move |child| child.name == name))
    }

    /// The first child of a name.
    pub fn first<'a>(&'a self, name: &'a str) -> Option<&'a Element> {
        self.all(name).next()
    }

    /// The `val` of the first child of a name.
    pub fn val<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.first(name)?.get("val")
    }

    /// The `val` of the first child of a name, as a number.
    pub fn number<'a, N: std::str::FromStr>(&'a self, name: &'a str) -> Option<N> {
        self.val(name)?.parse().ok()
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(done) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(done);
    }
}
