//! From the bytes of an uploaded file to its lines, whatever the kind of file.

use super::lines::Line;
use super::{decode, docx, html, lines};
use crate::Unreadable;

/// The largest file taken; a policy of 300 pages has less than 1 MB of text.
const LARGEST: usize = 20 * 1024 * 1024;

const HELP: &str = "Word文書（.docx）、HTML（.html）、テキスト形式（.txt）又はMarkdown形式（.md）のファイルを指定してください。";

/// The lines of a file, or the sentence that says what to do instead.
pub(super) fn lines(file_name: &str, bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::new(
            "ファイルが大きすぎます（上限は20MBです）。本文だけのテキスト形式（.txt）にして指定してください。",
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::new(format!("ファイルが空です。{HELP}")));
    }
    let extension = file_name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    if word(&extension, bytes) {
        return docx::lines(bytes);
    }
    if let Some(text) = refused(&extension, bytes) {
        return Err(Unreadable::new(text));
    }
    let unreadable = || Unreadable::new(format!("文字として読み取れないファイルです。{HELP}"));
    if html::is_html(&extension, bytes) {
        return html::lines(&decode::html(bytes).ok_or_else(unreadable)?);
    }
    Ok(lines::lines(&decode::text(bytes).ok_or_else(unreadable)?))
}

/// A package that holds a Word document, whatever its name; damaged ones are known by their name.
fn word(extension: &str, bytes: &[u8]) -> bool {
    let packed = bytes.starts_with(b"PK");
    let named = ["docx", "docm", "dotx", "dotm"].contains(&extension);
    let holds =
        || bytes.windows(14).take(100_000).any(|name| name == b"word/document." || name == b"word/styles.xm");
    packed && (named || holds())
}

/// The refusal for a kind of file that is recognised by its first bytes or its name.
fn refused(extension: &str, bytes: &[u8]) -> Option<String> {
    let is = |names: &[&str]| names.contains(&extension);
    if bytes.starts_with(b"%PDF") || is(&["pdf"]) {
        Some("PDFは読み取れません。元のWord文書（.docx）を指定するか、本文を選択してコピーし、メモ帳に貼り付けて「.txt」で保存したファイルを指定してください。".to_string())
    } else if is(&["docx", "docm"]) {
        Some(protected_or_damaged(bytes))
    } else if is(&["doc", "dot", "rtf", "odt", "jtd", "jtt", "wps"]) || bytes.starts_with(b"{\\rtf") {
        Some("この形式の文書は読み取れません。Wordで開き、「名前を付けて保存」で「Word文書（.docx）」として保存し、そのファイルを指定してください。".to_string())
    } else if is(&["xlsx", "xls", "xlsm", "ods"]) {
        Some(format!("Excelのファイルはポリシーとして読み取れません。{HELP}"))
    } else if is(&["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "heic", "webp"]) || image(bytes) {
        Some(format!("画像やスキャンしたファイルは読み取れません。{HELP}"))
    } else if bytes.starts_with(OLE) {
        Some("古い形式のWord文書又はパスワードの付いた文書は読み取れません。Wordで開き、パスワードを外して「Word文書（.docx）」として保存し、そのファイルを指定してください。".to_string())
    } else if bytes.starts_with(b"PK\x03\x04") {
        Some(format!("圧縮ファイルは読み取れません。展開した中の{HELP}"))
    } else {
        None
    }
}

/// What old Office documents and documents with a password begin with.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

fn protected_or_damaged(bytes: &[u8]) -> String {
    if bytes.starts_with(OLE) {
        "パスワードの付いたWord文書は読み取れません。Wordで開き、パスワードを外して保存し直したファイルを指定してください。".to_string()
    } else {
        docx::damaged().text
    }
}

fn image(bytes: &[u8]) -> bool {
    let heads: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];
    heads.iter().any(|head| bytes.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_are_refused_with_one_sentence_that_helps() {
        for (name, bytes, word) in [
            ("a.pdf", &b"%PDF-1.7"[..], "PDF"),
            ("a.docx", b"PK\x03\x04", "壊れて"),
            ("a.docx", b"plain words", "壊れて"),
            ("a.docx", &[0xD0, 0xCF, 0x11, 0xE0], "パスワード"),
            ("a.doc", &[0xD0, 0xCF, 0x11, 0xE0], "Word文書（.docx）"),
            ("a", &[0xD0, 0xCF, 0x11, 0xE0], "古い形式"),
            ("a.rtf", b"{\\rtf1", "Word文書（.docx）"),
            ("a.xlsx", b"PK\x03\x04", "Excel"),
            ("a.zip", b"PK\x03\x04", "圧縮"),
            ("a.png", b"\x89PNG", "画像"),
            ("a.txt", b"\x89PNG", "画像"),
            ("a.txt", b"%PDF-1.4", "PDF"),
            ("a.txt", b"", "空"),
            ("a.txt", b"\x00\x01\x02", "文字"),
        ] {
            let refused = lines(name, bytes).expect_err(name);
            assert!(refused.text.contains(word), "{name}: {}", refused.text);
        }
    }

    #[test]
    fn a_huge_file_is_refused_before_it_is_decoded() {
        assert!(lines("a.txt", &vec![b'a'; LARGEST + 1]).is_err());
    }
}
