use super::*;
use domain::question::setting::Scale;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use time::macros::date;

fn item(no: i32, answer: Option<FormAnswer>, not_applicable: bool) -> FormItem {
    FormItem {
        item_key: format!("q-{no}"),
        no,
        topic: "人的セキュリティ".to_string(),
        text: "離席するとき、端末の画面をロックしていますか。".to_string(),
        not_applicable: not_applicable.then(|| "端末の貸与なし".to_string()),
        condition: None,
        clause: "対策基準 5.1(1)".to_string(),
        setting: Setting::default(),
        answer,
    }
}

fn form(items: Vec<FormItem>) -> FormSheet {
    FormSheet {
        title: "情報セキュリティ自己点検票（職員用）".to_string(),
        edition_label: "R8-1".to_string(),
        inspection_name: "令和8年度　情報セキュリティ自己点検".to_string(),
        due: Some(date!(2026 - 11 - 27)),
        answered_on: None,
        contact: "総務部　情報政策課（内線1234）".to_string(),
        target_key: "t-0001".to_string(),
        department: "市民生活部　市民課".to_string(),
        person: "髙橋　﨑子".to_string(),
        system: None,
        items,
    }
}

/// A workbook as somebody else's program would leave it: our layout, any text in the answers.
fn filled(answers: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(6, column, heading).expect("heading");
    }
    for (row, answer) in (7..).zip(answers) {
        sheet.write_number(row, 0, row - 6).expect("no");
        sheet.write_string(row, 3, *answer).expect("answer");
        sheet.write_string(row, 6, format!("q-{}", row - 6)).expect("key");
        sheet.write_string(row, 7, if row == 7 { "0" } else { "1" }).expect("offered");
    }
    let keys = book.add_worksheet().set_name(KEYS_SHEET).expect("name");
    for (row, (name, value)) in (0..).zip([(KEYS_MARK, "1"), ("target", "t"), ("edition", "R8-1")]) {
        keys.write_string(row, 0, name).expect("key").write_string(row, 1, value).expect("key");
    }
    book.save_to_buffer().expect("saved")
}

#[test]
fn every_spelling_of_legacy_sheets_has_its_value() {
    let cases = [
        (
            Value::Done,
            "○ 〇 ◯ ⭕ ⭕️ O o Ｏ ｏ 丸 まる ✓ ✔ ✔️ ☑ √ レ ﾚ v V 1 １ TRUE はい ﾊｲ YES Y 有 済 実施 実施している 適合 できている",
        ),
        (Value::Partial, "△ ▲ ∆ Δ 一部 一部実施 一部実施している 概ね 部分的"),
        (
            Value::NotDone,
            "× ✕ ✖ ✗ ✘ ╳ ☓ ❌ X x Ｘ ｘ ばつ バツ いいえ NO N 無 未 未実施 実施していない 不適合",
        ),
        (
            Value::NotApplicable,
            "該当なし 該当無し 該当ナシ 非該当 対象外 適用外 N/A NA Ｎ／Ａ － − ー ― — ‐ - ─ ／ /",
        ),
    ];
    for (value, spellings) in cases {
        for spelling in spellings.split(' ') {
            assert_eq!(normalise(spelling), Some(value), "{spelling}");
            assert_eq!(normalise(&format!("　{spelling} \u{A0}")), Some(value), "{spelling} with blanks");
        }
    }
    for value in Value::ALL {
        assert_eq!(normalise(value.label()), Some(value));
    }
}

#[test]
fn blank_is_blank_and_unclear_is_unclear() {
    for text in ["", " ", "　", "（　）", "・", "\u{200B}"] {
        assert_eq!(understand(text), Reading::Blank, "{text:?}");
    }
    for text in ["◎", "●", "なし", "0", "０", "▽"] {
        assert_eq!(understand(text), Reading::Ambiguous, "{text}");
    }
    for text in ["わからない", "不明", "？", "?"] {
        assert_eq!(understand(text), Reading::Unsure, "{text}");
    }
    assert_eq!(understand("○×"), Reading::Unknown);
    assert_eq!(understand("来月から"), Reading::Unknown);
}

#[test]
fn what_is_unclear_is_named_with_its_cell_and_never_guessed() {
    let reading = read(&filled(&["該当なし", "－", "◎", "来月から", "", "〇"])).expect("readable");
    let values: Vec<Option<Raw>> = reading.answers.iter().map(|answer| answer.value.clone()).collect();
    let mark = |value| Some(Raw::Mark(value));
    assert_eq!(values, [None, mark(Value::NotApplicable), None, None, None, mark(Value::Done)]);
    let cells: Vec<&str> = reading.problems.iter().map(|problem| problem.cell.as_str()).collect();
    assert_eq!(cells, ["D8", "D10", "D11"]);
    assert!(reading.problems.iter().all(|problem| problem.text.starts_with(&problem.cell)));
    assert_eq!(reading.answers[3].raw, "来月から");
}

