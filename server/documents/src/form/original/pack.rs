//! The parts of a package: those that change, and all others as they are.

use crate::unreadable::Unreadable;
use crate::workbook::package::{damaged, too_large};
use crate::workbook::xlsx::Book;
use crate::workbook::xlsx::package::Package;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A package under way.
pub struct Parts<'a> {
    original: &'a [u8],
    package: Package<'a>,
    /// The workbook's own part.
    pub book: Book,
    changed: BTreeMap<String, String>,
    dropped: Vec<String>,
}

impl<'a> Parts<'a> {
    /// Opens a workbook.
    pub fn open(original: &'a [u8]) -> Result<Parts<'a>, Unreadable> {
        if !original.starts_with(b"PK") {
            return Err(Unreadable::new(
                "元のファイルに書き込めるのは、Excelブック（.xlsx、.xlsm）だけです。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。",
            ));
        }
        let mut package = Package::open(original)?;
        let book = Book::read(&mut package)?;
        Ok(Parts { original, package, book, changed: BTreeMap::new(), dropped: Vec::new() })
    }

    /// The part and the text of a sheet.
    pub fn sheet(&mut self, name: &str) -> Result<(String, String), Unreadable> {
        let found = self.book.tabs.iter().find(|tab| tab.name == name).map(|tab| tab.part.clone());
        let part = found.ok_or_else(|| {
            Unreadable::new(format!(
                "シート「{name}」が元のファイルにありません。読み込んだときのファイルを使ってください。"
            ))
        })?;
        let text = self.text(&part)?.ok_or_else(damaged)?;
        Ok((part, text))
    }

    /// The text of a part as it stands now.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Unreadable> {
        match self.changed.get(part) {
            Some(text) => Ok(Some(text.clone())),
            None => self.package.part(part),
        }
    }

    /// What a part points to: id, end of the kind, target.
    pub fn target(&mut self, part: &str, kind: &str) -> Result<Option<String>, Unreadable> {
        let relations = self.package.relations(part)?;
        Ok(relations.into_iter().find(|relation| relation.is(kind)).map(|relation| relation.target))
    }

    /// Puts a part in place of the one that is there, or adds it.
    pub fn replace(&mut self, part: &str, text: String) {
        self.changed.insert(part.to_string(), text);
    }

    /// Leaves a part out.
    pub fn drop_part(&mut self, part: &str) {
        self.dropped.push(part.to_string());
    }

    /// True if there is such a part.
    pub fn has(&mut self, part: &str) -> bool {
        self.changed.contains_key(part) || self.package.holds(part)
    }

    /// The package with its changes; parts keep their order, new ones come last.
    pub fn pack(self) -> Result<Vec<u8>, Unreadable> {
        let mut archive = ZipArchive::new(Cursor::new(self.original)).map_err(|_| damaged())?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(self.original.len() + 4096)));
        let mut left = self.changed;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| damaged())?;
            let name = part.name().map_err(|_| damaged())?.into_owned();
            let plain = name.replace('\\', "/");
            let plain = plain.trim_start_matches('/');
            if self.dropped.iter().any(|dropped| dropped.eq_ignore_ascii_case(plain)) {
                continue;
            }
            let changed = left.keys().find(|known| known.eq_ignore_ascii_case(plain)).cloned();
            match changed.and_then(|known| left.remove(&known)) {
                Some(text) => write(&mut writer, &name, &text)?,
                None => writer.raw_copy_file(part).map_err(|_| damaged())?,
            }
        }
        for (name, text) in left {
            write(&mut writer, &name, &text)?;
        }
        Ok(writer.finish().map_err(|_| damaged())?.into_inner())
    }
}

fn write(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> Result<(), Unreadable> {
    writer.start_file(name, SimpleFileOptions::default()).map_err(|_| damaged())?;
    writer.write_all(text.as_bytes()).map_err(|_| too_large())
}
