//! XML of packed documents: names without prefixes, no entities but the five.

use quick_xml::events::{BytesRef, BytesStart};
use std::borrow::Cow;

/// The character of `&amp;` or `&#12354;`; others stand for nothing.
pub(crate) fn character(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name)?.chars().next()
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute(start: &BytesStart, wanted: &str) -> Option<String> {
    value(start, wanted).map(Cow::into_owned)
}

/// A number in an attribute.
pub(crate) fn number<N: std::str::FromStr>(start: &BytesStart, wanted: &str) -> Option<N> {
    value(start, wanted)?.parse().ok()
}

/// Whether a switch such as `hidden="1"` is on; off if it is not there.
pub(crate) fn switch(start: &BytesStart, wanted: &str) -> bool {
    value(start, wanted).is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
}

fn value<'a>(start: &'a BytesStart, wanted: &str) -> Option<Cow<'a, str>> {
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == wanted)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()
}
