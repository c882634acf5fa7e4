//! Saving while answering: the sheet stays an ordinary form; this saves each answer as it is given, says so in
//! the bar, and says clearly when it could not.

mod paper;

use crate::error::AppError;
use domain::question::setting::{Attribute, minutes};
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;
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
/// between them, `planned_on` 2026-11-27 or empty, `version` the one seen.
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
) -> Result<Reply, AppError> {
    let ask = crate::context::ask()?;
    let rows = rows.split(',').enumerate().filter(|(_, key)| !key.is_empty());
    let rows = rows.map(|(index, key)| (format!("r{index}"), key.to_string())).collect();
    let entry = crate::answer::api::Entry { value, typed, rows, comment, evidence, planned_on, version };
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
    /// Questions waiting to be saved, by their id on the page.
    waiting: RwSignal<Vec<String>>,
    busy: RwSignal<bool>,
    /// Questions whose saving failed, and why.
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
}

impl Desk {
    /// Saves a question soon. One is saved at a time, and what is sent is what stands on the page then.
    fn put(self, id: String) {
        self.waiting.update(|waiting| {
            if !waiting.contains(&id) {
                waiting.push(id);
            }
        });
        if !self.busy.get_untracked() {
            self.busy.set(true);
            spawn_local(async move {
                while let Some(id) = self.take() {
                    self.send(id).await;
                }
                self.busy.set(false);
            });
        }
    }

    fn take(self) -> Option<String> {
        self.waiting.try_update(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0))).flatten()
    }

    async fn send(self, id: String) {
        let Some(given) = paper::read(&id) else { return };
        // Trying a sheet out saves nothing.
        if self.target.is_nil() {
            return;
        }
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
        )
        .await;
        self.failed.update(|failed| failed.retain(|other| *other != id));
        match result {
            Ok(Reply::Saved { version, time }) => {
                paper::set_version(&id, version);
                self.saved.set(time);
            }
            Ok(Reply::Clash { version, value, comment, evidence, planned_on }) => {
                self.quarrels.update(|quarrels| {
                    quarrels.retain(|other| other.id != id);
                    quarrels.push(Quarrel { id, version, value, comment, evidence, planned_on });
                });
            }
            Err(error) => {
                self.why.set(sentence(&error));
                self.failed.update(|failed| failed.push(id));
            }
        }
    }

    fn again(self) {
        for id in self.failed.get_untracked() {
            self.put(id);
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
        paper::write(&quarrel.id, &quarrel.value, &quarrel.comment, &quarrel.evidence, &quarrel.planned_on);
        paper::set_version(&quarrel.id, quarrel.version);
        self.settle(&quarrel.id);
        self.recount();
    }

    fn settle(self, id: &str) {
        self.quarrels.update(|quarrels| quarrels.retain(|other| other.id != id));
    }
}

/// Why an answer could not be saved, in one sentence.
fn sentence(error: &AppError) -> String {
    match error {
        AppError::Refused(refusal) => refusal.text.clone(),
        _ => "通信できないか、サインインの有効期間が過ぎた可能性があります。".to_string(),
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
    children: Children,
) -> impl IntoView {
    let desk = Desk {
        target,
        waiting: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
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
    };
    // Effects run in the browser only: from now on the page may say that it saves by itself.
    let live = RwSignal::new(false);
    Effect::new(move |_| {
        live.set(true);
        desk.recount();
    });
    let typed: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let changed = move |event: Event| {
        paper::choose_or_type(&event);
        if let Some(id) = paper::question_of(&event) {
            desk.recount();
            desk.put(id);
        }
    };
    let typing = move |event: Event| {
        let Some(id) = paper::typed_in(&event) else { return };
        paper::choose_or_type(&event);
        if let Some(earlier) = typed.get_value() {
            earlier.clear();
        }
        let later = move || {
            desk.recount();
            desk.put(id.clone());
        };
        typed.set_value(set_timeout_with_handle(later, PAUSE).ok());
    };
    view! {
        <div class="autosave" class:is-live=move || live.get() on:change=changed on:input=typing>
            <Progress desk/>
            <Troubles desk/>
            {children()}
        </div>
    }
}

#[component]
fn Progress(desk: Desk) -> impl IntoView {
    let width = move || format!("{}", desk.answered.get() * 100 / desk.total.get().max(1));
    let left = move || match minutes(desk.seconds.get()) {
        0 => "すべて回答しました".to_string(),
        minutes => format!("あと約{minutes}分"),
    };
    let step = move || match desk.next.get() {
        Some(no) => (format!("#q{no}"), format!("続きから（問{no}）")),
        None => ("#hand-in".to_string(), "提出へ進む".to_string()),
    };
    view! {
        <div class="progress" role="region" aria-label="回答の進み具合">
            <span class="progress__count"><b>{move || desk.answered.get()}</b>"／"{move || desk.total.get()}"問"</span>
            <div class="progress__bar">
                <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect x="0" width=width height="10"></rect>
                </svg>
            </div>
            <span class="left">{left}</span>
            <span class="saved" role="status">{move || saved_state(desk)}</span>
            <a class="btn btn--main" href=move || step().0>{move || step().1}</a>
        </div>
    }
}

fn saved_state(desk: Desk) -> AnyView {
    if !desk.failed.get().is_empty() {
        return view! { <span class="unsaved">"保存できていない回答があります"</span> }.into_any();
    }
    if desk.busy.get() {
        return view! { <span>"保存しています"</span> }.into_any();
    }
    let saved = desk.saved.get();
    if saved.is_empty() {
        return ().into_any();
    }
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12.5l5 5L20 6.5"></path></svg>
        <span>"保存済み "<time>{saved}</time></span>
    }
    .into_any()
}

/// What could not be saved, with what to do about it.
#[component]
fn Troubles(desk: Desk) -> impl IntoView {
    let failure = move || {
        let failed = desk.failed.get();
        (!failed.is_empty()).then(|| {
            let text = format!(
                "{}の回答を保存できませんでした。{}入力は画面に残っています。",
                failed.iter().map(|id| question(id)).collect::<Vec<_>>().join("、"),
                desk.why.get()
            );
            view! {
                <li>
                    <p>{text}</p>
                    <button type="button" class="btn btn--s" on:click=move |_| desk.again()>"もう一度保存する"</button>
                </li>
            }
        })
    };
    let quarrels =
        move || desk.quarrels.get().into_iter().map(|quarrel| view! { <Both desk quarrel/> }).collect_view();
    view! { <div role="alert" class="troubles"><ul>{failure}{quarrels}</ul></div> }
}

/// The two answers of a clash, and the choice between them.
#[component]
fn Both(desk: Desk, quarrel: Quarrel) -> impl IntoView {
    let mine = paper::words(&quarrel.id);
    let text = format!(
        "{}は、ほかの画面で別の回答が保存されています。保存されている回答：{}　この画面の回答：{mine}",
        question(&quarrel.id),
        paper::words_of(&quarrel.id, &quarrel.value, &quarrel.comment, &quarrel.evidence)
    );
    let (keep, take) = (quarrel.clone(), quarrel);
    view! {
        <li>
            <p>{text}</p>
            <button type="button" class="btn btn--s" on:click=move |_| desk.keep_mine(&keep)>
                "この画面の回答を保存する"
            </button>
            <button type="button" class="btn btn--s" on:click=move |_| desk.take_theirs(&take)>
                "保存されている回答にする"
            </button>
        </li>
    }
}

/// `q3` is 問3.
fn question(id: &str) -> String {
    id.replacen('q', "問", 1)
}
