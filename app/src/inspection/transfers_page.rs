//! `/inspections/:inspection/transfers`: what the roster of today asks for, by rule; changes by hand; the history.

use super::transfer_api::{ChangeTarget, SettleTransfers};
use crate::context::Returned;
use crate::ui::form::reason_for;
use crate::ui::{Chip, Crumb, Empty, Export, Field, Hidden, Icon, Page, PostForm, Select, Sign, Submit, Tone, page};
use domain::calendar::{short_day, short_time};
use domain::inspection::transfer::{Act, Begun, Rule};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::inspection::transfer::{Entry, Line, Transfers, transfers};

/// The page.
#[component]
pub fn TransfersPage() -> impl IntoView {
    page(
        |ask| async move {
            let shown = transfers(&ask.db, &ask.actor, ask.id("inspection")?, ask.now).await?;
            let number = |name: &str| ask.text(name).parse::<u32>().ok();
            Ok((shown, number("taken"), number("left")))
        },
        |(shown, taken, left)| view! { <Whole shown taken left/> }.into_any(),
    )
}

#[component]
fn Whole(shown: Transfers, taken: Option<u32>, left: Option<u32>) -> impl IntoView {
    let id = shown.inspection.id;
    let way = vec![Crumb { text: shown.inspection.name.clone(), href: format!("/inspections/{id}") }];
    let pending = shown.pending();
    let state = match (shown.closed, pending) {
        (true, _) => (Tone::Plain, "締切済".to_string()),
        (false, 0) => (Tone::Ok, "反映済み".to_string()),
        (false, pending) => (Tone::Warn, format!("未反映 {pending}件")),
    };
    let scope =
        format!("基準日 {}／{}の名簿と比べています", short_day(shown.inspection.base_on), short_day(shown.on));
    let fresh = use_context::<Returned>().is_none();
    let said = match (taken, left) {
        (Some(number), _) => Some(format!("{number}件の変更を反映しました。本人には通知を作りました。")),
        (_, Some(number)) => Some(format!("{number}件の変更を見送りました。")),
        _ => None,
    };
    let closed = shown.closed;
    view! {
        <Page title="異動などの反映" state scope way>
            {said.filter(|_| fresh).map(|text| view! {
                <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/>{text}</p>
            })}
            {if closed {
                view! { <Empty text="この点検は締め切られたため、対象者は変わりません。締切りの後の異動は、次の点検に反映されます。"/> }
                    .into_any()
            } else {
                view! { <Proposals shown=shown.clone()/> }.into_any()
            }}
            {(!closed).then(|| view! { <ByHandForm shown=shown.clone()/> })}
            <History entries=shown.history.clone()/>
        </Page>
    }
}

