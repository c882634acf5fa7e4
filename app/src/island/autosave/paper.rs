//! Reading and writing the form on the page. Its shape is that of `answer::question`.

mod count;
mod press;

pub use count::recount;
pub use press::{button_of, ends_the_session, is_the_sheet, press, take_over};

use super::desk::Quarrel;
use domain::answer::{Raw, Written};
use domain::question::setting::Setting;
use leptos::ev::Event;
use leptos::prelude::{document, window};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement, NodeList};

/// The question holds last year's answer.
const CARRIED: &str = "data-carried";

/// What stands on the page for one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    pub item: Uuid,
    pub written: Written,
    pub comment: String,
    pub evidence: String,
    pub planned_on: String,
    pub version: i32,
    /// 「前年と同じ」 was pressed and nothing was changed since.
    pub carried: bool,
}

/// The question an event happened in, by its id.
pub fn question_of(event: &Event) -> Option<String> {
    let element: Element = event.target()?.dyn_into().ok()?;
    Some(element.closest("fieldset.q").ok()??.id())
}

/// The question something is being typed in.
pub fn typed_in(event: &Event) -> Option<String> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let is_line = element.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() == "text");
    (is_line || element.dyn_ref::<HtmlTextAreaElement>().is_some()).then_some(())?;
    Some(element.closest("fieldset.q").ok()??.id())
}

/// Where something can be typed or chosen instead, the one puts the other away.
pub fn choose_or_type(event: &Event) {
    let element: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(element) = element else { return };
    let Some(question) = element.closest("fieldset.q").ok().flatten() else { return };
    let typed = inner::<HtmlInputElement>(&question, "input[data-typed]");
    let own = inner::<HtmlInputElement>(&question, "input[data-choice][value='']");
    if element.has_attribute("data-typed") && !element.value().is_empty() {
        own.into_iter().for_each(|own| own.set_checked(true));
    } else if element.has_attribute("data-choice") && !element.value().is_empty() {
        typed.into_iter().for_each(|typed| typed.set_value(""));
    }
}

