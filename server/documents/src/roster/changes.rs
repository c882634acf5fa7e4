//! The difference between a roster and the city as a workbook: changes on one sheet, problems on the other.

use crate::table::{Cell, Column, Page, WriteError, write_pages};
use domain::roster::RosterProblem;
use domain::roster::difference::Difference;

/// Writes every change and every problem, however many.
pub fn write_difference(difference: &Difference, problems: &[RosterProblem]) -> Result<Vec<u8>, WriteError> {
    write_pages("名簿の差分", &[changes(difference), faults(problems)])
}

fn page(name: &str, headings: &[&str], rows: Vec<Vec<Cell>>) -> Page {
    let columns = headings.iter().map(|heading| Column::fitting(heading)).collect();
    Page { name: name.to_string(), head: format!("名簿の差分　{name}"), columns, rows }
}

fn changes(difference: &Difference) -> Page {
    let text = |text: &str| Cell::from(text);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in &difference.renamed {
        rows.push(vec![text("所属の改称"), text(&one.code), text(""), text(&one.before), text(&one.after)]);
    }
    for name in &difference.new_departments {
        rows.push(vec![text("新しい所属"), text(""), text(""), text(""), text(name)]);
    }
    for one in &difference.changes {
        rows.push(vec![
            text(one.kind.label()),
            text(&one.staff_no),
            text(&one.name),
            text(&one.before),
            text(&one.after),
        ]);
    }
    page("変更", &["区分", "職員番号・所属コード", "氏名", "今", "取込み後"], rows)
}

fn faults(problems: &[RosterProblem]) -> Page {
    let rows = problems.iter().map(|one| {
        let row = if one.row == 0 {
            Cell::from("全体")
        } else {
            u32::try_from(one.row).map_or(Cell::Blank, Cell::from)
        };
        let handling = if one.rejected { "取り込まない" } else { "注意" };
        vec![
            Cell::from(one.sheet.as_str()),
            row,
            Cell::from(one.column.as_str()),
            Cell::from(handling),
            Cell::from(one.text.as_str()),
        ]
    });
    page("問題", &["シート", "行", "列", "扱い", "内容"], rows.collect())
}