#[component]
fn Proposals(shown: Transfers) -> impl IntoView {
    if shown.groups.is_empty() {
        return view! {
            <Empty text="基準日の後の名簿に、反映する変更はありません。名簿を取り込むと、異動、採用、休職、退職などの変更がここに並びます。"/>
        }
        .into_any();
    }
    let id = shown.inspection.id.to_string();
    let pending = shown.pending();
    view! {
        <Export table="transfers"/>
        <PostForm action=SettleTransfers::PATH key="settle">
            <Hidden name="inspection" value=id.clone()/>
            {shown.groups.clone().into_iter().map(|(rule, lines)| view! { <Group rule lines/> }).collect_view()}
            {(pending > 0).then(|| view! { <Buttons/> })}
        </PostForm>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    // A refused leaving opens where it was entered.
    let open = reason_for("reason").is_some();
    view! {
        <div class="panel stack section">
            <p>"印の付いた変更を反映すると、本人に通知が作られ、把握率の分母と所属の一覧が変わります。提出された回答は変わりません。"</p>
            <Submit text="選んだ変更を反映する" main=true name="then" value="take"/>
            <details open=open>
                <summary>"選んだ変更を反映しないで見送る"</summary>
                <div class="stack section">
                    <Field
                        name="reason"
                        id="leave-reason"
                        label="見送る理由"
                        rows=2
                        hint="見送った変更は、再び提案されません。履歴に残ります。"
                    />
                    <Submit text="見送る" stop=true name="then" value="leave"/>
                </div>
            </details>
        </div>
    }
}

#[component]
fn Group(rule: Rule, lines: Vec<Line>) -> impl IntoView {
    let heading = format!("{}　{}件", rule.label(), lines.len());
    let waiting = lines.iter().any(|line| line.act != Act::Keep);
    let table = view! { <GroupTable rule lines/> };
    view! {
        <section class="section transfers">
            <h2 class="h">{heading}</h2>
            <p class="hint">{rule.text()}</p>
            {if waiting {
                table.into_any()
            } else {
                view! { <details><summary>"変更のない点検票を表示する"</summary>{table}</details> }.into_any()
            }}
        </section>
    }
}

#[component]
fn GroupTable(rule: Rule, lines: Vec<Line>) -> impl IntoView {
    view! {
        <div class="wide">
            <table class="table">
                <caption class="sr">{rule.label()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"選択"</th><th scope="col">"職員番号"</th><th scope="col">"氏名"</th>
                        <th scope="col">"点検票"</th><th scope="col">"状態"</th><th scope="col">"所属"</th>
                        <th scope="col">"変更"</th><th scope="col">"理由"</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(|line| view! { <Row line/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// How far somebody is.
pub fn begun(begun: Option<Begun>) -> &'static str {
    match begun {
        None => "―",
        Some(Begun::NotBegun) => "未着手",
        Some(Begun::Draft) => "回答中",
        Some(Begun::Submitted) => "提出済み",
        Some(Begun::Confirmed) => "所属長確認済み",
    }
}

/// 職員, システム管理者（住民記録）
pub fn sheet(role: Role, system: Option<&String>) -> String {
    match system.filter(|_| role == Role::SystemManager) {
        Some(system) => format!("{}（{system}）", role.short()),
        None => role.short().to_string(),
    }
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let sheet = sheet(line.role, line.system.as_ref());
    let place = match (line.from, line.to) {
        (Some(from), Some(to)) if from != to => format!("{from}→{to}"),
        (Some(place), _) | (None, Some(place)) => place,
        (None, None) => "―".to_string(),
    };
    let changes = line.act != Act::Keep;
    let spoken = format!("{}：{}（{sheet}）を選ぶ", line.person, line.act.label());
    let tone = match line.act {
        Act::Keep => Tone::Plain,
        Act::Withdraw => Tone::Warn,
        _ => Tone::Key,
    };
    view! {
        <tr>
            <td>
                {changes.then(|| view! {
                    <input type="checkbox" class="box" name="keys[]" value=line.key checked aria-label=spoken/>
                })}
            </td>
            <td>{line.staff_no}</td>
            <th scope="row">{line.person}</th>
            <td>{sheet}</td>
            <td>{begun(line.begun)}</td>
            <td>{place}</td>
            <td><Chip tone text=line.act.label()/></td>
            <td>{line.reason}</td>
        </tr>
    }
}

/// Changes that no roster asks for.
#[component]
pub fn ByHandForm(
    shown: Transfers,
    /// The page it stands on.
    #[prop(default = "transfers")]
    back: &'static str,
) -> impl IntoView {
    let id = shown.inspection.id.to_string();
    let acts: Vec<(String, String)> = [
        ("withdraw", "対象から外す"),
        ("restore", "対象に戻す"),
        ("move", "所属を移す"),
        ("add", "対象に加える"),
    ]
    .into_iter()
    .map(|(key, text)| (key.to_string(), text.to_string()))
    .collect();
    let roles: Vec<(String, String)> =
        shown.roles.iter().map(|role| (role.key().to_string(), role.label().to_string())).collect();
    let mut departments = vec![(String::new(), "選ばない".to_string())];
    departments.extend(shown.departments.iter().map(|(id, name)| (id.to_string(), name.clone())));
    view! {
        <section class="section">
            <h2 class="h">"一人ずつ変更する"</h2>
            <p class="hint">"名簿によらない変更を、理由を付けて行います。提出済みの点検票は、所属長が差し戻してから変更してください。"</p>
            <PostForm action=ChangeTarget::PATH key="hand" class="stack panel panel--form">
                <Hidden name="inspection" value=id.clone()/>
                <Hidden name="back" value=back/>
                <div class="row row--even">
                    <Field name="staff_no" id="hand-staff-no" label="職員番号" required=true/>
                    <Select name="role" label="点検票" options=roles.clone() required=true/>
                    <Select name="act" label="変更" options=acts.clone() required=true/>
                    <Select
                        name="department"
                        id="hand-department"
                        label="所属"
                        options=departments.clone()
                        hint="移す先又は加える先。外すときは、点検票が二つ以上ある場合だけ選びます。"
                    />
                </div>
                <Field name="reason" id="hand-reason" label="理由" rows=2 required=true/>
                <Submit text="変更する"/>
            </PostForm>
        </section>
    }
}

#[component]
fn History(entries: Vec<Entry>) -> impl IntoView {
    view! {
        <section class="section">
            <h2 class="h">"変更の履歴"</h2>
            {if entries.is_empty() {
                view! { <p class="hint">"対象者の変更は、まだありません。"</p> }.into_any()
            } else {
                view! { <HistoryTable entries/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn HistoryTable(entries: Vec<Entry>) -> impl IntoView {
    view! {
        <Export table="transferred"/>
        <div class="wide">
            <table class="table">
                <caption class="sr">"対象者の変更の履歴（新しい順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"日時"</th><th scope="col">"氏名"</th><th scope="col">"変更"</th>
                        <th scope="col">"理由"</th><th scope="col">"行った人"</th>
                    </tr>
                </thead>
                <tbody>
                    {entries
                        .into_iter()
                        .map(|one| view! {
                            <tr>
                                <td>{short_time(one.at)}</td><th scope="row">{one.person}</th><td>{one.what}</td>
                                <td>{one.reason}</td><td>{one.by}</td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
