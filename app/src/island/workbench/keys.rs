//! Keys: each is printed on its button and works only outside text fields.

use super::paper::{all, card, find, focus};
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, HtmlFormElement};

/// Listens for as long as the page is there.
pub fn listen() {
    // The workbench lives as long as its page; there is nobody to stop listening for.
    let _ = window_event_listener(keydown, pressed);
}

fn pressed(event: KeyboardEvent) {
    let at: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let writing =
        at.as_ref().is_some_and(|it| ["INPUT", "TEXTAREA", "SELECT"].contains(&it.tag_name().as_str()));
    if event.is_composing() || event.alt_key() || event.meta_key() {
        return;
    }
    let done = match (event.key().as_str(), writing) {
        ("Escape", _) => at.as_ref().is_some_and(leave),
        ("Enter", true) if event.ctrl_key() => at.as_ref().is_some_and(send),
        (key, false) if !event.ctrl_key() => press(&key.to_lowercase()),
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

/// Closes what was opened for writing; the focus goes back to where it was opened.
fn leave(at: &Element) -> bool {
    let details = at.closest("details[open]").ok().flatten();
    let Some(details) = details.and_then(|it| it.dyn_into::<HtmlDetailsElement>().ok()) else {
        return false;
    };
    details.set_open(false);
    match details.closest(".prop").ok().flatten().or_else(card) {
        Some(card) => focus(&card),
        None => return false,
    }
    true
}

/// Sends the form that is being written in.
fn send(at: &Element) -> bool {
    let form = at.closest("form").ok().flatten();
    form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        .is_some_and(|form| form.request_submit().is_ok())
}

fn press(key: &str) -> bool {
    if key.chars().count() != 1 || key == "\"" || key == "\\" {
        return false;
    }
    if let Some(number) = key.parse::<usize>().ok().filter(|number| *number > 0) {
        return reason(key) || nth(number);
    }
    let selector = format!("[data-key=\"{key}\"]");
    let own = card().and_then(|card| card.query_selector(&selector).ok().flatten());
    let elsewhere = || all(&selector).into_iter().find(|it| it.closest(".prop").ok().flatten().is_none());
    own.or_else(elsewhere).is_some_and(|it| act(&it))
}

/// A number chooses a reason where one is asked for.
fn reason(key: &str) -> bool {
    let open =
        card().and_then(|card| card.query_selector(&format!("details[open] [data-key=\"{key}\"]")).ok()?);
    let beside = || find(&format!("#bench-sentences details[open] [data-key=\"{key}\"]"));
    open.or_else(beside).is_some_and(|it| act(&it))
}

/// A number chooses a card elsewhere.
fn nth(number: usize) -> bool {
    let cards = all(".prop");
    let Some(chosen) = cards.get(number - 1) else { return false };
    for card in &cards {
        let _ = card.class_list().remove_1("prop--on");
    }
    let _ = chosen.class_list().add_1("prop--on");
    focus(chosen);
    true
}

/// Opens what can be opened, stands on what can be chosen from, presses everything else.
fn act(element: &Element) -> bool {
    match element.tag_name().as_str() {
        "SUMMARY" => open(element),
        "SELECT" | "INPUT" | "TEXTAREA" => focus(element),
        _ => {
            if let Some(element) = element.dyn_ref::<HtmlElement>() {
                element.click();
            }
        }
    }
    true
}

fn open(summary: &Element) {
    let details = summary.parent_element().and_then(|it| it.dyn_into::<HtmlDetailsElement>().ok());
    let Some(details) = details else { return };
    details.set_open(true);
    let first = details.query_selector("[data-first], textarea, input:not([type=hidden]), select, button");
    focus(first.ok().flatten().as_ref().unwrap_or(summary));
}
