//! Files that must do no harm: each ends as it should, soon, with one sentence.

use super::variety::Dice;
use super::{MATERIAL, bytes, package};
use documents::form::legacy::{bundle, read_form};
use std::path::Path;
use std::time::{Duration, Instant};

/// Debug builds on a busy machine; the score tool asks for two seconds of a release build.
const SOON: Duration = Duration::from_secs(20);

fn sentence(name: &str, bytes: &[u8]) -> String {
    let started = Instant::now();
    let text = read_form(name, bytes).map(|_| ()).expect_err(name).text;
    assert!(started.elapsed() < SOON, "{name} took {:?}", started.elapsed());
    assert!((5..400).contains(&text.len()) && !text.contains('\n'), "{name}: {text}");
    text
}

#[test]
fn every_broken_file_ends_as_expected() {
    let folder = Path::new(MATERIAL).join("broken");
    let expected: serde_json::Value =
        serde_json::from_slice(&bytes(&folder.join("expect.json"))).expect("expectations");
    let expected = expected.as_object().expect("names");
    assert!(expected.len() >= 7);
    for (name, ends) in expected {
        let bytes = bytes(&folder.join(name));
        if ends.as_str().is_some_and(|ends| ends.starts_with("accept")) {
            let forms = read_form(name, &bytes).unwrap_or_else(|error| panic!("{name}: {error}")).forms;
            let answers: Vec<String> = forms
                .iter()
                .flat_map(|form| &form.items)
                .filter_map(|item| Some(item.answer.as_ref()?.key()))
                .collect();
            assert_eq!(answers, ["done", "not_done", "done", "partial", "done", "done"], "{name}");
        } else {
            sentence(name, &bytes);
        }
    }
}

/// Shared strings of more than 100 MB in a file of some kilobytes.
#[test]
fn a_small_file_that_becomes_huge_is_given_up_early() {
    let text = format!("<sst><si><t>{}</t></si></sst>", "あ".repeat(36 * 1024 * 1024));
    let bomb = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheets/></workbook>"),
        ("xl/sharedStrings.xml", text.as_bytes()),
    ]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(sentence("bomb.xlsx", &bomb).contains("100MB"));
}

/// Addresses, relations and areas that lead nowhere or in circles.
#[test]
fn packages_that_make_no_sense_are_refused_and_do_not_panic() {
    let rels =
        b"<Relationships><Relationship Id='r1' Type='x/worksheet' Target='sheet.xml'/></Relationships>";
    let book = b"<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>";
    let sheets: [&[u8]; 7] = [
        b"<worksheet><sheetData><row r='0'><c r='A0'><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='99999999'><c r='ZZZZ1'><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99999</v></c></row></sheetData>\
          <mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells></worksheet>",
        b"<worksheet><sheetData><row><c><v>1e999</v></c><c t='b'><v>7</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='1'><c r='A1'",
        b"<worksheet></c></row>",
        b"",
    ];
    for sheet in sheets {
        let parts: [(&str, &[u8]); 4] = [
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", rels),
            ("xl/sheet.xml", sheet),
        ];
        sentence("odd.xlsx", &package(&parts));
    }
}

/// A bundle with a folder, clutter, a name in Shift_JIS and a broken file: the good ones are read.
#[test]
fn a_bundle_is_read_file_by_file() {
    let good = bytes(&Path::new(MATERIAL).join("08_suido_small_bom.csv"));
    let bundle = package(&[
        ("提出/【営業課】点検.csv", &good),
        ("提出/~$点検.xlsx", b"lock"),
        ("__MACOSX/._点検.csv", b"fork"),
        ("提出/空.xlsx", b""),
    ]);
    assert!(bundle::is_bundle(&bundle));
    let read: Vec<(String, bool)> = bundle::open(&bundle)
        .expect("bundle")
        .map(|(name, bytes)| {
            let read = bytes.and_then(|bytes| read_form(&name, &bytes));
            (name, read.is_ok_and(|file| file.forms.len() == 1))
        })
        .collect();
    assert_eq!(read, [("提出/【営業課】点検.csv".to_string(), true), ("提出/空.xlsx".to_string(), false)]);
    let workbook = bytes(&Path::new(MATERIAL).join("01_kikaku.xlsx"));
    assert!(!bundle::is_bundle(&workbook) && !bundle::is_bundle(&good));
}

