//! Many forms in one zip file: its entries within bounds, one after the other.

use crate::unreadable::Unreadable;
use crate::workbook::MAX_BYTES;
use std::io::{Cursor, Read};
use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;

/// Files a bundle may hold.
pub const MOST_FILES: usize = 2_000;
/// Bytes all of them may have together, inflated.
pub const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// A bundle whose files are taken one by one.
pub struct Bundle<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    index: usize,
    left: u64,
}

/// True if the bytes are a zip file that is no workbook and no document itself.
pub fn is_bundle(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK") {
        return false;
    }
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| {
        let has = |name: &str| archive.index_for_name(name).is_some();
        !has("[Content_Types].xml") && !has("mimetype") && !has("content.xml")
    })
}

/// Opens a bundle.
///
/// # Errors
/// One Japanese sentence: damaged, or too many files.
pub fn open(bytes: &[u8]) -> Result<Bundle<'_>, Unreadable> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MOST_FILES {
        return Err(Unreadable::new(
            "zipファイルの中のファイルが2,000個を超えています。分けて読み込んでください。",
        ));
    }
    Ok(Bundle { archive, index: 0, left: MOST_BYTES })
}

fn damaged() -> Unreadable {
    Unreadable::new("zipファイルが壊れているか、途中で切れています。作り直して読み込んでください。")
}

/// Files nobody filled in: folders, what macOS and Windows leave beside files, locks of open workbooks.
fn is_clutter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    name.ends_with('/')
        || name.starts_with("__MACOSX/")
        || file.starts_with("~$")
        || file.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&file)
}

/// Names in zip files of Windows are Shift_JIS where they are not marked as UTF-8; those of macOS are decomposed.
fn name(raw: &[u8]) -> String {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_string(),
        Err(_) => encoding_rs::SHIFT_JIS.decode(raw).0.into_owned(),
    };
    text.replace('\\', "/").nfc().collect()
}

/// The name of a file in the bundle and its bytes, or why it could not be taken out.
type Entry = (String, Result<Vec<u8>, Unreadable>);

impl Iterator for Bundle<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.index < self.archive.len() {
            self.index += 1;
            let Ok(part) = self.archive.by_index(self.index - 1) else {
                return Some((format!("{}番目のファイル", self.index), Err(damaged())));
            };
            let name = name(part.name_raw());
            if is_clutter(&name) {
                continue;
            }
            let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).min(self.left);
            let mut bytes = Vec::new();
            let taken = part.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged());
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            self.left = self.left.saturating_sub(length);
            let result =
                taken.and_then(|_| if length > most { Err(too_large(self.left)) } else { Ok(bytes) });
            return Some((name, result));
        }
        None
    }
}

fn too_large(left: u64) -> Unreadable {
    Unreadable::new(match left {
        0 => "zipファイルを展開すると1GBを超えます。分けて読み込んでください。",
        _ => "展開すると20MBを超えるファイルです。画像などを取り除き、20MB以下にして読み込み直してください。",
    })
}
