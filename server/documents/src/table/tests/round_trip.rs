//! Tables made by chance through every writer and back.

use crate::table::plain::{MARK, head, lines};
use crate::table::sheets::Sheets;
use crate::table::shift_jis::{GETA, ShiftJis};
use crate::table::style::looks_like_formula;
use crate::table::{Cell, Columns, Table};
use crate::workbook::{Cell as Read, open};
use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;
use time::macros::{date, datetime};

/// Texts of the field: quotes, line breaks, commas, leading zeros, beginnings of formulas, 外字, names with selectors.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~あ-んア-ヶ一-鿕〇①㈱髙﨑～－]{0,12}",
        "[=+@\t＝＋＠-][A-Z0-9(){}\"']{0,8}",
        "0[0-9]{1,8}",
        Just("一行目\n二行目,「引用\"」".to_string()),
        Just("葛\u{e0100}城\u{e000}\u{e757}".to_string()),
        Just("🙂𠮷野".to_string()),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => text().prop_map(Cell::from),
        1 => (-1_000_000i64..1_000_000).prop_map(Cell::from),
        1 => proptest::option::of(0u32..=1000).prop_map(|n| Cell::Rate(n.map(|n| f64::from(n) / 1000.0))),
        1 => (0i64..20_000).prop_map(|days| Cell::Day(date!(1990 - 01 - 01) + time::Duration::days(days))),
        1 => (0i64..1_000_000_000).prop_map(|s| Cell::Moment(datetime!(1995-01-01 00:00 UTC) + time::Duration::seconds(s))),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    (1usize..6).prop_flat_map(|columns| {
        let headings = (1..=columns).map(|number| format!("列{number}")).collect::<Vec<_>>();
        proptest::collection::vec(proptest::collection::vec(cell(), columns), 0..12)
            .prop_map(move |rows| Table { headings: headings.clone(), rows })
    })
}

/// A cell as text, in the words of this test: an apostrophe stands before what looks like a formula.
fn told(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) if looks_like_formula(text) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Rate(rate) | Cell::Decimal(rate) => rate.map_or("―".into(), |rate| rate.to_string()),
        Cell::Day(day) => format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day()),
        Cell::Moment(at) => {
            let at = at.to_offset(time::macros::offset!(+9));
            let (hour, minute, second) = at.to_hms();
            format!("{} {hour:02}:{minute:02}:{second:02}", told(&Cell::Day(at.date())))
        }
    }
}

fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_string).collect()).collect()
}

fn expected(table: &Table) -> Vec<Vec<String>> {
    let rows = table.rows.iter().map(|row| row.iter().map(told).collect());
    std::iter::once(table.headings.clone()).chain(rows).collect()
}

/// The whole table through the writer of long ones, in sheets of so many rows.
fn workbook(table: &Table, rows: u32) -> Vec<u8> {
    let folder = std::env::temp_dir();
    let mut book = Sheets::with_rows("一覧", &table.headings, &folder, rows).expect("begun");
    for portion in table.rows.chunks(3) {
        book.rows(portion).expect("written");
    }
    let mut bytes = Vec::new();
    book.finish(&mut bytes).expect("finished");
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_in_utf_8_reads_back_the_same(table in table()) {
        let text = head(&table.headings).expect("head") + &lines(&table.rows).expect("lines");
        let whole = text.starts_with(MARK) && text.ends_with("\r\n");
        prop_assert!(whole);
        prop_assert_eq!(read_csv(text.trim_start_matches(MARK)), expected(&table));
    }

    #[test]
    fn csv_in_shift_jis_reads_back_the_same_and_lists_the_rest(table in table()) {
        let (mut writer, mut bytes) = ShiftJis::begin(&table.headings).expect("begun");
        bytes.extend(writer.lines(&table.rows).expect("lines"));
        let (text, _, broken) = SHIFT_JIS.decode(&bytes);
        prop_assert!(!broken);
        let (mut lost, mut same) = (0, true);
        for (read, wanted) in read_csv(&text).iter().flatten().zip(expected(&table).iter().flatten()) {
            lost += read.matches(GETA).count();
            same &= read.contains(GETA) || read == wanted;
        }
        prop_assert!(same);
        prop_assert_eq!(lost, writer.count, "every 〓 is one that was told");
        prop_assert_eq!(writer.listed.len(), writer.count.min(100));
    }

    #[test]
    fn a_workbook_reads_back_the_same_however_long_its_sheets(table in table(), rows in 2u32..6) {
        let sheets = open("a.xlsx", &workbook(&table, rows)).expect("readable");
        let per_sheet = rows as usize - 1;
        prop_assert_eq!(sheets.len(), table.rows.len().div_ceil(per_sheet).max(1));
        for (at, row) in table.rows.iter().enumerate() {
            let sheet = &sheets[at / per_sheet];
            prop_assert_eq!(sheet.text(1, 0), "列1", "every sheet has its headings");
            for (column, cell) in row.iter().enumerate() {
                let read = sheet.cell(at % per_sheet + 2, column);
                match cell {
                    Cell::Blank => prop_assert_eq!(read, None),
                    // The reader takes blanks for nothing.
                    Cell::Text(text) if text.trim().is_empty() => prop_assert_eq!(read, None),
                    Cell::Text(text) => prop_assert_eq!(read, Some(&Read::Text(text.clone()))),
                    Cell::Number(n) | Cell::Rate(Some(n)) | Cell::Decimal(Some(n)) => {
                        prop_assert_eq!(read, Some(&Read::Number(*n)));
                    }
                    Cell::Rate(None) | Cell::Decimal(None) => {
                        prop_assert_eq!(sheet.text(at % per_sheet + 2, column), "―");
                    }
                    Cell::Day(_) | Cell::Moment(_) => {
                        let day = told(cell).chars().take(10).collect::<String>();
                        prop_assert!(format!("{read:?}").contains(&day), "{:?} for {:?}", read, cell);
                    }
                }
            }
        }
    }
}

#[test]
fn no_row_of_a_sheet_is_written_twice() {
    for rows in [0, 1, 3] {
        let table =
            Table { headings: vec!["内容".into()], rows: vec![vec![Cell::from("長い\n文")]; rows] };
        let bytes = workbook(&table, 100);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
        let sheet = zip.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
        let xml = std::io::read_to_string(sheet).expect("text");
        assert_eq!(xml.matches("<row ").count(), rows + 1, "{xml}");
    }
}

#[test]
fn a_day_and_a_moment_are_two_columns_one_for_people_and_one_for_programs() {
    let columns = Columns::<time::OffsetDateTime>::new()
        .day("期限", |at| Some(at.date()))
        .moment("提出", |at| Some(*at))
        .moment("確認", |_| None);
    let table = columns.table(&[datetime!(2026-11-23 01:02:03 UTC)]);
    assert_eq!(table.headings, ["期限", "期限（西暦）", "提出", "提出（西暦）", "確認", "確認（西暦）"]);
    let text = lines(&table.rows).expect("lines");
    assert_eq!(text, "令和8年11月23日,2026-11-23,令和8年11月23日 10:02,2026-11-23 10:02:03,,\r\n");
}

#[test]
fn a_text_longer_than_a_cell_holds_is_cut_with_a_word_about_it_and_whole_in_csv() {
    let long = "あ".repeat(40_000);
    let table = Table { headings: vec!["内容".into()], rows: vec![vec![Cell::from(long.clone())]] };
    let sheets = open("a.xlsx", &workbook(&table, 10)).expect("readable");
    assert!(sheets[0].text(2, 0).ends_with("CSVで確かめてください。）"));
    assert!(lines(&table.rows).expect("lines").contains(&long));
}
