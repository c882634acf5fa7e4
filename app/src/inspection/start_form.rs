//! The form of an inspection before it starts: for a new one and for a draft.

use super::api::StartInspection;
use crate::ui::{Field, Hidden, PostForm, Select, Submit};
use domain::calendar::iso;
use domain::inspection::{About, Start, Visibility};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::inspection::{Choices, EditionChoice};
use uuid::Uuid;

/// The form with what was entered so far.
#[component]
pub fn StartForm(
    choices: Choices,
    start: Start,
    /// The draft it is of.
    #[prop(optional)]
    draft: Option<Uuid>,
) -> impl IntoView {
    let visibilities: Vec<(String, String)> =
        Visibility::ALL.into_iter().map(|one| (one.key().to_string(), one.label().to_string())).collect();
    let draft = draft.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <PostForm action=StartInspection::PATH class="stack form">
            <Hidden name="fiscal_year" value=start.fiscal_year.to_string()/>
            <Hidden name="about[draft]" value=draft.clone()/>
            <Field name="name" label="名称" value=start.name.clone() required=true hint="点検票と報告に表示されます。"/>
            <div class="three">
                <Field
                    name="base_on"
                    label="基準日"
                    kind="date"
                    value=iso(start.base_on)
                    required=true
                    hint="この日に在籍する職員が対象になります。"
                />
                <Field name="opens_on" label="開始日" kind="date" value=iso(start.opens_on) required=true/>
                <Field name="due_on" label="回答期限" kind="date" value=iso(start.due_on) required=true/>
            </div>
            <h2>"配付する点検票"</h2>
            {choices
                .editions
                .clone()
                .into_iter()
                .map(|(role, people, editions)| {
                    let chosen = start.editions.iter().find(|(of, _)| *of == role).map(|(_, id)| *id);
                    view! { <Edition role people editions chosen/> }
                })
                .collect_view()}
            <h2>"所属長への表示及び問合せ先"</h2>
            <Select name="visibility" label="所属長に見せる範囲" options=visibilities.clone() value=start.visibility.key()/>
            <Field
                name="about[contact]"
                id="f-contact"
                label="問合せ先"
                value=start.contact.clone()
                required=true
                hint="課の名称と内線番号など。点検票と督促に表示されます。"
            />
            <Rule about=start.about.clone()/>
            <div class="buttons">
                <Submit text="この内容で始める" main=true name="about[then]" value="start"/>
                <Submit text="下書きとして保存する" name="about[then]" value="keep"/>
            </div>
            <p class="hint">"始めると、対象者、所属の体系及び集計の方法がこの点検のために固定され、開始日から職員の最初の画面に点検票が表示されます。開始通知、期限前の通知及び督促は自動で送ります。文面と送る日は、始めた後に「通知の設定」で改めることができます。下書きとして保存すると、少人数で試行することができます。"</p>
        </PostForm>
    }
}

/// What it is part of, and how it is scored.
#[component]
fn Rule(about: About) -> impl IntoView {
    view! {
        <h2>"実施計画及び集計の方法"</h2>
        <div class="row row--even">
            <Field name="about[programme]" id="f-programme" label="実施計画" value=about.programme hint="実施計画の名称。記入しなくても始められます。"/>
            <Field name="about[covers]" id="f-covers" label="対象期間" value=about.covers hint="設問が問う期間。例：令和8年4月1日から9月30日まで"/>
        </div>
        <div class="row row--even">
            <Field
                name="about[partial]"
                id="f-partial"
                label="「一部実施」の重み"
                value=about.scoring.partial_text()
                hint="得点率で「一部実施」（△）を幾つと数えるか。0から1まで。通常は0.5です。"
            />
            <Field
                name="about[threshold]"
                id="f-threshold"
                label="到達率の基準（%）"
                value=about.scoring.threshold.to_string()
                hint="実施率がこの値以上の設問を「到達」と数えます。通常は90です。"
            />
        </div>
    }
}

/// The edition for a role; the newest of the year is chosen at first.
#[component]
fn Edition(role: Role, people: usize, editions: Vec<EditionChoice>, chosen: Option<Uuid>) -> impl IntoView {
    let unit = if role == Role::SystemManager { "システム" } else { "人" };
    let hint = match (editions.is_empty(), people) {
        (true, _) => "確定した点検票がないため、配付しません。".to_string(),
        (_, 0) => "この役割の職員は登録されていません。".to_string(),
        _ => format!("今日の対象は{people}{unit}です。"),
    };
    let chosen = chosen.map(|id| id.to_string()).unwrap_or_default();
    let mut options: Vec<(String, String)> =
        editions.into_iter().map(|edition| (edition.id.to_string(), edition.text)).collect();
    options.push((String::new(), "配付しない".to_string()));
    view! { <Select name=role.key() label=role.label() options value=chosen hint/> }
}
