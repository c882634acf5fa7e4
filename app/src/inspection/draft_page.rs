//! `/drafts/:draft`: an inspection before it starts: changed, tried out with a few people, started or thrown away.

use super::api::{CloseInspection, DiscardDraft, RehearseDraft};
use super::start_form::StartForm;
use crate::ui::{Chip, Crumb, Export, Field, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use domain::calendar::{iso, short_day, short_time};
use domain::inspection::draft::End;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::inspection::draft::{Draft, draft};
use store::inspection::rehearsal::Rehearsal;
use store::inspection::{Choices, choices};
use time::{Date, Duration};

/// The page.
#[component]
pub fn DraftPage() -> impl IntoView {
    page(
        |ask| async move {
            let shown = draft(&ask.db, &ask.actor, ask.id("draft")?).await?;
            let done = said(&ask.text("done"));
            Ok((shown, choices(&ask.db, &ask.actor, ask.today()).await?, done, ask.today()))
        },
        |(shown, choices, done, today)| view! { <Shown shown choices done today/> }.into_any(),
    )
}

fn said(done: &str) -> Option<&'static str> {
    match done {
        "kept" => Some("下書きを保存しました。"),
        "rehearsed" => Some("試行を始め、参加する職員への通知を作りました。"),
        "ended" => Some("試行を終えました。回答は、この画面から引き続き確かめられます。"),
        _ => None,
    }
}

#[component]
fn Shown(shown: Draft, choices: Choices, done: Option<&'static str>, today: Date) -> impl IntoView {
    let way = vec![
        Crumb { text: "進行状況".into(), href: "/board".into() },
        Crumb { text: "点検を始める".into(), href: "/inspections/new".into() },
    ];
    let state = match shown.end {
        None => (Tone::Key, "下書き".to_string()),
        Some(End::Started) => (Tone::Ok, "開始済".to_string()),
        Some(End::Discarded) => (Tone::Plain, "破棄済".to_string()),
    };
    let scope = format!("{} 保存", short_time(shown.at));
    let open = shown.end.is_none();
    let started = shown.inspection;
    view! {
        <Page title=shown.start.name.clone() state scope way>
            {done.map(|text| view! { <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>{text}</span></p> })}
            {started.map(|id| view! { <p class="lead-text">"この下書きの点検は始まっています。"<a href=format!("/inspections/{id}")>"進行状況へ"</a></p> })}
            {open.then(|| view! { <StartForm choices start=shown.start.clone() draft=shown.id/> })}
            <Rehearsals shown=shown.clone() today/>
            {open.then(|| view! { <Discard draft=shown.id.to_string()/> })}
        </Page>
    }
}

/// What was tried out so far, and the form for the next try.
#[component]
fn Rehearsals(shown: Draft, today: Date) -> impl IntoView {
    let running = shown.rehearsals.iter().any(|one| !one.closed);
    let begin = shown.end.is_none() && !running;
    let draft = shown.id.to_string();
    let until = iso(today + Duration::days(7));
    view! {
        <section class="section form" id="rehearsal">
            <h2 class="h">"試行"</h2>
            <p class="hint">
                "選んだ職員に、保存した下書きの点検票を「【試行】」の名称で配り、実際に回答してもらいます。設問の分かりにくい点は、回答の備考で確かめられます。試行の回答は、結果、前年度との比較、監査及び改善のいずれにも使いません。点検を始めると、試行は終わります。"
            </p>
            {(!shown.rehearsals.is_empty()).then(|| view! { <Table rehearsals=shown.rehearsals.clone()/> })}
            {begin.then(|| view! {
                <PostForm action=RehearseDraft::PATH class="stack panel panel--form" key="rehearse">
                    <Hidden name="draft" value=draft.clone()/>
                    <Field
                        name="staff_nos"
                        label="参加する職員の職員番号"
                        rows=3
                        required=true
                        hint="1行に1人、又は読点で区切って入力します。その職員の役割の点検票を配ります。"
                    />
                    <Field name="rehearsal_due_on" label="試行の期限" kind="date" value=until.clone() required=true/>
                    <Submit text="試行を始める"/>
                </PostForm>
            })}
        </section>
    }
}

#[component]
fn Table(rehearsals: Vec<Rehearsal>) -> impl IntoView {
    view! {
        <Export table="rehearsals"/>
        <div class="wide">
            <table class="table">
                <caption class="sr">"試行（新しい順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"期間"</th><th scope="col">"状態"</th><th class="num" scope="col">"点検票"</th>
                        <th class="num" scope="col">"提出"</th><th scope="col">"確かめる"</th><th scope="col">"次の操作"</th>
                    </tr>
                </thead>
                <tbody>{rehearsals.into_iter().map(|one| view! { <Row one/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(one: Rehearsal) -> impl IntoView {
    let id = one.inspection;
    let period = format!("{}～{}", short_day(one.opens_on), short_day(one.due_on));
    let (tone, text) = if one.closed { (Tone::Plain, "終了") } else { (Tone::Key, "実施中") };
    let spoken = format!("{period}の試行");
    view! {
        <tr>
            <th scope="row">{period.clone()}</th>
            <td><Chip tone text/></td>
            <td class="num">{one.sheets}</td>
            <td class="num">{one.submitted}</td>
            <td>
                <a href=format!("/inspections/{id}/answers") aria-label=format!("{spoken}の回答と備考")>"回答と備考"</a>
                "　"
                <a href=format!("/inspections/{id}") aria-label=format!("{spoken}の進行状況")>"進行状況"</a>
            </td>
            <td>
                {(!one.closed).then(|| view! {
                    <PostForm action=CloseInspection::PATH class="inline" key="end">
                        <Hidden name="inspection" value=id.to_string()/>
                        <Submit text="試行を終える" small=true/>
                    </PostForm>
                })}
            </td>
        </tr>
    }
}

#[component]
fn Discard(draft: String) -> impl IntoView {
    view! {
        <details class="ending">
            <summary>"この下書きを破棄する"</summary>
            <div class="stack section">
                <p class="hint">"破棄すると、この下書きの点検は始められません。試行も終わります。破棄したことは記録に残ります。"</p>
                <PostForm action=DiscardDraft::PATH key="discard">
                    <Hidden name="draft" value=draft.clone()/>
                    <Submit text="破棄する" stop=true/>
                </PostForm>
            </div>
        </details>
    }
}
