//! What a file really is, from its first bytes and not from its name.

use crate::unreadable::Unreadable;
use std::io::Cursor;
use zip::ZipArchive;

/// A package that was opened: its directory is read, nothing is inflated.
pub type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Kinds that can be read.
pub enum Kind<'a> {
    /// Without an archive if the package is damaged.
    Xlsx(Option<Archive<'a>>),
    Xls,
    Ods,
    Csv,
}

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The kind of a file, or why it is none that can be read.
pub fn of<'a>(file_name: &str, bytes: &'a [u8]) -> Result<Kind<'a>, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::new(
            "ファイルが空です（中身がありません）。元のファイルを確かめ、もう一度選んでください。",
        ));
    }
    if bytes.starts_with(b"PK") {
        return packed(bytes);
    }
    if bytes.starts_with(OLE) {
        return compound(bytes);
    }
    plain(file_name, bytes)
}

fn packed(bytes: &[u8]) -> Result<Kind<'_>, Unreadable> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok();
    // A package that is whole lists its parts; of a damaged one the bytes still say what it was.
    let has = |part: &str| match &archive {
        Some(archive) => archive.file_names().flatten().any(|name| name.contains(part)),
        None => contains(bytes, part.as_bytes()),
    };
    if has("xl/workbook.bin") {
        return Err(not_a_workbook("バイナリブック（.xlsb）", "「Excelブック（.xlsx）」で保存し直して"));
    }
    if has("word/document.xml") {
        return Err(not_a_workbook("Word文書", "Excelブック又はCSVのファイルを選んで"));
    }
    if has("ppt/presentation.xml") {
        return Err(not_a_workbook("PowerPointの文書", "Excelブック又はCSVのファイルを選んで"));
    }
    if has("content.xml") && !has("xl/") {
        return Ok(Kind::Ods);
    }
    Ok(Kind::Xlsx(archive))
}

fn compound(bytes: &[u8]) -> Result<Kind<'static>, Unreadable> {
    if contains(bytes, &wide("EncryptedPackage")) {
        return Err(locked());
    }
    if contains(bytes, &wide("Workbook")) || contains(bytes, &wide("Book")) {
        return Ok(Kind::Xls);
    }
    Err(not_a_workbook("Excelブックではない古い形式の文書", "Excelブック又はCSVのファイルを選んで"))
}

fn plain(file_name: &str, bytes: &[u8]) -> Result<Kind<'static>, Unreadable> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = String::from_utf8_lossy(&start[..start.len().min(512)]).trim_start().to_ascii_lowercase();
    if head.starts_with("%pdf") {
        return Err(not_a_workbook("PDF", "元のExcelブック又はCSVのファイルを選んで"));
    }
    if head.starts_with('<') {
        return Err(not_a_workbook(
            "ウェブページ（HTML又はXML）",
            "Excelで開き、「Excelブック（.xlsx）」で保存し直して",
        ));
    }
    let name = file_name.to_lowercase();
    if [".csv", ".txt", ".tsv"].iter().any(|extension| name.ends_with(extension)) {
        return Ok(Kind::Csv);
    }
    Err(Unreadable::new(
        "Excelブックとして開けません（形式が違うか、壊れています）。Excelで開けることを確かめ、保存し直してから読み込んでください。",
    ))
}

/// The sentence for a workbook with a password.
pub fn locked() -> Unreadable {
    Unreadable::new(
        "パスワードで保護されているため開けません。パスワードを外したファイルを保存し、読み込み直してください。",
    )
}

fn not_a_workbook(kind: &str, what_to_do: &str) -> Unreadable {
    Unreadable::new(format!("このファイルの中身は{kind}です。{what_to_do}ください。"))
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
