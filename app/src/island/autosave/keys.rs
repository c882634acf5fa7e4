//! Keys while the focus is in a question: 1 to 9 choose, n goes to the next open one, [ and ] to the chapters. A link
//! to a question takes the focus along, so that the keys work there at once, also when it led here from another page.

use super::paper::{elements, inner};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Does what a key says; never while something is being written.
pub fn pressed(event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
    let at: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(at) = at.filter(|at| !modified && !writes(at)) else { return };
    let key = event.key();
    let Some(question) = at.closest("fieldset.q").ok().flatten() else {
        // From anywhere else on the page n begins at the top.
        if matches!(key.as_str(), "n" | "N") && first_open().is_some_and(|question| go(&question)) {
            event.prevent_default();
        }
        return;
    };
    let done = match key.as_str() {
        "n" | "N" => to_next_open(&question),
        "[" => to_chapter(&question, -1),
        "]" => to_chapter(&question, 1),
        _ => key.parse::<usize>().is_ok_and(|number| choose(&question, &at, number)),
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

fn first_open() -> Option<Element> {
    document().query_selector("fieldset.q[data-open]:not([hidden])").ok().flatten()
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
    let Ok(choice) = choice.dyn_into::<HtmlElement>() else { return false };
    choice.click();
    choice.focus().is_ok()
}

/// After this question, and from the top again.
fn to_next_open(question: &Element) -> bool {
    let all = elements(document().query_selector_all("fieldset.q:not([hidden])").ok());
    let here = all.iter().position(|one| one == question).map_or(0, |here| here + 1);
    let (before, after) = all.split_at(here);
    after.iter().chain(before).find(|one| one.has_attribute("data-open")).is_some_and(go)
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
