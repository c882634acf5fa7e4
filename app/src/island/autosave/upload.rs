//! Attaching files: chosen or dropped, one after the other, each with its progress. The server answers with the
//! question's list (`evidence::proof` has its shape).

use super::desk::Desk;
use super::paper::{elements, find, inner};
use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Function, Promise, futures::JsFuture};
use web_sys::{Element, File, FileList, FormData, HtmlInputElement, ProgressEvent, XmlHttpRequest};

const CUT_OFF: &str = "送信できませんでした。接続を確かめて、もう一度選んでください。";

/// Whether the event is about a file control; then its files are on their way.
pub fn chosen(desk: Desk, event: &Event) -> bool {
    let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(input) = input.filter(|input| input.has_attribute("data-file")) else { return false };
    // Trying a sheet out sends nothing.
    if let Some(question) = input.closest("fieldset.q").ok().flatten().filter(|_| !desk.target.is_nil()) {
        begin(desk, &question, input.files());
        input.set_value("");
    }
    true
}

/// A question under the pointer shows that it takes files. Elsewhere they are not opened instead of the sheet.
pub fn over(event: &DragEvent) {
    if event.data_transfer().is_some_and(|it| it.types().includes(&JsValue::from_str("Files"), 0)) {
        event.prevent_default();
        light(event, true);
    }
}

/// The pointer left it.
pub fn left(event: &DragEvent) {
    light(event, false);
}

/// Files were dropped.
pub fn dropped(desk: Desk, event: &DragEvent) {
    event.prevent_default();
    light(event, false);
    let Some(question) = question_at(event).filter(|_| !desk.target.is_nil()) else { return };
    if let Some(fold) = inner::<Element>(&question, ".proof__fold") {
        drop(fold.set_attribute("open", ""));
    }
    begin(desk, &question, event.data_transfer().and_then(|it| it.files()));
}

fn question_at(event: &DragEvent) -> Option<Element> {
    let at: Element = event.target()?.dyn_into().ok()?;
    at.closest("fieldset.q").ok()?
}

fn light(event: &DragEvent, on: bool) {
    if let Some(question) = question_at(event) {
        drop(question.toggle_attribute_with_force("data-over", on));
    }
}

fn begin(desk: Desk, question: &Element, files: Option<FileList>) {
    let Some(files) = files else { return };
    let files: Vec<File> = (0..files.length()).filter_map(|index| files.item(index)).collect();
    let id = question.id();
    for old in elements(question.query_selector_all("[data-busy] .error").ok()) {
        old.remove();
    }
    desk.sending.update_value(|sending| *sending += 1);
    spawn_local(async move {
        for file in files {
            attach(desk, &id, file).await;
        }
        desk.sending.update_value(|sending| *sending -= 1);
        desk.press();
    });
}

async fn attach(desk: Desk, id: &str, file: File) {
    let Some(question) = find(id) else { return };
    let item = question.get_attribute("data-item").unwrap_or_default();
    let Some((line, bar)) = line(&question, &file.name()) else { return };
    match send(desk.target, &item, &file, &bar).await {
        Ok((200, list)) => {
            if let Some(files) = inner::<Element>(&question, "[data-files]") {
                files.set_inner_html(&list);
            }
            line.remove();
            desk.recount();
        }
        Ok((400..=499, reason)) if !reason.is_empty() => fail(&line, &reason),
        _ => fail(&line, &format!("「{}」を{CUT_OFF}", file.name())),
    }
}

/// A line with the name and the progress.
fn line(question: &Element, name: &str) -> Option<(Element, Element)> {
    let list: Element = inner(question, "[data-busy]")?;
    let line = document().create_element("li").ok()?;
    let bar = document().create_element("progress").ok()?;
    line.set_text_content(Some(&format!("{name}を送信中 ")));
    bar.set_attribute("max", "100").ok()?;
    bar.set_attribute("aria-label", &format!("{name}の送信")).ok()?;
    line.append_child(&bar).ok()?;
    list.append_child(&line).ok()?;
    Some((line, bar))
}

fn fail(line: &Element, reason: &str) {
    line.set_class_name("error");
    line.set_text_content(Some(reason));
}

/// Sends one file; gives status and text, 0 without an answer.
async fn send(target: Uuid, item: &str, file: &File, bar: &Element) -> Result<(u16, String), JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename(&format!("file-{item}"), file, &file.name())?;
    let request = XmlHttpRequest::new()?;
    request.open("POST", &format!("/upload/answers/{target}"))?;
    let bar = bar.clone();
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let percent = event.loaded() * 100.0 / event.total().max(1.0);
        drop(bar.set_attribute("value", &format!("{percent:.0}")));
    });
    request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let ended = |done: Function, _: Function| request.set_onloadend(Some(&done));
    let ended = Promise::new(&mut { ended });
    request.send_with_opt_form_data(Some(&form))?;
    JsFuture::from(ended).await?;
    Ok((request.status()?, request.response_text()?.unwrap_or_default()))
}
