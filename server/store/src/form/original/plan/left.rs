//! What stands in a form and no answer takes the place of.

use super::super::ReadRow;
use super::{Line, ReadForm};

/// What stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it stands; what can be emptied. None if it can't be.
    pub cells: Vec<String>,
    /// The row, as the form calls it.
    pub row: String,
    /// As it stands there.
    pub text: String,
    /// Why no answer is written there.
    pub why: &'static str,
}

const NO_ANSWER: &str = "画面に回答がありません。";
const WHOLE: &str = "点検票全体についての記載です。";
const NO_REMARK: &str = "画面の回答には、理由の記載がありません。";

/// Entries in rows that get no answer, and what was written about the whole form.
pub(super) fn rows(form: &ReadForm, lines: &[Line]) -> Vec<Left> {
    let rows = form
        .rows
        .iter()
        .zip(lines)
        .filter(|(row, line)| line.cells.is_empty() && !(row.raw.is_empty() && row.comment.is_empty()));
    let left = |(row, line): (&ReadRow, &Line)| {
        let answer = row.places.iter().map(|place| place.cell.clone()).filter(|_| !row.raw.is_empty());
        let comment = row.comment_cell.clone().filter(|_| !row.comment.is_empty());
        Left {
            cells: if row.fixed { comment.into_iter().collect() } else { answer.chain(comment).collect() },
            row: name(row),
            text: [row.raw.as_str(), row.comment.as_str()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("／"),
            why: line.lacks.first().copied().unwrap_or(NO_ANSWER),
        }
    };
    let whole = form.remark.iter().map(|(cell, text)| Left {
        cells: Some(cell.clone()).filter(|cell| !cell.is_empty()).into_iter().collect(),
        row: "総評".to_string(),
        text: text.clone(),
        why: WHOLE,
    });
    rows.map(left).chain(whole).collect()
}

/// Remarks beside answers that have none.
pub(super) fn remarks(form: &ReadForm, lines: &[Line]) -> Vec<Left> {
    let emptied = form.rows.iter().zip(lines).filter_map(|(row, line)| {
        let (cell, _) = line.comment.as_ref().filter(|(_, text)| text.is_empty())?;
        Some(Left { cells: vec![cell.clone()], row: name(row), text: row.comment.clone(), why: NO_REMARK })
    });
    emptied.collect()
}

fn name(row: &ReadRow) -> String {
    format!("{} {}", row.no, row.question).trim().to_string()
}
