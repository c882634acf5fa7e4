//! Looks into a packed workbook before it is parsed: is it whole, is it small enough, is it harmless?

use super::MAX_INFLATED;
use crate::unreadable::Unreadable;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Inflates every part without keeping it. The sizes written in the package are not believed.
pub fn inspect(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut left = MAX_INFLATED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| damaged())?;
        let name = part.name().map(|name| name.to_string()).unwrap_or_default();
        left -= inflate(part, is_markup(&name), left)?;
    }
    Ok(())
}

/// The sentence for a file that is cut off or damaged.
pub fn damaged() -> Unreadable {
    Unreadable::new(
        "ファイルが壊れているか、途中で切れています。Excelで開けることを確かめ、保存し直すか、送り直しを依頼してください。",
    )
}

/// The sentence for a file that is small and becomes huge.
pub fn too_large() -> Unreadable {
    Unreadable::new(
        "展開すると100MBを超えるファイルのため、安全のため読み込みません。必要なシートだけを新しいブックに写して読み込み直してください。",
    )
}

/// The sentence for a file that declares entities.
pub fn doctype() -> Unreadable {
    Unreadable::new(
        "外部参照（DOCTYPE宣言）を含むファイルのため、安全のため読み込みません。Excelで開き、保存し直してから読み込んでください。",
    )
}

fn is_markup(name: &str) -> bool {
    [".xml", ".rels", ".vml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end))
}

fn inflate(mut part: impl Read, markup: bool, left: u64) -> Result<u64, Unreadable> {
    let mut block = [0_u8; 16 * 1024];
    let mut total = 0_u64;
    loop {
        let count = part.read(&mut block).map_err(|_| damaged())?;
        if count == 0 {
            return Ok(total);
        }
        if total == 0 && markup {
            no_doctype(&block[..count])?;
        }
        total += u64::try_from(count).unwrap_or(u64::MAX);
        if total > left {
            return Err(too_large());
        }
    }
}

fn no_doctype(start: &[u8]) -> Result<(), Unreadable> {
    if start.windows(9).any(|window| window.eq_ignore_ascii_case(b"<!DOCTYPE")) {
        return Err(doctype());
    }
    Ok(())
}
