//! What Shift_JIS holds, and how the rest is told.

use crate::table::Cell;
use crate::table::shift_jis::ShiftJis;
use encoding_rs::SHIFT_JIS;

fn written(text: &str) -> (String, Vec<String>) {
    let headings = ["職員番号".to_string(), "氏名".to_string()];
    let (mut writer, _) = ShiftJis::begin(&headings).expect("begun");
    let bytes = writer.lines(&[vec![Cell::from("007"), Cell::from(text)]]).expect("lines");
    let told = writer.listed.iter().map(|one| format!("{}行 {} {}", one.row, one.column, one.character));
    (SHIFT_JIS.decode(&bytes).0.trim_end().to_string(), told.collect())
}

#[test]
fn signs_of_windows_and_own_characters_of_the_city_are_kept() {
    for text in ["髙橋 﨑子", "①㈱℡Ⅳ", "ﾊﾝｶｸ", "外字\u{e000}\u{e0bb}\u{e0bc}\u{e757}"] {
        assert_eq!(written(text), (format!("007,{text}"), Vec::new()));
    }
}

#[test]
fn the_same_sign_under_another_number_is_written_as_windows_does() {
    let (text, told) = written("9:00〜17:00−‖—¥¢£¬");
    assert_eq!((text.as_str(), told.len()), ("007,9:00～17:00－∥―￥￠￡￢", 0));
}

#[test]
fn what_can_not_be_written_is_told_by_row_column_and_whole_character() {
    for (text, shown, told) in [
        ("𠮷田", "〓田", "𠮷"),
        ("葛\u{e0100}城", "〓城", "葛\u{e0100}"),
        ("👨\u{200d}👩\u{200d}👧です", "〓です", "👨\u{200d}👩\u{200d}👧"),
        ("か\u{3099}き", "〓き", "か\u{3099}"),
    ] {
        let (written, list) = written(text);
        assert_eq!(written, format!("007,{shown}"));
        assert_eq!(list, [format!("2行 氏名 {told}")]);
    }
}

#[test]
fn only_the_first_hundred_are_listed_and_all_are_counted() {
    let (mut writer, _) = ShiftJis::begin(&["氏名".to_string()]).expect("begun");
    let rows: Vec<Vec<Cell>> = (0..150).map(|_| vec![Cell::from("𠮷")]).collect();
    writer.lines(&rows).expect("lines");
    assert_eq!((writer.listed.len(), writer.count), (100, 150));
}
