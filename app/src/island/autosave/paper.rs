//! Reading and writing the form on the page. Its shape is that of `answer::question`.

use domain::answer::Value;
use domain::response::Given;
use leptos::ev::Event;
use leptos::prelude::document;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement, NodeList};

/// What stands on the page for one question.
pub struct Written {
    pub item: Uuid,
    pub value: String,
    pub comment: String,
    pub planned_on: String,
    pub version: i32,
}

/// The state of the whole sheet on the page.
pub struct Count {
    pub answered: usize,
    /// Number of the first open question.
    pub next: Option<String>,
}

/// The question an event happened in, by its id.
pub fn question_of(event: &Event) -> Option<String> {
    let element: Element = event.target()?.dyn_into().ok()?;
    Some(element.closest("fieldset.q").ok()??.id())
}

/// The question whose reason is being typed.
pub fn typed_in(event: &Event) -> Option<String> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.dyn_ref::<HtmlTextAreaElement>()?;
    Some(element.closest("fieldset.q").ok()??.id())
}

fn find(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn inner<T: JsCast>(element: &Element, selector: &str) -> Option<T> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

fn value_of(question: &Element) -> String {
    inner::<HtmlInputElement>(question, "input[type=radio]:checked").map(|it| it.value()).unwrap_or_default()
}

fn comment_of(question: &Element) -> String {
    inner::<HtmlTextAreaElement>(question, "textarea").map(|it| it.value()).unwrap_or_default()
}

fn version_of(question: &Element) -> Option<HtmlInputElement> {
    inner(question, "input[data-version]")
}

/// What stands on the page for a question.
pub fn read(id: &str) -> Option<Written> {
    let question = find(id)?;
    let planned_on = inner::<HtmlInputElement>(&question, "input[type=date]").map(|it| it.value());
    Some(Written {
        item: question.get_attribute("data-item")?.parse().ok()?,
        value: value_of(&question),
        comment: comment_of(&question),
        planned_on: planned_on.unwrap_or_default(),
        version: version_of(&question)?.value().parse().ok()?,
    })
}

/// Puts another answer onto the page.
pub fn write(id: &str, value: &str, comment: &str, planned_on: &str) {
    let Some(question) = find(id) else { return };
    for choice in elements(question.query_selector_all("input[type=radio]").ok()) {
        if let Ok(choice) = choice.dyn_into::<HtmlInputElement>() {
            choice.set_checked(choice.value() == value);
        }
    }
    if let Some(area) = inner::<HtmlTextAreaElement>(&question, "textarea") {
        area.set_value(comment);
    }
    if let Some(day) = inner::<HtmlInputElement>(&question, "input[type=date]") {
        day.set_value(planned_on);
    }
}

/// The version the next save of a question will name.
pub fn set_version(id: &str, version: i32) {
    if let Some(field) = find(id).and_then(|question| version_of(&question)) {
        field.set_value(&version.to_string());
    }
}

/// Counts anew and writes the chapters' counts and the marks of the questions.
pub fn recount() -> Count {
    let mut count = Count { answered: 0, next: None };
    for chapter in elements(document().query_selector_all("section.chapter").ok()) {
        let questions = elements(chapter.query_selector_all("fieldset.q").ok());
        let (mut done, mut bad) = (0, 0);
        for question in &questions {
            let given = given(question);
            let complete = given.is_complete();
            let is_next = !complete && count.next.is_none();
            if is_next {
                count.next = Some(question.id().replacen('q', "", 1));
            }
            done += usize::from(complete);
            bad += usize::from(!complete && given.value.is_some());
            mark(question, complete, is_next);
        }
        count.answered += done;
        show(&chapter, done, questions.len(), bad);
    }
    count
}

fn given(question: &Element) -> Given {
    Given {
        no: 0,
        may_be_na: true,
        value: Value::from_key(&value_of(question)),
        comment: comment_of(question),
    }
}

/// The next open question is tinted; a question that was marked as wrong stays so until it is complete.
fn mark(question: &Element, complete: bool, is_next: bool) {
    let wrong = !complete && question.class_name().contains("q--err");
    let class = match (wrong, is_next) {
        (true, _) => "q q--err",
        (false, true) => "q q--next",
        (false, false) => "q",
    };
    if question.class_name() != class {
        question.set_class_name(class);
    }
}

fn show(chapter: &Element, done: usize, total: usize, bad: usize) {
    if let Some(head) = inner::<Element>(chapter, "header .n") {
        head.set_text_content(Some(&format!("回答 {done}／{total}問")));
    }
    let (class, text) = domain::response::chapter_mark(done, total, bad);
    let selector = format!("[data-chapter={}]", chapter.id());
    for place in elements(document().query_selector_all(&selector).ok()) {
        place.set_class_name(&format!("n {class}"));
        place.set_text_content(Some(&text));
    }
}

fn elements(list: Option<NodeList>) -> Vec<Element> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}
