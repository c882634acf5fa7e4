use super::*;
use crate::workbook::tests::material;
use serde_json::Value;
use std::collections::BTreeSet;

fn csv(text: &str) -> Roster {
    read("名簿.csv", text.as_bytes()).expect("readable")
}

fn texts(roster: &Roster, row: usize) -> Vec<&str> {
    roster.problems.iter().filter(|problem| problem.row == row).map(|problem| problem.text.as_str()).collect()
}

#[test]
fn headings_are_found_below_a_title_and_under_other_names() {
    let roster =
        csv("令和8年度　職員一覧\n\n部　局,課　名,職員コード,名　前,役職\n総務部,人事課,A12,森　一,課長\n");
    let row = &roster.rows[0];
    assert_eq!((row.row, row.division.as_str(), row.department.as_str()), (4, "総務部", "人事課"));
    assert_eq!((row.staff_no.as_str(), row.name.as_str(), row.head), ("A12", "森 一", true));
}

#[test]
fn division_and_department_may_share_a_column() {
    let cases = [
        ("総務部　人事課", "総務部", "人事課"),
        ("総務部/人事課", "総務部", "人事課"),
        ("総務部 人事課 給与係", "総務部", "人事課"),
        ("財　政　課", "財政課", "財政課"),
        ("人事課 給与係", "人事課", "人事課"),
        ("企画・財政課", "企画・財政課", "企画・財政課"),
        ("議会事務局", "議会事務局", "議会事務局"),
    ];
    for (written, division, department) in cases {
        let roster = csv(&format!("所属,氏名,職員番号\n{written},森,1\n"));
        let row = &roster.rows[0];
        assert_eq!((row.division.as_str(), row.department.as_str()), (division, department), "{written}");
    }
}

#[test]
fn two_columns_of_departments_and_a_repeated_division_are_understood() {
    let roster = csv("部,所属,氏名,職員番号\n総務部,総務部　人事課,森,1\n会計課,,林,2\n");
    assert_eq!((roster.rows[0].division.as_str(), roster.rows[0].department.as_str()), ("総務部", "人事課"));
    assert_eq!((roster.rows[1].division.as_str(), roster.rows[1].department.as_str()), ("会計課", "会計課"));
}

#[test]
fn names_in_two_columns_keep_every_code_point() {
    let roster = csv("所属,姓,名,セイ,メイ,職員番号\n市民課,葛\u{E0100}西,﨑子,ｶｻｲ,ｻｷｺ,１２\n");
    assert_eq!(roster.rows[0].name, "葛\u{E0100}西 﨑子");
    assert_eq!(roster.rows[0].kana.as_deref(), Some("カサイ サキコ"));
    assert_eq!(roster.rows[0].staff_no, "12");
}

#[test]
fn lost_zeros_come_back_only_where_the_file_proves_them() {
    let roster = csv("所属,氏名,職員番号\n市民課,森,001234\n市民課,林,1235\n市民課,原,001236\n");
    assert_eq!(roster.rows[1].staff_no, "001235");
    assert!(texts(&roster, 3)[0].contains("先頭の0"));
    let roster = csv("所属,氏名,職員番号\n市民課,森,12\n市民課,林,5\n市民課,原,13\n");
    assert_eq!(roster.rows[1].staff_no, "5");
}

#[test]
fn rows_without_name_number_or_department_are_left_out_by_name() {
    let roster = csv("所属,氏名,職員番号\n市民課,,1\n市民課,林,\n,原,3\n市民課,森,4\n");
    assert_eq!(roster.rows.len(), 1);
    for (row, what) in [(2, "氏名"), (3, "職員番号"), (4, "所属")] {
        let text = texts(&roster, row)[0];
        assert!(text.starts_with(&format!("{row}行目：{what}がない")), "{text}");
    }
}

#[test]
fn subtotals_notes_and_repeated_headings_are_passed_over() {
    let roster = csv(
        "所属,氏名,職員番号\n市民課,森,1\n市民課　計,,\n,合計 1名,\n所属,氏名,職員番号\n※育休者を除く。,,\n以上,,\n",
    );
    assert_eq!(roster.rows.len(), 1);
    assert!(roster.problems.iter().all(|problem| problem.row == 0), "{:?}", roster.problems);
}

#[test]
fn a_file_of_another_year_is_remarked_on() {
    let expected = Expected { as_of: domain::calendar::parse_day("2026-04-01"), ..Expected::default() };
    let of = |title: &str| {
        let text = format!("{title}\n所属,氏名,職員番号,職名\n市民課,森,1,課長\n");
        let roster = read_for("名簿.csv", text.as_bytes(), &expected).expect("readable");
        roster.problems.iter().any(|problem| problem.text.contains("令和7年度の名簿のようです"))
    };
    assert!(of("令和7年度職員名簿") && of("職員名簿（令和7年10月1日現在）"));
    assert!(!of("令和8年度職員名簿") && !of("職員名簿"));
}

#[test]
fn columns_nobody_knows_are_named_once() {
    let roster = csv("No,所属,氏名,職員番号,血液型,趣味\n1,市民課,森,1,A,釣り\n");
    let unknown = texts(&roster, 0).into_iter().find(|text| text.contains("血液型")).expect("remark");
    assert!(unknown.contains("趣味") && !unknown.contains("No"), "{unknown}");
}

