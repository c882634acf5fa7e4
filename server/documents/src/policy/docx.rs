//! Word documents (.docx, .docm): their paragraphs as lines, with the numbers Word counts and does not write down.

mod body;
mod digits;
mod field;
mod numbering;
mod package;
mod paragraph;
mod styles;
mod xml;

use super::lines::Line;
use crate::Unreadable;
use numbering::Numbering;
pub(super) use package::damaged;
use styles::Styles;

/// The paragraphs of a document in order. Headers, footers, notes and comments are other parts and stay out.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let mut package = package::Package::open(bytes)?;
    let names = package.names()?;
    let styles =
        package.part(&names.styles)?.map(|text| Styles::read(&text)).transpose()?.unwrap_or_default();
    let numbering =
        package.part(&names.numbering)?.map(|text| Numbering::read(&text)).transpose()?.unwrap_or_default();
    let Some(document) = package.part(&names.document)? else { return Err(package::damaged()) };
    body::read(&document, &styles, numbering)
}
