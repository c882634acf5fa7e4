//! What was read, as JSON: `minaoshi form read`.

use super::filled::{Doubt, FilledForm, FilledItem, FormFile};
use domain::calendar::iso;
use serde_json::{Value, json};

impl FormFile {
    /// The file as JSON.
    pub fn to_json(&self) -> Value {
        let ignored: Vec<Value> = self
            .ignored
            .iter()
            .map(|sheet| json!({ "sheet": sheet.sheet, "reason": sheet.reason }))
            .collect();
        let sheets: Vec<Value> = self.forms.iter().map(FilledForm::to_json).collect();
        json!({ "file": self.file, "sheets": sheets, "ignored_sheets": ignored })
    }
}

impl FilledForm {
    /// One form as JSON.
    pub fn to_json(&self) -> Value {
        let text = |read: &Option<super::Read<String>>| read.as_ref().map(|read| read.value.clone());
        let head = &self.head;
        let excluded: Vec<Value> =
            self.excluded.iter().map(|row| json!({ "row": row.row, "reason": row.reason })).collect();
        let mut form = json!({
            "sheet": self.sheet,
            "title": self.title,
            "meta": {
                "department": text(&head.department),
                "respondent": text(&head.respondent),
                "position": text(&head.position),
                "staff_no": text(&head.staff_no),
                "system": text(&head.system),
                "date_iso": head.date.as_ref().map(|read| iso(read.value)),
            },
            "items": self.items.iter().map(item).collect::<Vec<Value>>(),
            "excluded_rows": excluded,
            "doubts": self.doubts.iter().map(doubt).collect::<Vec<Value>>(),
            "remark": text(&self.remark),
        });
        if let (Some(target), Some(edition)) = (&self.target_key, &self.edition_label) {
            form["target"] = json!(target);
            form["edition"] = json!(edition);
        }
        form
    }
}

fn item(item: &FilledItem) -> Value {
    let mut value = json!({
        "row": item.row,
        "no": item.no,
        "category": item.category,
        "question": item.question,
        "answer": item.answer.as_ref().map(|answer| answer.key()),
        "raw_answer": item.raw_answer,
        "comment": item.comment,
        "problem": item.fault.map(super::Fault::key),
        "cell": item.origin.cell,
        "rule": item.origin.rule,
    });
    let optional = [("evidence", &item.evidence), ("due", &item.due), ("item", &item.item_key)];
    for (key, text) in optional {
        if let Some(text) = text {
            value[key] = json!(text);
        }
    }
    if item.formula {
        value["formula"] = json!(true);
    }
    value
}

fn doubt(doubt: &Doubt) -> Value {
    json!({ "text": doubt.text, "cells": doubt.cells, "candidates": doubt.candidates, "confidence": doubt.confidence })
}
