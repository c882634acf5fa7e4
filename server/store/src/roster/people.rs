//! What a roster changed of every person, as an event of the person: whoever asks the ledger for somebody finds it
//! there, not in the middle of ten thousand others.

use super::known::Everything;
use crate::ledger::NewEvent;
use domain::roster::choice::Choice;
use domain::roster::difference::{Difference, Kind, Known, posts_text};
use domain::roster::renaming::{Renaming, follow};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One event for everybody who is not as before. Who only followed the department to its new name is: that is the
/// department's event.
pub(super) fn events(
    before: &BTreeMap<String, Known>,
    after: &Everything,
    difference: &Difference,
    choice: &Choice,
) -> Vec<NewEvent> {
    let taken = difference.changes.iter().filter(|change| choice.takes(change));
    let kinds: BTreeMap<&str, Kind> = taken.map(|change| (change.staff_no.as_str(), change.kind)).collect();
    let event = |(staff_no, new): (&String, &Known)| {
        let id = after.rows.get(staff_no)?.id;
        let kind = kinds.get(staff_no.as_str()).copied().unwrap_or(Kind::Changed);
        event(id, kind, before.get(staff_no), new)
    };
    after.people.iter().filter_map(event).collect()
}

/// People as they were, with the names their departments have now.
pub(super) fn renamed(before: &BTreeMap<String, Known>, renamed: &[Renaming]) -> BTreeMap<String, Known> {
    let mut people = before.clone();
    follow(&mut people, renamed);
    people
}

fn event(id: Uuid, kind: Kind, old: Option<&Known>, new: &Known) -> Option<NewEvent> {
    let (before, after) = (old.map(told), told(new));
    match before {
        Some(before) if before == after => None,
        Some(before) => Some(NewEvent::changed("person", id, named(kind), before, after)),
        None => Some(NewEvent::created("person", id, named(kind), after)),
    }
}

fn told(person: &Known) -> Json {
    let mut posts = person.posts.clone();
    posts.sort();
    json!({
        "name": person.name, "kana": person.kana, "employment": person.employment, "email": person.email,
        "posts": posts_text(&posts), "absence": person.absence.map(|reason| reason.label()),
    })
}

fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Hired => "person.hired",
        Kind::Moved => "person.moved",
        Kind::Concurrent => "person.concurrent",
        Kind::Away => "person.away",
        Kind::Changed => "person.changed",
        Kind::Missing => "person.missing",
    }
}
