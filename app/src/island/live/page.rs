//! Fetches the page at hand once more and puts its main part in the place of the old one.

use super::morph::morph;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlTemplateElement, Response};

/// False if the page that came back is another one, such as the sign-in.
pub async fn bring() -> Result<bool, JsValue> {
    let address = window().location().href()?;
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    // Inside a template nothing is loaded and no script runs.
    let template: HtmlTemplateElement = document().create_element("template")?.dyn_into()?;
    template.set_inner_html(&text);
    let fresh = template.content().query_selector("main")?;
    let Some(fresh) = fresh.filter(|main| main.query_selector(".live").ok().flatten().is_some()) else {
        return Ok(false);
    };
    let Some(old) = document().query_selector("main")? else { return Ok(false) };
    keeping_focus(|| morph(&old, &fresh))?;
    Ok(true)
}

/// Moving an element takes the focus from it; it gets it back, without scrolling, if it is still there.
fn keeping_focus(change: impl FnOnce() -> Result<(), JsValue>) -> Result<(), JsValue> {
    let focused: Option<Element> = document().active_element();
    let (across, down) = (window().scroll_x()?, window().scroll_y()?);
    change()?;
    if let Some(element) = focused
        .filter(|element| element.is_connected() && document().active_element().as_ref() != Some(element))
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        element.focus()?;
    }
    window().scroll_to_with_x_and_y(across, down);
    Ok(())
}