#[test]
fn the_empty_sheet_comes_back_empty_with_its_keys() {
    let bytes = write(&form(vec![item(1, None, false), item(2, None, true)])).expect("written");
    let reading = read(&bytes).expect("readable");
    assert_eq!((reading.target_key.as_str(), reading.edition_label.as_str()), ("t-0001", "R8-1"));
    assert!(reading.problems.is_empty());
    assert!(reading.answers.iter().all(|answer| answer.value.is_none() && answer.raw.is_empty()));
    assert_eq!(reading.answers[1].cell, "D9");
}

#[test]
fn a_workbook_of_somebody_else_is_refused() {
    let list = crate::table::write("備品", &["品名"], &[]).expect("written");
    assert!(read(&list).expect_err("foreign").text.contains("このシステムが出力した点検票ではありません"));
}

#[test]
fn a_formula_in_a_comment_stays_text() {
    let answer =
        FormAnswer { value: Raw::Mark(Value::NotDone), comment: "=1+1".to_string(), evidence: String::new() };
    let reading =
        read(&write(&form(vec![item(1, Some(answer), false)])).expect("written")).expect("readable");
    assert_eq!(reading.answers[0].comment, "=1+1");
}

/// One question of every scale, with an answer to it.
fn every_scale() -> Vec<(Scale, &'static str)> {
    let texts = || ["なし", "一部", "半分", "大半", "全て"].map(String::from).to_vec();
    let rows = || ["施錠", "持出し", "廃棄"].map(String::from).to_vec();
    let number = |percent| Scale::Number { unit: "件".into(), percent, threshold: None };
    vec![
        (Scale::Marks, "partial"),
        (Scale::YesNo, "no"),
        (Scale::Levels { texts: texts(), target: Some(4) }, "level:3"),
        (number(false), "number:1200.5"),
        (number(true), "number:97.25"),
        (number(false), "na"),
        (Scale::Day { within_year: true }, "date:2026-05-01"),
        (Scale::Day { within_year: true }, "date:none"),
        (Scale::Rows { rows: rows() }, "rows:done,,na"),
        (Scale::YesNo, "na"),
    ]
}

#[test]
fn every_scale_comes_back_from_the_workbook() {
    let items = (1..).zip(every_scale()).map(|(no, (scale, key))| FormItem {
        setting: Setting { scale, evidence: true, ..Setting::default() },
        ..item(
            no,
            Raw::from_key(key).map(|value| FormAnswer {
                value,
                comment: "理由".into(),
                evidence: "台帳（執務室）".into(),
            }),
            true,
        )
    });
    let reading = read(&write(&form(items.collect())).expect("written")).expect("readable");
    assert_eq!(reading.problems, []);
    for (answer, (_, key)) in reading.answers.iter().zip(every_scale()) {
        assert_eq!(answer.value.as_ref().map(Raw::key).as_deref(), Some(key), "問{}", answer.no);
        assert_eq!((answer.comment.as_str(), answer.evidence.as_str()), ("理由", "台帳（執務室）"));
    }
    assert_eq!(reading.answers.len(), every_scale().len());
}

#[test]
fn a_blank_workbook_of_every_scale_is_blank() {
    let items = (1..).zip(every_scale()).map(|(no, (scale, _))| FormItem {
        setting: Setting { scale, ..Setting::default() },
        ..item(no, None, true)
    });
    let reading = read(&write(&form(items.collect())).expect("written")).expect("readable");
    assert!(reading.problems.is_empty() && reading.answers.iter().all(|answer| answer.value.is_none()));
}

#[test]
fn a_cell_is_read_by_its_scale() {
    use super::cell::Kind;
    for (kind, text, offered, expected) in [
        (Kind::Levels, "３　半分", false, Some("level:3")),
        (Kind::Levels, "6", false, None),
        (Kind::Levels, "○", false, None),
        (Kind::YesNo, "ハイ", false, Some("yes")),
        (Kind::YesNo, "×", false, Some("no")),
        (Kind::YesNo, "一部", false, None),
        (Kind::Number("件".into()), "1,200件", false, Some("number:1200")),
        (Kind::Number("件".into()), "0", false, Some("number:0")),
        (Kind::Number("件".into()), "-3", false, None),
        (Kind::Number("件".into()), "該当なし", true, Some("na")),
        (Kind::Number("件".into()), "該当なし", false, None),
        (Kind::Percent, "101", false, None),
        (Kind::Percent, "95%", false, Some("number:95")),
        (Kind::Day, "2026-05-01", false, Some("date:2026-05-01")),
        (Kind::Day, "R8.5.1", false, Some("date:2026-05-01")),
        (Kind::Day, "5月ごろ", false, None),
    ] {
        let read = kind.understand(text, offered).ok().flatten();
        assert_eq!(read.map(|raw| raw.key()).as_deref(), expected, "{kind:?} {text}");
    }
}

