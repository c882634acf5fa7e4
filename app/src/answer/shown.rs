//! What the form shows for each question: the stored answer, or what was entered before a refusal.

use super::api::SaveSheet;
use crate::answer::api::field_name;
use crate::context::Returned;
use domain::answer::{Raw, Written};
use domain::calendar::iso;
use domain::question::setting::{Attribute, Place, Scale, Setting, hidden};
use domain::response::{Gap, Given};
use leptos::prelude::use_context;
use server_fn::ServerFn;
use store::response::{Item, Sheet};

/// A question with what stands in its fields.
#[derive(Debug, Clone)]
pub struct Shown {
    pub item: Item,
    pub written: Written,
    pub comment: String,
    pub evidence: String,
    pub planned_on: String,
    /// The stored version; the next save names it.
    pub version: i32,
    /// What is missing, once somebody tried to hand in.
    pub gaps: Vec<Gap>,
    /// What another window stored, if it differs from what was entered here.
    pub theirs: Option<String>,
    /// The first open question.
    pub is_next: bool,
}

/// The form's questions; with what each still needs, if somebody comes back from the check before handing in.
pub fn shown(sheet: &Sheet, with_gaps: bool) -> Vec<Shown> {
    let returned = use_context::<Returned>().filter(|returned| returned.action == SaveSheet::PATH);
    let checking = returned.as_ref().is_some_and(|returned| field(returned, "then") == Some("check"));
    let mut shown: Vec<Shown> = sheet.items().map(|item| one(item, returned.as_ref())).collect();
    hide(&mut shown, &sheet.attributes);
    if let Some(next) = shown.iter_mut().find(|shown| !shown.given().is_complete()) {
        next.is_next = true;
    }
    for one in shown.iter_mut().filter(|_| checking || with_gaps) {
        one.gaps = one.given().gaps();
    }
    shown
}

/// A question with nothing entered, for looking at it.
pub fn blank(item: &Item) -> Shown {
    one(item, None)
}

/// Hides by what stands in the fields, in the order of the numbers.
fn hide(shown: &mut [Shown], attributes: &[Attribute]) {
    shown.sort_by_key(|one| one.item.no);
    let raws: Vec<_> = shown.iter().map(|one| one.given().raw).collect();
    let places: Vec<Place> = shown
        .iter()
        .zip(&raws)
        .map(|(one, raw)| Place {
            question: one.item.question,
            shown: &one.item.setting.shown,
            raw: raw.as_ref(),
        })
        .collect();
    let hidden = hidden(&places, attributes);
    for one in shown {
        one.item.hidden = hidden.contains(&one.item.question);
    }
}

impl Shown {
    /// Last year's answer stands here, taken over and not changed since.
    pub fn is_carried(&self) -> bool {
        let stored = self.item.answer.as_ref().filter(|answer| answer.carried);
        stored.is_some_and(|answer| Written::of(answer.raw.as_ref()) == self.written)
    }

    /// The question as the rules see it. What can't be read is no answer yet.
    pub fn given(&self) -> Given {
        let raw = self.item.setting.read(&self.written, self.item.not_applicable.is_some());
        Given {
            raw: raw.ok().flatten(),
            comment: self.comment.clone(),
            evidence: self.evidence.clone(),
            ..self.item.given()
        }
    }

    /// The sentence about what is missing, by where it is to be entered.
    pub fn gap(&self, wanted: fn(Gap) -> bool) -> Option<&'static str> {
        self.gaps.iter().copied().find(|gap| wanted(*gap)).map(Gap::text)
    }
}

fn field<'a>(returned: &'a Returned, name: &str) -> Option<&'a str> {
    returned.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn one(item: &Item, returned: Option<&Returned>) -> Shown {
    let stored = item.answer.as_ref();
    let mut shown = Shown {
        item: item.clone(),
        written: Written::of(stored.and_then(|answer| answer.raw.as_ref())),
        comment: stored.map(|answer| answer.comment.clone()).unwrap_or_default(),
        evidence: stored.map(|answer| answer.evidence.clone()).unwrap_or_default(),
        planned_on: stored.and_then(|answer| answer.planned_on).map(iso).unwrap_or_default(),
        version: stored.map_or(0, |answer| answer.version),
        gaps: Vec::new(),
        theirs: None,
        is_next: false,
    };
    let Some(returned) = returned else { return shown };
    let entered = |part: &str| field(returned, &field_name(item.id, part));
    let seen: Option<i32> = entered("version").and_then(|version| version.parse().ok());
    let (Some(seen), Some(comment)) = (seen, entered("comment")) else { return shown };
    let text = |part: &str| entered(part).unwrap_or_default().to_string();
    let written = Written { choice: text("value"), typed: text("typed"), rows: rows(item, &entered) };
    let comment = comment.replace("\r\n", "\n").trim().to_string();
    let evidence = text("evidence").trim().to_string();
    let differs = (&written, &comment, &evidence) != (&shown.written, &shown.comment, &shown.evidence);
    if seen < shown.version && differs && !(written.is_blank() && comment.is_empty() && evidence.is_empty()) {
        let raw = shown.item.answer.as_ref().and_then(|answer| answer.raw.as_ref());
        shown.theirs = Some(words(&item.setting, raw, &shown.comment, &shown.evidence));
    } else if seen < shown.version && differs {
        return shown; // nothing was entered here; the newer answer is shown
    }
    shown.planned_on = text("planned_on");
    (shown.written, shown.comment, shown.evidence) = (written, comment, evidence);
    shown
}

/// The rows of a table as they were entered; none where there is no table.
fn rows<'a>(item: &Item, entered: &impl Fn(&str) -> Option<&'a str>) -> Vec<String> {
    let Scale::Rows { rows } = &item.setting.scale else { return Vec::new() };
    let row = |index: usize| entered(&format!("rows][r{index}")).unwrap_or_default().to_string();
    let rows: Vec<String> = (0..rows.len()).map(row).collect();
    if rows.iter().all(String::is_empty) { Vec::new() } else { rows }
}

/// An answer in words, e.g. 未実施「鍵の交換を待っている。」
pub fn words(setting: &Setting, raw: Option<&Raw>, comment: &str, evidence: &str) -> String {
    let mut words = raw.map_or_else(|| "未回答".to_string(), |raw| setting.words(raw));
    if !comment.is_empty() {
        words.push_str(&format!("「{comment}」"));
    }
    if !evidence.is_empty() {
        words.push_str(&format!("（証跡：{evidence}）"));
    }
    words
}
