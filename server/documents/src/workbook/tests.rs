use super::*;
use std::path::PathBuf;

/// A file of the shared material, if the material is there.
pub(crate) fn material(path: &str) -> Option<Vec<u8>> {
    let full = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/material").join(path);
    let bytes = std::fs::read(&full).ok();
    if bytes.is_none() {
        println!("note: {} is not there, nothing tested", full.display());
    }
    bytes
}

fn refusal(name: &str) -> Option<String> {
    let bytes = material(&format!("forms/broken/{name}"))?;
    Some(open(name, &bytes).map(|_| ()).expect_err(name).text)
}

#[test]
fn broken_files_are_refused_with_their_own_sentence() {
    let expected = [
        ("empty.xlsx", "空です"),
        ("truncated.xlsx", "途中で切れています"),
        ("sharedstrings_bomb.xlsx", "100MBを超える"),
        ("password.xlsx", "パスワード"),
        ("html.xlsx", "HTML"),
        ("xxe.xlsx", "DOCTYPE"),
    ];
    for (name, part) in expected {
        if let Some(text) = refusal(name) {
            assert!(text.contains(part), "{name}: {text}");
        }
    }
}

#[test]
fn a_sheet_that_claims_a_million_rows_costs_only_what_it_holds() {
    let Some(bytes) = material("forms/broken/dimension.xlsx") else { return };
    let sheets = open("dimension.xlsx", &bytes).expect("readable");
    assert_eq!(sheets[0].text(4, 1), "点検項目");
    assert!(sheets[0].rows.len() < 20);
}

#[test]
fn every_kind_of_the_material_opens() {
    for name in
        ["01_kikaku.xlsx", "06_R6自己点検_道路河川課.xls", "07_gakko_kyoiku_sjis.csv", "09_kaikei.ods"]
    {
        if let Some(bytes) = material(&format!("forms/{name}")) {
            let sheets = open(name, &bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(sheets.iter().any(|sheet| sheet.rows.len() > 5), "{name}");
        }
    }
}

#[test]
fn a_file_over_twenty_megabytes_is_not_looked_at() {
    let text = open("a.csv", &vec![b'a'; MAX_BYTES + 1]).expect_err("too large").text;
    assert!(text.contains("20MB"));
}

#[test]
fn more_rows_than_allowed_are_refused() {
    let text = open("a.csv", "a,b\n".repeat(MAX_ROWS + 1).as_bytes()).expect_err("too long").text;
    assert!(text.contains("10万行"), "{text}");
}

#[test]
fn csv_keeps_record_numbers_over_blank_lines_and_line_breaks() {
    let sheets = open("a.csv", "a,b\r\n\r\n\"x\ny\",2\r\n,,\r\n3,4".as_bytes()).expect("readable");
    assert_eq!(sheets[0].rows.keys().copied().collect::<Vec<_>>(), [1, 3, 5]);
}

#[test]
fn csv_is_read_in_every_encoding_of_an_office() {
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("氏名\t所属".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let shift_jis = encoding_rs::SHIFT_JIS.encode("氏名,所属").0.into_owned();
    for bytes in ["氏名,所属".as_bytes().to_vec(), "\u{FEFF}氏名,所属".as_bytes().to_vec(), shift_jis, utf16]
    {
        let sheets = open("名簿.CSV", &bytes).expect("readable");
        assert_eq!((sheets[0].text(1, 0), sheets[0].text(1, 1)), ("氏名".to_string(), "所属".to_string()));
    }
}

#[test]
fn other_documents_are_named_for_what_they_are() {
    assert!(open("a.xlsx", b"%PDF-1.7 ...").expect_err("pdf").text.contains("PDF"));
    assert!(open("a.xlsx", b"PK\x03\x04....word/document.xml").expect_err("word").text.contains("Word"));
    assert!(open("a.xlsx", b"nonsense").expect_err("text").text.contains("Excel"));
}

#[test]
fn cells_are_named_as_in_excel() {
    assert_eq!(cell_name(12, 3), "D12");
    assert_eq!(cell_name(1, 25), "Z1");
    assert_eq!(cell_name(1, 26), "AA1");
    assert_eq!(cell_name(7, 16383), "XFD7");
}
