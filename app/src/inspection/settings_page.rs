//! `/inspections/:inspection/settings`: the period and the targets of a running inspection (期間・対象の変更).

use super::sending_api::{MakeExtension, TakeExtensionBack};
use super::transfer_api::AddDepartment;
use super::transfers_page::ByHandForm;
use crate::context::Ask;
use crate::ui::{Chip, Crumb, Export, Field, Hidden, Icon, Page, PostForm, Select, Sign, Submit, Tone, page};
use domain::calendar::{short_day, short_time, wareki};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::extension::{Entry, Settings, settings};
use store::inspection::transfer::{Transfers, transfers};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    page(
        |ask| async move {
            let id = ask.id("inspection")?;
            let shown = settings(&ask.db, &ask.actor, id).await?;
            let targets = transfers(&ask.db, &ask.actor, id, ask.now).await?;
            Ok((shown, targets, done(&ask), ask.text("department")))
        },
        |(shown, targets, done, department)| view! { <Shown shown targets done department/> }.into_any(),
    )
}

/// What was just done, in words.
fn done(ask: &Ask) -> Option<String> {
    let number = |name: &str| ask.text(name).parse::<u32>().ok();
    let there = |name: &str| !ask.text(name).is_empty();
    match () {
        () if number("told").is_some() => {
            number("told").map(|told| format!("期限を延長し、未提出の{told}人への通知を作りました。"))
        }
        () if number("added").is_some() => {
            number("added").map(|added| format!("所属の点検票{added}件を対象に加え、本人への通知を作りました。"))
        }
        () if there("back") => Some("延長を取り消しました。".to_string()),
        () => there("taken").then(|| "対象者を変更しました。".to_string()),
    }
}

#[component]
fn Shown(
    shown: Settings,
    targets: Transfers,
    done: Option<String>,
    /// The department one comes from.
    department: String,
) -> impl IntoView {
    let id = shown.inspection.id;
    let way = vec![Crumb { text: shown.inspection.name.clone(), href: format!("/inspections/{id}") }];
    let scope = format!("{}～{}", wareki(shown.inspection.opens_on), wareki(shown.due.of_all()));
    let closed = targets.closed;
    let state = closed.then(|| (Tone::Plain, "締切済".to_string()));
    let extensions = shown.extensions.clone();
    let page = view! {
        {done.map(|text| view! { <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>{text}</span></p> })}
        {closed.then(|| view! { <p class="lead-text">"この点検は締め切られたため、期間と対象は変わりません。"</p> })}
        <section class="section">
            <h2 class="h">"期限の延長"</h2>
            {(!closed).then(|| view! { <Longer shown=shown.clone() department/> })}
            <Extensions entries=extensions closed/>
        </section>
        {(!closed).then(|| view! { <WholeDepartment shown=targets.clone()/> <ByHandForm shown=targets back="settings"/> })}
        <p class="section"><a href=format!("/inspections/{id}/transfers")>"名簿の異動による変更と、対象者の変更の履歴"</a></p>
        <p><a href=format!("/inspections/{id}/intakes")>"所属から届いた点検票（Excelなど）の取込み"</a></p>
    };
    match state {
        Some(state) => view! { <Page title="期間・対象の変更" way scope state>{page}</Page> }.into_any(),
        None => view! { <Page title="期間・対象の変更" way scope>{page}</Page> }.into_any(),
    }
}

#[component]
fn Longer(shown: Settings, department: String) -> impl IntoView {
    let mut departments = vec![(String::new(), "全所属".to_string())];
    departments.extend(shown.departments.iter().map(|(id, name)| (id.to_string(), name.clone())));
    let id = shown.inspection.id.to_string();
    view! {
        <p class="hint">
            "新しい期限は、進行状況、回答画面、督促、確認票の番号及び自動の通知のすべてに効きます。未提出の職員に延長を知らせます。"
        </p>
        <PostForm action=MakeExtension::PATH class="stack panel panel--form">
            <Hidden name="inspection" value=id.clone()/>
            <div class="row row--even">
                <Select name="department" label="所属" options=departments.clone() value=department.clone() hint="一つの所属だけ延長するときに選びます。"/>
                <Field name="staff_no" label="職員番号" hint="一人だけ延長するときに入力します。"/>
                <Field name="due_on" label="新しい回答期限" kind="date" required=true/>
            </div>
            <Field name="reason" id="longer-reason" label="理由" rows=2 required=true hint="未提出の職員への通知にも記載します。"/>
            <Submit text="期限を延長する" main=true/>
        </PostForm>
    }
}

/// Everybody of a department at once.
#[component]
fn WholeDepartment(shown: Transfers) -> impl IntoView {
    let id = shown.inspection.id.to_string();
    let mut departments = vec![(String::new(), "選ばない".to_string())];
    departments.extend(shown.departments.iter().map(|(id, name)| (id.to_string(), name.clone())));
    view! {
        <section class="section">
            <h2 class="h">"所属を加える"</h2>
            <p class="hint">"今日の名簿でその所属にいる職員のうち、まだ対象でない人に、役割に応じた点検票を配ります。対象から外した人は加えません。"</p>
            <PostForm action=AddDepartment::PATH key="whole" class="stack panel panel--form">
                <Hidden name="inspection" value=id.clone()/>
                <Select name="department" id="whole-department" label="加える所属" options=departments.clone() required=true/>
                <Field name="reason" id="whole-reason" label="理由" rows=2 required=true hint="対象者の変更の履歴に残ります。"/>
                <Submit text="この所属の全員を加える"/>
            </PostForm>
        </section>
    }
}

#[component]
fn Extensions(entries: Vec<Entry>, closed: bool) -> impl IntoView {
    if entries.is_empty() {
        return view! { <p class="hint">"期限の延長は、まだありません。"</p> }.into_any();
    }
    view! {
        <Export table="extensions"/>
        <div class="wide section">
            <table class="table">
                <caption class="sr">"期限の延長（新しい順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"対象"</th><th scope="col">"新しい期限"</th><th scope="col">"理由"</th>
                        <th scope="col">"行った人"</th><th scope="col">"取消し"</th>
                    </tr>
                </thead>
                <tbody>{entries.into_iter().map(|entry| view! { <Row entry closed/> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(entry: Entry, closed: bool) -> impl IntoView {
    let id = entry.id.to_string();
    let spoken = format!("{}の延長を取り消す", entry.scope);
    let summary = spoken.clone();
    let last = match (entry.taken_back, closed) {
        (Some((at, reason)), _) => {
            view! { <Chip tone=Tone::Plain text="取消済"/>" "{format!("{} {reason}", short_time(at))} }.into_any()
        }
        (None, true) => ().into_any(),
        (None, false) => view! {
            <details>
                <summary aria-label=summary>"取り消す"</summary>
                <PostForm action=TakeExtensionBack::PATH key=id.clone() class="stack">
                    <Hidden name="extension" value=id.clone()/>
                    <Field name="reason" id=format!("back-{id}") label="取消しの理由" required=true/>
                    <Submit text="延長を取り消す" small=true spoken=spoken.clone()/>
                </PostForm>
            </details>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{entry.scope}</th><td>{short_day(entry.due_on)}</td><td>{entry.reason}</td>
            <td>{format!("{} {}", short_time(entry.at), entry.by)}</td><td>{last}</td>
        </tr>
    }
}