#[test]
fn missing_columns_are_named() {
    let text = read("a.csv", "所属,ふりがな\n市民課,もり\n".as_bytes()).expect_err("incomplete").text;
    assert!(text.contains("職員番号、氏名") && !text.contains("所属、"), "{text}");
}

#[test]
fn a_role_makes_a_head_and_a_system_is_kept() {
    let roster = csv(
        "所属,氏名,職員番号,職名,役割,所管システム\n市民課,森,1,主幹,情報セキュリティ管理者,住基システム\n",
    );
    assert!(roster.rows[0].head);
    assert_eq!(roster.rows[0].system.as_deref(), Some("住基システム"));
}

#[test]
fn a_wrong_mail_address_is_dropped_with_a_remark() {
    let roster = csv("所属,氏名,職員番号,メール\n市民課,森,1,mori＠city.example.jp \n市民課,林,2,不明\n");
    assert_eq!(roster.rows[0].email.as_deref(), Some("mori@city.example.jp"));
    assert_eq!(roster.rows[1].email, None);
    assert!(texts(&roster, 3)[0].contains("不明"));
}

#[test]
fn merged_cells_and_two_heading_rows_are_understood() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.write_string(0, 0, "職員名簿（令和8年4月1日現在）").expect("title");
    sheet.merge_range(1, 0, 1, 1, "所　属", &plain).expect("merged");
    sheet.write_string(2, 0, "部").expect("heading").write_string(2, 1, "課").expect("heading");
    sheet.merge_range(1, 2, 2, 2, "氏　名", &plain).expect("merged");
    sheet.merge_range(1, 3, 2, 3, "職員番号", &plain).expect("merged");
    sheet.merge_range(3, 0, 4, 0, "総務部", &plain).expect("merged");
    sheet.merge_range(3, 1, 4, 1, "人事課", &plain).expect("merged");
    for (row, name, number) in [(3, "森　一", 123.0), (4, "林　二", 45.0)] {
        sheet.write_string(row, 2, name).expect("name").write_number(row, 3, number).expect("number");
    }
    let roster = read("名簿.xlsx", &book.save_to_buffer().expect("saved")).expect("readable");
    let rows: Vec<_> = roster.rows.iter().map(|row| (row.full_department(), row.staff_no.as_str())).collect();
    assert_eq!(rows, [("総務部　人事課".to_string(), "123"), ("総務部　人事課".to_string(), "45")]);
}

#[test]
fn a_sheet_with_one_far_cell_costs_little() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in [(0, "所属"), (1, "氏名"), (2, "職員番号"), (16_383, "遠い列")] {
        sheet.write_string(0, column, text).expect("heading");
    }
    sheet.write_string(1_048_575, 16_383, "遠いセル").expect("far");
    let roster = read("名簿.xlsx", &book.save_to_buffer().expect("saved")).expect("readable");
    assert!(roster.rows.is_empty());
}

#[test]
fn the_template_is_understood_and_empty() {
    let roster = read("ひな形.xlsx", &template().expect("written")).expect("readable");
    assert!(roster.rows.is_empty());
    assert_eq!(roster.problems.len(), 1, "{:?}", roster.problems);
}

/// Rows the truth calls valid; those that need an organisation list or a date are judged elsewhere.
fn against_truth(file: &str) {
    let path = format!("rosters/{file}");
    let truth = format!("rosters/{}.truth.json", file.split('.').next().unwrap_or_default());
    let (Some(bytes), Some(truth)) = (material(&path), material(&truth)) else { return };
    let truth: Value = serde_json::from_slice(&truth).expect("json");
    let roster = read(file, &bytes).expect("readable");
    let mut right = 0;
    let mut taken: BTreeSet<usize> = roster.rows.iter().map(|row| row.row).collect();
    for wanted in truth["rows"].as_array().expect("rows") {
        let number = usize::try_from(wanted[0].as_u64().expect("row")).expect("small");
        let rules = wanted[14].to_string();
        taken.remove(&number);
        let found = roster.rows.iter().find(|row| row.row == number);
        let elsewhere = rules.contains("retired_department") || rules.contains("unknown_org_code");
        let valid = wanted[1].as_str().is_some_and(|status| status.starts_with("valid"));
        assert!(elsewhere || valid == found.is_some(), "{file} {wanted}");
        let Some(row) = found.filter(|_| valid) else { continue };
        let have = [
            row.department_code.as_deref(),
            Some(row.division.as_str()),
            Some(row.department.as_str()),
            Some(row.staff_no.as_str()),
            Some(row.name.as_str()),
            row.kana.as_deref(),
            Some(row.title.trim_end_matches("（兼務）")),
            row.employment.as_deref(),
            row.email.as_deref(),
        ];
        let want = [2, 3, 4, 6, 7, 8, 9, 10, 12].map(|index| wanted[index].as_str());
        assert_eq!(have, want, "{file} {number}");
        right += 1;
    }
    assert!(taken.is_empty(), "{file}: rows that are no people {taken:?}");
    println!("{file}: {right} rows right");
}

#[test]
fn the_rosters_of_the_material_come_out_right() {
    against_truth("roster_120.xlsx");
    against_truth("roster_1500_sjis.csv");
}
