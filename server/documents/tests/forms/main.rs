//! How much of the forms of departments is read rightly: those of the material against the truth beside each, and
//! forms made by chance; and that no broken file does harm.
//!
//! `MINAOSHI_FORMS=folder` scores the forms of another folder too.

#![expect(clippy::expect_used, reason = "helpers of tests")]

mod broken;
mod odd;
mod others;
mod truth;
mod variety;

use documents::form::legacy::read_form;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use truth::Score;
use variety::Dice;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MATERIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/material/forms");

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("part");
        zip.write_all(content).expect("content");
    }
    zip.finish().expect("package").into_inner()
}

fn percent((right, all): (usize, usize)) -> f64 {
    if all == 0 { 100.0 } else { 100.0 * right as f64 / all as f64 }
}

/// The score of a folder of forms with their truths.
fn of_folder(folder: &Path) -> Score {
    let entries = std::fs::read_dir(folder).expect("folder of forms");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".truth.json"));
    paths.sort();
    let mut total = Score::default();
    for path in paths {
        let truth: serde_json::Value = serde_json::from_slice(&bytes(&path)).expect("truth");
        let name = truth["file"].as_str().expect("file");
        let started = Instant::now();
        let read = read_form(name, &bytes(&folder.join(name)));
        let took = started.elapsed();
        let forms = read.map(|file| file.forms).unwrap_or_else(|error| panic!("{name}: {error}"));
        let score = truth::score(&truth::of_json(&truth), &forms);
        println!(
            "{name}: items {:?}, head {:?}, sheets {:?}, {took:?}",
            score.items, score.head, score.sheets
        );
        score.faults.iter().for_each(|fault| println!("    {fault}"));
        total.add(score);
    }
    total
}

fn assert_bars(score: &Score) {
    println!(
        "items {:.1} %, head {:.1} %, sheets {:.1} %",
        percent(score.items),
        percent(score.head),
        percent(score.sheets)
    );
    assert!(percent(score.items) >= 99.0 && score.items.1 > 0, "items: {:?}", score.items);
    assert!(percent(score.head) >= 98.0, "head: {:?}", score.head);
    assert_eq!(score.sheets.0, score.sheets.1, "sheets");
}

#[test]
fn the_forms_of_the_material_are_read_as_their_truth_says() {
    assert_bars(&of_folder(Path::new(MATERIAL)));
    if let Ok(folder) = std::env::var("MINAOSHI_FORMS") {
        assert_bars(&of_folder(Path::new(&folder)));
    }
}

/// Writes a form that was read wrongly where somebody wants to look at it (`MINAOSHI_KEEP=folder`).
fn keep(seed: u64, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("MINAOSHI_KEEP") {
        std::fs::write(Path::new(&folder).join(format!("{seed}.xlsx")), bytes).expect("kept");
    }
}

#[test]
fn forms_made_by_chance_are_read_as_they_were_made() {
    let count: u64 =
        std::env::var("MINAOSHI_VARIETY").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut total = Score::default();
    let mut wrong = 0;
    for seed in 1..=count {
        let made = variety::form(&mut Dice::new(seed));
        let forms = read_form("自己点検.xlsx", &made.bytes).map(|file| file.forms).unwrap_or_default();
        let score = truth::score(std::slice::from_ref(&made.truth), &forms);
        if !score.faults.is_empty() {
            wrong += 1;
            keep(seed, &made.bytes);
            if wrong <= 12 {
                println!("seed {seed}: {}", made.plan);
                score.faults.iter().take(4).for_each(|fault| println!("    {fault}"));
            }
        }
        total.add(score);
    }
    println!("{wrong} of {count} forms not wholly right");
    assert_bars(&total);
}
