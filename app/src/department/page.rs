//! `/inspections/:inspection/departments/:department`

use super::api::{BeginProxy, ConfirmDepartment, ReturnSheet, WithdrawConfirmation};
use crate::ui::{Chip, Crumb, Empty, Field, Hidden, Page, PostForm, Submit, Tone, page};
use domain::calendar::{short_day, short_time, wareki_time};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::department::{self, Confirmation, Row};

/// The usual reason: a department has one head.
const ALONE: &str = "所属長のほかに、所属として確認する者がいないため。";

/// The page.
#[component]
pub fn DepartmentPage() -> impl IntoView {
    page(
        |ask| async move {
            let (inspection, department) = (ask.id("inspection")?, ask.id("department")?);
            Ok(department::page(&ask.db, &ask.actor, inspection, department, ask.now).await?)
        },
        |shown| view! { <Department shown/> }.into_any(),
    )
}

#[component]
fn Department(shown: department::DepartmentPage) -> impl IntoView {
    let gathering = shown.gathering;
    let state = match (gathering.confirmed, gathering.missing) {
        (true, _) => (Tone::Ok, "確認済み".to_string()),
        (false, 0) => (Tone::Key, "確認待ち".to_string()),
        (false, missing) => (Tone::Plain, format!("未提出 {missing}件")),
    };
    let division = if shown.division_name == shown.name { "" } else { &shown.division_name };
    let scope = format!("{division}　{}　期限 {}", shown.inspection.name, short_day(shown.inspection.due_on));
    let way = match shown.may_act {
        true => vec![Crumb { text: "最初の画面".into(), href: "/".into() }],
        false => {
            vec![Crumb { text: shown.inspection.name.clone(), href: format!("/inspections/{}", shown.inspection.id) }]
        }
    };
    let (may_act, may_read) = (shown.may_act, shown.may_read);
    let may_return = may_act && !gathering.confirmed && !gathering.closed;
    let rows = shown.rows.clone();
    let may_enter = shown.may_enter && !gathering.closed;
    view! {
        <Page title=shown.name.clone() state scope way>
            {if rows.is_empty() {
                view! { <Empty text="この所属には、この点検の点検票がありません。提出や確認は必要ありません。"/> }.into_any()
            } else {
                view! { <People rows may_read may_return may_enter/> }.into_any()
            }}
            <Word shown/>
        </Page>
    }
}

#[component]
fn People(rows: Vec<Row>, may_read: bool, may_return: bool, may_enter: bool) -> impl IntoView {
    let mut rows = rows;
    // Who is missing comes first; within that the order of names stays.
    rows.sort_by_key(|row| row.facts.standing.submitted);
    let (total, submitted) = (rows.len(), rows.iter().filter(|row| row.facts.standing.submitted).count());
    view! {
        <p class="lead-text">{format!("点検票{total}件のうち{submitted}件が提出されています。")}</p>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"点検票の提出状況（未提出を先に、氏名の五十音順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"氏名"</th>
                        <th scope="col">"職名"</th>
                        <th scope="col">"点検票"</th>
                        <th scope="col">"状態"</th>
                        <th scope="col" class="num">"回答"</th>
                        <th scope="col">"提出"</th>
                        <th scope="col">"操作"</th>
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|row| view! { <PersonRow row may_read may_return may_enter/> })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

fn state_of(row: &Row) -> (Tone, &'static str) {
    let standing = row.facts.standing;
    match (standing.submitted, standing.returned, row.progress.answered) {
        (true, ..) => (Tone::Ok, "提出済み"),
        (false, true, _) => (Tone::Err, "差戻し"),
        (false, false, 0) => (Tone::Plain, "未着手"),
        (false, false, _) => (Tone::Key, "回答中"),
    }
}

#[component]
fn PersonRow(row: Row, may_read: bool, may_return: bool, may_enter: bool) -> impl IntoView {
    let (tone, state) = state_of(&row);
    let submitted = row.facts.submission;
    let sheet = match (&row.system, row.role) {
        (Some(system), Role::SystemManager) => format!("{}（{system}）", row.role.short()),
        _ => row.role.short().to_string(),
    };
    let returned = row.facts.returned.as_ref().map(|back| format!("理由：{}", back.reason));
    let (name, target) = (row.name.clone(), row.target);
    let own = row.own;
    // What was handed in was complete; where nothing is left of it, it was disposed of.
    let gone = submitted.is_some() && row.progress.answered == 0 && row.progress.total > 0;
    let progress = match gone {
        true => "廃棄済み".to_string(),
        false => format!("{}／{}", row.progress.answered, row.progress.total),
    };
    let by_proxy = row.by_proxy.map(|by| format!("代理入力：{by}"));
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td>{row.title}</td>
            <td>{sheet}</td>
            <td class="wrap"><Chip tone text=state/>{returned.map(|text| view! { " "<span class="sub">{text}</span> })}{by_proxy.map(|text| view! { " "<span class="sub">{text}</span> })}</td>
            <td class="num">{progress}</td>
            <td>{submitted.map_or_else(|| "―".to_string(), |(_, at)| short_time(at))}</td>
            <td class="ops">
                {(may_read && submitted.is_some()).then(|| view! {
                    <a class="btn btn--s" href=format!("/responses/{target}") aria-label=format!("{name}の回答を見る")>
                        "回答を見る"
                    </a>
                })}
                {(may_enter && submitted.is_none() && !own).then(|| view! { <Enter row_name=name.clone() target=target.to_string()/> })}
                {(may_return && submitted.is_some()).then(|| view! { <Return row_name=name.clone() target=target.to_string()/> })}
            </td>
        </tr>
    }
}

