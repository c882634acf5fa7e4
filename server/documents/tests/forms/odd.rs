//! Habits of the field one by one (glossary §3.2 to §3.6), each in a small form.

use super::package;
use documents::form::legacy::{Fault, FilledForm, FormFile, Rule, read_form};
use domain::answer::{Raw, Value};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

const QUESTIONS: [&str; 4] = [
    "離席するとき、端末の画面をロックしているか。",
    "パスワードを他人に知られないように管理しているか。",
    "個人情報を含む書類を施錠して保管しているか。",
    "不審なメールを開かずに報告しているか。",
];

/// A sheet of these rows, each cell a text; blank texts stay blank.
fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).expect("text");
        }
    }
}

fn read_rows(of: &[&[&str]]) -> FormFile {
    let mut book = Workbook::new();
    rows(book.add_worksheet().set_name("点検票").expect("name"), of);
    read_form("a.xlsx", &book.save_to_buffer().expect("written")).expect("readable")
}

fn keys(form: &FilledForm) -> Vec<String> {
    let key = |fault: Option<Fault>| fault.map_or("?", Fault::key).to_string();
    form.items.iter().map(|item| item.answer.as_ref().map_or_else(|| key(item.fault), Raw::key)).collect()
}

fn name(form: &FilledForm) -> &str {
    form.head.respondent.as_ref().map_or("", |read| read.value.as_str())
}

/// 課内一覧: persons below each other; who left is struck out, who is away has a word over all answers.
#[test]
fn a_matrix_of_persons_is_a_form_for_each() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    rows(
        sheet,
        &[
            &["課名", "市民課"],
            &[],
            &["職員番号", "氏名", "ふりがな", "問1", "問2", "問3", "問4", "備考"],
            &["", "", "", QUESTIONS[0], QUESTIONS[1], QUESTIONS[2], QUESTIONS[3]],
            &["12345", "齋藤　花子", "さいとう", "○", "〇", "レ", "×", "訓練前"],
            &["12346", "葛󠄀城　文", "かつらぎ", "○", "○×", "", "-"],
            &["12347", "山田　太郎", "やまだ", "○", "○", "○", "○"],
            &["12348", "木下　優", "きのした"],
            &["合計", "", "", "3", "2", "2", "1"],
        ],
    );
    sheet
        .write_string_with_format(6, 1, "山田　太郎", &Format::new().set_font_strikethrough())
        .expect("struck");
    sheet.merge_range(7, 3, 7, 6, "育休", &Format::new()).expect("away");
    let file = read_form("a.xlsx", &book.save_to_buffer().expect("written")).expect("readable");
    let read: Vec<(&str, Vec<String>)> = file.forms.iter().map(|form| (name(form), keys(form))).collect();
    let list = |keys: [&str; 4]| keys.map(str::to_string).to_vec();
    assert_eq!(
        read,
        [
            ("齋藤　花子", list(["done", "done", "done", "not_done"])),
            ("葛󠄀城　文", list(["done", "multiple_marks", "unanswered", "na"])),
        ]
    );
    assert_eq!(file.forms[0].items[1].question, QUESTIONS[1]);
    assert_eq!(file.forms[0].head.department.as_ref().map(|read| read.value.as_str()), Some("市民課"));
    assert_eq!(file.forms[0].excluded.len(), 2);
}

/// A form service: one record for each response, the questions as headings.
#[test]
fn an_export_of_a_form_service_is_a_form_for_each_record() {
    let csv = format!(
        "タイムスタンプ,所属,氏名,\"{}\",\"{}\",\"{}\"\r\n2025/11/05 9:03,総務課,佐藤 花子,はい,いいえ,該当なし\r\n2025/11/06 10:15,税務課,鈴木 一,はい,,はい\r\n",
        QUESTIONS[0], QUESTIONS[1], QUESTIONS[2]
    );
    let file = read_form("回答.csv", csv.as_bytes()).expect("readable");
    assert_eq!(
        file.forms.iter().map(keys).collect::<Vec<_>>(),
        [["done", "not_done", "na"], ["done", "unanswered", "done"]]
    );
    let days: Vec<String> = file
        .forms
        .iter()
        .filter_map(|form| form.head.date.as_ref())
        .map(|read| read.value.to_string())
        .collect();
    assert_eq!(days, ["2025-11-05", "2025-11-06"]);
    assert_eq!(name(&file.forms[1]), "鈴木 一");
}

