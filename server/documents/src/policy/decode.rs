//! From bytes to text: UTF-8, UTF-16, Shift_JIS, EUC-JP.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

/// The text of a file without a word about its encoding.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(coding) = wide(bytes) {
        return decoded(bytes, coding);
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022-JP is ASCII with escapes.
        if bytes.windows(2).take(100_000).any(|escape| escape == b"\x1b$") {
            return decoded(bytes, ISO_2022_JP);
        }
        return printable(text).then(|| text.to_string());
    }
    // Shift_JIS as office PCs write it (CP932). EUC-JP often passes for Shift_JIS, but then as half-width kana.
    [SHIFT_JIS, EUC_JP]
        .into_iter()
        .filter_map(|coding| decoded(bytes, coding))
        .max_by_key(|text| japanese(text))
}

/// The text of an HTML file: it may say itself how it is encoded.
pub(super) fn html(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_lowercase();
    let named = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'', ' ']));
    let name: String = named
        .unwrap_or_default()
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    let coding = Encoding::for_label(name.as_bytes()).filter(|_| wide(bytes).is_none());
    // Some say one thing and are another; the plain guess comes second.
    coding.and_then(|coding| decoded(bytes, coding)).or_else(|| text(bytes))
}

fn decoded(bytes: &[u8], coding: &'static Encoding) -> Option<String> {
    let (text, wrong) = coding.decode_with_bom_removal(bytes);
    (!wrong && printable(&text)).then(|| text.into_owned())
}

/// UTF-16 by its mark, or by the zero bytes of its line ends and ASCII.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4_096) / 2 * 2];
    let ends = |end: [u8; 2]| head.chunks_exact(2).filter(|pair| *pair == end).count();
    match (ends([b'\n', 0]), ends([0, b'\n'])) {
        (0, 0) => None,
        (little, big) if little > big => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}

/// Characters that are frequent in Japanese text.
fn japanese(text: &str) -> usize {
    let common = |c: &char| matches!(c, 'ぁ'..='ん' | 'ァ'..='ー' | '一'..='龠' | '、' | '。' | '\u{3000}');
    text.chars().take(20_000).filter(common).count()
}

fn printable(text: &str) -> bool {
    let control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    control * 100 <= text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "第１章　総則\r\n職員等は、パスワードを管理しなければならない。\r\n";

    #[test]
    fn every_encoding_of_an_office_is_read() {
        for coding in [encoding_rs::UTF_8, SHIFT_JIS, EUC_JP, ISO_2022_JP] {
            let (bytes, _, _) = coding.encode(SAMPLE);
            assert_eq!(text(&bytes).as_deref(), Some(SAMPLE), "{}", coding.name());
        }
        let little: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(text(&bytes).as_deref(), Some(SAMPLE));
        }
        assert_eq!(text(b"\xEF\xBB\xBFabc").as_deref(), Some("abc"));
    }

    #[test]
    fn html_is_read_in_the_encoding_it_names() {
        let page =
            format!("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=EUC-JP\">{SAMPLE}");
        let (bytes, _, _) = EUC_JP.encode(&page);
        assert_eq!(html(&bytes).as_deref(), Some(page.as_str()));
        let wrong = format!("<meta charset=\"utf-8\">{SAMPLE}");
        let (bytes, _, _) = SHIFT_JIS.encode(&wrong);
        assert_eq!(html(&bytes).as_deref(), Some(wrong.as_str()));
    }

    #[test]
    fn binary_is_no_text() {
        assert_eq!(text(b"\x00\x01\x02"), None);
    }
}
