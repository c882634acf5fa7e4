//! Keys while the focus is in a question: 1 to 9 choose, n goes to the next open one, [ and ] to the chapters. An answer
//! that needs a reason leads to its field, and Escape back. A link to a question takes the focus along, so that the keys
//! work there at once, also when it led here from another page.

use super::bar::ALL_ANSWERED;
use super::paper::{elements, inner, into_sight};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// Does what a key says; never while something is being written.
pub fn pressed(event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
    let at: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(at) = at.filter(|_| !modified) else { return };
    let question = at.closest("fieldset.q").ok().flatten();
    let key = event.key();
    let done = match (key.as_str(), &question) {
        ("Escape", Some(question)) => writes(&at) && back_to_choices(question),
        _ if writes(&at) => false,
        ("n" | "N", _) => to_next_open(question.as_ref()) || to_the_check(),
        ("[", Some(question)) => to_chapter(question, -1),
        ("]", Some(question)) => to_chapter(question, 1),
        (_, Some(question)) => key.parse::<usize>().is_ok_and(|number| choose(question, &at, number)),
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

/// A link to a question was followed: the browser alone would only scroll there and leave the focus nowhere.
pub fn followed(event: &MouseEvent) {
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let at: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let link = at.and_then(|at| at.closest("a[href^='#q']").ok().flatten());
    let href = link.and_then(|link| link.get_attribute("href")).unwrap_or_default();
    let Some(question) = href.strip_prefix('#').and_then(|id| document().get_element_by_id(id)) else {
        return;
    };
    if go(&question) {
        event.prevent_default();
    }
}

/// The address names a question: somebody came back from the check page to answer it.
pub fn arrived() {
    let hash = window().location().hash().unwrap_or_default();
    if let Some(question) = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id))
        && question.matches("fieldset.q").unwrap_or_default()
    {
        go(&question);
    }
}

/// A field for text or a day; keys belong to it.
fn writes(at: &Element) -> bool {
    match at.dyn_ref::<HtmlInputElement>() {
        Some(input) => !["radio", "checkbox", "file"].contains(&input.type_().as_str()),
        None => ["TEXTAREA", "SELECT"].contains(&at.tag_name().as_str()),
    }
}

/// Of a table the row that has the focus.
fn choose(question: &Element, at: &Element, number: usize) -> bool {
    let row = at.closest("[data-row]").ok().flatten().or_else(|| inner(question, "[data-row]"));
    let choices = elements(row.as_ref().unwrap_or(question).query_selector_all("input[type=radio]").ok());
    let Some(choice) = number.checked_sub(1).and_then(|index| choices.into_iter().nth(index)) else {
        return false;
    };
    let asks = row.is_none() && choice.has_attribute("data-asks");
    let Ok(choice) = choice.dyn_into::<HtmlElement>() else { return false };
    choice.click();
    (asks && to_the_reason(question)) || choice.focus().is_ok()
}

/// The reason that became required and is still missing.
fn to_the_reason(question: &Element) -> bool {
    let area =
        inner::<HtmlTextAreaElement>(question, "textarea").filter(|area| area.value().trim().is_empty());
    let block = inner::<Element>(question, ".q__more");
    if area.as_ref().is_none_or(|area| area.focus().is_err()) {
        return false;
    }
    // With the day below it, which would otherwise open under the edge of the window.
    if let Some(block) = block {
        into_sight(&block);
    }
    true
}

fn back_to_choices(question: &Element) -> bool {
    let chosen = inner::<HtmlElement>(question, "input:checked");
    chosen.or_else(|| inner(question, "input[type=radio]")).is_some_and(|choice| choice.focus().is_ok())
}

/// After this question, and from the top again.
fn to_next_open(question: Option<&Element>) -> bool {
    let all = elements(document().query_selector_all("fieldset.q:not([hidden])").ok());
    let here = all.iter().position(|one| Some(one) == question).map_or(0, |here| here + 1);
    let (before, after) = all.split_at(here);
    after.iter().chain(before).find(|one| one.has_attribute("data-open")).is_some_and(go)
}

/// Nothing is open: the button that leads on takes the focus, and the bar says so.
fn to_the_check() -> bool {
    let bar = document().query_selector(".progress").ok().flatten();
    let Some(bar) = bar else { return false };
    if let Some(told) = inner::<Element>(&bar, "[data-told]") {
        told.set_text_content(Some(ALL_ANSWERED));
    }
    inner::<HtmlElement>(&bar, "button").is_some_and(|button| button.focus().is_ok())
}

fn to_chapter(question: &Element, step: isize) -> bool {
    let chapters = elements(document().query_selector_all("section.chapter").ok());
    let here = chapters.iter().position(|chapter| chapter.contains(Some(question)));
    let there = here.and_then(|here| here.checked_add_signed(step)).and_then(|there| chapters.get(there));
    let first = there.and_then(|chapter| inner::<Element>(chapter, "fieldset.q:not([hidden])"));
    first.as_ref().is_some_and(go)
}

/// The focus goes to what is chosen, or to the first field.
fn go(question: &Element) -> bool {
    let chosen = inner::<HtmlElement>(question, "input:checked");
    let field = chosen.or_else(|| inner(question, "input:not([type=hidden]), textarea"));
    question.scroll_into_view();
    field.is_some_and(|field| field.focus().is_ok())
}