/// Persons beside each other.
#[test]
fn a_column_for_each_person_is_a_form_for_each() {
    let file = read_rows(&[
        &["所属", "建設課"],
        &["番号", "点検項目", "佐藤", "鈴木"],
        &["1", QUESTIONS[0], "○", "×"],
        &["2", QUESTIONS[1], "△", "○"],
        &["3", QUESTIONS[2], "", "○"],
    ]);
    let read: Vec<(&str, Vec<String>)> = file.forms.iter().map(|form| (name(form), keys(form))).collect();
    let list = |keys: [&str; 3]| keys.map(str::to_string).to_vec();
    assert_eq!(
        read,
        [("佐藤", list(["done", "partial", "unanswered"])), ("鈴木", list(["not_done", "done", "done"]))]
    );
}

/// 神エクセル: narrow columns, every field merged, the date in boxes of its own.
#[test]
fn graph_paper_with_dates_in_boxes_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("様式1 職員用").expect("name");
    let plain = Format::new();
    let mut merge = |row: u32, first: u16, last: u16, text: &str| {
        sheet.merge_range(row, first, row, last, text, &plain).expect("merged");
    };
    merge(0, 0, 29, "様式第１号");
    merge(1, 0, 29, "情報セキュリティ自己点検票");
    merge(2, 0, 3, "所　属");
    merge(2, 4, 12, "土木部　道路課");
    merge(2, 13, 16, "氏　名");
    merge(2, 17, 29, "髙橋　﨑子");
    merge(3, 0, 3, "点検日");
    for (first, text) in [(4, "令和"), (6, "７"), (8, "年"), (10, "11"), (12, "月"), (14, "２８"), (16, "日")]
    {
        merge(3, first, first + 1, text);
    }
    for (first, last, text) in
        [(0, 1, "No"), (2, 20, "点　検　項　目"), (21, 23, "回答"), (24, 29, "備　　考")]
    {
        merge(5, first, last, text);
    }
    for (row, (text, mark)) in (6..).zip(QUESTIONS.iter().zip(["○", "×", "", "はい"])) {
        merge(row, 0, 1, &(row - 5).to_string());
        merge(row, 2, 20, text);
        merge(row, 21, 23, mark);
        merge(row, 24, 29, if mark == "×" { "来月対応" } else { "" });
    }
    let file = read_form("a.xlsx", &book.save_to_buffer().expect("written")).expect("readable");
    let form = &file.forms[0];
    assert_eq!(keys(form), ["done", "not_done", "unanswered", "done"]);
    assert_eq!(form.items[1].comment.as_deref(), Some("来月対応"));
    assert_eq!(form.head.date.as_ref().map(|read| read.value.to_string()).as_deref(), Some("2025-11-28"));
    assert_eq!(
        (name(form), form.head.department.as_ref().map(|read| read.value.as_str())),
        ("髙橋　﨑子", Some("土木部　道路課"))
    );
}

/// Choices printed into every cell are no answers; boxes ticked among them are.
#[test]
fn printed_choices_are_blank_and_ticked_boxes_are_answers() {
    let heading: &[&str] = &["番号", "設問", "回答"];
    let printed = read_rows(&[
        heading,
        &["1", QUESTIONS[0], "はい　・　いいえ"],
        &["2", QUESTIONS[1], "はい　・　いいえ"],
        &["3", QUESTIONS[2], "はい　・　いいえ"],
        &["4", QUESTIONS[3], "はい"],
    ]);
    assert_eq!(keys(&printed.forms[0]), ["unanswered", "unanswered", "unanswered", "done"]);
    let boxes = read_rows(&[
        heading,
        &["1", QUESTIONS[0], "☑はい　□いいえ"],
        &["2", QUESTIONS[1], "□はい　☑いいえ"],
        &["3", QUESTIONS[2], "□はい　□いいえ"],
        &["4", QUESTIONS[3], "☑はい　☑いいえ"],
    ]);
    assert_eq!(keys(&boxes.forms[0]), ["done", "not_done", "unanswered", "multiple_marks"]);
}

