//! The columns of a file as an officer sees them: letter, heading, first rows, and what they were taken for.

use super::columns::{Columns, Field};
use super::text::{address, is_address, is_nothing};
use crate::workbook::Sheet;
use domain::roster::layout::{Layout, Seen, letter};

/// So many rows are shown below a heading.
const SAMPLES: usize = 4;
/// More columns than this are not looked at.
const WIDTH: usize = 60;

/// What is seen of a sheet.
pub fn layout(sheet: &Sheet, columns: &Columns) -> Layout {
    let people = columns.data_rows(sheet);
    let width = sheet.rows.values().filter_map(|row| row.keys().max()).max().map_or(0, |last| last + 1);
    let seen = |index: usize| Seen {
        index,
        letter: letter(index),
        heading: heading(sheet, columns.heading_row, index),
        samples: people.iter().take(SAMPLES).map(|row| sheet.merged_text(*row, index)).collect(),
        field: columns.field_at(index),
    };
    let all = (0..width.min(WIDTH)).map(seen);
    let kept = all.filter(|column| {
        !column.heading.is_empty()
            || column.field.is_some()
            || column.samples.iter().any(|text| !text.is_empty())
    });
    Layout {
        sheet: sheet.name.clone(),
        heading_row: columns.heading_row,
        columns: kept.collect(),
        missing: columns.missing().into_iter().map(str::to_string).collect(),
        doubts: doubts(sheet, columns, &people),
    }
}

fn heading(sheet: &Sheet, row: usize, column: usize) -> String {
    let own = sheet.merged_text(row, column);
    let text = if own.is_empty() && row > 1 { sheet.merged_text(row - 1, column) } else { own };
    text.split_whitespace().collect()
}

/// What speaks against the guess.
fn doubts(sheet: &Sheet, columns: &Columns, people: &[usize]) -> Vec<String> {
    let mut doubts = Vec::new();
    for (rival, field) in &columns.rivals {
        let alike = matches!(field, Field::StaffNo | Field::Name | Field::Code);
        if let Some(taken) = columns.column(*field).filter(|_| alike) {
            let (taken, rival) = (letter(taken), letter(*rival));
            doubts.push(format!(
                "「{}」とみられる列が{taken}列と{rival}列にあります。{taken}列を使います。",
                field.label()
            ));
        }
    }
    type Look = (Field, fn(&str) -> bool, &'static str);
    let looks: [Look; 3] = [
        (Field::StaffNo, |text| text.chars().any(char::is_numeric), "数字がありません"),
        (Field::Name, |text| !text.chars().all(char::is_numeric), "数字しかありません"),
        (
            Field::Email,
            |text| is_address(&address(text)) || is_nothing(&address(text)),
            "メールアドレスがありません",
        ),
    ];
    for (field, fits, what) in looks {
        let Some(column) = columns.column(field) else { continue };
        let mut texts =
            people.iter().map(|row| sheet.text(*row, column)).filter(|text| !text.is_empty()).peekable();
        if texts.peek().is_some() && !texts.any(|text| fits(&text)) {
            doubts.push(format!("{}列は「{}」とみましたが、{what}。", letter(column), field.label()));
        }
    }
    doubts
}
