//! Whose form it is, and the choice of somebody else.

use super::api::SettleOwner;
use crate::ui::form::{came_back, entered, reason_for};
use crate::ui::{Chip, Field, Icon, PostForm, Sign, Submit, Tone};
use domain::intake::difference::Difference;
use domain::response::Stage;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::intake::{FormPage, FormShown, OwnerShown, SHOWN};

#[component]
pub fn Owner(
    shown: FormPage,
    /// Somebody looked for others: they are shown at once.
    searched: bool,
) -> impl IntoView {
    let form = shown.form.clone();
    let open = !form.has_owner || searched || came_back(SettleOwner::PATH);
    let text = match &form.target {
        Some((_, name)) => name.clone(),
        None if form.left_out => "この点検票は取り込みません。".to_string(),
        None => "誰の点検票か分かりません。".to_string(),
    };
    let differences = form.differences.clone();
    let (tone, sure) = sureness(&form);
    view! {
        <section class="panel">
            <h2 class="h">"対象"</h2>
            <p><Chip tone text=sure/>" "{text}</p>
            {form.printed_for.clone().map(|text| view! { <p class="note--warn"><Icon sign=Sign::Warning/>{format!("この様式は、{text}に渡したものです。")}</p> })}
            {(!differences.is_empty()).then(|| view! {
                <ul class="plain-list">
                    {differences.iter().map(|one| view! { <li class="note--warn"><Icon sign=Sign::Warning/>{one.text()}</li> }).collect_view()}
                </ul>
            })}
            {(!shown.taken).then(|| view! {
                <details open=open class="stack">
                    <summary>"対象を選ぶ"</summary>
                    <Search form=form.id asked=shown.asked.clone() none=shown.owners.is_empty()/>
                    <Choose form=form.clone() owners=shown.owners.clone()/>
                </details>
            })}
        </section>
    }
}

/// How sure the owner is, in a few words.
pub fn sureness(form: &FormShown) -> (Tone, String) {
    let grave = form.printed_for.is_some() || form.differences.iter().any(Difference::is_grave);
    match (form.left_out, form.settled, form.sureness) {
        (true, ..) => (Tone::Plain, "取り込まない".to_string()),
        (_, true, _) if grave => (Tone::Warn, "記載と異なる人を選択".to_string()),
        (_, true, _) => (Tone::Ok, "画面で選択".to_string()),
        (.., Some(sure)) if form.has_owner => (Tone::Ok, format!("確からしさ：{}（{}）", sure.label(), form.why)),
        (.., Some(_)) => (Tone::Warn, format!("要確認（{}）", form.why)),
        (.., None) => (Tone::Warn, "要確認".to_string()),
    }
}

#[component]
fn Search(form: uuid::Uuid, asked: String, none: bool) -> impl IntoView {
    view! {
        <form method="get" action=format!("/intakes/forms/{form}") class="seek" role="search">
            <Field name="q" label="氏名又は所属の一部で探す" value=asked/>
            <button class="btn">"探す"</button>
        </form>
        {none.then(|| view! { <p class="hint">"該当する対象が見つかりません。氏名又は所属の一部で探してください。"</p> })}
    }
}

#[component]
fn Choose(form: FormShown, owners: Vec<OwnerShown>) -> impl IntoView {
    let more = owners.len() == SHOWN;
    let chosen = form.target.as_ref().map(|(target, _)| target.to_string());
    let chosen = if form.left_out { Some("left_out".to_string()) } else { chosen };
    let other = |owner: &OwnerShown| owner.differences.iter().any(Difference::is_grave);
    let (main, says) = (!form.has_owner, owners.iter().any(other));
    let (id, owners) = (form.id.to_string(), StoredValue::new(owners));
    view! {
        // The key of a form is its field `form`.
        <PostForm action=SettleOwner::PATH key=id.clone() class="stack">
            <Radios owners=owners.get_value() chosen=chosen.clone().unwrap_or_default()/>
            {more.then(|| view! { <p class="hint">{format!("初めの{SHOWN}件を表示しています。ほかの人は、氏名で探してください。")}</p> })}
            {says.then(|| view! { <LookedAt/> })}
            <div class="row"><Submit text="対象を決める" main/></div>
        </PostForm>
    }
}

#[component]
fn Radios(owners: Vec<OwnerShown>, chosen: String) -> impl IntoView {
    let chosen = entered("target", chosen);
    let left_out = chosen == "left_out";
    view! {
        <fieldset class="choices choices--column">
            <legend class="label">"この点検票の対象"</legend>
            {owners.into_iter().map(|owner| {
                let value = owner.target.to_string();
                let checked = value == chosen;
                view! {
                    <label class="check">
                        <input type="radio" name="target" value=value checked=checked/>
                        <span>{owner.text.clone()}{remark(&owner).map(|text| view! { " "<span class="sub">{text}</span> })}</span>
                    </label>
                }
            }).collect_view()}
            <label class="check"><input type="radio" name="target" value="left_out" checked=left_out/>"取り込まない"</label>
        </fieldset>
    }
}

/// What one should know before choosing somebody.
fn remark(owner: &OwnerShown) -> Option<String> {
    let stage = match owner.stage {
        Stage::Submitted => Some("提出済み。取り込むには差戻しが必要です"),
        Stage::Confirmed => Some("所属の確認済み。取り込むことはできません"),
        Stage::Answering { .. } => None,
    };
    let differs: Vec<&str> = owner.differences.iter().map(|one| one.what.label()).collect();
    let differs = (!differs.is_empty()).then(|| format!("記載と{}が異なる", differs.join("・")));
    let both: Vec<String> = stage.map(ToString::to_string).into_iter().chain(differs).collect();
    (!both.is_empty()).then(|| format!("（{}）", both.join("。")))
}

/// Asked for when the form speaks of another person or system.
#[component]
fn LookedAt() -> impl IntoView {
    let reason = reason_for("looked_at");
    view! {
        <div class="entry">
            {reason.map(|text| view! { <p class="error" id="looked-at-note"><Icon sign=Sign::Warning/>{text}</p> })}
            <label class="check"><input type="checkbox" name="looked_at" value="yes" aria-describedby="looked-at-note"/>"記載と異なることを確かめた（氏名などが異なる人を選ぶとき）"</label>
        </div>
    }
}

/// That a form speaks of somebody else, in a line.
#[component]
pub fn Differs(differences: Vec<Difference>) -> impl IntoView {
    let what: Vec<&str> = differences.iter().map(|one| one.what.label()).collect();
    (!what.is_empty()).then(|| {
        let text = format!("記載と{}が異なります", what.join("・"));
        view! { <span class="note--warn"><Icon sign=Sign::Warning/>{text}</span> }
    })
}
