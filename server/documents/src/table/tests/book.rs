use crate::table::*;
use crate::workbook;

#[test]
fn what_is_written_can_be_read_again() {
    let rows = vec![vec![
        Cell::from("R8-自-012"),
        Cell::from(3),
        Cell::Rate(Some(0.955)),
        Cell::Rate(None),
        Cell::Blank,
    ]];
    let bytes = write("改善の台帳", &["番号", "件数", "実施率", "得点率", "備考"], &rows).expect("written");
    let sheets = workbook::open("a.xlsx", &bytes).expect("readable");
    assert_eq!(sheets[0].name, "改善の台帳");
    assert_eq!(sheets[0].text(1, 2), "実施率");
    assert_eq!(sheets[0].cell(2, 1), Some(&workbook::Cell::Number(3.0)));
    assert_eq!(sheets[0].cell(2, 2), Some(&workbook::Cell::Number(0.955)));
    assert_eq!(sheets[0].text(2, 3), "―");
    assert_eq!(sheets[0].cell(2, 4), None);
    assert!(sheets[0].merges.is_empty());
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    for text in ["=1+1", "+81", "-", "@SUM(A1)", "=HYPERLINK(\"http://example.jp\")"] {
        let bytes = write("一覧", &["内容"], &[vec![Cell::from(text)]]).expect("written");
        let sheets = workbook::open("a.xlsx", &bytes).expect("readable");
        assert_eq!(sheets[0].cell(2, 0), Some(&workbook::Cell::Text(text.to_string())));
    }
}

#[test]
fn any_title_makes_a_sheet() {
    for title in ["", "a/b:c*?[]", "'", &"長".repeat(60), "履歴"] {
        assert!(write(title, &["列"], &[]).is_ok(), "{title}");
    }
}
