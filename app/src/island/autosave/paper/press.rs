//! Buttons and forms of the page.

use super::{choose, find, inner, set_carried};
use domain::answer::{Raw, Written};
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlFormElement};

/// 「前年と同じ」 was pressed: puts last year's answer into the fields; gives the question. Where something is answered
/// already nothing is overwritten.
pub fn take_over(event: &MouseEvent) -> Option<String> {
    let at: Element = event.target()?.dyn_into().ok()?;
    let button = at.closest("button[data-carry]").ok()??;
    let id = button.closest("fieldset.q").ok()??.id();
    let raw = Raw::from_key(&button.get_attribute("data-carry")?)?;
    let question = find(&id)?;
    if inner::<Element>(&question, "[data-choice]:checked").is_some() {
        return None;
    }
    choose(&question, &Written::of(Some(&raw)));
    set_carried(&id, true);
    Some(id)
}

fn form_of(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.target()?.dyn_into().ok()
}

/// The form of the sheet itself.
pub fn is_the_sheet(event: &SubmitEvent) -> bool {
    form_of(event).is_some_and(|form| form.id() == "answers")
}

/// Signing out, or leaving a shared terminal.
pub fn ends_the_session(event: &SubmitEvent) -> bool {
    form_of(event).is_some_and(|form| form.action().ends_with("/sign_out"))
}

/// The button that sends the form, as a selector.
pub fn button_of(event: &SubmitEvent) -> Option<String> {
    let button: HtmlButtonElement = event.submitter()?.dyn_into().ok()?;
    Some(format!("#answers button[name='{}'][value='{}']", button.name(), button.value()))
}

/// Presses it.
pub fn press(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(button) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}
