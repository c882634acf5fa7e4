//! How much of the rosters of other cities is read rightly, against the truth beside each; and that no roster,
//! however odd, stops the reading.
//!
//! `MINAOSHI_ROSTERS=folder` scores the rosters of another folder too.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use documents::roster::{organisations, read_lines};
use domain::calendar::{iso, parse_day};
use domain::roster::check::Expected;
use domain::roster::line::Line;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

const MATERIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/material/rosters");

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn truths(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("folder of rosters");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".truth.json"));
    paths.sort();
    paths
}

fn expected(truth: &Value, folder: &Path) -> Expected {
    let list = truth["org_list"].as_str().unwrap_or_default().split(' ').next().unwrap_or_default();
    let listed =
        list.ends_with(".csv").then(|| organisations(list, &bytes(&folder.join(list))).expect("list"));
    let kinds = truth["employment_values"].as_array().expect("kinds");
    Expected {
        as_of: truth["as_of"].as_str().and_then(parse_day),
        employment: kinds.iter().filter_map(Value::as_str).map(str::to_string).collect(),
        organisations: listed.unwrap_or_default(),
        digits: Some(6),
    }
}

/// The fields of the truth in their order.
fn fields(line: &Line) -> Value {
    json!([
        line.row,
        line.status(),
        line.org_code,
        line.bu,
        line.ka,
        line.kakari,
        line.staff_no,
        line.name,
        line.kana,
        line.position,
        line.employment,
        line.start_date.map(iso),
        line.mail,
        line.concurrent,
        line.rules(),
    ])
}

fn sorted(mut row: Value) -> Value {
    if let Some(rules) = row[14].as_array_mut() {
        rules.sort_by_key(Value::to_string);
    }
    row
}

/// Rows right, rows of the truth, statuses right, rows that are no people.
fn score(truth_file: &Path) -> (usize, usize, usize, usize, Vec<String>) {
    let folder = truth_file.parent().expect("folder");
    let truth: Value = serde_json::from_slice(&bytes(truth_file)).expect("json");
    let file = truth["file"].as_str().expect("file");
    let reading = read_lines(file, &bytes(&folder.join(file)), &expected(&truth, folder)).expect("readable");
    let wanted = truth["rows"].as_array().expect("rows");
    let (mut right, mut status, mut faults) = (0, 0, Vec::new());
    for want in wanted {
        let have =
            reading.lines.iter().find(|line| json!(line.row) == want[0]).map(|line| sorted(fields(line)));
        let have = have.unwrap_or_default();
        status += usize::from(have[1] == want[1]);
        if have == sorted(want.clone()) {
            right += 1;
        } else {
            faults.push(format!("{file}\n  want {want}\n  have {have}"));
        }
    }
    let known: BTreeSet<String> = wanted.iter().map(|row| row[0].to_string()).collect();
    let extra = reading.lines.iter().filter(|line| !known.contains(&line.row.to_string())).count();
    (right, wanted.len(), status, extra, faults)
}

#[test]
fn rosters_of_other_cities_are_read_without_a_miss() {
    let mut folders = vec![PathBuf::from(MATERIAL)];
    folders.extend(std::env::var_os("MINAOSHI_ROSTERS").map(PathBuf::from));
    let mut all = Vec::new();
    for truth in folders.iter().flat_map(|folder| truths(folder)) {
        let (right, of, status, extra, faults) = score(&truth);
        let name = truth.file_name().unwrap_or_default().to_string_lossy().replace(".truth.json", "");
        println!("{name}: rows {right}/{of}, status {status}/{of}, no people {extra}");
        all.extend(faults);
        assert_eq!((status, extra), (of, 0), "{name}: {all:#?}");
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Ten thousand people, one of them with a day that does not exist.
#[test]
fn ten_thousand_rows_with_one_bad_cell_are_read_and_the_cell_is_named() {
    let mut text = String::from("職員番号,氏名,フリガナ,部,課,係,職名,雇用区分,着任日,メール\r\n");
    for number in 1..=10_000 {
        let day = if number == 7_777 { "R8.2.30" } else { "R8.4.1" };
        text.push_str(&format!(
            "{number:06},山田　太郎{number},ヤマダ　タロウ,総務部,第{}課,庶務係,主事,正規,{day},y{number}@city.example.jp\r\n",
            number % 90 + 1
        ));
    }
    let start = Instant::now();
    let expected =
        Expected { as_of: parse_day("2026-04-01"), employment: vec!["正規".into()], ..Expected::default() };
    let reading = read_lines("名簿.csv", text.as_bytes(), &expected).expect("readable");
    println!("10,000 rows in {} ms", start.elapsed().as_millis());
    let noted: Vec<usize> =
        reading.lines.iter().filter(|line| !line.notes.is_empty()).map(|line| line.row).collect();
    assert_eq!((reading.lines.len(), noted), (10_000, vec![7_778]));
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        Just(String::new()),
        Just("職員番号".to_string()),
        Just("総務部　総務課".to_string()),
        Just("令和八年四月一日".to_string()),
        "[0-9０-９]{1,8}",
        "[ァ-ヶｱ-ﾝ 　]{1,8}",
        "[a-z＠@.．]{1,10}",
        "[RHS令平昭元年月日./0-9]{1,10}",
    ]
}

proptest! {
    #[test]
    fn no_roster_however_odd_stops_the_reading(rows in prop::collection::vec(prop::collection::vec(cell(), 9), 0..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["所属コード", "所属", "職員番号", "氏名", "カナ", "職名", "着任日", "メール", "備考"]).expect("head");
        for row in &rows {
            writer.write_record(row).expect("row");
        }
        let text = writer.into_inner().expect("written");
        let expected = Expected { as_of: parse_day("2026-04-01"), employment: vec!["正規".into()], ..Expected::default() };
        let reading = read_lines("名簿.csv", &text, &expected);
        prop_assert!(reading.is_err() || reading.is_ok_and(|reading| reading.lines.len() <= rows.len()));
    }
}
