//! Answers written into the workbooks departments sent: every other part stays byte for byte, and what was written
//! is read again.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use documents::form::legacy::{Fault, FilledForm, read_form};
use documents::form::original::{self, Entry, Given, Remark};
use domain::answer::{Raw, Value};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const MATERIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/material/forms/");
const BOOKS: [&str; 5] = [
    "01_kikaku.xlsx",
    "02_koseki_choice.xlsx",
    "03_R6セルフチェック（３課まとめ）.xlsx",
    "04_bosai_maturity.xlsx",
    "05_kominkan_small.xlsx",
];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{MATERIAL}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The parts of a package, inflated.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("package");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("content");
            (part.name().expect("name").into_owned(), content)
        })
        .collect()
}

fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    let names = before.keys().chain(after.keys()).cloned().collect::<std::collections::BTreeSet<String>>();
    names.into_iter().filter(|name| before.get(name) != after.get(name)).collect()
}

/// An answer the form takes, not the one it holds.
fn another(form: &FilledForm, index: usize) -> Raw {
    let item = &form.items[index];
    let all: Vec<Raw> = match item.places.iter().filter_map(|place| place.means.clone()).collect::<Vec<_>>() {
        choices if !choices.is_empty() => choices,
        _ if form.items.iter().any(|item| matches!(item.answer, Some(Raw::Level(_)))) => {
            (1..=5).map(Raw::Level).collect()
        }
        _ => [Value::Done, Value::NotDone, Value::NotApplicable].map(Raw::Mark).to_vec(),
    };
    let other: Vec<Raw> = all.into_iter().filter(|raw| Some(raw) != item.answer.as_ref()).collect();
    other[index % other.len()].clone()
}

#[test]
fn answers_written_into_the_original_are_read_again_and_nothing_else_changes() {
    for name in BOOKS {
        let before = bytes(name);
        let read = read_form(name, &before).expect("readable");
        let mut given: Vec<Vec<Given>> = Vec::new();
        let mut entries = Vec::new();
        for form in &read.forms {
            let all = (0..form.items.len()).map(|item| Given {
                item,
                answer: (item % 7 != 6).then(|| another(form, item)),
                comment: (item % 3 == 0).then(|| format!("回答システムから（{item}）<&>")),
            });
            given.push(all.collect());
            entries.extend(original::entries(form, given.last().expect("just pushed")));
        }
        let after = original::fill(&before, &entries).expect("written");
        let again = read_form(name, &after).expect("readable");
        assert_eq!(again.forms.len(), read.forms.len(), "{name}");
        for ((old, new), given) in read.forms.iter().zip(&again.forms).zip(&given) {
            assert_eq!(new.head, old.head, "{name}");
            for ((old, new), given) in old.items.iter().zip(&new.items).zip(given) {
                assert_eq!(new.answer, given.answer, "{name} row {}", old.row);
                assert_eq!((&new.question, &new.no), (&old.question, &old.no), "{name}");
                let comment =
                    given.comment.as_ref().filter(|_| old.comment_cell.is_some()).or(old.comment.as_ref());
                assert_eq!(new.comment.as_ref(), comment, "{name} row {}", old.row);
            }
        }
        for part in changed(&before, &after) {
            assert!(
                part.starts_with("xl/worksheets/sheet") || part == "xl/workbook.xml",
                "{name}: {part} changed"
            );
        }
    }
}

#[test]
fn outside_the_cells_a_sheet_stays_as_it_is() {
    let before = bytes(BOOKS[0]);
    let entry = |cell: &str, text: &str| Entry {
        sheet: "自己点検票".into(),
        cell: cell.into(),
        text: text.into(),
        day: false,
    };
    let after = original::fill(&before, &[entry("D10", "×"), entry("F60", "新しい行"), entry("D11", "")])
        .expect("written");
    let sheet =
        |bytes: &[u8]| String::from_utf8(parts(bytes)["xl/worksheets/sheet1.xml"].clone()).expect("text");
    let (old, new) = (sheet(&before), sheet(&after));
    let end = |text: &str| text.split_once("</sheetData>").expect("rows").1.to_string();
    assert_eq!(end(&old), end(&new));
    let start = old.split_once("<sheetData>").expect("rows").0;
    assert!(new.starts_with(start));
    assert!(new.contains("<row r=\"60\"><c r=\"F60\" t=\"inlineStr\">"));
    let unchanged = old.split_once("r=\"D10\"").expect("cell").0;
    assert!(new.starts_with(unchanged.rsplit_once("<c ").expect("cell").0));
    assert_eq!(changed(&before, &after), ["xl/worksheets/sheet1.xml"]);
}

#[test]
fn parts_nobody_knows_are_copied_unopened() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts(&bytes(BOOKS[4])) {
        zip.start_file(name, SimpleFileOptions::default()).expect("part");
        zip.write_all(&content).expect("content");
    }
    for (name, content) in
        [("xl/vbaProject.bin", &b"\xD0\xCF macros"[..]), ("xl/charts/chart1.xml", b"<c:chartSpace/>")]
    {
        zip.start_file(name, SimpleFileOptions::default()).expect("part");
        zip.write_all(content).expect("content");
    }
    let before = zip.finish().expect("package").into_inner();
    let entry = Entry { sheet: "Sheet1".into(), cell: "B14".into(), text: "✓".into(), day: false };
    let after = original::fill(&before, &[entry]).expect("written");
    assert_eq!(changed(&before, &after), ["xl/worksheets/sheet1.xml"]);
    let read = read_form("a.xlsx", &after).expect("readable");
    assert_eq!(read.forms[0].items[6].answer, Some(Raw::Mark(Value::Done)));
}

