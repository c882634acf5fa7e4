//! Saving while answering: the sheet stays an ordinary form; this saves each answer as it is given, says so in
//! the bar, and says clearly when it could not. What the server has not acknowledged stays in the browser.

mod bar;
mod desk;
mod keep;
mod keys;
mod paper;
mod upload;

use crate::error::AppError;
use bar::{Progress, Troubles};
use desk::{Desk, WAITS};
use domain::question::setting::Attribute;
use keep::Keep;
use leptos::ev::{Event, beforeunload, keydown, online, submit};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// While somebody types, saving waits for a pause of this length.
const PAUSE: Duration = Duration::from_millis(1200);
/// What became of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is stored; the time is that of Japan's clock, e.g. 10:42.
    Saved { version: i32, time: String },
    /// Another window stored something else. Nothing was written.
    Clash { version: i32, value: String, comment: String, evidence: String, planned_on: String },
}

/// Saves one answer. `value` is the key of a choice or empty, `rows` the keys of a table's rows with commas
/// between them, `planned_on` 2026-11-27 or empty, `version` the one seen, `carried` 「前年と同じ」.
#[server(endpoint = "response/save_answer")]
pub async fn save_answer(
    target: Uuid,
    item: Uuid,
    value: String,
    typed: String,
    rows: String,
    comment: String,
    evidence: String,
    planned_on: String,
    version: i32,
    #[server(default)] carried: bool,
) -> Result<Reply, AppError> {
    let ask = crate::context::ask()?;
    let rows = rows.split(',').enumerate().filter(|(_, key)| !key.is_empty());
    let rows = rows.map(|(index, key)| (format!("r{index}"), key.to_string())).collect();
    let entry =
        crate::answer::api::Entry { value, typed, rows, comment, evidence, planned_on, version, carried };
    crate::answer::api::save_one(&ask, target, item, entry).await
}

/// The bar on top of a sheet, and the sheet itself as it came from the server.
#[island]
pub fn Autosave(
    /// Nil for trying a sheet out.
    target: Uuid,
    answered: usize,
    total: usize,
    /// Seconds the open questions will take.
    seconds: usize,
    /// The fiscal year answers are judged by.
    year: i32,
    /// Keys of what the department has.
    attributes: String,
    /// When something was saved last, e.g. 10:42; empty if nothing was.
    saved: String,
    /// Number of the first open question.
    next: Option<String>,
    /// The terminal is used by others, too: nothing stays in the browser when it ends.
    shared: bool,
    children: Children,
) -> impl IntoView {
    let desk = Desk {
        target,
        keep: Keep::new(target, shared),
        waiting: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        lost: RwSignal::new(false),
        wait: StoredValue::new(WAITS.0),
        failed: RwSignal::new(Vec::new()),
        why: RwSignal::new(String::new()),
        quarrels: RwSignal::new(Vec::new()),
        answered: RwSignal::new(answered),
        total: RwSignal::new(total),
        seconds: RwSignal::new(seconds),
        year,
        attributes: StoredValue::new(Attribute::list(&attributes)),
        saved: RwSignal::new(saved),
        next: RwSignal::new(next),
        then: StoredValue::new(None),
        sending: StoredValue::new(0),
        leaving: StoredValue::new(false),
    };
    // Effects run in the browser only: from now on the page may say that it saves by itself.
    let live = RwSignal::new(false);
    Effect::new(move |_| {
        live.set(true);
        listen(desk);
        keys::arrived();
        desk.bring_back();
        desk.recount();
    });
    let changed = move |event: Event| {
        if upload::chosen(desk, &event) {
            return;
        }
        paper::choose_or_type(&event);
        paper::show_reason(&event);
        if let Some(id) = paper::question_of(&event) {
            paper::set_carried(&id, false);
            desk.recount();
            desk.put(id);
        }
    };
    let typed: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let typing = move |event: Event| {
        let Some(id) = paper::typed_in(&event) else { return };
        paper::choose_or_type(&event);
        desk.hold(&id);
        if let Some(earlier) = typed.get_value() {
            earlier.clear();
        }
        let later = move || {
            desk.recount();
            desk.put(id.clone());
        };
        typed.set_value(set_timeout_with_handle(later, PAUSE).ok());
    };
    let clicked = move |event: leptos::ev::MouseEvent| {
        keys::followed(&event);
        if let Some(id) = paper::take_over(&event) {
            event.prevent_default();
            desk.recount();
            desk.put(id);
        }
    };
    view! {
        <div
            class="autosave"
            class:is-live=move || live.get()
            on:change=changed
            on:input=typing
            on:click=clicked
            on:dragover=move |event| upload::over(&event)
            on:dragleave=move |event| upload::left(&event)
            on:drop=move |event| upload::dropped(desk, &event)
        >
            <Progress desk/>
            <Troubles desk/>
            {children()}
        </div>
    }
}

/// What happens outside of the sheet; its page is there as long as the island.
fn listen(desk: Desk) {
    drop(window_event_listener(keydown, |event| keys::pressed(&event)));
    drop(window_event_listener(online, move |_| desk.retry()));
    drop(window_event_listener(submit, move |event| desk.submitted(&event)));
    drop(window_event_listener(beforeunload, move |event| {
        if desk.is_unsaved() && !desk.leaving.get_value() {
            event.prevent_default();
            event.set_return_value("1");
        }
    }));
}

/// `q3` is 問3.
fn question(id: &str) -> String {
    id.replacen('q', "問", 1)
}