/// Giving back opens in the row; it needs a reason.
#[component]
fn Return(row_name: String, target: String) -> impl IntoView {
    let key = target.clone();
    let returned = use_context::<crate::context::Returned>();
    let open = returned.is_some_and(|returned| returned.fields.iter().any(|(_, value)| *value == target));
    let spoken = format!("{row_name}の点検票を差し戻す");
    view! {
        <details class="give-back" open=open>
            <summary aria-label=spoken.clone()>"差し戻す"</summary>
            <PostForm action=ReturnSheet::PATH key=key class="stack">
                <Hidden name="target" value=target.clone()/>
                <Field
                    name="reason"
                    label="差戻しの理由"
                    rows=2
                    required=true
                    id=format!("reason-{target}")
                    hint="本人に通知されます。どの問をどう直すのかを書いてください。"
                />
                <Submit text="差し戻す" spoken=spoken.clone() small=true stop=true/>
            </PostForm>
        </details>
    }
}

/// 代理入力 opens in the row.
#[component]
fn Enter(row_name: String, target: String) -> impl IntoView {
    let key = format!("proxy-{target}");
    let returned = use_context::<crate::context::Returned>();
    let open = returned.is_some_and(|returned| returned.fields.iter().any(|(_, value)| *value == target));
    let (fold, begin) = (format!("代理で入力する：{row_name}"), format!("入力を始める：{row_name}"));
    view! {
        <details class="give-back" open=open>
            <summary aria-label=fold>"代理で入力する"</summary>
            <PostForm action=BeginProxy::PATH key=key class="stack">
                <Hidden name="target" value=target.clone()/>
                <Field
                    name="reason"
                    label="本人が回答できない理由"
                    rows=2
                    id=format!("proxy-{target}")
                    hint="アカウントがなく番号を渡した人は、入力しなくても構いません。代理入力であることは、回答とともに記録されます。"
                />
                <Submit text="入力を始める" spoken=begin.clone() small=true/>
            </PostForm>
        </details>
    }
}

/// The head's word: confirming, or what was confirmed.
#[component]
fn Word(shown: department::DepartmentPage) -> impl IntoView {
    let gathering = shown.gathering;
    let ids = (shown.inspection.id, shown.department);
    match shown.confirmation {
        Some(word) => view! { <Confirmed word ids may_withdraw=shown.may_act && !gathering.closed/> }.into_any(),
        None if shown.may_act && !gathering.closed && gathering.total > 0 => {
            view! { <Confirm missing=gathering.missing own=shown.own_sheets ids/> }.into_any()
        }
        None => ().into_any(),
    }
}

#[component]
fn Confirm(missing: usize, own: usize, ids: (uuid::Uuid, uuid::Uuid)) -> impl IntoView {
    let lead = if missing == 0 {
        "全員が提出しました。内容を確かめて、所属として確認してください。".to_string()
    } else {
        format!("まだ提出していない点検票が{missing}件あります。提出を待たずに確認するときは、その理由を入力してください。")
    };
    view! {
        <section class="panel stack word">
            <h2>"所属長の確認"</h2>
            <p>{lead}</p>
            <PostForm action=ConfirmDepartment::PATH class="stack">
                <Hidden name="inspection" value=ids.0.to_string()/>
                <Hidden name="department" value=ids.1.to_string()/>
                <Field name="note" label=if missing == 0 { "所見（任意）" } else { "理由" } rows=2 required=missing != 0/>
                {(own > 0).then(|| view! {
                    <Field
                        name="own_reason"
                        label="自分が提出した点検票を自分で確認する理由"
                        value=ALONE
                        required=true
                        hint=format!("あなたが提出した点検票が{own}件含まれます。理由は記録され、監査報告書に示されます。")
                    />
                })}
                <Submit text="確認する" main=true/>
            </PostForm>
        </section>
    }
}

#[component]
fn Confirmed(word: Confirmation, ids: (uuid::Uuid, uuid::Uuid), may_withdraw: bool) -> impl IntoView {
    let capacity = word.capacity.map(|kind| format!("（{}）", kind.label())).unwrap_or_default();
    view! {
        <section class="panel stack word">
            <h2>"所属長の確認"</h2>
            <p>{format!("{}に{}{capacity}が確認しました。", wareki_time(word.at), word.by)}</p>
            {(!word.note.is_empty()).then(|| view! { <p class="quote">{word.note}</p> })}
            {may_withdraw.then(|| view! {
                <PostForm action=WithdrawConfirmation::PATH class="stack">
                    <Hidden name="inspection" value=ids.0.to_string()/>
                    <Hidden name="department" value=ids.1.to_string()/>
                    <p class="hint">"点検票を差し戻すときは、先に確認を取り消してください。取消しは記録に残ります。"</p>
                    <Submit text="確認を取り消す" stop=true/>
                </PostForm>
            })}
        </section>
    }
}
