//! What the island does with an answer: holds it, sends it, and settles what became of it.

use super::keep::Keep;
use super::{Reply, paper, save_answer};
use crate::error::AppError;
use domain::question::setting::Attribute;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use uuid::Uuid;

/// The first and the longest wait before trying again.
pub const WAITS: (u64, u64) = (2, 60);

/// Both answers of a question that was changed in two windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarrel {
    /// Id of the question on the page, e.g. `q3`.
    pub id: String,
    pub version: i32,
    pub value: String,
    pub comment: String,
    pub evidence: String,
    pub planned_on: String,
}

/// What the island knows; the answers themselves stay in the form.
#[derive(Clone, Copy)]
pub struct Desk {
    pub target: Uuid,
    pub keep: Keep,
    /// Questions waiting to be saved, by their id on the page.
    pub waiting: RwSignal<Vec<String>>,
    pub busy: RwSignal<bool>,
    /// No answer from the server; what waits is tried again after so many seconds.
    pub lost: RwSignal<bool>,
    pub wait: StoredValue<u64>,
    /// Questions the server did not take, and why.
    pub failed: RwSignal<Vec<String>>,
    pub why: RwSignal<String>,
    pub quarrels: RwSignal<Vec<Quarrel>>,
    pub answered: RwSignal<usize>,
    /// Questions that are owed now: an answer may show or hide others.
    pub total: RwSignal<usize>,
    /// Seconds the open questions will take.
    pub seconds: RwSignal<usize>,
    pub year: i32,
    /// What the department has.
    pub attributes: StoredValue<Vec<Attribute>>,
    pub saved: RwSignal<String>,
    /// Number of the first open question.
    pub next: RwSignal<Option<String>>,
    /// The button that was pressed before everything was saved; it is pressed again then.
    pub then: StoredValue<Option<String>>,
    /// Questions whose files are on their way.
    pub sending: StoredValue<usize>,
    /// The page is being left on purpose.
    pub leaving: StoredValue<bool>,
}

impl Desk {
    /// Notes that a question was changed and not saved yet.
    pub fn hold(self, id: &str) {
        if let Some(given) = paper::read(id).filter(|_| !self.target.is_nil()) {
            self.keep.put(id, &given);
        }
    }

    /// Saves a question soon. One is saved at a time, and what is sent is what stands on the page then.
    pub fn put(self, id: String) {
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

    pub fn retry(self) {
        if self.lost.try_get_untracked() == Some(true) {
            self.work();
        }
    }

    pub fn again(self) {
        for id in self.failed.get_untracked() {
            self.put(id);
        }
    }

    /// Something on this page is nowhere else.
    pub fn is_unsaved(self) -> bool {
        self.sending.get_value() > 0 || !self.keep.is_empty() || !self.failed.get_untracked().is_empty()
    }

    /// A form is being sent: the sheet's own only once everything is saved.
    pub fn submitted(self, event: &SubmitEvent) {
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
    pub fn press(self) {
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
    pub fn bring_back(self) {
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
    pub fn recount(self) {
        let count = paper::recount(self.year, &self.attributes.get_value());
        self.answered.set(count.answered);
        self.total.set(count.total);
        self.seconds.set(count.seconds);
        self.next.set(count.next);
    }

    /// The answer on this page replaces the stored one.
    pub fn keep_mine(self, quarrel: &Quarrel) {
        paper::set_version(&quarrel.id, quarrel.version);
        self.settle(&quarrel.id);
        self.put(quarrel.id.clone());
    }

    /// The stored answer comes onto this page.
    pub fn take_theirs(self, quarrel: &Quarrel) {
        paper::write_stored(quarrel);
        self.keep.drop(&quarrel.id);
        self.settle(&quarrel.id);
        self.recount();
    }

    fn settle(self, id: &str) {
        self.quarrels.update(|quarrels| quarrels.retain(|other| other.id != id));
    }
}
