//! How an event says what was and what became: `before` and `after`, the same everywhere, beside them what is needed
//! to understand it years later.

use super::{NewEvent, stream};
use crate::error::{StoreError, StoreResult};
use domain::record::{field, shape};
use serde_json::{Map, Value, json};
use uuid::Uuid;

impl NewEvent {
    /// Something is there that was not.
    pub fn created(noun: &str, id: Uuid, kind: &'static str, after: Value) -> NewEvent {
        NewEvent { stream: stream(noun, id), kind, payload: json!({ "after": after }) }
    }

    /// Something is different: of the fields only those that differ are kept.
    pub fn changed(noun: &str, id: Uuid, kind: &'static str, before: Value, after: Value) -> NewEvent {
        let (before, after) = differing(before, after);
        NewEvent { stream: stream(noun, id), kind, payload: json!({ "before": before, "after": after }) }
    }

    /// Something is gone.
    pub fn removed(noun: &str, id: Uuid, kind: &'static str, before: Value) -> NewEvent {
        NewEvent { stream: stream(noun, id), kind, payload: json!({ "before": before }) }
    }

    /// The same with facts beside what changed.
    #[must_use]
    pub fn beside(mut self, facts: Value) -> NewEvent {
        if let (Some(all), Value::Object(facts)) = (self.payload.as_object_mut(), facts) {
            all.extend(facts);
        }
        self
    }
}

/// Both without the fields that are the same in both.
fn differing(before: Value, after: Value) -> (Value, Value) {
    let (Value::Object(mut before), Value::Object(mut after)) = (before.clone(), after.clone()) else {
        return (before, after);
    };
    before.retain(|name, was| match after.get(name) {
        Some(is) if is == was => {
            after.remove(name);
            false
        }
        _ => true,
    });
    (Value::Object(before), Value::Object(after))
}

/// Refuses an event that does not say what its kind has to say. Only where the program is built for development and
/// tests: in the town hall a change is better recorded badly than not made.
pub(super) fn check(new: &NewEvent) -> StoreResult<()> {
    if !cfg!(debug_assertions) {
        return Ok(());
    }
    match fault(new) {
        None => Ok(()),
        Some(fault) => Err(StoreError::Machine(format!("event {}: {fault}", new.kind))),
    }
}

fn fault(new: &NewEvent) -> Option<String> {
    let Some(shape) = shape(new.kind) else {
        return Some("this kind is not listed in domain::record".to_string());
    };
    let said = |side: &str| new.payload.get(side).filter(|value| !value.is_null());
    if let Some(fault) = shape.fault(said("before").is_some(), said("after").is_some()) {
        return Some(fault.to_string());
    }
    ["before", "after"].into_iter().filter_map(said).find_map(fault_of_side)
}

/// One side: named fields, at least one, every one with a Japanese name.
fn fault_of_side(side: &Value) -> Option<String> {
    match side.as_object() {
        None => Some("before and after are fields by name".to_string()),
        Some(fields) if fields.is_empty() => Some("before or after says nothing".to_string()),
        Some(fields) => unnamed(fields),
    }
}

fn unnamed(fields: &Map<String, Value>) -> Option<String> {
    let name = fields.keys().find(|name| field(name).is_none())?;
    Some(format!("the field {name} is not listed in domain::record"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let event = NewEvent::changed(
            "finding",
            Uuid::nil(),
            "finding.revised",
            json!({ "grade": "minor", "title": "同じ", "effect": "旧" }),
            json!({ "grade": "major", "title": "同じ", "effect": "旧" }),
        );
        assert_eq!(event.payload, json!({ "before": { "grade": "minor" }, "after": { "grade": "major" } }));
        assert_eq!(fault(&event), None);
    }

    #[test]
    fn an_event_of_an_unknown_kind_or_with_half_a_change_is_refused() {
        let event = |kind, payload| NewEvent { stream: "x:1".to_string(), kind, payload };
        for (kind, payload) in [
            ("unheard", json!({})),
            ("finding.revised", json!({ "after": { "grade": "major" } })),
            ("finding.revised", json!({ "before": {}, "after": {} })),
            ("finding.recorded", json!({ "grade": "major" })),
            ("finding.recorded", json!({ "after": { "nameless_field": 1 } })),
            ("finding.recorded", json!({ "after": "major" })),
            ("role.withdrawn", json!({ "role": "auditor" })),
            ("reminder.sent", json!({ "after": { "people": 3 } })),
        ] {
            assert!(fault(&event(kind, payload.clone())).is_some(), "{kind} {payload}");
        }
    }
}
