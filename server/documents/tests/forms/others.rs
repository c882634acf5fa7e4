//! xls and ods: what their files say beside the values is heeded as in xlsx.

use super::{MATERIAL, bytes, package};
use documents::form::legacy::{FilledForm, read_form};
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

fn numbers(form: &FilledForm) -> Vec<usize> {
    form.items.iter().map(|item| item.row).collect()
}

/// The old workbook of the material with the row of a question hidden, as Excel would write it.
#[test]
fn a_row_hidden_in_an_old_workbook_is_not_asked_any_more() {
    let name = "06_R6自己点検_道路河川課.xls";
    let mut old = bytes(&Path::new(MATERIAL).join(name));
    let before = read_form(name, &old).expect("readable").forms.remove(0);
    // Kind and length of the record, then the row from 0; the flags stand behind twelve bytes.
    let head = [0x08, 0x02, 0x10, 0x00, 14, 0x00];
    let at = old.windows(head.len()).position(|window| window == head).expect("record of row 15");
    old[at + 4 + 12] |= 0x20;
    let after = read_form(name, &old).expect("readable").forms.remove(0);
    let wanted: Vec<usize> = numbers(&before).into_iter().filter(|row| *row != 15).collect();
    assert_eq!(numbers(&after), wanted);
    assert_eq!(after.excluded.iter().map(|row| row.row).collect::<Vec<_>>(), [15]);
}

/// The sheet of the material with one part of its text exchanged.
fn ods(from: &str, to: &str) -> FilledForm {
    let old = bytes(&Path::new(MATERIAL).join("09_kaikei.ods"));
    let mut archive = ZipArchive::new(Cursor::new(old)).expect("package");
    let mut text = String::new();
    archive.by_name("content.xml").expect("content").read_to_string(&mut text).expect("text");
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1);
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let new =
        package(&[("mimetype", kind), ("content.xml", text.as_bytes()), ("META-INF/manifest.xml", MANIFEST)]);
    read_form("09_kaikei.ods", &new).expect("readable").forms.remove(0)
}

const MANIFEST: &[u8] = b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>\
    <manifest:file-entry manifest:full-path='/' manifest:media-type='application/vnd.oasis.opendocument.spreadsheet'/>\
    </manifest:manifest>";

#[test]
fn rows_hidden_or_struck_out_in_open_document_are_not_asked_any_more() {
    let all = numbers(&ods("会計課", "会計課"));
    assert_eq!(all.len(), 28);
    let row = "<table:table-row table:style-name=\"ro1\"><table:table-cell table:style-name=\"ce4\" office:value-type=\"string\" calcext:value-type=\"string\"><text:p>②</text:p>";
    let hidden =
        ods(row, &row.replacen("<table:table-row", "<table:table-row table:visibility=\"collapse\"", 1));
    assert_eq!(numbers(&hidden), all.iter().copied().filter(|row| *row != 8).collect::<Vec<_>>());
    let filtered =
        ods(row, &row.replacen("<table:table-row", "<table:table-row table:visibility=\"filter\"", 1));
    assert_eq!(numbers(&filtered), all);
}
