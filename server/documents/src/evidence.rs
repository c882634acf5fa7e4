//! What a file beside an answer is, by its content and not by its name.

use domain::evidence::{Kind, Unfit};
use std::io::Cursor;
use zip::ZipArchive;

const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The first bytes of the kinds that begin alike.
const MAGIC: [(&[u8], Kind); 7] = [
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"GIF87a", Kind::Gif),
    (b"GIF89a", Kind::Gif),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"%PDF-", Kind::Pdf),
];

/// Looks at the content.
///
/// # Errors
/// When it is no picture, PDF or Office document, holds macros, or is locked with a password.
pub fn kind(bytes: &[u8]) -> Result<Kind, Unfit> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Ok(*kind);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Kind::Webp);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return package(bytes);
    }
    if bytes.starts_with(OLE) { compound(bytes) } else { Err(Unfit::Unknown) }
}

/// Office since 2007: a zip whose parts tell what it is. Only the list of parts is read, nothing is inflated.
fn package(bytes: &[u8]) -> Result<Kind, Unfit> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Unknown)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if archive.file_names().flatten().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(Unfit::Macro);
    }
    if !has("[Content_Types].xml") {
        return Err(Unfit::Unknown);
    }
    [("word/document.xml", Kind::Docx), ("xl/workbook.xml", Kind::Xlsx), ("ppt/presentation.xml", Kind::Pptx)]
        .into_iter()
        .find(|(part, _)| has(part))
        .map(|(_, kind)| kind)
        .ok_or(Unfit::Unknown)
}

/// Office before 2007: a compound file whose directory names its streams in UTF-16. A new document with a password
/// is one, too.
fn compound(bytes: &[u8]) -> Result<Kind, Unfit> {
    let has = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    };
    if has("EncryptedPackage") {
        return Err(Unfit::Locked);
    }
    if has("_VBA_PROJECT") {
        return Err(Unfit::Macro);
    }
    [
        ("WordDocument", Kind::Doc),
        ("PowerPoint Document", Kind::Ppt),
        ("Workbook", Kind::Xls),
        ("Book", Kind::Xls),
    ]
    .into_iter()
    .find(|(stream, _)| has(stream))
    .map(|(_, kind)| kind)
    .ok_or(Unfit::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(parts: &[&str]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for part in parts {
            writer.start_file(*part, SimpleFileOptions::default()).unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn ole(streams: &[&str]) -> Vec<u8> {
        let mut bytes = OLE.to_vec();
        bytes.resize(512, 0);
        for stream in streams {
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes.resize(bytes.len() + 64, 0);
        }
        bytes
    }

    #[test]
    fn each_kind_is_known_by_its_content() {
        let types = "[Content_Types].xml";
        for (bytes, found) in [
            (b"\x89PNG\r\n\x1a\n....".to_vec(), Ok(Kind::Png)),
            (b"\xff\xd8\xff\xe0....".to_vec(), Ok(Kind::Jpeg)),
            (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), Ok(Kind::Webp)),
            (b"RIFF\0\0\0\0WAVEfmt ".to_vec(), Err(Unfit::Unknown)),
            (b"%PDF-1.7\n".to_vec(), Ok(Kind::Pdf)),
            (b"MZ\x90\0".to_vec(), Err(Unfit::Unknown)),
            (b"<html>".to_vec(), Err(Unfit::Unknown)),
            (Vec::new(), Err(Unfit::Unknown)),
            (zipped(&[types, "word/document.xml"]), Ok(Kind::Docx)),
            (zipped(&[types, "xl/workbook.xml"]), Ok(Kind::Xlsx)),
            (zipped(&[types, "ppt/presentation.xml"]), Ok(Kind::Pptx)),
            (zipped(&[types, "xl/workbook.xml", "xl/vbaProject.bin"]), Err(Unfit::Macro)),
            (zipped(&["notes.txt"]), Err(Unfit::Unknown)),
            (b"PK\x03\x04broken".to_vec(), Err(Unfit::Unknown)),
            (ole(&["Root Entry", "WordDocument"]), Ok(Kind::Doc)),
            (ole(&["Root Entry", "Workbook"]), Ok(Kind::Xls)),
            (ole(&["Root Entry", "PowerPoint Document"]), Ok(Kind::Ppt)),
            (ole(&["Workbook", "_VBA_PROJECT_CUR"]), Err(Unfit::Macro)),
            (ole(&["EncryptedPackage"]), Err(Unfit::Locked)),
            (ole(&["Something"]), Err(Unfit::Unknown)),
        ] {
            assert_eq!(kind(&bytes), found, "{:?}", &bytes[..bytes.len().min(8)]);
        }
    }
}
