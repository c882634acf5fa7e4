//! Saving while answering: the sheet stays an ordinary form; this saves each answer as it is given, says so in
//! the bar, and says clearly when it could not. What the server has not acknowledged stays in the browser.

mod bar;
mod keep;
mod keys;
mod paper;
mod upload;

use crate::error::AppError;
use bar::{Progress, Troubles};
use domain::question::setting::Attribute;
use keep::Keep;
use leptos::ev::{Event, SubmitEvent, beforeunload, online, submit};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// While somebody types, saving waits for a pause of this length.
const PAUSE: Duration = Duration::from_millis(1200);
/// The first and the longest wait before trying again.
const WAITS: (u64, u64) = (2, 60);

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

/// Both answers of a question that was changed in two windows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Quarrel {
    /// Id of the question on the page, e.g. `q3`.
    id: String,
    version: i32,
    value: String,
    comment: String,
    evidence: String,
    planned_on: String,
}

/// What the island knows; the answers themselves stay in the form.
#[derive(Clone, Copy)]
struct Desk {
    target: Uuid,
    keep: Keep,
    /// Questions waiting to be saved, by their id on the page.
    waiting: RwSignal<Vec<String>>,
    busy: RwSignal<bool>,
    /// No answer from the server; what waits is tried again after so many seconds.
    lost: RwSignal<bool>,
    wait: StoredValue<u64>,
    /// Questions the server did not take, and why.
    failed: RwSignal<Vec<String>>,
    why: RwSignal<String>,
    quarrels: RwSignal<Vec<Quarrel>>,
    answered: RwSignal<usize>,
    /// Questions that are owed now: an answer may show or hide others.
    total: RwSignal<usize>,
    /// Seconds the open questions will take.
    seconds: RwSignal<usize>,
    year: i32,
    /// What the department has.
    attributes: StoredValue<Vec<Attribute>>,
    saved: RwSignal<String>,
    /// Number of the first open question.
    next: RwSignal<Option<String>>,
    /// The button that was pressed before everything was saved; it is pressed again then.
    then: StoredValue<Option<String>>,
    /// Questions whose files are on their way.
    sending: StoredValue<usize>,
    /// The page is being left on purpose.
    leaving: StoredValue<bool>,
}

impl Desk {
    /// Notes that a question was changed and not saved yet.
    fn hold(self, id: &str) {
        if let Some(given) = paper::read(id).filter(|_| !self.target.is_nil()) {
            self.keep.put(id, &given);
        }
    }

    /// Saves a question soon. One is saved at a time, and what is sent is what stands on the page then.
    fn put(self, id: String) {
        // Trying a sheet out saves nothing.
        if self.target.is_nil() {
            return;
        }
        self.hold(&id);
        self.waiting.update(|waiting| {
            if !waiting.contains(&id) {
                waiting.push(id);
            }
        });
        if !self.lost.get_untracked() {
            self.work();
        }
    }

