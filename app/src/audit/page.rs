//! `/audits/:audit`: the department's answers, the auditor's marks, the findings.

use super::questions::Questions;
use super::trio::Item;
use crate::ui::page::Crumb;
use crate::ui::{Chip, Empty, Export, Page, Tone, page};
use domain::calendar::{short_day, wareki};
use domain::finding::Grade;
use leptos::prelude::*;
use store::audit::show::{AuditPage as Data, FindingLine};
use uuid::Uuid;

struct Shown {
    data: Data,
    item: Option<Uuid>,
    /// A finding that belongs to no question is being written.
    free: bool,
}

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    page(
        |ask| async move {
            let data = store::audit::look_at(&ask.db, &ask.actor, ask.id("audit")?, ask.now).await?;
            Ok(Shown { data, item: ask.optional_id("item"), free: ask.text("finding") == "new" })
        },
        |shown| view! { <Whole shown/> }.into_any(),
    )
}

/// The chip of a grade.
pub fn grade_chip(grade: Grade) -> AnyView {
    let tone = match grade {
        Grade::Major => Tone::Err,
        Grade::Minor => Tone::Warn,
        Grade::Observation => Tone::Note,
        Grade::Good => Tone::Ok,
    };
    view! { <Chip tone text=grade.label()/> }.into_any()
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let Shown { data, item, free } = shown;
    let head = data.head.clone();
    let state = match &head.report {
        Some(report) => (Tone::Ok, format!("発行済 {}", report.number)),
        None => (Tone::Plain, "下書き".to_string()),
    };
    let scope = format!("{}／往査 {}／監査人 {}", head.place(), short_day(head.held_on), head.auditor);
    let writes = head.mine && head.report.is_none();
    let report = if head.report.is_some() { "監査報告書" } else { "報告書の下書き" };
    let actions =
        view! { <a class="btn btn--s" href=format!("/audits/{}/report", head.id)>{report}</a> }.into_any();
    let chosen = item.and_then(|item| data.question(item).cloned());
    view! {
        <Page
            title=format!("監査 {}", head.label)
            state
            scope
            actions
            way=vec![Crumb { text: "監査".into(), href: "/audits".into() }]
        >
            {chosen.map(|question| view! { <Item data=data.clone() question writes/> })}
            {(free && writes)
                .then(|| view! {
                    <section class="panel section-end">
                        <h2>"設問によらない指摘"</h2>
                        <crate::finding::form::RecordForm audit=head.id questions=data.questions.clone() item=None/>
                    </section>
                })}
            <Findings data=data.clone() writes free/>
            {if data.questions.is_empty() {
                view! { <Purpose data/> }.into_any()
            } else {
                view! { <Questions data item/> }.into_any()
            }}
        </Page>
    }
}

/// What readers see who do not audit.
#[component]
fn Purpose(data: Data) -> impl IntoView {
    view! {
        <section class="section">
            <h2>"監査の概要"</h2>
            <dl class="facts">
                <dt>"目的"</dt>
                <dd>{data.head.purpose}</dd>
                <dt>"対象の点検"</dt>
                <dd>{data.head.inspection_name}</dd>
                <dt>"往査日"</dt>
                <dd>{wareki(data.head.held_on)}</dd>
            </dl>
        </section>
    }
}

#[component]
fn Findings(data: Data, writes: bool, free: bool) -> impl IntoView {
    let id = data.head.id;
    view! {
        <section class="section-end">
            <div class="panel__head">
                <h2>{format!("指摘 {}件", data.findings.len())}</h2>
                {(writes && !free)
                    .then(|| view! { <a class="btn btn--s" href=format!("/audits/{id}?finding=new")>"設問によらない指摘を記録する"</a> })}
            </div>
            {if data.findings.is_empty() {
                view! { <Empty text="指摘はまだありません。設問を開いて評価し、必要なときに指摘を記録します。"/> }.into_any()
            } else {
                view! { <Export table="findings"/> <FindingTable findings=data.findings/> }.into_any()
            }}
        </section>
    }
}

/// A list of findings.
#[component]
pub fn FindingTable(findings: Vec<FindingLine>) -> impl IntoView {
    view! {
        <table class="table table--line">
            <caption class="sr">"指摘の一覧"</caption>
            <thead>
                <tr><th scope="col">"番号"</th><th scope="col">"区分"</th><th scope="col">"件名"</th></tr>
            </thead>
            <tbody>
                {findings
                    .into_iter()
                    .map(|finding| view! {
                        <tr>
                            <th scope="row"><a href=format!("/findings/{}", finding.id)>{finding.label}</a></th>
                            <td>{grade_chip(finding.grade)}</td>
                            <td>{finding.title}</td>
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