/// ◎○△×: the legend says that ○ is 概ね.
#[test]
fn the_legend_of_the_form_goes_before_the_common_table() {
    let file = read_rows(&[
        &["◎：十分できている　○：概ねできている　△：不十分　×：できていない"],
        &["番号", "設問", "評価"],
        &["1", QUESTIONS[0], "◎"],
        &["2", QUESTIONS[1], "○"],
        &["3", QUESTIONS[2], "×"],
    ]);
    assert_eq!(keys(&file.forms[0]), ["done", "partial", "not_done"]);
    assert_eq!(file.forms[0].items[1].origin.rule, Rule::Legend);
    let without =
        read_rows(&[&["番号", "設問", "評価"], &["1", QUESTIONS[0], "◎"], &["2", QUESTIONS[1], "○"]]);
    assert!(without.forms[0].doubts.iter().any(|doubt| doubt.text.contains('◎') && doubt.cells == ["C2"]));
}

/// 前年度 beside 今年度, 監査人 beside 自己評価: only the answer of the department counts.
#[test]
fn columns_of_others_and_of_last_year_are_no_answers() {
    let file = read_rows(&[
        &["番号", "点検項目", "前年度の回答", "今年度の回答", "監査人評価", "改善策"],
        &["1", QUESTIONS[0], "×", "○", "△", ""],
        &["2", QUESTIONS[1], "○", "", "○", ""],
        &["3", QUESTIONS[2], "△", "×", "", "鍵を替える"],
    ]);
    assert_eq!(keys(&file.forms[0]), ["done", "unanswered", "not_done"]);
    assert_eq!(file.forms[0].items[2].comment.as_deref(), Some("鍵を替える"));
}

/// Two forms below each other on one sheet, each with its own head.
#[test]
fn forms_below_each_other_are_read_apart() {
    let file = read_rows(&[
        &["所属", "総務課"],
        &["番号", "点検項目", "回答"],
        &["1", QUESTIONS[0], "○"],
        &["2", QUESTIONS[1], "×"],
        &[],
        &["所属", "税務課"],
        &["番号", "点検項目", "回答"],
        &["1", QUESTIONS[0], "△"],
        &["2", QUESTIONS[1], "○"],
    ]);
    let read: Vec<(Option<&str>, Vec<String>)> = file
        .forms
        .iter()
        .map(|form| (form.head.department.as_ref().map(|read| read.value.as_str()), keys(form)))
        .collect();
    let list = |keys: [&str; 2]| keys.map(str::to_string).to_vec();
    assert_eq!(
        read,
        [(Some("総務課"), list(["done", "not_done"])), (Some("税務課"), list(["partial", "done"]))]
    );
}

/// What Wingdings shows as ✓ is the letter ü in the file.
#[test]
fn letters_of_wingdings_are_the_signs_they_show() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    rows(
        sheet,
        &[
            &["番号", "点検項目", "回答"],
            &["1", QUESTIONS[0]],
            &["2", QUESTIONS[1]],
            &["3", QUESTIONS[2], "ü"],
        ],
    );
    for (row, font, letter) in [(1, "Wingdings", "ü"), (2, "Wingdings 2", "O")] {
        sheet.write_string_with_format(row, 2, letter, &Format::new().set_font_name(font)).expect("sign");
    }
    let file = read_form("a.xlsx", &book.save_to_buffer().expect("written")).expect("readable");
    assert_eq!(keys(&file.forms[0]), ["done", "not_done", "unknown_answer"]);
}

/// Rows a filter hides are as valid as the others; rows somebody hid are not asked any more.
#[test]
fn what_a_filter_hides_counts_and_what_somebody_hid_does_not() {
    let make = |filter: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        rows(
            sheet,
            &[
                &["番号", "点検項目", "回答"],
                &["1", QUESTIONS[0], "○"],
                &["2", QUESTIONS[1], "×"],
                &["3", QUESTIONS[2], "○"],
            ],
        );
        if filter {
            sheet.autofilter(0, 0, 3, 2).expect("filter");
            sheet
                .filter_column(2, &rust_xlsxwriter::FilterCondition::new().add_list_filter("○"))
                .expect("filter");
        }
        sheet.set_row_hidden(2).expect("hidden");
        keys(&read_form("a.xlsx", &book.save_to_buffer().expect("written")).expect("readable").forms[0])
    };
    assert_eq!(make(true), ["done", "not_done", "done"]);
    assert_eq!(make(false), ["done", "done"]);
}

