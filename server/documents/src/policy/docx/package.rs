//! The package a Word document is: its parts, and how much of them is taken.

use super::xml::{Element, local};
use crate::Unreadable;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The largest part that is inflated, in bytes. The text of 300 pages is 10 to 20 MB of markup.
const LARGEST_PART: u64 = 48 * 1024 * 1024;
/// More parts than this has no document.
const MOST_PARTS: usize = 10_000;

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// Where the parts lie that say something about the text.
pub(super) struct Names {
    pub document: String,
    pub styles: String,
    pub numbering: String,
}

/// The sentence for a document that is cut off or damaged.
pub(in crate::policy) fn damaged() -> Unreadable {
    Unreadable::new(
        "Word文書が壊れているか、途中で切れています。Wordで開けることを確かめ、「Word文書（.docx）」として保存し直したファイルを指定してください。",
    )
}

fn too_large() -> Unreadable {
    Unreadable::new(
        "展開すると大きすぎるWord文書のため、安全のため読み取りません。本文だけを新しい文書に写して保存し、そのファイルを指定してください。",
    )
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_PARTS {
            return Err(too_large());
        }
        Ok(Package { archive })
    }

    /// The text of a part; `None` if the package has no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|_| damaged())?;
        // The size written in the package is looked at first and never believed.
        if part.size() > LARGEST_PART {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        part.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_PART) {
            return Err(too_large());
        }
        text(bytes).map(Some)
    }

    /// Follows the relations of the package to the document and from there to its styles and numbering.
    pub fn names(&mut self) -> Result<Names, Unreadable> {
        let root = self.relations("_rels/.rels")?;
        let document =
            target(&root, "/officeDocument", "").unwrap_or_else(|| "word/document.xml".to_string());
        let (folder, file) = document.rsplit_once('/').unwrap_or(("", &document));
        let beside =
            |name: &str| if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
        let own = self.relations(&beside(&format!("_rels/{file}.rels")))?;
        Ok(Names {
            styles: target(&own, "/styles", folder).unwrap_or_else(|| beside("styles.xml")),
            numbering: target(&own, "/numbering", folder).unwrap_or_else(|| beside("numbering.xml")),
            document,
        })
    }

    fn relations(&mut self, name: &str) -> Result<Vec<Element>, Unreadable> {
        Ok(match self.part(name)? {
            Some(text) => Element::read(&text)?.children,
            None => Vec::new(),
        })
    }
}

/// The part a relation of a kind leads to. Links to the outside are not followed.
fn target(relations: &[Element], kind: &str, folder: &str) -> Option<String> {
    let relation = relations
        .iter()
        .filter(|relation| relation.get("TargetMode") != Some("External"))
        .find(|relation| relation.get("Type").is_some_and(|written| written.ends_with(kind)))?;
    let target = relation.get("Target")?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_string(),
        None if folder.is_empty() => target.to_string(),
        None => format!("{folder}/{}", local(target)),
    })
}

/// XML is UTF-8 or says by its first bytes that it is UTF-16.
fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let coding = if bytes[0] == 0xFF { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        let (text, wrong) = coding.decode_with_bom_removal(&bytes);
        return if wrong { Err(damaged()) } else { Ok(text.into_owned()) };
    }
    String::from_utf8(bytes).map_err(|_| damaged())
}
