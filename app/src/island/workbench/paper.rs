//! Reading forms and links of the page, and putting parts in their place. The shape is that of `question`.

use super::Reply;
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, try_iter};
use web_sys::{
    Element, FormData, HtmlAnchorElement, HtmlButtonElement, HtmlDetailsElement, HtmlElement,
    HtmlFormElement, NodeList, UrlSearchParams,
};

/// The card that has the focus, else the one the server marked.
pub fn card() -> Option<Element> {
    let focused = document().active_element().and_then(|it| it.closest(".prop").ok().flatten());
    focused.or_else(|| find(".prop--on"))
}

/// The first element of a selector in the workbench.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(&format!(".workbench {selector}")).ok().flatten()
}

/// All elements of a selector in the workbench.
pub fn all(selector: &str) -> Vec<Element> {
    elements(document().query_selector_all(&format!(".workbench {selector}")).ok())
}

fn elements(list: Option<NodeList>) -> Vec<Element> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect()
}

/// The focus goes to an element.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Nothing can be done where an element takes no focus.
        let _ = element.focus();
    }
}

/// Address and fields of a form that changes something; forms that only look are left to the browser.
pub fn form_of(event: &SubmitEvent) -> Option<(String, String)> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    if form.method() != "post" {
        return None;
    }
    let fields = UrlSearchParams::new().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    for pair in try_iter(&data).ok()??.flatten() {
        let pair: Array = pair.dyn_into().ok()?;
        fields.append(&text(&pair.get(0)), &text(&pair.get(1)));
    }
    let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        fields.append(&button.name(), &button.value());
    }
    Some((form.get_attribute("action")?, String::from(fields.to_string())))
}

fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}

/// The place a link of the workbench leads to, as a field. The tree keeps the filter of the moment.
pub fn place_of(event: &MouseEvent) -> Option<String> {
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let element: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = element.closest("a[data-place]").ok()??.dyn_into().ok()?;
    let query = if link.get_attribute("data-place")? == "tree" {
        window().location().search().unwrap_or_default()
    } else {
        link.search()
    };
    let fields = UrlSearchParams::new().ok()?;
    fields.append("page", &format!("{}{query}", link.pathname()));
    Some(String::from(fields.to_string()))
}

/// Puts what changed in its place.
pub fn put(reply: &Reply) {
    for (id, html) in &reply.pieces {
        if let Some(place) = document().get_element_by_id(id) {
            place.set_inner_html(html);
        }
    }
    for (place, count) in all("#bench-tree .n").into_iter().zip(&reply.counts) {
        if place.text_content().as_deref() != Some(count) {
            place.set_text_content(Some(count));
            place.set_class_name(if count.starts_with('✓') { "n done" } else { "n" });
        }
    }
    point_at(&reply.clause);
    if let Ok(history) = window().history()
        && !reply.address.is_empty()
    {
        // A browser that refuses this shows the old address; the page itself is right.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&reply.address));
    }
    if let Some(card) = document().get_element_by_id(&reply.focus) {
        focus(&card);
    }
}

/// The clause under work stands out in the tree.
fn point_at(clause: &str) {
    let Some(link) = document().get_element_by_id(&format!("c-{clause}")) else { return };
    for other in all("#bench-tree [aria-current]") {
        // Taking away what is there cannot fail.
        let _ = other.remove_attribute("aria-current");
    }
    let _ = link.set_attribute("aria-current", "true");
    let mut above = link.parent_element();
    while let Some(element) = above {
        if let Some(details) = element.dyn_ref::<HtmlDetailsElement>() {
            details.set_open(true);
        }
        above = element.parent_element();
    }
    in_sight(&link);
}

/// Scrolls the tree, and nothing else, so that a link is in sight.
fn in_sight(link: &Element) {
    let Some(tree) = document().get_element_by_id("bench-tree") else { return };
    let (frame, own) = (tree.get_bounding_client_rect(), link.get_bounding_client_rect());
    if own.top() < frame.top() || own.bottom() > frame.bottom() {
        let to = own.top() - frame.top() - frame.height() / 3.0;
        tree.scroll_by_with_x_and_y(0.0, to);
    }
}