fn answers() -> impl Strategy<Value = Vec<Option<FormAnswer>>> {
    let comment = "[ -~ぁ-んァ-ヶ一-龠髙﨑𠮷〇\n]{0,40}".prop_map(|text| text.trim().to_string());
    let value = prop::sample::select(Value::ALL.to_vec());
    let answer = (value, comment).prop_map(|(value, comment)| FormAnswer {
        value: Raw::Mark(value),
        comment,
        evidence: String::new(),
    });
    prop::collection::vec(prop::option::of(answer), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_filled_in_is_read_again(answers in answers()) {
        let items = (1..).zip(answers.clone()).map(|(no, answer)| item(no, answer, true)).collect();
        let reading = read(&write(&form(items)).expect("written")).expect("readable");
        prop_assert!(reading.problems.is_empty());
        let read: Vec<Option<FormAnswer>> = reading
            .answers
            .into_iter()
            .map(|answer| {
                let (comment, evidence) = (answer.comment, answer.evidence);
                answer.value.map(|value| FormAnswer { value, comment, evidence })
            })
            .collect();
        prop_assert_eq!(read, answers);
    }
}

/// Three people of a 部 in one workbook, two of one name.
#[test]
fn a_set_of_sheets_is_one_workbook_and_comes_back_sheet_by_sheet() {
    let answer = |value| {
        Some(FormAnswer { value: Raw::Mark(value), comment: "確認済み".into(), evidence: String::new() })
    };
    let of = |target: &str, person: &str, value: Value| FormSheet {
        target_key: target.to_string(),
        person: person.to_string(),
        ..form(vec![item(1, answer(value), true), item(2, None, false)])
    };
    let mut system = of("t-4", "", Value::Partial);
    system.system = Some("住民情報システム".to_string());
    let forms = [
        of("t-1", "佐藤　花子", Value::Done),
        of("t-2", "佐藤　花子", Value::NotDone),
        of("t-3", "A/B?", Value::Done),
        system,
    ];
    let bytes = write_set("市民生活部", &forms).expect("written");
    let readings = read_set(&bytes).expect("readable");
    let tabs: Vec<(&str, &str)> =
        readings.iter().map(|(tab, reading)| (tab.as_str(), reading.target_key.as_str())).collect();
    assert_eq!(
        tabs,
        [("佐藤　花子", "t-1"), ("佐藤　花子（2）", "t-2"), ("AB", "t-3"), ("住民情報システム", "t-4")]
    );
    let values: Vec<Option<Raw>> =
        readings.iter().map(|(_, reading)| reading.answers[0].value.clone()).collect();
    let mark = |value| Some(Raw::Mark(value));
    assert_eq!(values, [mark(Value::Done), mark(Value::NotDone), mark(Value::Done), mark(Value::Partial)]);
    assert!(read(&bytes).expect_err("several").text.contains("複数の点検票"));
}

/// In front of many sheets stands a list of them; it is no form, and no person's tab takes its name.
#[test]
fn a_book_of_many_sheets_begins_with_a_list_and_is_read_without_it() {
    let of = |target: &str, person: &str| FormSheet {
        target_key: target.to_string(),
        person: person.to_string(),
        ..form(vec![item(1, None, true)])
    };
    let forms = [of("t-1", "目次"), of("t-2", "平野　智子")];
    let bytes = write_book("総務部", &forms, &["提出済", "未提出"]).expect("written");
    let sheets = crate::workbook::open("総務部.xlsx", &bytes).expect("readable");
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["目次", "目次（2）", "平野　智子", KEYS_SHEET]);
    assert_eq!([sheets[0].text(4, 1), sheets[0].text(5, 1)], ["目次", "平野　智子"]);
    assert_eq!([sheets[0].text(4, 4), sheets[0].text(5, 4)], ["提出済", "未提出"]);
    let read = legacy::read_form("総務部.xlsx", &bytes).expect("readable");
    let keys: Vec<Option<&str>> = read.forms.iter().map(|form| form.target_key.as_deref()).collect();
    assert_eq!(keys, [Some("t-1"), Some("t-2")]);
    assert!(read.ignored.iter().any(|ignored| ignored.sheet == "目次"));
}