#[test]
fn a_formula_that_is_written_over_takes_the_chain_of_computation_with_it() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mut content) in parts(&bytes(BOOKS[1])) {
        let insert = |content: Vec<u8>, new: &str, before: &str| {
            let text = String::from_utf8(content).expect("text");
            text.replacen(before, &format!("{new}{before}"), 1).into_bytes()
        };
        if name == "[Content_Types].xml" {
            content =
                insert(content, "<Override PartName=\"/xl/calcChain.xml\" ContentType=\"x\"/>", "</Types>");
        }
        if name == "xl/_rels/workbook.xml.rels" {
            content = insert(
                content,
                "<Relationship Id=\"rId99\" Type=\"x/calcChain\" Target=\"calcChain.xml\"/>",
                "</Relationships>",
            );
        }
        zip.start_file(name, SimpleFileOptions::default()).expect("part");
        zip.write_all(&content).expect("content");
    }
    zip.start_file("xl/calcChain.xml", SimpleFileOptions::default()).expect("part");
    zip.write_all(b"<calcChain/>").expect("content");
    let before = zip.finish().expect("package").into_inner();
    let write = |cell: &str| {
        let entry =
            Entry { sheet: "点検票(提出用)".into(), cell: cell.into(), text: "○".into(), day: false };
        parts(&original::fill(&before, &[entry]).expect("written"))
    };
    let kept = write("E11");
    assert!(kept.contains_key("xl/calcChain.xml"));
    assert!(String::from_utf8_lossy(&kept["xl/workbook.xml"]).contains("fullCalcOnLoad=\"1\""));
    // What was computed before is gone, in the sheet that adds up as well; a program computes what has no result.
    let summary = |parts: &BTreeMap<String, Vec<u8>>| -> String {
        let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        sheets.map(|(_, content)| String::from_utf8_lossy(content).into_owned()).collect()
    };
    let (old, new) = (summary(&parts(&before)), summary(&kept));
    assert!(old.contains("</f><v>") && !new.contains("</f><v>"));
    assert_eq!(old.matches("<f>").count(), new.matches("<f>").count());
    let lost = write("D64");
    assert!(!lost.contains_key("xl/calcChain.xml"));
    for name in ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
        assert!(!String::from_utf8_lossy(&lost[name]).contains("calcChain"), "{name}");
    }
}

#[test]
fn unclear_cells_are_coloured_and_noted_and_the_form_reads_as_before() {
    for name in BOOKS {
        let before = bytes(name);
        let read = read_form(name, &before).expect("readable");
        let remarks: Vec<Remark> = original::remarks(&read.forms);
        let faults =
            read.forms.iter().flat_map(|form| &form.items).filter(|item| item.fault.is_some()).count();
        assert!(
            faults > 0 && remarks.iter().filter(|remark| !remark.text.is_empty()).count() == faults,
            "{name}"
        );
        let after = original::mark(&before, &remarks).expect("marked");
        let again = read_form(name, &after).expect("readable");
        assert_eq!(again.forms, read.forms, "{name}");
        let parts = parts(&after);
        let notes: usize = parts
            .iter()
            .filter(|(part, _)| part.contains("comments"))
            .map(|(_, content)| String::from_utf8_lossy(content).matches("<comment ").count())
            .sum();
        assert_eq!(notes, faults, "{name}");
        let styles = String::from_utf8_lossy(&parts["xl/styles.xml"]).into_owned();
        assert!(styles.contains("FFFFC7B8"), "{name}");
        let colour = calamine_colour(&after, &remarks[0]);
        assert_eq!(colour, Some((0xFF, 0xC7, 0xB8)), "{name}");
    }
}

/// The colour of a cell as another program sees it.
fn calamine_colour(bytes: &[u8], remark: &Remark) -> Option<(u8, u8, u8)> {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).expect("workbook");
    assert!(!book.sheet_names().is_empty());
    let (row, column) = documents::workbook::address(&remark.cell)?;
    let styles = book.worksheet_style(&remark.sheet).expect("styles");
    let place = (u32::try_from(row - 1).ok()?, u32::try_from(column).ok()?);
    let colour = styles.get(place)?.fill.as_ref()?.get_color()?;
    Some((colour.red, colour.green, colour.blue))
}

#[test]
fn what_is_no_workbook_is_refused_with_a_sentence() {
    for name in ["06_R6自己点検_道路河川課.xls", "07_gakko_kyoiku_sjis.csv"] {
        assert!(original::fill(&bytes(name), &[]).expect_err(name).text.contains("xlsx"), "{name}");
    }
    let entry = Entry { sheet: "ない".into(), cell: "A1".into(), text: "○".into(), day: false };
    assert!(
        original::fill(&bytes(BOOKS[0]), &[entry]).expect_err("no sheet").text.contains("シート「ない」")
    );
}

#[test]
fn who_filled_in_nothing_is_not_told_of_each_blank_cell_unless_nobody_has() {
    let read = read_form(BOOKS[2], &bytes(BOOKS[2])).expect("a form");
    let mut forms = read.forms;
    for item in &mut forms[0].items {
        (item.answer, item.fault) = (None, Some(Fault::Unanswered));
    }
    let sheet = forms[0].sheet.clone().unwrap_or_default();
    let told = original::remarks(&forms);
    assert!(!told.is_empty() && told.iter().all(|remark| remark.sheet != sheet));
    assert_eq!(original::remarks(&forms[..1]).len(), forms[0].items.len());
}
