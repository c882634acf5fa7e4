//! `/audits`

use super::api::OpenAudit;
use crate::ui::{Chip, Empty, Export, Field, Hidden, Page, PostForm, Select, Submit, Tone, page};
use domain::calendar::{fiscal_year_label, short_day};
use domain::permission::{Action, allows};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::audit::Candidate;
use store::audit::list::{AuditLine, Choices};
use uuid::Uuid;

struct Shown {
    audits: Vec<AuditLine>,
    /// For auditors.
    choices: Option<Choices>,
    me: Uuid,
}

/// The audits, and for auditors a form for a new one.
#[component]
pub fn AuditsPage() -> impl IntoView {
    page(
        |ask| async move {
            let audits = store::audit::list(&ask.db, &ask.actor).await?;
            let choices = match allows(&ask.actor, Action::OpenAudit) {
                true => Some(store::audit::choices(&ask.db, &ask.actor, ask.today()).await?),
                false => None,
            };
            Ok(Shown { audits, choices, me: ask.actor.person_id })
        },
        |shown| view! { <Whole shown/> }.into_any(),
    )
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let empty = match shown.choices {
        Some(_) => "監査はまだありません。下の欄で所属を選ぶと、監査を始められます。",
        None => "閲覧できる監査はありません。監査人が報告書を発行し、又は監査を割り当てられると、ここに表示します。",
    };
    view! {
        <Page title="監査">
            {if shown.audits.is_empty() {
                view! { <Empty text=empty/> }.into_any()
            } else {
                view! { <Table audits=shown.audits/> }.into_any()
            }}
            {shown.choices.map(|choices| view! { <NewAudit choices me=shown.me/> })}
        </Page>
    }
}

#[component]
fn Table(audits: Vec<AuditLine>) -> impl IntoView {
    view! {
        <Export table="audits"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"監査の一覧"</caption>
                <thead>
                    <tr>
                        <th scope="col">"番号"</th>
                        <th scope="col">"年度"</th>
                        <th scope="col">"所属"</th>
                        <th scope="col">"監査人"</th>
                        <th scope="col">"往査日"</th>
                        <th scope="col" class="num">"評価"</th>
                        <th scope="col" class="num">"指摘"</th>
                        <th scope="col">"報告書"</th>
                    </tr>
                </thead>
                <tbody>{audits.into_iter().map(|audit| view! { <Row audit/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(audit: AuditLine) -> impl IntoView {
    let place = if audit.division == audit.department {
        audit.department
    } else {
        format!("{}　{}", audit.division, audit.department)
    };
    let id = audit.id;
    view! {
        <tr>
            <th scope="row"><a href=format!("/audits/{id}")>{audit.label}</a></th>
            <td>{fiscal_year_label(audit.fiscal_year)}</td>
            <td>{place}</td>
            <td>{audit.auditor}{audit.mine.then_some("（あなた）")}</td>
            <td>{short_day(audit.held_on)}</td>
            <td class="num">{audit.marks}</td>
            <td class="num">{audit.findings}</td>
            <td>
                {match audit.issued {
                    Some(number) => view! { <a href=format!("/audits/{id}/report")>{number}</a> }.into_any(),
                    None => view! { <Chip tone=Tone::Plain text="下書き"/> }.into_any(),
                }}
            </td>
        </tr>
    }
}

#[component]
fn NewAudit(choices: Choices, me: Uuid) -> impl IntoView {
    let Some((inspection, name)) = choices.inspections.first().cloned() else {
        return view! {
            <section class="section">
                <h2>"新しい監査"</h2>
                <Empty text="点検がまだ行われていないため、監査を始められません。事務局が点検を始めると、ここで所属を選べます。"/>
            </section>
        }
        .into_any();
    };
    let options = |list: Vec<(Uuid, String)>| -> Vec<(String, String)> {
        list.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
    };
    let candidates = choices.candidates.clone();
    let (departments, auditors) = (options(choices.departments), options(choices.auditors));
    view! {
        <section class="section">
            <h2>"新しい監査"</h2>
            <p class="sub">{format!("対象の点検：{name}")}</p>
            <PostForm action=OpenAudit::PATH class="stack panel panel--form">
                <Hidden name="inspection" value=inspection.to_string()/>
                <div class="row row--even">
                    <Select name="department" label="監査する所属" options=departments.clone() required=true/>
                    <Select
                        name="auditor"
                        label="監査人"
                        options=auditors.clone()
                        value=me.to_string()
                        required=true
                        hint="現在の所属と、対象の年度に在籍した所属（兼務を含む。）は監査できません。"
                    />
                    <Field name="held_on" label="往査日" kind="date" required=true/>
                </div>
                <Field name="purpose" label="監査の目的" rows=2 required=true/>
                <Field
                    name="reason"
                    label="やむを得ない理由（職務の分離の注意があるとき）"
                    rows=2
                    hint="あなたが属する所属の監査や、相互監査になる場合だけ入力します。理由は監査報告書に示されます。"
                />
                <Submit text="監査を始める" main=true/>
            </PostForm>
            {(!candidates.is_empty()).then(|| view! { <Candidates candidates/> })}
        </section>
    }
    .into_any()
}

/// Heads of departments audited the year before: whom to ask.
#[component]
fn Candidates(candidates: Vec<Candidate>) -> impl IntoView {
    view! {
        <details class="section">
            <summary>"監査人の候補（前年度に監査を受けた所属の所属長）"</summary>
            <p class="hint">"監査を受けた経験を、ほかの所属の監査に生かせます。役割は事務局が付与します。"</p>
            <ul>
                {candidates
                    .into_iter()
                    .map(|one| view! {
                        <li>{one.department}"　"{one.name}{one.is_auditor.then_some("（監査人の役割あり）")}</li>
                    })
                    .collect_view()}
            </ul>
        </details>
    }
}
