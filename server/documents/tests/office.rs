//! What we write into departments' workbooks, opened by a real LibreOffice. `bin/setup tests` installs it where it can;
//! without it this is passed over, and says so.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use documents::form::legacy::read_form;
use documents::form::original::{self, Given};
use domain::answer::{Raw, Value};
use std::path::{Path, PathBuf};
use std::process::Command;

const MATERIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/material/forms/");
/// Marks in one column, one column per choice, three departments in one book.
const BOOKS: [&str; 3] =
    ["01_kikaku.xlsx", "02_koseki_choice.xlsx", "03_R6セルフチェック（３課まとめ）.xlsx"];
const COMMENT: &str = "回答システムからの記入";
/// Every sheet as a file of its own, in UTF-8, with what the formulas come to.
const EVERY_SHEET: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/// The workbook with 実施 everywhere and a remark on each question; and how many questions that is.
fn filled(name: &str, before: &[u8]) -> (Vec<u8>, usize) {
    let read = read_form(name, before).expect("readable");
    let mut entries = Vec::new();
    for form in &read.forms {
        let given =
            |item| Given { item, answer: Some(Raw::Mark(Value::Done)), comment: Some(COMMENT.to_string()) };
        let given: Vec<Given> = (0..form.items.len()).map(given).collect();
        entries.extend(original::entries(form, &given));
    }
    let questions = read.forms.iter().map(|form| form.items.len()).sum();
    (original::fill(before, &entries).expect("written"), questions)
}

fn is_installed() -> bool {
    Command::new("soffice").arg("--version").output().is_ok_and(|done| done.status.success())
}

fn convert(folder: &Path, to: &str, file: &Path) {
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .arg(file)
        .output()
        .expect("soffice runs");
    assert!(done.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&done.stderr));
}

/// The files of a folder with this ending.
fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
    all.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
}

/// Pages of a PDF as LibreOffice writes it: one object for each.
fn pages(pdf: &Path) -> usize {
    let bytes = std::fs::read(pdf).expect("pdf");
    let text = String::from_utf8_lossy(&bytes);
    text.matches("/Type/Page").count() - text.matches("/Type/Pages").count()
}

/// How many pages it prints, and all its sheets as text.
fn opened(name: &str, bytes: &[u8]) -> (usize, String) {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).expect("file");
    convert(folder.path(), "pdf", &file);
    convert(folder.path(), EVERY_SHEET, &file);
    let pdf = with_ending(folder.path(), "pdf");
    let sheets = with_ending(folder.path(), "csv");
    assert!(!sheets.is_empty(), "{name}: no sheet was opened");
    let text = |path: &PathBuf| std::fs::read_to_string(path).expect("text");
    (pages(&pdf[0]), sheets.iter().map(text).collect())
}

#[test]
fn libreoffice_opens_a_filled_original_prints_as_many_pages_and_counts_its_formulas_again() {
    if !is_installed() {
        println!("passed over: soffice is not installed");
        return;
    }
    for name in BOOKS {
        let before = bytes(name);
        let (after, questions) = filled(name, &before);
        let (pages_before, _) = opened(name, &before);
        let (pages_after, text) = opened(name, &after);
        assert!(pages_before > 0, "{name}: no page");
        assert_eq!(pages_after, pages_before, "{name}");
        assert_eq!(text.matches(COMMENT).count(), questions, "{name}");
        // Its sheet of totals counts what the other sheet counted: all are 実施, none anything else.
        let total = format!("合計,{questions},0,0,0,");
        assert!(name != BOOKS[1] || text.contains(&total), "{name}: not counted again");
        for broken in ["#REF!", "#NAME?", "#VALUE!", "Err:"] {
            assert!(!text.contains(broken), "{name}: {broken}");
        }
    }
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{MATERIAL}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}