/// Check boxes of Excel 2010 and later, one over each choice; only the package says whether they are ticked.
#[test]
fn check_boxes_over_the_choices_are_marks() {
    let cell = |name: &str, text: &str| format!("<c r='{name}' t='inlineStr'><is><t>{text}</t></is></c>");
    let line = |row: usize, texts: &[&str]| {
        let cells: String = texts
            .iter()
            .zip(["A", "B", "C", "D"])
            .map(|(text, column)| cell(&format!("{column}{row}"), text))
            .collect();
        format!("<row r='{row}'>{cells}</row>")
    };
    let control = |id: usize, column: usize, row: usize| {
        format!(
            "<control shapeId='{id}' r:id='r{id}' name='c'><controlPr><anchor><from><xdr:col>{column}</xdr:col><xdr:colOff>9525</xdr:colOff>\
             <xdr:row>{row}</xdr:row><xdr:rowOff>9525</xdr:rowOff></from><to><xdr:col>{column}</xdr:col><xdr:colOff>200000</xdr:colOff>\
             <xdr:row>{row}</xdr:row><xdr:rowOff>150000</xdr:rowOff></to></anchor></controlPr></control>"
        )
    };
    let sheet = format!(
        "<worksheet xmlns:r='r' xmlns:xdr='x'><sheetData>{}{}{}</sheetData><controls>{}{}{}</controls></worksheet>",
        line(1, &["番号", "点検項目", "はい", "いいえ"]),
        line(2, &["1", QUESTIONS[0]]),
        line(3, &["2", QUESTIONS[1]]),
        control(1, 2, 1),
        control(2, 3, 1),
        control(3, 3, 2),
    );
    let relation =
        |id: usize| format!("<Relationship Id='r{id}' Type='x/ctrlProp' Target='../ctrlProps/c{id}.xml'/>");
    let rels = format!("<Relationships>{}</Relationships>", (1..=3).map(relation).collect::<String>());
    let ticked: &[u8] = b"<formControlPr objectType='CheckBox' checked='Checked'/>";
    let bytes = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook xmlns:r='r'><sheets><sheet name='a' r:id='r1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/a.xml'/></Relationships>"),
        ("xl/worksheets/a.xml", sheet.as_bytes()),
        ("xl/worksheets/_rels/a.xml.rels", rels.as_bytes()),
        ("xl/ctrlProps/c1.xml", b"<formControlPr objectType='CheckBox'/>"),
        ("xl/ctrlProps/c2.xml", ticked),
        ("xl/ctrlProps/c3.xml", ticked),
    ]);
    let form = read_form("a.xlsx", &bytes).expect("readable").forms.remove(0);
    assert_eq!(keys(&form), ["not_done", "not_done"]);
}

/// A number typed as 1 under a choice, 0 for ○, a cross under はい.
#[test]
fn marks_under_choices_choose_their_column_and_contradictions_are_asked() {
    let file = read_rows(&[
        &["番号", "点検項目", "はい", "いいえ", "該当なし"],
        &["1", QUESTIONS[0], "0"],
        &["2", QUESTIONS[1], "×"],
        &["3", QUESTIONS[2], "-", "○", "-"],
        &["4", QUESTIONS[3], "", "×"],
    ]);
    assert_eq!(keys(&file.forms[0]), ["done", "unknown_answer", "not_done", "not_done"]);
    assert_eq!(file.forms[0].items[2].answer, Some(Raw::Mark(Value::NotDone)));
}

/// An example row within the table, a number that is struck out, a question that goes on in the next row.
#[test]
fn rows_that_are_no_questions_are_left_out_and_named() {
    let file = read_rows(&[
        &["番号", "点検項目", "回答", "備考"],
        &["例", "機密文書を机上に放置していないか。", "○", "書庫に保管"],
        &["1", QUESTIONS[0], "○"],
        &["2", "欠番"],
        &["3", QUESTIONS[2], "×", "鍵の修繕"],
        &["", "", "", "（10月に完了予定）"],
        &["4", QUESTIONS[3], "○"],
    ]);
    let form = &file.forms[0];
    assert_eq!(form.items.iter().filter_map(|item| item.no.clone()).collect::<Vec<_>>(), ["1", "3", "4"]);
    assert_eq!(form.excluded.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 4]);
}
