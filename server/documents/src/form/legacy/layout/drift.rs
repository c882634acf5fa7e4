//! How a form differs from the layout that was kept.

use super::super::filled::FilledItem;
use super::Question;
use crate::form::value::fold;
use domain::form::matching::{Asked, Ground, Known, matches};
use serde::{Deserialize, Serialize};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// What changed.
    pub change: Change,
    /// Where it stands now; for what is gone, where the table begins.
    pub cell: String,
    /// One Japanese sentence.
    pub text: String,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A heading has other words.
    ColumnRenamed,
    /// A column stands elsewhere.
    ColumnMoved,
    /// A question was added.
    QuestionAdded,
    /// A question is gone.
    QuestionRemoved,
    /// A question has other words.
    QuestionReworded,
    /// Questions stand in other rows, because rows were put in or taken out.
    RowsMoved,
}

/// Differences between the questions that were kept and those that were read; `top` is the first row of headings.
pub fn of_questions(kept: &[Question], items: &[FilledItem], top: usize) -> Vec<Drift> {
    let asked: Vec<Asked> = items
        .iter()
        .map(|item| Asked { key: None, no: item.no.clone(), text: item.question.clone() })
        .collect();
    let known: Vec<Known> = kept
        .iter()
        .enumerate()
        .map(|(index, question)| Known {
            key: index.to_string(),
            no: question.no.clone().unwrap_or_default(),
            text: question.text.clone(),
        })
        .collect();
    let found = matches(&asked, &known);
    let cell = |item: &FilledItem| {
        if item.origin.cell.is_empty() { format!("A{}", item.row) } else { item.origin.cell.clone() }
    };
    let mut drifts = Vec::new();
    let mut moved: Option<&FilledItem> = None;
    for (item, one) in items.iter().zip(&found) {
        let Some(question) = one.known.and_then(|index| kept.get(index)) else {
            let text = format!("設問「{}」が加わっています。", short(&item.question));
            drifts.push(Drift { change: Change::QuestionAdded, cell: cell(item), text });
            continue;
        };
        if one.ground != Some(Ground::SameText) && fold(&question.text) != fold(&item.question) {
            let text = format!(
                "設問「{}」の文が「{}」に変わっています。",
                short(&question.text),
                short(&item.question)
            );
            drifts.push(Drift { change: Change::QuestionReworded, cell: cell(item), text });
        }
        if moved.is_none() && question.below + top != item.row {
            moved = Some(item);
        }
    }
    for (index, question) in kept.iter().enumerate() {
        if !found.iter().any(|one| one.known == Some(index)) {
            let text = format!("設問「{}」がなくなっています。", short(&question.text));
            drifts.push(Drift { change: Change::QuestionRemoved, cell: format!("A{top}"), text });
        }
    }
    if let Some(item) = moved {
        let text = format!("行の挿入又は削除により、{}行目から下の設問の位置が変わっています。", item.row);
        drifts.push(Drift { change: Change::RowsMoved, cell: cell(item), text });
    }
    drifts
}

fn short(text: &str) -> String {
    let line: String = text.chars().filter(|c| *c != '\n').collect();
    let cut: String = line.chars().take(24).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { cut }
}
