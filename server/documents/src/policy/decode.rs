//! From the bytes of an uploaded file to its text, and what can't be read.

use crate::Unreadable;
use encoding_rs::SHIFT_JIS;

/// The largest file taken; a policy of 300 pages has less than 1 MB of text.
const LARGEST: usize = 20 * 1024 * 1024;

const HELP: &str = "テキスト形式（.txt）又はMarkdown形式（.md）のファイルを指定してください。";

/// The text of a file, or the sentence that says what to do instead.
pub(super) fn decode(file_name: &str, bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::new(
            "ファイルが大きすぎます（上限は20MBです）。本文だけのテキスト形式（.txt）にして指定してください。",
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::new(format!("ファイルが空です。{HELP}")));
    }
    if let Some(text) = known_format(file_name, bytes) {
        return Err(Unreadable::new(text));
    }
    text(bytes).ok_or_else(|| Unreadable::new(format!("文字として読み取れないファイルです。{HELP}")))
}

/// The refusal for a format that is recognised by its first bytes or its name.
fn known_format(file_name: &str, bytes: &[u8]) -> Option<String> {
    let extension = file_name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let is = |names: &[&str]| names.contains(&extension.as_str());
    if bytes.starts_with(b"%PDF") || is(&["pdf"]) {
        Some("PDFはまだ読み取れません。本文を選択してコピーし、メモ帳に貼り付けて「.txt」で保存したファイルを指定してください。".to_string())
    } else if is(&["docx", "doc", "rtf", "odt", "jtd"]) {
        Some("Word文書はまだ読み取れません。Wordで「書式なし（.txt）」として保存し、そのファイルを指定してください。".to_string())
    } else if is(&["xlsx", "xls", "xlsm", "ods"]) {
        Some(format!("Excelのファイルはポリシーとして読み取れません。{HELP}"))
    } else if is(&["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"]) || image(bytes) {
        Some(format!("画像のファイルは読み取れません。{HELP}"))
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        Some(format!("圧縮ファイルやOffice文書は読み取れません。{HELP}"))
    } else {
        None
    }
}

fn image(bytes: &[u8]) -> bool {
    let heads: [&[u8]; 4] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0"];
    heads.iter().any(|head| bytes.starts_with(head))
}

/// UTF-8 with or without BOM, UTF-16 with BOM, else Shift_JIS as office PCs write it (CP932).
fn text(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let coding = if bytes[0] == 0xFF { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        let (text, wrong) = coding.decode_with_bom_removal(bytes);
        return (!wrong).then(|| text.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return printable(text).then(|| text.to_string());
    }
    let (text, wrong) = SHIFT_JIS.decode_without_bom_handling(bytes);
    (!wrong && printable(&text)).then(|| text.into_owned())
}

fn printable(text: &str) -> bool {
    let control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    control * 100 <= text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_with_bom_and_shift_jis_are_read() {
        assert_eq!(decode("a.txt", b"\xEF\xBB\xBFabc"), Ok("abc".to_string()));
        let (sjis, _, _) = SHIFT_JIS.encode("第１章　総則①");
        assert_eq!(decode("a.txt", &sjis), Ok("第１章　総則①".to_string()));
    }

    #[test]
    fn other_formats_are_refused_with_one_sentence_that_helps() {
        for (name, bytes, word) in [
            ("a.pdf", &b"%PDF-1.7"[..], "PDF"),
            ("a.docx", b"PK\x03\x04", "Word"),
            ("a.doc", &[0xD0, 0xCF, 0x11, 0xE0], "Word"),
            ("a.xlsx", b"PK\x03\x04", "Excel"),
            ("a.png", b"\x89PNG", "画像"),
            ("a.txt", b"\x89PNG", "画像"),
            ("a.txt", b"%PDF-1.4", "PDF"),
            ("a.txt", b"", "空"),
            ("a.txt", b"\x00\x01\x02", "文字"),
        ] {
            let refused = decode(name, bytes).expect_err(name);
            assert!(refused.text.contains(word), "{name}: {}", refused.text);
        }
    }

    #[test]
    fn a_huge_file_is_refused_before_it_is_decoded() {
        assert!(decode("a.txt", &vec![b'a'; LARGEST + 1]).is_err());
    }
}
