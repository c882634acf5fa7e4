//! How a form writes its answers, so that others can be written the same way.

use super::columns::{Answers, Columns};
use super::filled::{FilledItem, Place};
use super::grid::{Grid, Span};
use super::mark::{Marks, Said};
use std::collections::BTreeMap;

/// The cells of an answer in this row.
pub fn places(grid: &Grid, columns: &Columns, row: usize, span: Option<Span>) -> Vec<Place> {
    let one = |span: Span| {
        let column = grid.first(row, span).map_or(span.first, |(column, _)| column);
        let (row, column) = grid.start(row, column);
        grid.name(row, column)
    };
    match (&columns.answers, span) {
        (Answers::Choices(choices), None) => choices
            .iter()
            .map(|choice| Place {
                cell: one(choice.span),
                label: choice.label.clone(),
                means: Some(choice.means.clone()),
            })
            .collect(),
        (Answers::One(span), None) => vec![Place { cell: one(*span), label: String::new(), means: None }],
        (_, Some(span)) => {
            vec![Place { cell: one(span), label: String::new(), means: None }]
        }
        _ => Vec::new(),
    }
}

/// Texts by the key of the answer: of the list offered, else of the legend, else as most answers are written.
pub fn of(grid: &Grid, columns: &Columns, items: &[FilledItem], marks: &Marks) -> BTreeMap<String, String> {
    let mut wording = BTreeMap::new();
    if let Answers::Choices(_) = columns.answers {
        let signs = items
            .iter()
            .filter(|item| item.fault.is_none())
            .filter_map(|item| item.raw_answer.as_deref()?.rsplit(':').next());
        wording.extend(most(signs).map(|sign| ("mark".to_string(), sign)));
        return wording;
    }
    for item in items {
        if let (Some(answer), Some(raw)) = (&item.answer, &item.raw_answer)
            && !wording.contains_key(&answer.key())
        {
            let same = items
                .iter()
                .filter(|other| other.answer.as_ref() == Some(answer))
                .filter_map(|other| other.raw_answer.as_deref());
            let text = most(same).unwrap_or_else(|| raw.clone());
            wording.entry(answer.key()).or_insert(text);
        }
    }
    for (sign, value) in &marks.legend.signs {
        wording.entry(value.key().to_string()).or_insert_with(|| sign.clone());
    }
    let lists = columns
        .answer_spans()
        .into_iter()
        .flat_map(|span| items.iter().filter_map(move |item| grid.sheet.look.list_at(item.row, span.first)));
    for choice in lists.take(1).flat_map(|list| &list.choices) {
        if let Said::One(raw, _) = marks.read(choice) {
            wording.insert(raw.key(), choice.clone());
        }
    }
    wording
}

/// The text that occurs most; of several the first in order.
fn most<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    texts.for_each(|text| *counts.entry(text).or_default() += 1);
    let best = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == best).map(|(text, _)| text.to_string())
}
