//! 様式: the fingerprint of a layout, reading by a kept layout, and what is said when a form departs from it.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use documents::form::legacy::layout::{Change, Holds, Layout};
use documents::form::legacy::{Fault, FilledForm, Rule, look, read_by_layout, read_form, read_with};
use domain::answer::{Raw, Value};
use domain::layout::picture::{Made, Which};
use domain::layout::{Habits, Kept, Pointing};
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

/// Headings nobody would take for those of a form.
const ODD: [&str; 4] = ["ばん", "ことがら", "わが課", "ひとこと"];

fn pointed(bytes: &[u8], said: &str) -> domain::layout::Seen {
    look("a.xlsx", bytes, &Which::First, &Habits::default(), &Pointing::parse(said)).expect("opened")
}

#[test]
fn a_form_nobody_recognises_is_read_as_it_is_pointed_at_and_recognised_from_then_on() {
    let bytes = book(3, ODD, &QUESTIONS, &["○", "×", "実施ずみ"], "市民課");
    assert!(read_form("a.xlsx", &bytes).is_err());
    let steps = [
        ("", "見出しの行、設問文の列及び回答の列"),
        ("B=question", "見出しの行"),
        ("rows=4", "設問文の列と回答の列"),
        ("rows=4;B=question", "回答の列"),
    ];
    for (said, lacking) in steps {
        let seen = pointed(&bytes, said);
        assert!(seen.layout.is_none() && seen.refusal.is_some_and(|text| text.contains(lacking)), "{said}");
    }
    let seen = pointed(&bytes, "rows=4;B=question;C=answer;department=B1");
    assert_eq!((seen.tally, seen.refusal), ((4, 0, 2), None));
    assert_eq!(seen.unclear[0], ("C7".to_string(), "実施ずみ".to_string()));
    let made = |row: usize, column: usize| seen.picture.rows[row - 1].cells[column].made.clone();
    assert_eq!(made(4, 1), Some(Made::Heading));
    assert_eq!(made(5, 2), Some(Made::Of(Holds::Answer)));
    assert_eq!(made(7, 2), Some(Made::Faulty(Fault::UnknownAnswer)));
    let layout = seen.layout.expect("pointed at");
    let version = uuid::Uuid::from_u128(1);
    let habits = Habits { kept: vec![Kept { version, layout }], ..Habits::default() };
    let other = book(6, ODD, &QUESTIONS, &["△"], "税務課");
    let file = read_with("b.xlsx", &other, &habits).expect("recognised");
    assert_eq!(
        (file.forms[0].kept, file.forms[0].drifts.len(), file.forms[0].items.len()),
        (Some(version), 0, 6)
    );
    // Half of the questions are others: this is another form.
    let strange: Vec<String> = (0..6).map(|no| format!("{no}番目の備品を数えて棚に戻しているか。")).collect();
    let strange: Vec<&str> = strange.iter().map(String::as_str).collect();
    assert!(read_with("c.xlsx", &book(3, ODD, &strange, &["○"], "税務課"), &habits).is_err());
}

#[test]
fn a_renamed_heading_and_a_row_put_in_are_said_and_the_shape_read_is_the_new_one() {
    let old = book(2, HEADINGS, &QUESTIONS, &["○"], "市民課");
    let version = uuid::Uuid::from_u128(1);
    let kept =
        |bytes: &[u8], habits: &Habits| read_with("a.xlsx", bytes, habits).expect("readable").forms.remove(0);
    let mut habits = Habits::default();
    habits.kept.push(Kept { version, layout: kept(&old, &habits).layout });
    let mut more = QUESTIONS.to_vec();
    more.insert(2, "来訪者に職員が付き添っているか。");
    let new = book(2, ["番号", "点検項目", "うちの課", "備考"], &more, &["○"], "市民課");
    let departing = kept(&new, &habits);
    let changes: Vec<Change> = departing.drifts.iter().map(|drift| drift.change).collect();
    assert_eq!(changes, [Change::ColumnRenamed, Change::QuestionAdded, Change::RowsMoved]);
    assert!(departing.items.iter().all(|item| item.answer == Some(Raw::Mark(Value::Done))));
    habits.kept.insert(0, Kept { version: uuid::Uuid::from_u128(2), layout: departing.layout });
    let again = kept(&new, &habits);
    assert_eq!((again.kept, again.drifts.len()), (Some(uuid::Uuid::from_u128(2)), 0));
    let former = kept(&old, &habits);
    assert_eq!((former.kept, former.drifts.len()), (Some(version), 0), "the former shape is known as well");
}

#[test]
fn words_of_the_city_are_read_and_never_make_one_mark_of_two_or_of_none() {
    let words = [("実施ずみ", "done"), ("○△", "done"), ("保留", "blank")];
    let words = words.into_iter().map(|(word, meaning)| (word.to_string(), meaning.to_string())).collect();
    let habits = Habits { words, ..Habits::default() };
    let answers = ["実施 ずみ", "○△", "", "保留", "○", "×"];
    let bytes = book(2, HEADINGS, &QUESTIONS, &answers, "市民課");
    let items = read_with("a.xlsx", &bytes, &habits).expect("readable").forms.remove(0).items;
    let read: Vec<(Option<Raw>, Option<Fault>)> =
        items.iter().map(|item| (item.answer.clone(), item.fault)).collect();
    let blank = (None, Some(Fault::Unanswered));
    assert_eq!(read[0], (Some(Raw::Mark(Value::Done)), None));
    assert_eq!(items[0].origin.rule, Rule::Told);
    assert_eq!(read[1], (None, Some(Fault::MultipleMarks)));
    assert_eq!((&read[2], &read[3]), (&blank, &blank));
    let plain = read_form("a.xlsx", &bytes).expect("readable").forms.remove(0).items;
    let explicable: Vec<Option<&str>> = plain.iter().map(|item| item.word.as_deref()).collect();
    assert_eq!(explicable, [Some("実施 ずみ"), None, None, Some("保留"), None, None]);
}

