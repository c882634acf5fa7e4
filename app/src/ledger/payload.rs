//! What an entry says: before and after side by side, the rest as a list, the stored text on demand.

use super::text;
use super::words::word;
use leptos::prelude::*;
use serde_json::{Map, Value};

/// A field with what it was and what it became.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    name: String,
    before: String,
    after: String,
}

fn words(field: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "―".into(),
        Some(Value::String(text)) if text.is_empty() => "（空）".into(),
        Some(Value::String(text)) => word(field, text).map_or_else(|| text.clone(), ToString::to_string),
        Some(Value::Bool(yes)) => if *yes { "はい" } else { "いいえ" }.into(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(list)) => list.iter().map(|one| words(field, Some(one))).collect::<Vec<_>>().join("、"),
        Some(Value::Object(_)) => "（下の原文）".into(),
    }
}

/// Whether a value is the key of a row.
fn is_key(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<uuid::Uuid>().is_ok())
}

/// Fields that differ. A value that is no object is one nameless field.
fn changes(said: &Map<String, Value>) -> Vec<Change> {
    let empty = Map::new();
    let (before, after) = (said.get("before"), said.get("after"));
    if before.is_none() && after.is_none() {
        return Vec::new();
    }
    let object = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    if object(before).is_none() && object(after).is_none() {
        return vec![Change { name: "値".into(), before: words("", before), after: words("", after) }];
    }
    let (before, after) = (object(before).unwrap_or(empty.clone()), object(after).unwrap_or(empty));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        // Keys of rows say nothing to a reader; they stay in the stored text.
        .filter(|name| ![before.get(*name), after.get(*name)].into_iter().flatten().any(is_key))
        .map(|name| Change {
            name: text::field(name).to_string(),
            before: words(name, before.get(name)),
            after: words(name, after.get(name)),
        })
        .collect()
}

/// Named facts beside before and after; keys of rows stay in the stored text.
fn facts(said: &Map<String, Value>) -> Vec<(&'static str, String)> {
    said.iter()
        .filter(|(name, _)| !matches!(name.as_str(), "before" | "after"))
        .filter(|(_, value)| !is_key(value))
        .filter_map(|(name, value)| Some((text::known_field(name)?, words(name, Some(value)))))
        .filter(|(_, words)| words != "―")
        .collect()
}

/// The cell.
#[component]
pub fn Payload(payload: Option<String>) -> impl IntoView {
    let Some(payload) = payload else {
        return view! { <span class="hint">"この権限では表示しません"</span> }.into_any();
    };
    // Nothing is written without a payload; it was removed, and the proof says whether rightly.
    if payload.is_empty() {
        return view! { <span class="hint">"保存期間が満了したため廃棄しました"</span> }.into_any();
    }
    let said = serde_json::from_str::<Value>(&payload).ok();
    let map = said.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    if map.is_empty() {
        return view! { <span class="nil">"―"</span> }.into_any();
    }
    let pretty = said.and_then(|said| serde_json::to_string_pretty(&said).ok()).unwrap_or(payload);
    view! {
        <Changes changes=changes(&map)/>
        {facts(&map)
            .into_iter()
            .map(|(name, words)| view! { <span class="fact">{format!("{name}：{words}")}</span> })
            .collect_view()}
        <details class="payload"><summary>"原文"</summary><pre class="command">{pretty}</pre></details>
    }
    .into_any()
}

#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        view! {
            <table class="change">
                <thead><tr><th scope="col">"項目"</th><th scope="col">"変更前"</th><th scope="col">"変更後"</th></tr></thead>
                <tbody>
                    {changes
                        .into_iter()
                        .map(|change| view! {
                            <tr><th scope="row">{change.name}</th><td>{change.before}</td><td>{change.after}</td></tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_fields_that_differ_are_shown_and_what_was_not_there_is_a_dash() {
        let said = json!({ "before": { "value": "done", "note": "" }, "after": { "value": "not_done", "note": "" } });
        let shown = changes(said.as_object().unwrap_or(&Map::new()));
        assert_eq!(shown, [Change { name: "値".into(), before: "実施".into(), after: "未実施".into() }]);
        let first = json!({ "before": null, "after": { "note": "済" } });
        let shown = changes(first.as_object().unwrap_or(&Map::new()));
        assert_eq!(shown[0].before, "―");
    }
}
