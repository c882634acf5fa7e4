//! 様式: the fingerprint of a layout, reading by a kept layout, and what is said when a form departs from it.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use documents::form::legacy::layout::{Change, Holds, Layout};
use documents::form::legacy::{FilledForm, Rule, read_by_layout, read_form};
use domain::answer::{Raw, Value};
use rust_xlsxwriter::Workbook;

const QUESTIONS: [&str; 6] = [
    "離席するとき、端末の画面をロックしているか。",
    "パスワードを他人に知られないように管理しているか。",
    "個人情報を含む書類を施錠して保管しているか。",
    "不審なメールを開かずに報告しているか。",
    "情報セキュリティ研修を受講したか。",
    "USBメモリの使用を管理簿に記録しているか。",
];

/// A form with these headings, questions and answers, its table so many rows down.
fn book(top: u32, headings: [&str; 4], questions: &[&str], answers: &[&str], who: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("点検票").expect("name");
    sheet.write_string(0, 0, "所属").expect("label").write_string(0, 1, who).expect("value");
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(top, column, heading).expect("heading");
    }
    for (row, (question, answer)) in (0_u32..).zip(questions.iter().zip(answers.iter().cycle())) {
        let at = top + 1 + row;
        sheet.write_number(at, 0, row + 1).expect("no").write_string(at, 1, *question).expect("question");
        sheet.write_string(at, 2, *answer).expect("answer");
    }
    book.save_to_buffer().expect("written")
}

const HEADINGS: [&str; 4] = ["番号", "点検項目", "回答", "備考"];

fn first(bytes: &[u8]) -> FilledForm {
    read_form("a.xlsx", bytes).expect("readable").forms.remove(0)
}

#[test]
fn the_fingerprint_is_that_of_the_layout_and_not_of_the_answers() {
    let print = |bytes: &[u8]| first(bytes).layout.fingerprint;
    let one = print(&book(2, HEADINGS, &QUESTIONS, &["○"], "市民課"));
    assert_eq!(one.len(), 64);
    assert_eq!(one, print(&book(2, HEADINGS, &QUESTIONS, &["×", "△"], "税務課")));
    assert_eq!(
        one,
        print(&book(5, HEADINGS, &QUESTIONS, &["○"], "市民課")),
        "where the table stands says nothing"
    );
    assert_ne!(one, print(&book(2, HEADINGS, &QUESTIONS[..5], &["○"], "市民課")));
    assert_ne!(one, print(&book(2, ["番号", "点検項目", "評価", "備考"], &QUESTIONS, &["○"], "市民課")));
}

#[test]
fn a_kept_layout_survives_storage_and_reads_what_was_recognised() {
    for name in [
        "01_kikaku.xlsx",
        "02_koseki_choice.xlsx",
        "04_bosai_maturity.xlsx",
        "06_R6自己点検_道路河川課.xls",
        "09_kaikei.ods",
    ] {
        let path = format!("{}/tests/material/forms/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).expect("material");
        let recognised = read_form(name, &bytes).expect("readable").forms.remove(0);
        let stored = serde_json::to_string(&recognised.layout).expect("stored");
        let kept: Layout = serde_json::from_str(&stored).expect("kept");
        let (file, drifts) = read_by_layout(name, &bytes, &kept).expect("readable");
        assert!(drifts.is_empty(), "{name}: {drifts:?}");
        assert_eq!(file.forms[0].items, recognised.items, "{name}");
        assert_eq!(file.forms[0].layout.fingerprint, recognised.layout.fingerprint, "{name}");
    }
}

#[test]
fn what_an_officer_put_right_decides() {
    // A column nobody would take for the answer, and a mark nobody knows.
    let bytes = book(2, ["番号", "点検項目", "回答", "備考"], &QUESTIONS, &["◇", "○", "保留"], "市民課");
    let mut kept = first(&bytes).layout;
    kept.marks.insert("◇".to_string(), "partial".to_string());
    kept.marks.insert("保留".to_string(), "blank".to_string());
    kept.head.insert("department".to_string(), "B1".to_string());
    let (file, drifts) = read_by_layout("a.xlsx", &bytes, &kept).expect("readable");
    assert!(drifts.is_empty(), "{drifts:?}");
    let form = &file.forms[0];
    let answers: Vec<Option<Raw>> = form.items.iter().take(3).map(|item| item.answer.clone()).collect();
    assert_eq!(answers, [Some(Raw::Mark(Value::Partial)), Some(Raw::Mark(Value::Done)), None]);
    assert_eq!(form.items[0].origin.rule, Rule::Told);
    assert_eq!(form.head.department.as_ref().map(|read| read.origin.rule), Some(Rule::Told));
    for column in &mut kept.tables[0].columns {
        column.holds = match column.holds {
            Holds::Answer => Holds::Comment,
            Holds::Comment => Holds::Answer,
            ref other => other.clone(),
        };
    }
    let (file, _) = read_by_layout("a.xlsx", &bytes, &kept).expect("readable");
    assert!(file.forms[0].items.iter().all(|item| item.answer.is_none() && item.comment.is_some()));
}

#[test]
fn what_departs_from_the_layout_is_named() {
    let kept = first(&book(2, HEADINGS, &QUESTIONS, &["○"], "市民課")).layout;
    let changes = |bytes: &[u8]| -> Vec<Change> {
        let (file, drifts) = read_by_layout("a.xlsx", bytes, &kept).expect("readable");
        assert_eq!(file.forms[0].items[0].answer, Some(Raw::Mark(Value::Done)));
        assert!(
            drifts.iter().all(|drift| drift.text.ends_with('。') && !drift.cell.is_empty()),
            "{drifts:?}"
        );
        drifts.into_iter().map(|drift| drift.change).collect()
    };
    assert_eq!(changes(&book(4, HEADINGS, &QUESTIONS, &["○"], "市民課")), []);
    let renamed = ["番号", "点検項目", "結果はどうか", "備考"];
    assert_eq!(changes(&book(2, renamed, &QUESTIONS, &["○"], "市民課")), [Change::ColumnRenamed]);
    let mut more = QUESTIONS.to_vec();
    more.insert(2, "来訪者に職員が付き添っているか。");
    assert_eq!(
        changes(&book(2, HEADINGS, &more, &["○"], "市民課")),
        [Change::QuestionAdded, Change::RowsMoved]
    );
    let fewer: Vec<&str> = QUESTIONS.iter().copied().filter(|text| !text.contains("研修")).collect();
    assert_eq!(
        changes(&book(2, HEADINGS, &fewer, &["○"], "市民課")),
        [Change::QuestionRemoved, Change::RowsMoved]
    );
    let mut other = QUESTIONS.to_vec();
    other[3] = "不審なメールを受信したときは、開かずに報告しているか。";
    assert_eq!(changes(&book(2, HEADINGS, &other, &["○"], "市民課")), [Change::QuestionReworded]);
}

#[test]
fn another_form_is_refused_with_a_sentence() {
    let kept = first(&book(2, HEADINGS, &QUESTIONS, &["○"], "市民課")).layout;
    let other = book(2, ["管理番号", "品名", "数量", "単価"], &["机", "椅子"], &["1"], "市民課");
    assert!(read_by_layout("a.xlsx", &other, &kept).expect_err("other").text.contains("様式"));
}
