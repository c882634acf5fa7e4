//! How a form differs from the layout that was kept.

use super::super::filled::FilledItem;
use crate::form::value::fold;
use domain::form::matching::{Asked, Ground, Known, matches};
use domain::layout::{Change, Drift, Question};

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

/// How much of the kept questions and of those read found each other, 0..=100.
pub fn share(kept: &[Question], read: usize, drifts: &[Drift]) -> usize {
    let gone = drifts.iter().filter(|drift| drift.change == Change::QuestionRemoved).count();
    let found = kept.len().saturating_sub(gone);
    (found * 100).checked_div(kept.len().max(read)).unwrap_or_default()
}

fn short(text: &str) -> String {
    let line: String = text.chars().filter(|c| *c != '\n').collect();
    let cut: String = line.chars().take(24).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { cut }
}
