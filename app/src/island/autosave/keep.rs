//! What the server has not acknowledged yet, kept in the browser: on one's own PC until it is, on a shared terminal
//! until the window closes at the latest.

use super::paper::Entered;
use leptos::prelude::*;
use leptos::serde_json;
use std::collections::BTreeMap;
use uuid::Uuid;
use web_sys::Storage;

/// Keys of ours begin so.
const PREFIX: &str = "minaoshi:";

type Entries = BTreeMap<String, Entered>;

/// The answers of one sheet that are nowhere but here, by the question's id on the page.
#[derive(Clone, Copy)]
pub struct Keep {
    target: Uuid,
    shared: bool,
    entries: StoredValue<Entries>,
}

impl Keep {
    pub fn new(target: Uuid, shared: bool) -> Keep {
        Keep { target, shared, entries: StoredValue::new(Entries::new()) }
    }

    /// None where the browser keeps nothing; then the page alone does.
    fn storage(self) -> Option<Storage> {
        let found = if self.shared { window().session_storage() } else { window().local_storage() };
        found.ok().flatten()
    }

    fn key(self) -> String {
        format!("{PREFIX}{}", self.target)
    }

    /// What an earlier visit left. On a shared terminal the sheets of others are cleared away.
    pub fn load(self) -> Entries {
        let Some(storage) = self.storage() else { return Entries::new() };
        if self.shared {
            self.clear_others(&storage);
        }
        let text = storage.get_item(&self.key()).ok().flatten().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn clear_others(self, storage: &Storage) {
        let count = storage.length().unwrap_or_default();
        let keys: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect();
        for key in keys.iter().filter(|key| key.starts_with(PREFIX) && **key != self.key()) {
            drop(storage.remove_item(key));
        }
    }

    pub fn put(self, id: &str, entered: &Entered) {
        self.entries.update_value(|entries| {
            entries.insert(id.to_string(), entered.clone());
        });
        self.write();
    }

    pub fn drop(self, id: &str) {
        self.entries.update_value(|entries| {
            entries.remove(id);
        });
        self.write();
    }

    pub fn clear(self) {
        self.entries.set_value(Entries::new());
        self.write();
    }

    pub fn is_empty(self) -> bool {
        self.entries.with_value(Entries::is_empty)
    }

    pub fn ids(self) -> Vec<String> {
        self.entries.with_value(|entries| entries.keys().cloned().collect())
    }

    /// A browser without room for it keeps nothing; the page still warns before it is left.
    fn write(self) {
        let Some(storage) = self.storage() else { return };
        let written = self.entries.with_value(serde_json::to_string).unwrap_or_default();
        drop(match self.is_empty() {
            true => storage.remove_item(&self.key()),
            false => storage.set_item(&self.key(), &written),
        });
    }
}
