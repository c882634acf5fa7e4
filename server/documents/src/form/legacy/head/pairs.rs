//! Labels with their values.

use super::super::date;
use super::super::filled::{Confidence, Origin, Read, Rule};
use super::super::grid::Grid;
use super::super::words::{Label, label_of};
use std::ops::RangeInclusive;
use time::Date;

/// Values longer than this are no values.
const LONGEST: usize = 80;
/// Rows that are looked through for labels, above and below the table.
const MOST_ROWS: usize = 80;

/// A label with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub label: Label,
    /// How usual the wording is: the smaller the better.
    pub rank: usize,
    pub value: String,
    /// Texts of the cells the value was put together from.
    pub parts: Vec<String>,
    cell: (usize, usize),
}

impl Pair {
    /// The value with its origin.
    pub fn read(&self, grid: &Grid) -> Read<String> {
        let cell = grid.name(self.cell.0, self.cell.1);
        let raw = grid.shown(self.cell.0, self.cell.1).to_string();
        let several = self.parts.len() > 1;
        let raw = if several { self.parts.join(" ") } else { raw };
        let rule = if several { Rule::LabelOfSeveral } else { Rule::Label };
        let origin = Origin { sheet: grid.sheet.name.clone(), cell, raw, rule };
        Read { value: self.value.clone(), origin, confidence: Confidence::High }
    }
}

/// All labels in these rows that have a value.
pub fn in_rows(grid: &Grid, rows: RangeInclusive<usize>) -> Vec<Pair> {
    let last = *rows.end();
    let mut found = Vec::new();
    for row in grid.rows_from(*rows.start()).take_while(|row| *row <= last).take(MOST_ROWS) {
        for (column, text) in grid.cells(row).iter().map(|(column, text)| (*column, text.as_str())) {
            let inline = inline(text);
            if !inline.is_empty() {
                for (label, rank, value) in inline {
                    let value = if value.is_empty() {
                        beside(grid, row, column, last)
                    } else {
                        Some((value, Vec::new(), (row, column)))
                    };
                    found.extend(value.map(|(value, parts, cell)| Pair { label, rank, value, parts, cell }));
                }
            } else if let Some((label, rank)) = label_of(text) {
                let value = beside(grid, row, column, last);
                found.extend(value.map(|(value, parts, cell)| Pair { label, rank, value, parts, cell }));
            }
        }
    }
    found
}

type Value = (String, Vec<String>, (usize, usize));

/// The value to the right of a label or, if there is none, below it.
fn beside(grid: &Grid, row: usize, column: usize, last: usize) -> Option<Value> {
    let (bottom, end) = grid.end(row, column);
    let mut parts: Vec<String> = Vec::new();
    let mut cell = None;
    for (at, text) in grid.cells(row).iter().filter(|(at, _)| *at > end) {
        if is_label(text) {
            break;
        }
        if matches!(text.as_str(), "：" | ":" | "印" | "㊞" | "（印）" | "(印)") {
            continue;
        }
        cell = cell.or(Some((row, *at)));
        parts.push(text.clone());
    }
    if let Some(cell) = cell {
        return whole(parts).map(|(value, parts)| (value, parts, cell));
    }
    let below = bottom + 1;
    let text = grid.shown(below, column);
    let free = below <= last && !text.is_empty() && !is_label(text) && text.chars().count() <= LONGEST;
    free.then(|| (text.to_string(), vec![text.to_string()], (below, column)))
}

/// Cells of one value: 令和 | 7 | 年 | 11 | 月 | 28 | 日, 総務部 | 防災課, 佐藤 | 花子.
fn whole(parts: Vec<String>) -> Option<(String, Vec<String>)> {
    let packed = parts.concat();
    let joint = if date::understand(&packed, Some(2000)).is_some() || parts.iter().any(|part| part == "年") {
        ""
    } else {
        "　"
    };
    let value = parts.join(joint);
    (value.chars().count() <= LONGEST).then_some((value, parts))
}

fn is_label(text: &str) -> bool {
    label_of(text).is_some() || !inline(text).is_empty()
}

/// 「所属：総務課　氏名：佐藤　花子」, 「職　名　主事」. Empty if the text is no label with a value.
pub fn inline(text: &str) -> Vec<(Label, usize, String)> {
    if text.chars().count() > 200 {
        return Vec::new();
    }
    let pieces: Vec<&str> = text.split(['：', ':']).collect();
    if pieces.len() < 2 {
        return spaced(text).into_iter().collect();
    }
    let mut found: Vec<(Label, usize, String)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let last = index + 1 == pieces.len();
        let (value, label) = if last { (piece.trim().to_string(), None) } else { ending(piece) };
        match found.last_mut().filter(|_| index > 0) {
            // A colon without a label before it belongs to the value (9:03).
            Some(open) if index > 0 && open.2.is_empty() => open.2 = value,
            Some(open) => open.2 = format!("{}:{}", open.2, value),
            None => {}
        }
        match label {
            Some((label, rank)) => found.push((label, rank, String::new())),
            None if found.is_empty() => return Vec::new(),
            None => {}
        }
    }
    found
}