    fn work(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            while let Some(id) = self.take() {
                if !self.send(id.clone()).await {
                    self.waiting.update(|waiting| waiting.insert(0, id));
                    break;
                }
            }
            self.busy.set(false);
            self.press();
        });
    }

    fn take(self) -> Option<String> {
        self.waiting.try_update(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0))).flatten()
    }

    /// False if nobody answered.
    async fn send(self, id: String) -> bool {
        let Some(given) = paper::read(&id) else { return true };
        let sent = given.clone();
        let result = save_answer(
            self.target,
            given.item,
            given.written.choice,
            given.written.typed,
            given.written.rows.join(","),
            given.comment,
            given.evidence,
            given.planned_on,
            given.version,
            given.carried,
        )
        .await;
        if matches!(result, Err(AppError::Machine)) {
            self.lose();
            return false;
        }
        self.lost.set(false);
        self.wait.set_value(WAITS.0);
        self.failed.update(|failed| failed.retain(|other| *other != id));
        self.settle(&id);
        self.answered(id, &sent, result);
        true
    }

    fn answered(self, id: String, sent: &paper::Entered, result: Result<Reply, AppError>) {
        match result {
            Ok(Reply::Saved { version, time }) => {
                // What was changed while this was on its way is still to be saved.
                if paper::read(&id).is_some_and(|now| now == *sent) {
                    self.keep.drop(&id);
                }
                paper::set_version(&id, version);
                self.saved.set(time);
            }
            Ok(Reply::Clash { version, value, comment, evidence, planned_on }) => {
                let quarrel = Quarrel { id, version, value, comment, evidence, planned_on };
                self.quarrels.update(|quarrels| quarrels.push(quarrel));
            }
            Err(error) => {
                // A session that ended can be begun again; what a rule refuses is refused the next time, too.
                if error != AppError::SignIn {
                    self.keep.drop(&id);
                }
                self.why.set(error.text());
                self.failed.update(|failed| failed.push(id));
            }
        }
    }

    /// The connection is cut: tries again, less and less often.
    fn lose(self) {
        self.lost.set(true);
        let wait = self.wait.get_value();
        self.wait.set_value((wait * 2).min(WAITS.1));
        set_timeout(move || self.retry(), Duration::from_secs(wait));
    }

    fn retry(self) {
        if self.lost.try_get_untracked() == Some(true) {
            self.work();
        }
    }

    fn again(self) {
        for id in self.failed.get_untracked() {
            self.put(id);
        }
    }

    /// Something on this page is nowhere else.
    fn is_unsaved(self) -> bool {
        self.sending.get_value() > 0 || !self.keep.is_empty() || !self.failed.get_untracked().is_empty()
    }

    /// A form is being sent: the sheet's own only once everything is saved.
    fn submitted(self, event: &SubmitEvent) {
        if paper::ends_the_session(event) {
            self.keep.clear();
            self.leaving.set_value(true);
        } else if paper::is_the_sheet(event) {
            // A clash is shown by the server as well.
            let open = |id: &String| !self.quarrels.get_untracked().iter().any(|one| one.id == *id);
            let open: Vec<String> = self.keep.ids().into_iter().filter(open).collect();
            if open.is_empty() && self.sending.get_value() == 0 {
                self.leaving.set_value(true);
                return;
            }
            event.prevent_default();
            self.then.set_value(paper::button_of(event));
            open.into_iter().for_each(|id| self.put(id));
            self.retry();
        }
    }

    /// Presses the button that had to wait; after a failure the person decides again.
    fn press(self) {
        if self.sending.try_get_value() != Some(0) || self.busy.get_untracked() {
            return;
        }
        let Some(button) = self.then.get_value() else { return };
        self.then.set_value(None);
        if !self.lost.get_untracked() && self.failed.get_untracked().is_empty() {
            paper::press(&button);
        }
    }

    /// What an earlier visit could not save comes back onto the page and is sent with the version it was made on:
    /// what was stored meanwhile clashes instead of being overwritten.
    fn bring_back(self) {
        for (id, entered) in self.keep.load() {
            if paper::read(&id).is_some_and(|there| there.item == entered.item) {
                paper::write(&id, &entered);
                self.put(id);
            } else {
                self.keep.drop(&id);
            }
        }
    }

    /// Counts anew from the page: the bar, the chapters, the next open question.
    fn recount(self) {
        let count = paper::recount(self.year, &self.attributes.get_value());
        self.answered.set(count.answered);
        self.total.set(count.total);
        self.seconds.set(count.seconds);
        self.next.set(count.next);
    }

    /// The answer on this page replaces the stored one.
    fn keep_mine(self, quarrel: &Quarrel) {
        paper::set_version(&quarrel.id, quarrel.version);
        self.settle(&quarrel.id);
        self.put(quarrel.id.clone());
    }

    /// The stored answer comes onto this page.
    fn take_theirs(self, quarrel: &Quarrel) {
        paper::write_stored(quarrel);
        self.keep.drop(&quarrel.id);
        self.settle(&quarrel.id);
        self.recount();
    }

    fn settle(self, id: &str) {
        self.quarrels.update(|quarrels| quarrels.retain(|other| other.id != id));
    }
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
        desk.bring_back();
        desk.recount();
    });
    let changed = move |event: Event| {
        if upload::chosen(desk, &event) {
            return;
        }
        paper::choose_or_type(&event);
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
            on:keydown=move |event| keys::pressed(&event)
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
