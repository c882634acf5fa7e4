use super::*;
use crate::workbook::{self, Cell as Read};

fn unit(division: &str, department: &str) -> UnitResult {
    UnitResult {
        division: division.to_string(),
        department: department.to_string(),
        targets: 40,
        responses: 38,
        coverage: Some(0.95),
        topics: [Some(1.0), None, Some(0.875), Some(0.5), None, Some(0.0), Some(0.333), Some(0.9), None],
        overall: Some(0.8125),
    }
}

/// Results of a small city.
pub(crate) fn book() -> ResultsBook {
    ResultsBook {
        inspection_name: "令和8年度　情報セキュリティ自己点検".to_string(),
        as_of: "令和8年11月28日現在".to_string(),
        divisions: vec![unit("総務部", ""), unit("教育委員会事務局", "")],
        departments: vec![unit("総務部", "人事課"), unit("総務部", "=情報政策課")],
        questions: vec![QuestionResult {
            no: 1,
            text: "離席するとき、端末の画面をロックし、書類及び記録媒体を施錠できる場所に保管していますか。"
                .to_string(),
            role: "職員等".to_string(),
            done: 1200,
            partial: 30,
            not_done: 6,
            not_applicable: 0,
            unanswered: 12,
            rate: Some(0.97),
            score: None,
            clause: "5.1(1)".to_string(),
            gate: true,
            weight: 0.5,
            told: 3,
            omitted: 4,
            distribution: "5段階の平均 3.2".to_string(),
            change: Some(-1.5),
        }],
        formulas: FormulaText::standard(domain::rate::Scoring::default()),
    }
}

#[test]
fn each_sheet_is_one_table_of_real_numbers() {
    let sheets = workbook::open("a.xlsx", &write(&book()).expect("written")).expect("readable");
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["部別×分野", "課別×分野", "設問別", "計算式"]);
    assert!(sheets.iter().all(|sheet| sheet.merges.is_empty()));
    assert_eq!(sheets[0].cell(2, 1), Some(&Read::Number(40.0)));
    assert_eq!(sheets[0].cell(2, 3), Some(&Read::Number(0.95)));
    assert_eq!(sheets[1].cell(2, 14), Some(&Read::Number(0.8125)));
    assert_eq!(sheets[2].cell(2, 13), Some(&Read::Number(0.97)));
    assert_eq!(sheets[2].cell(2, 15), Some(&Read::Number(-1.5)));
    assert_eq!(
        (sheets[2].text(2, 4), sheets[2].text(2, 16)),
        ("必須".to_string(), "5段階の平均 3.2".to_string())
    );
}

#[test]
fn an_empty_denominator_is_a_bar_and_nought_is_nought() {
    let sheets = workbook::open("a.xlsx", &write(&book()).expect("written")).expect("readable");
    assert_eq!(sheets[0].text(2, 5), "―");
    assert_eq!(sheets[0].cell(2, 9), Some(&Read::Number(0.0)));
    assert_eq!(sheets[2].text(2, 14), "―");
    assert_eq!(sheets[2].cell(2, 9), Some(&Read::Number(0.0)));
}

#[test]
fn a_name_that_looks_like_a_formula_stays_text() {
    let sheets = workbook::open("a.xlsx", &write(&book()).expect("written")).expect("readable");
    assert_eq!(sheets[1].cell(3, 1), Some(&Read::Text("=情報政策課".to_string())));
}