/// What `form read` says of our own forms: keys and answers by the hidden columns, the head by its labels.
#[test]
fn our_own_form_is_read_with_its_keys_and_its_head() {
    let answer =
        FormAnswer { value: Raw::Mark(Value::NotDone), comment: "来月".into(), evidence: String::new() };
    let mut sheet = form(vec![item(1, Some(answer), false), item(2, None, true)]);
    sheet.system = Some("住民情報システム".to_string());
    let bytes = write(&sheet).expect("written");
    let file = legacy::read_form("a.xlsx", &bytes).expect("readable");
    let [read] = &file.forms[..] else { panic!("one form: {:?}", file.ignored) };
    assert_eq!((read.target_key.as_deref(), read.edition_label.as_deref()), (Some("t-0001"), Some("R8-1")));
    let head = |read: &Option<legacy::Read<String>>| {
        read.as_ref().map(|read| read.value.clone()).unwrap_or_default()
    };
    let head = [&read.head.department, &read.head.respondent, &read.head.system].map(head);
    assert_eq!(head, ["市民生活部　市民課", "髙橋　﨑子", "住民情報システム"]);
    let [first, second] = &read.items[..] else { panic!("two questions") };
    assert_eq!(
        (first.item_key.as_deref(), first.answer.clone()),
        (Some("q-1"), Some(Raw::Mark(Value::NotDone)))
    );
    assert_eq!((first.comment.as_deref(), first.origin.rule), (Some("来月"), legacy::Rule::OwnKey));
    assert!(first.question.starts_with("離席するとき"), "{}", first.question);
    assert_eq!((second.fault, second.item_key.as_deref()), (Some(legacy::Fault::Unanswered), Some("q-2")));
}

#[test]
fn the_day_of_answering_is_blank_on_an_empty_sheet_and_the_due_day_is_never_taken_for_it() {
    for answered_on in [None, Some(date!(2026 - 11 - 20))] {
        let sheet = FormSheet { answered_on, ..form(vec![item(1, None, false), item(2, None, true)]) };
        let read = legacy::read_form("点検票.xlsx", &write(&sheet).expect("written")).expect("readable");
        let day = read.forms[0].head.date.as_ref();
        assert_eq!(day.map(|day| day.value), answered_on);
        assert!(day.is_none_or(|day| day.origin.cell == "C5"));
    }
}

/// A form of somebody else with this beside the labels of its head.
fn headed(head: &[(u32, u16, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, column, text) in head {
        sheet.write_string(*row, *column, *text).expect("head");
    }
    for (column, heading) in (0..).zip(["番号", "点検項目", "回答"]) {
        sheet.write_string(5, column, heading).expect("heading");
    }
    for (row, question) in
        (6..).zip(["端末を施錠していますか。", "記録を残していますか。", "鍵を返していますか。"])
    {
        sheet.write_number(row, 0, row - 5).expect("no").write_string(row, 1, question).expect("question");
        sheet.write_string(row, 2, "○").expect("answer");
    }
    book.save_to_buffer().expect("saved")
}

#[test]
fn a_day_beside_another_label_is_not_the_day_of_answering_and_days_in_several_cells_are_known_as_such() {
    use legacy::Rule::{AsWritten, Label, LabelOfSeveral};
    type Case<'a> = (&'a [(u32, u16, &'a str)], Option<legacy::Rule>);
    let cases: [Case<'_>; 5] = [
        (&[(1, 0, "提出期限"), (1, 1, "令和７年１１月２８日")], None),
        (&[(1, 0, "提出期限：令和７年１１月２８日")], None),
        (&[(1, 1, "令和７年１１月２８日")], Some(AsWritten)),
        (&[(1, 0, "点検日"), (1, 1, "令和７年１１月２８日")], Some(Label)),
        (&[(1, 0, "点検日"), (1, 1, "令和"), (1, 2, "7"), (1, 3, "年11月28日")], Some(LabelOfSeveral)),
    ];
    for (head, rule) in cases {
        let read = legacy::read_form("点検票.xlsx", &headed(head)).expect("readable");
        let day = read.forms[0].head.date.as_ref();
        assert_eq!(day.map(|day| day.origin.rule), rule, "{head:?}");
    }
}

#[test]
fn a_day_is_written_as_the_number_the_workbook_counts_days_by() {
    use original::{Entry, fill};
    let entry = |text: &str, day| Entry { sheet: "Sheet1".into(), cell: "D2".into(), text: text.into(), day };
    let stands = |entry: Entry| {
        let filled = fill(&headed(&[(1, 0, "点検日")]), &[entry]).expect("filled");
        crate::workbook::open("点検票.xlsx", &filled).expect("readable")[0].text(2, 3)
    };
    assert_eq!(stands(entry("2026-11-28", true)), "46354");
    assert_eq!(stands(entry("令和8年11月28日", false)), "令和8年11月28日");
}