/// A form with a column for each choice; `marks` are the column and the text of each question.
fn of_choices(marks: &[(u16, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("点検票").expect("name");
    for (column, heading) in (0..).zip(["番号", "点検項目", "はい", "いいえ"]) {
        sheet.write_string(2, column, heading).expect("heading");
    }
    for (row, (question, (column, text))) in (0_u32..).zip(QUESTIONS.iter().zip(marks)) {
        sheet
            .write_number(3 + row, 0, row + 1)
            .expect("no")
            .write_string(3 + row, 1, *question)
            .expect("question");
        sheet.write_string(3 + row, *column, *text).expect("mark");
    }
    book.save_to_buffer().expect("written")
}

#[test]
fn words_in_a_column_of_a_choice_are_explained_with_their_column() {
    let bytes = of_choices(&[(2, "○"), (3, "確認ずみ"), (2, "確認ずみ"), (3, "保留中"), (3, "○"), (2, "○")]);
    let plain = first(&bytes).items;
    let words: Vec<Option<&str>> = plain.iter().map(|item| item.word.as_deref()).collect();
    assert_eq!(
        words,
        [None, Some("いいえ:確認ずみ"), Some("はい:確認ずみ"), Some("いいえ:保留中"), None, None]
    );
    let told = [("いいえ:確認ずみ", "not_done"), ("いいえ:保留中", "blank")];
    let words = told.map(|(word, meaning)| (word.to_string(), meaning.to_string())).into_iter().collect();
    let habits = Habits { words, ..Habits::default() };
    let items = read_with("a.xlsx", &bytes, &habits).expect("readable").forms.remove(0).items;
    assert_eq!((&items[1].answer, items[1].origin.rule), (&Some(Raw::Mark(Value::NotDone)), Rule::Told));
    assert_eq!(items[2].fault, Some(Fault::UnknownAnswer), "the same words under another choice are others");
    assert_eq!(items[3].fault, Some(Fault::Unanswered));
    assert_eq!(items[4].answer, Some(Raw::Mark(Value::NotDone)));
}

#[test]
fn columns_of_persons_can_be_pointed_at_together() {
    let headings = ["番号", "点検項目", "佐藤　花子", "鈴木　一郎"];
    let bytes = book(2, headings, &QUESTIONS, &["実施ずみ", "○", "まだ"], "市民課");
    let seen = pointed(&bytes, "rows=3;B=question;C=person;D=person");
    assert_eq!(seen.refusal, None);
    let layout = seen.layout.expect("read");
    let (file, _) = read_by_layout("a.xlsx", &bytes, &layout).expect("readable");
    let persons: Vec<&str> =
        file.forms.iter().filter_map(|form| Some(form.head.respondent.as_ref()?.value.as_str())).collect();
    assert_eq!(persons, ["佐藤　花子", "鈴木　一郎"]);
    assert_eq!(file.forms[0].items[1].answer, Some(Raw::Mark(Value::Done)));
    assert_eq!(file.forms[1].tally(), (0, QUESTIONS.len(), 0));
}

/// A sheet with its head in cells of their own invention, and a question over two rows.
fn spread() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("点検票").expect("name");
    let long = "この様式は、所属長の確認を受けてから、担当課に送ってください。";
    sheet.write_string(0, 0, long).expect("text").write_string(1, 2, "出納員　新堂　あかね").expect("name");
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(3, column, heading).expect("heading");
    }
    let format = rust_xlsxwriter::Format::new();
    for (index, question) in (0_u32..).zip(QUESTIONS) {
        let (first, last) = (4 + 2 * index, 5 + 2 * index);
        for (column, text) in [(0, (index + 1).to_string()), (1, question.to_string()), (2, "○".to_string())]
        {
            sheet.merge_range(first, column, last, column, &text, &format).expect("cell");
        }
        sheet
            .write_string(first, 3, "一行目")
            .expect("remark")
            .write_string(last, 3, "二行目")
            .expect("remark");
    }
    book.save_to_buffer().expect("written")
}

#[test]
fn a_title_before_a_name_that_was_pointed_at_is_parted_from_it() {
    let bytes = spread();
    let seen = look("a.xlsx", &bytes, &Which::First, &Habits::default(), &Pointing::parse("respondent=C2"))
        .expect("seen");
    let layout = seen.layout.expect("read");
    let (file, _) = read_by_layout("a.xlsx", &bytes, &layout).expect("readable");
    let head = &file.forms[0].head;
    let text =
        |read: &Option<documents::form::legacy::Read<String>>| read.as_ref().map(|read| read.value.clone());
    assert_eq!(text(&head.respondent).as_deref(), Some("新堂　あかね"));
    assert_eq!(text(&head.position).as_deref(), Some("出納員"));
}

#[test]
fn the_picture_colours_both_rows_of_a_question_and_lets_long_lines_run_over() {
    let seen =
        look("a.xlsx", &spread(), &Which::First, &Habits::default(), &Pointing::default()).expect("seen");
    let cell = |name: &str| {
        let cells = seen.picture.rows.iter().flat_map(|row| &row.cells);
        cells.into_iter().find(|cell| cell.name == name).expect("there")
    };
    for name in ["D5", "D6"] {
        assert_eq!(cell(name).made, Some(Made::Of(Holds::Comment)), "{name}");
    }
    assert_eq!(cell("A1").spans, (4, 1), "a long line above the table makes no column wide");
    assert_eq!(seen.picture.area, (4, 16));
}
