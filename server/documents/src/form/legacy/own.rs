//! Our own forms keep keys in hidden columns: what they say goes before what structure and wording say.

use super::super::reading::{FormReading, ReadAnswer, is_ours, of_sheets};
use super::filled::{Fault, FilledForm, FilledItem, FormFile, Ignored, Origin, Rule};
use crate::unreadable::Unreadable;
use crate::workbook::{Sheet, address};
use domain::answer::Raw;

/// Puts the readings by key in the place of what was recognised, if this product wrote the workbook.
///
/// # Errors
/// The keys are lost.
pub fn overlay(sheets: &[Sheet], file: &mut FormFile) -> Result<(), Unreadable> {
    if !is_ours(sheets) {
        return Ok(());
    }
    let readings = of_sheets(sheets)?;
    file.ignored.retain(|ignored: &Ignored| ignored.reason != "hidden");
    let recognised = std::mem::take(&mut file.forms);
    for (tab, reading) in readings {
        let seen = recognised.iter().find(|form| form.sheet.as_deref() == Some(tab.as_str()));
        file.forms.push(form(&tab, reading, seen));
    }
    Ok(())
}

fn form(tab: &str, reading: FormReading, seen: Option<&FilledForm>) -> FilledForm {
    let items = reading.answers.iter().map(|answer| item(tab, answer, seen)).collect();
    let known = seen.cloned().unwrap_or_default();
    FilledForm {
        sheet: Some(tab.to_string()),
        title: known.title,
        head: known.head,
        items,
        target_key: Some(reading.target_key),
        edition_label: Some(reading.edition_label),
        ..FilledForm::default()
    }
}

fn item(tab: &str, answer: &ReadAnswer, seen: Option<&FilledForm>) -> FilledItem {
    let row = address(&answer.cell).map_or(0, |(row, _)| row);
    let known =
        seen.and_then(|form| form.items.iter().find(|item| item.row == row)).cloned().unwrap_or_default();
    let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let incomplete = matches!(&answer.value, Some(Raw::Rows(rows)) if rows.iter().any(Option::is_none));
    let fault = match (&answer.value, answer.raw.is_empty()) {
        (Some(_), _) if incomplete => Some(Fault::Unanswered),
        (Some(_), _) => None,
        // The head of a table holds an arrow and no answer.
        (None, true) => Some(Fault::Unanswered),
        (None, false) if answer.raw == "↓" => Some(Fault::Unanswered),
        (None, false) => Some(Fault::UnknownAnswer),
    };
    FilledItem {
        row,
        no: Some(answer.no.to_string()),
        answer: answer.value.clone().filter(|_| fault.is_none()),
        fault,
        raw_answer: text(&answer.raw),
        comment: text(&answer.comment),
        evidence: text(&answer.evidence),
        origin: Origin {
            sheet: tab.to_string(),
            cell: answer.cell.clone(),
            raw: answer.raw.clone(),
            rule: Rule::OwnKey,
        },
        item_key: Some(answer.item_key.clone()),
        ..known
    }
}
