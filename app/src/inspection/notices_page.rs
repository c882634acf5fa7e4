//! `/inspections/:inspection/notices`: what is sent by itself, when, in which words; the calendar.

use super::sending_api::{AddClosedDay, RemoveClosedDay, SetNotice};
use crate::context::request;
use crate::ui::{Chip, Crumb, Export, Field, Hidden, Icon, Page, PostForm, Select, Sign, Submit, Tone, page};
use domain::calendar::office::Hours;
use domain::calendar::{short_day, wareki};
use domain::inspection::notice::{BLANKS, Kind};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::notice::{Line, Notices, Planned, notices};
use time::Date;

/// The page.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let hours = request().map(|request| request.hours).unwrap_or_default();
    page(
        move |ask| async move {
            let shown = notices(&ask.db, &ask.actor, ask.id("inspection")?, hours, ask.now).await?;
            Ok((shown, Kind::from_key(&ask.text("set")), ask.today()))
        },
        move |(shown, set, today)| view! { <Shown shown set today hours/> }.into_any(),
    )
}

fn when(hours: Hours) -> String {
    match hours {
        Hours::Always => "時間帯を問わず送る設定です（夜間及び閉庁日にも送ります）。".to_string(),
        Hours::Between(from, to) => format!(
            "開庁日の{}:{:02}から{}:{:02}までに送ります。夜間、土日、祝日、12月29日から1月3日まで及び下に登録した閉庁日には送らず、次の開庁日に送ります。",
            from.hour(), from.minute(), to.hour(), to.minute()
        ),
    }
}

#[component]
fn Shown(shown: Notices, set: Option<Kind>, today: Date, hours: Hours) -> impl IntoView {
    let id = shown.inspection.id;
    let way = vec![Crumb { text: shown.inspection.name.clone(), href: format!("/inspections/{id}") }];
    let actions = view! {
        <a class="btn btn--s" href=format!("/inspections/{id}/letter")>"通知文（印刷）"</a>
        <a class="btn btn--s" href="/outbox">"送信の状況"</a>
    };
    let closed = shown.closed;
    view! {
        <Page title="通知の設定" way actions=actions.into_any()>
            {set.map(|kind| view! {
                <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>{format!("{}を改めました。", kind.label())}</span></p>
            })}
            <p class="lead-text">{format!("通知は、まだ提出していない人にだけ送ります。{}", when(hours))}</p>
            {shown.next.clone().filter(|_| !closed).map(|next| view! { <p class="hint">{format!("今は送信の時間外です。次に送るのは、{next}です。")}</p> })}
            <Plan planned=shown.planned.clone() today closed/>
            <section class="section">
                <h2 class="h">"通知の内容"</h2>
                {shown
                    .lines
                    .clone()
                    .into_iter()
                    .map(|line| view! { <Notice line inspection=id.to_string() closed set/> })
                    .collect_view()}
                <Blanks/>
            </section>
            <ClosedDays shown/>
        </Page>
    }
}