pub fn find(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

pub fn inner<T: JsCast>(element: &Element, selector: &str) -> Option<T> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

fn value_at(question: &Element, selector: &str) -> String {
    inner::<HtmlInputElement>(question, selector).map(|it| it.value()).unwrap_or_default()
}

fn comment_of(question: &Element) -> String {
    inner::<HtmlTextAreaElement>(question, "textarea").map(|it| it.value()).unwrap_or_default()
}

fn version_of(question: &Element) -> Option<HtmlInputElement> {
    inner(question, "input[data-version]")
}

/// The setting of a question; the default is not written into the page.
fn setting_of(question: &Element) -> Setting {
    let text = question.get_attribute("data-setting").unwrap_or_default();
    leptos::serde_json::from_str(&text).unwrap_or_default()
}

fn written(question: &Element) -> Written {
    let row = |row: Element| value_at(&row, "input:checked");
    let rows: Vec<String> =
        elements(question.query_selector_all("[data-row]").ok()).into_iter().map(row).collect();
    Written {
        choice: value_at(question, "input[data-choice]:checked"),
        typed: value_at(question, "input[data-typed]"),
        rows,
    }
}

/// What stands on the page for a question.
pub fn read(id: &str) -> Option<Entered> {
    let question = find(id)?;
    Some(Entered {
        item: question.get_attribute("data-item")?.parse().ok()?,
        written: written(&question),
        comment: comment_of(&question),
        evidence: value_at(&question, "input[data-evidence]"),
        planned_on: value_at(&question, "input[data-planned]"),
        version: version_of(&question)?.value().parse().ok()?,
        carried: question.has_attribute(CARRIED),
    })
}

/// The answer on the page in words.
pub fn words(id: &str) -> String {
    let Some((question, entered)) = find(id).zip(read(id)) else { return String::new() };
    let setting = setting_of(&question);
    let raw = setting.read(&entered.written, true).ok().flatten().map(|raw| raw.key());
    words_of(id, &raw.unwrap_or_default(), &entered.comment, &entered.evidence)
}

/// An answer to a question in words.
pub fn words_of(id: &str, key: &str, comment: &str, evidence: &str) -> String {
    let setting = find(id).map(|question| setting_of(&question)).unwrap_or_default();
    let mut words = Raw::from_key(key).map_or_else(|| "未回答".to_string(), |raw| setting.words(&raw));
    if !comment.is_empty() {
        words.push_str(&format!("「{comment}」"));
    }
    if !evidence.is_empty() {
        words.push_str(&format!("（証跡：{evidence}）"));
    }
    words
}

/// Puts what was entered before onto the page.
pub fn write(id: &str, entered: &Entered) {
    let Some(question) = find(id) else { return };
    put(&question, &entered.written, &entered.comment, &entered.evidence, &entered.planned_on);
    set_version(id, entered.version);
    set_carried(id, entered.carried);
}

/// Puts the answer another window stored onto the page.
pub fn write_stored(stored: &Quarrel) {
    let Some(question) = find(&stored.id) else { return };
    let written = Written::of(Raw::from_key(&stored.value).as_ref());
    put(&question, &written, &stored.comment, &stored.evidence, &stored.planned_on);
    set_version(&stored.id, stored.version);
    set_carried(&stored.id, false);
}

fn put(question: &Element, written: &Written, comment: &str, evidence: &str, planned_on: &str) {
    choose(question, written);
    for (selector, text) in [("input[data-evidence]", evidence), ("input[data-planned]", planned_on)] {
        if let Some(field) = inner::<HtmlInputElement>(question, selector) {
            field.set_value(text);
        }
    }
    if let Some(area) = inner::<HtmlTextAreaElement>(question, "textarea") {
        area.set_value(comment);
    }
}

/// Puts an answer into the fields of the scale.
fn choose(question: &Element, written: &Written) {
    check(question, "input[data-choice]", &written.choice);
    for (row, key) in elements(question.query_selector_all("[data-row]").ok()).iter().zip(0..) {
        check(row, "input", written.rows.get(key).map_or("", String::as_str));
    }
    if let Some(field) = inner::<HtmlInputElement>(question, "input[data-typed]") {
        field.set_value(&written.typed);
    }
}

/// Marks an answer as taken over from last year, or as given now.
pub fn set_carried(id: &str, carried: bool) {
    if let Some(question) = find(id) {
        // Nothing can be done about an attribute that can't be set.
        drop(question.toggle_attribute_with_force(CARRIED, carried));
    }
}

/// Checks the choice of a group, or none of them.
fn check(within: &Element, selector: &str, key: &str) {
    for choice in elements(within.query_selector_all(selector).ok()) {
        if let Ok(choice) = choice.dyn_into::<HtmlInputElement>() {
            choice.set_checked(choice.value() == key);
        }
    }
}

/// The version the next save of a question will name.
pub fn set_version(id: &str, version: i32) {
    if let Some(field) = find(id).and_then(|question| version_of(&question)) {
        field.set_value(&version.to_string());
    }
}

/// The block for the reason opened: it, with the day in it, is brought up over the lower edge of the window.
pub fn show_reason(event: &Event) {
    let at: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let question = at.filter(|at| at.has_attribute("data-asks"));
    let question = question.and_then(|at| at.closest("fieldset.q").ok().flatten());
    if let Some(block) = question.and_then(|question| inner(&question, ".q__more")) {
        into_sight(&block);
    }
}

/// Scrolls no further than is needed.
pub fn into_sight(block: &Element) {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    if height.is_some_and(|height| block.get_bounding_client_rect().bottom() > height) {
        block.scroll_into_view_with_bool(false);
    }
}

pub fn elements(list: Option<NodeList>) -> Vec<Element> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}
