//! What the form shows for each question: the stored answer, or what was entered before a refusal.

use super::api::SaveSheet;
use crate::answer::api::field_name;
use crate::context::Returned;
use domain::answer::Value;
use domain::calendar::iso;
use domain::response::{Given, gaps};
use leptos::prelude::use_context;
use server_fn::ServerFn;
use store::response::{Item, Sheet};

/// A question with what stands in its fields.
#[derive(Debug, Clone)]
pub struct Shown {
    pub item: Item,
    pub value: Option<Value>,
    pub comment: String,
    pub planned_on: String,
    /// The stored version; the next save names it.
    pub version: i32,
    /// What is missing, once somebody tried to hand in.
    pub gap: Option<&'static str>,
    /// What another window stored, if it differs from what was entered here.
    pub theirs: Option<String>,
    /// The first open question.
    pub is_next: bool,
}

/// The form's questions.
pub fn shown(sheet: &Sheet) -> Vec<Shown> {
    let returned = use_context::<Returned>().filter(|returned| returned.action == SaveSheet::PATH);
    let handing_in = returned.as_ref().is_some_and(|returned| field(returned, "then") == Some("submit"));
    let mut shown: Vec<Shown> = sheet.items().map(|item| one(item, returned.as_ref())).collect();
    let gaps = gaps(&shown.iter().map(Shown::given).collect::<Vec<_>>());
    if let Some(next) = shown.iter_mut().find(|shown| gaps.iter().any(|(no, _)| *no == shown.item.no)) {
        next.is_next = true;
    }
    for one in shown.iter_mut().filter(|_| handing_in) {
        one.gap = gaps.iter().find(|(no, _)| *no == one.item.no).map(|(_, text)| *text);
    }
    shown
}

impl Shown {
    /// The question as the rules see it.
    pub fn given(&self) -> Given {
        Given {
            no: self.item.no,
            may_be_na: self.item.not_applicable.is_some(),
            value: self.value,
            comment: self.comment.clone(),
        }
    }
}

fn field<'a>(returned: &'a Returned, name: &str) -> Option<&'a str> {
    returned.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn one(item: &Item, returned: Option<&Returned>) -> Shown {
    let stored = item.answer.as_ref();
    let mut shown = Shown {
        item: item.clone(),
        value: stored.and_then(|answer| answer.value),
        comment: stored.map(|answer| answer.comment.clone()).unwrap_or_default(),
        planned_on: stored.and_then(|answer| answer.planned_on).map(iso).unwrap_or_default(),
        version: stored.map_or(0, |answer| answer.version),
        gap: None,
        theirs: None,
        is_next: false,
    };
    let Some(returned) = returned else { return shown };
    let entered = |part: &str| field(returned, &field_name(item.id, part));
    let seen: Option<i32> = entered("version").and_then(|version| version.parse().ok());
    let (Some(seen), Some(comment)) = (seen, entered("comment")) else { return shown };
    let value = entered("value").and_then(Value::from_key);
    let comment = comment.replace("\r\n", "\n").trim().to_string();
    let differs = value != shown.value || comment != shown.comment;
    if seen < shown.version && differs && (value.is_some() || !comment.is_empty()) {
        shown.theirs = Some(words(shown.value, &shown.comment));
    } else if seen < shown.version && differs {
        return shown; // nothing was entered here; the newer answer is shown
    }
    shown.planned_on = entered("planned_on").unwrap_or_default().to_string();
    (shown.value, shown.comment) = (value, comment);
    shown
}

/// An answer in words, e.g. 未実施「鍵の交換を待っている。」
pub fn words(value: Option<Value>, comment: &str) -> String {
    let label = value.map_or("未回答", Value::label);
    if comment.is_empty() { label.to_string() } else { format!("{label}「{comment}」") }
}