/// The label a piece ends with, and the value before it.
fn ending(piece: &str) -> (String, Option<(Label, usize)>) {
    let words: Vec<&str> = piece.split_whitespace().collect();
    for count in (1..=words.len().min(5)).rev() {
        let (value, label) = words.split_at(words.len() - count);
        if let Some(found) = label_of(&label.concat()) {
            return (value.join("　"), Some(found));
        }
    }
    (piece.trim().to_string(), None)
}

/// A label of two characters or more, a blank and the value.
fn spaced(text: &str) -> Option<(Label, usize, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 || text.chars().count() > 40 || label_of(text).is_some() {
        return None;
    }
    (1..words.len()).rev().find_map(|count| {
        let (label, value) = words.split_at(count);
        let label = label.concat();
        let found = label_of(&label).filter(|_| label.chars().count() >= 2)?;
        (found.0 != Label::Other).then(|| (found.0, found.1, value.join("　")))
    })
}

/// 「○○課」, 「　年　月　日」, 「（　　　）」: printed, to be written over.
pub fn is_placeholder(value: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || "（）()〔〕[]「」_＿…‥・.:：-－/／".contains(c);
    let bare: String = value.chars().filter(|c| !blank(*c)).collect();
    let units = [
        "",
        "課",
        "部",
        "係",
        "室",
        "局",
        "所",
        "部課",
        "部課係",
        "課係",
        "局部課",
        "課室",
        "年月日",
        "令和年月日",
        "月日",
        "年月",
        "印",
        "㊞",
        "職氏名",
        "時分",
    ];
    let empty = units.contains(&bare.as_str());
    let sample = ["○○", "〇〇", "◯◯", "××", "△△", "●●", "＊＊", "xx", "XX", "ＸＸ"];
    empty || sample.iter().any(|start| bare.starts_with(start))
}

/// A cell that is a date and nothing else, above the table. What stands beside a label of something else (提出期限) is
/// that.
pub fn lone_date(
    grid: &Grid,
    rows: RangeInclusive<usize>,
    found: &[Pair],
    fiscal_year: Option<i32>,
) -> Option<Read<Date>> {
    let labelled = |row, column| found.iter().any(|pair| pair.cell == (row, column));
    let last = *rows.end();
    let cells = grid
        .rows_from(*rows.start())
        .take_while(|row| *row <= last)
        .flat_map(|row| grid.cells(row).iter().map(move |(column, text)| (row, *column, text.clone())));
    let mut found = cells.filter_map(|(row, column, text)| {
        let long = text.chars().count() >= 6 && !text.chars().all(|c| c.is_ascii_digit());
        let long = long && !labelled(row, column);
        let day = date::understand(&text, fiscal_year).filter(|found| long && !found.assumed)?;
        let origin = Origin {
            sheet: grid.sheet.name.clone(),
            cell: grid.name(row, column),
            raw: text,
            rule: Rule::AsWritten,
        };
        Some(Read { value: day.day, origin, confidence: Confidence::Medium })
    });
    let first = found.next()?;
    // Two dates without a label: which one it is cannot be told.
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_values_in_one_cell_are_parted() {
        let read = |text: &str| -> Vec<(Label, String)> {
            inline(text).into_iter().map(|(label, _, value)| (label, value)).collect()
        };
        assert_eq!(read("所属：つきのは公民館"), [(Label::Department, "つきのは公民館".to_string())]);
        assert_eq!(
            read("所属：総務課　氏　名：佐藤　花子"),
            [(Label::Department, "総務課".to_string()), (Label::Respondent, "佐藤　花子".to_string())]
        );
        assert_eq!(read("職　名　主事"), [(Label::Position, "主事".to_string())]);
        assert_eq!(read("回答日時：2025/11/5 9:03"), [(Label::Date, "2025/11/5 9:03".to_string())]);
        assert_eq!(read("令和７年度　情報セキュリティ自己点検票"), []);
        assert_eq!(read("所　属"), []);
        assert_eq!(read("記入者："), [(Label::Respondent, String::new())]);
    }

    #[test]
    fn what_is_printed_to_be_written_over_is_no_value() {
        for text in
            ["○○課", "　　年　　月　　日", "（　　　　）", "令和　　年　　月　　日", "　　　課", "〇〇　〇〇"]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["総務課", "令和7年1月1日", "佐藤　花子", "所長", "係長"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