#[component]
fn Plan(planned: Vec<Planned>, today: Date, closed: bool) -> impl IntoView {
    let row = move |one: Planned| {
        let state = match (one.sent, one.goes_out_on) {
            (1.., _) => view! { <Chip tone=Tone::Ok text=format!("{}人に作成済", one.sent)/> }.into_any(),
            (_, day) if closed || day < today => view! { <span class="sub">"送信なし"</span> }.into_any(),
            _ => view! { <span class="sub">"予定"</span> }.into_any(),
        };
        let moved = (one.goes_out_on != one.occasion.planned_on)
            .then(|| format!("（{}は閉庁日）", short_day(one.occasion.planned_on)));
        view! {
            <tr>
                <th scope="row">{one.occasion.kind.label()}</th>
                <td>{short_day(one.goes_out_on)}<span class="sub">{moved}</span></td>
                <td>{state}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2 class="h">"送信の予定"</h2>
            <p class="hint">"期限を延長した所属と職員には、延長後の期限に合わせて送ります。"</p>
            {if planned.is_empty() {
                view! { <p class="hint">"自動で送る通知はありません。下で「送る」を選ぶと、予定が表示されます。"</p> }.into_any()
            } else {
                view! {
                    <Export table="notices"/>
                    <table class="table">
                        <caption class="sr">"通知を送る日（古い順）。期限を延長した所属と職員には、その期限に合わせて送る"</caption>
                        <thead><tr><th scope="col">"通知"</th><th scope="col">"送る日"</th><th scope="col">"状況"</th></tr></thead>
                        <tbody>{planned.into_iter().map(row).collect_view()}</tbody>
                    </table>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Notice(line: Line, inspection: String, closed: bool, set: Option<Kind>) -> impl IntoView {
    let Line { rule, preview } = line;
    let kind = rule.kind;
    let state = match (rule.active, rule.days.is_empty()) {
        (false, _) => "送らない".to_string(),
        (true, true) => "送る".to_string(),
        (true, false) => format!("送る　{}日{}", rule.days_text(), if kind == Kind::Overdue { "後" } else { "前" }),
    };
    let asked = crate::ui::form::returned_key() == Some(kind.key().to_string());
    view! {
        <details class="panel panel--form" id=kind.key() open=asked || set == Some(kind)>
            <summary>{kind.label()}" "<span class="sub">{state}</span></summary>
            {if closed { ().into_any() } else { view! { <Edit rule=rule.clone() inspection/> }.into_any() }}
            {match preview {
                Some((name, subject, body)) => view! {
                    <h3 class="label section">{format!("表示例（宛先：{name}）")}</h3>
                    <div class="quote">{format!("件名：{subject}\n\n{body}")}</div>
                }
                .into_any(),
                None => view! { <p class="hint">"今は、この通知の宛先になる人がいません。"</p> }.into_any(),
            }}
        </details>
    }
}

#[component]
fn Edit(rule: domain::inspection::notice::Rule, inspection: String) -> impl IntoView {
    let kind = rule.kind;
    let key = kind.key();
    let choices = || [("yes", "送る"), ("no", "送らない")].map(|(key, text)| (key.to_string(), text.to_string())).to_vec();
    view! {
        <PostForm action=SetNotice::PATH key=key class="stack">
            <Hidden name="inspection" value=inspection.clone()/>
            <Hidden name="kind" value=key/>
            <div class="row row--even">
                <Select name="active" id=format!("active-{key}") label="自動で送る" options=choices() value=if rule.active { "yes" } else { "no" }/>
                {kind.days_label().map(|label| view! {
                    <Field name="days" id=format!("days-{key}") label=label value=rule.days_text() required=true hint="読点で区切って、いくつでも入力できます。"/>
                })}
            </div>
            <Field name="subject" id=format!("subject-{key}") label="件名" value=rule.subject.clone() required=true/>
            <Field name="body" id=format!("body-{key}") label="本文" rows=9 value=rule.body.clone() required=true/>
            <Submit text="保存して表示例を見る" spoken=format!("{}を保存して表示例を見る", kind.label())/>
        </PostForm>
    }
}

#[component]
fn Blanks() -> impl IntoView {
    view! {
        <details class="section">
            <summary>"件名と本文で使える差込み項目"</summary>
            <table class="table">
                <caption class="sr">"差込み項目"</caption>
                <thead><tr><th scope="col">"書き方"</th><th scope="col">"入る内容"</th></tr></thead>
                <tbody>
                    {BLANKS
                        .into_iter()
                        .map(|(name, text)| view! { <tr><th scope="row">{format!("{{{name}}}")}</th><td>{text}</td></tr> })
                        .collect_view()}
                </tbody>
            </table>
        </details>
    }
}

#[component]
fn ClosedDays(shown: Notices) -> impl IntoView {
    let id = shown.inspection.id.to_string();
    let back = id.clone();
    view! {
        <section class="section" id="calendar">
            <h2 class="h">"市独自の閉庁日"</h2>
            <p class="hint">"土日、祝日（振替休日及び国民の休日を含む。）及び年末年始は、登録しなくても閉庁日として扱います。登録はすべての点検に共通です。"</p>
            <PostForm action=AddClosedDay::PATH class="row">
                <Hidden name="back" value=id.clone()/>
                <Field name="day" label="閉庁日" kind="date" required=true/>
                <Field name="name" label="理由" required=true/>
                <Submit text="登録する"/>
            </PostForm>
            <ul>
                {shown
                    .closed_days
                    .into_iter()
                    .map(|row| {
                        let (key, back) = (row.id.to_string(), back.clone());
                        let text = format!("{}　{}", wareki(row.day), row.name);
                        let spoken = format!("{text}を取り消す");
                        view! {
                            <li>
                                {text}" "
                                <PostForm action=RemoveClosedDay::PATH key=key.clone() class="inline">
                                    <Hidden name="day" value=key.clone()/>
                                    <Hidden name="back" value=back.clone()/>
                                    <Submit text="取り消す" small=true spoken=spoken.clone()/>
                                </PostForm>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
