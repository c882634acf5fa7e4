//! The form that proposes new words for a clause.

use super::api::DraftAmendment;
use crate::context::Returned;
use crate::ui::{Field, Hidden, PostForm, Submit};
use domain::rate::percent;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::review::OneClause;

/// Something that can be ticked as a ground.
#[derive(Clone)]
struct Choice {
    name: &'static str,
    value: String,
    text: String,
}

fn choices(data: &OneClause) -> Vec<Choice> {
    let findings = data.about.findings.iter().map(|row| Choice {
        name: "findings[]",
        value: row.id.to_string(),
        text: format!("指摘 {}　{}", row.label, row.title),
    });
    let improvements = data.about.improvements.iter().map(|row| Choice {
        name: "improvements[]",
        value: row.id.to_string(),
        text: format!("改善 {}　{}", row.label, row.title),
    });
    findings.chain(improvements).collect()
}

/// The figure as a ground in words, if there is one and it is low.
fn figure(data: &OneClause) -> String {
    match (&data.inspection, data.clause.evidence.low_rate()) {
        (Some((_, name)), Some(rate)) => format!("{name}の実施率 {}%", percent(Some(rate))),
        _ => String::new(),
    }
}

/// The form; the new words begin as the old ones.
#[component]
pub fn DraftForm(data: OneClause) -> impl IntoView {
    let (choices, note) = (choices(&data), figure(&data));
    let clause = data.clause;
    let rows = u32::try_from(clause.text.chars().count() / 30).unwrap_or(20).clamp(4, 20);
    view! {
        <section class="panel" id="draft">
            <h2>"改正案の作成"</h2>
            <PostForm action=DraftAmendment::PATH class="stack">
                <Hidden name="clause" value=clause.id.to_string()/>
                <Field name="new_text" label="改正後の条文" rows required=true value=clause.text.clone() hint="現行の条文を書き換えてください。"/>
                <Field name="reason" label="改正の理由" rows=3 required=true/>
                <fieldset>
                    <legend class="label">"根拠"<span class="need">"※1つ以上"</span></legend>
                    {choices.clone().into_iter().map(|choice| view! { <Tick choice/> }).collect_view()}
                </fieldset>
                <Field name="note" label="根拠となる数値又は事実" rows=2 value=note.clone()/>
                <Submit text="改正案を作成する" main=true/>
            </PostForm>
        </section>
    }
}

/// A ground. At first all are ticked; after a refusal, those that were.
#[component]
fn Tick(choice: Choice) -> impl IntoView {
    let Choice { name, value, text } = choice;
    let returned = use_context::<Returned>().filter(|returned| returned.action == DraftAmendment::PATH);
    let ticked = returned.is_none_or(|returned| {
        returned.fields.iter().any(|(key, sent)| key == name && *sent == value)
    });
    view! { <label class="check"><input type="checkbox" name=name value=value checked=ticked/>{text}</label> }
}