/// Bytes exchanged and ends cut off by chance: whatever comes of it, it is a reading or a sentence.
#[test]
fn damaged_bytes_never_stop_the_reading() {
    let entries = std::fs::read_dir(MATERIAL).expect("material");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.is_file() && !path.to_string_lossy().ends_with(".json"));
    assert!(paths.len() >= 9);
    let mut dice = Dice::new(97);
    for path in paths {
        let whole = bytes(&path);
        let name = path.file_name().expect("name").to_string_lossy().into_owned();
        for _ in 0..30 {
            let mut damaged = whole.clone();
            for _ in 0..=dice.below(12) {
                let at = dice.below(damaged.len() as u64) as usize;
                damaged[at] = dice.below(256) as u8;
            }
            if dice.chance(25) {
                damaged.truncate(dice.below(whole.len() as u64) as usize);
            }
            let started = Instant::now();
            if let Err(unreadable) = read_form(&name, &damaged) {
                assert!(unreadable.text.ends_with('。'), "{name}: {}", unreadable.text);
            }
            assert!(started.elapsed() < SOON, "{name}");
        }
    }
}

/// calamine panics at a sector that is cut within a number; who sent the file hears that it is damaged.
#[test]
fn old_workbooks_that_end_within_a_sector_are_damaged() {
    let whole = bytes(&Path::new(MATERIAL).join("06_R6自己点検_道路河川課.xls"));
    for cut in [1, 2, 3, 101, 511, 5_000, 20_001] {
        let end = whole.len().saturating_sub(cut).max(600);
        if read_form("old.xls", &whole[..end]).is_err() {
            sentence("old.xls", &whole[..end]);
        }
    }
}

/// One merged area over every row and column of Excel, and one row that holds something far down.
#[test]
fn a_merged_area_over_the_whole_sheet_takes_no_memory_for_each_cell() {
    let rels =
        b"<Relationships><Relationship Id='r1' Type='x/worksheet' Target='sheet.xml'/></Relationships>";
    let sheet = "<worksheet><sheetData><row r='1048576'><c r='A1048576'><v>1</v></c></row></sheetData>\
        <mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells></worksheet>";
    let file = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name='S' id='r1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", rels),
        ("xl/sheet.xml", sheet.as_bytes()),
    ]);
    assert!(sentence("merged.xlsx", &file).contains("見つかりません"));
}

/// Small files whose cells lie so far apart, or are repeated so often, that a table of them would fill the memory.
#[test]
fn cells_that_would_fill_the_memory_are_refused_before_they_are_kept() {
    let mut old = bytes(&Path::new(MATERIAL).join("06_R6自己点検_道路河川課.xls"));
    let records: Vec<usize> =
        (0..old.len() - 14).filter(|at| old[*at..].starts_with(&[0xFD, 0, 10, 0])).collect();
    assert!(records.len() > 20, "cells with a text");
    old[records[20] + 4..records[20] + 8].fill(0xFF);
    assert!(sentence("far.xls", &old).contains("多すぎます"));
    let rows = "<table:table-row table:number-rows-repeated='1000000'>\
        <table:table-cell table:number-columns-repeated='16000' office:value-type='float' office:value='1'/>\
        </table:table-row>";
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name='S'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let repeated = package(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    assert!(sentence("repeated.ods", &repeated).contains("多すぎます"));
}

/// The table of sectors says that the sector behind one is the one before it.
#[test]
fn an_old_workbook_whose_sectors_go_in_circles_is_damaged() {
    let mut old = bytes(&Path::new(MATERIAL).join("06_R6自己点検_道路河川課.xls"));
    let sector = u32::from_le_bytes(old[76..80].try_into().expect("four bytes"));
    let table = (usize::try_from(sector).expect("small") + 1) * 512;
    let next = |at: usize, old: &[u8]| {
        u32::from_le_bytes(old[table + 4 * at..table + 4 * at + 4].try_into().expect("four"))
    };
    let joined =
        (0..100).find(|at| next(*at, &old) == u32::try_from(at + 1).expect("small")).expect("a chain");
    old[table + 4 * (joined + 1)..table + 4 * (joined + 2)]
        .copy_from_slice(&u32::try_from(joined).expect("small").to_le_bytes());
    assert!(sentence("circle.xls", &old).contains("壊れて"));
}
