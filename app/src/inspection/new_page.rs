//! `/inspections/new`: the form for starting an inspection, filled from the calendar.

use super::api::StartInspection;
use crate::ui::form::entered;
use crate::ui::{Crumb, Field, Hidden, Page, PostForm, Select, Submit, page};
use domain::approval::Level;
use domain::calendar::{fiscal_year_label, iso};
use domain::inspection::Visibility;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::inspection::{Choices, EditionChoice, choices};

/// The page for starting an inspection.
#[component]
pub fn NewInspectionPage() -> impl IntoView {
    page(
        |ask| async move { Ok(choices(&ask.db, &ask.actor, ask.today()).await?) },
        |choices| view! { <Form choices/> }.into_any(),
    )
}

#[component]
fn Form(choices: Choices) -> impl IntoView {
    let way = vec![Crumb { text: "進行状況".into(), href: "/board".into() }];
    let scope = fiscal_year_label(choices.fiscal_year);
    let missing = choices.editions.iter().all(|(_, _, editions)| editions.is_empty());
    let nobody = choices.editions.iter().all(|(_, people, _)| *people == 0);
    let first = match (missing, nobody) {
        (true, _) => Some(("確定した点検票がありません。先に点検票を確定してください。", "/sheets", "点検票へ")),
        (_, true) => Some(("職員が登録されていません。先に名簿を取り込んでください。", "/roster", "名簿へ")),
        _ => None,
    };
    view! {
        <Page title="点検を始める" way scope>
            {match first {
                Some((text, href, button)) => view! {
                    <div class="empty"><p>{text}</p><a class="btn btn--main" href=href>{button}</a></div>
                }
                .into_any(),
                None => view! { <Fields choices/> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Fields(choices: Choices) -> impl IntoView {
    let visibilities: Vec<(String, String)> =
        Visibility::ALL.into_iter().map(|one| (one.key().to_string(), one.label().to_string())).collect();
    view! {
        <PostForm action=StartInspection::PATH class="stack form">
            <Hidden name="fiscal_year" value=choices.fiscal_year.to_string()/>
            <Field name="name" label="名称" value=choices.name.clone() required=true hint="点検票と報告に表示されます。"/>
            <div class="three">
                <Field
                    name="base_on"
                    label="基準日"
                    kind="date"
                    value=iso(choices.base_on)
                    required=true
                    hint="この日に在籍する職員が対象になります。"
                />
                <Field name="opens_on" label="開始日" kind="date" value=iso(choices.opens_on) required=true/>
                <Field name="due_on" label="回答期限" kind="date" value=iso(choices.due_on) required=true/>
            </div>
            <h2>"配付する点検票"</h2>
            {choices
                .editions
                .clone()
                .into_iter()
                .map(|(role, people, editions)| view! { <Edition role people editions/> })
                .collect_view()}
            <h2>"所属長への表示及び問合せ先"</h2>
            <Select name="visibility" label="所属長に見せる範囲" options=visibilities.clone() value="named"/>
            <Field
                name="way[contact]"
                id="contact"
                label="問合せ先"
                value=choices.contact.clone()
                required=true
                hint="課の名称と内線番号など。点検票と督促に表示されます。"
            />
            <Steps/>
            <Submit text="この内容で始める" main=true/>
            <p class="hint">"始めると、対象者と所属の体系がこの点検のために固定され、開始日から職員の最初の画面に点検票が表示されます。開始通知、期限前の通知及び督促は自動で送ります。文面と送る日は、始めた後に「通知の設定」で改めることができます。"</p>
        </PostForm>
    }
}

/// Who approves after the heads; it never changes once the inspection has started.
#[component]
fn Steps() -> impl IntoView {
    view! {
        <fieldset class="checks">
            <legend class="label">"所属長の確認の後に行う承認（任意）"</legend>
            {Level::ALL
                .map(|level| {
                    let name = format!("way[steps][{}]", level.key());
                    let checked = !entered(&name, String::new()).is_empty();
                    view! {
                        <label class="check"><input type="checkbox" name=name value="yes" checked=checked/>{level.label()}</label>
                    }
                })
                .collect_view()}
            <p class="hint">"点検を始めた後は変えられません。選ばないときは、所属長の確認で終わります。部に属さない所属は、部長の承認を経ずに統括情報セキュリティ責任者が承認します。"</p>
        </fieldset>
    }
}

/// The edition for a role; the newest of the year is chosen.
#[component]
fn Edition(role: Role, people: usize, editions: Vec<EditionChoice>) -> impl IntoView {
    let unit = if role == Role::SystemManager { "システム" } else { "人" };
    let hint = match (editions.is_empty(), people) {
        (true, _) => "確定した点検票がないため、配付しません。".to_string(),
        (_, 0) => "この役割の職員は登録されていません。".to_string(),
        _ => format!("今日の対象は{people}{unit}です。"),
    };
    let chosen = editions.first().map(|edition| edition.id.to_string()).unwrap_or_default();
    let mut options: Vec<(String, String)> =
        editions.into_iter().map(|edition| (edition.id.to_string(), edition.text)).collect();
    options.push((String::new(), "配付しない".to_string()));
    view! { <Select name=role.key() label=role.label() options value=chosen hint/> }
}
