//! `/policies`: what was imported, and importing another document.

use crate::lineage::api::changes_path;
use crate::lineage::import_form::ImportForm;
use crate::ui::{Chip, Empty, Export, Page, Tone, page};
use domain::calendar::{day, wareki};
use domain::permission::{Action, allows};
use leptos::prelude::*;
use store::policy::{PolicyLine, RevisionLine, list};
use uuid::Uuid;

/// The page.
#[component]
pub fn PoliciesPage() -> impl IntoView {
    page(
        |ask| async move { Ok((list(&ask.db, &ask.actor).await?, allows(&ask.actor, Action::EditPolicy))) },
        |(policies, may_edit)| view! { <Policies policies may_edit/> }.into_any(),
    )
}

#[component]
fn Policies(policies: Vec<PolicyLine>, may_edit: bool) -> impl IntoView {
    let empty = policies.is_empty();
    let known: Vec<(Uuid, String)> = policies.iter().map(|line| (line.id, line.title.clone())).collect();
    let why = if may_edit {
        "まだポリシーが取り込まれていません。下でファイルを選ぶと、条項に分け、設問の案を作ります。"
    } else {
        "まだポリシーが取り込まれていません。事務局が取り込むと、ここで条項を読めます。"
    };
    view! {
        <Page title="ポリシー" scope="取り込んだ文書と、そこから作った設問">
            <div class="stack stack--wide">
                {if empty {
                    view! { <Empty text=why/> }.into_any()
                } else {
                    view! {
                        <Export table="policies"/>
                        {policies.into_iter().map(|policy| view! { <Revisions policy/> }).collect_view()}
                    }
                    .into_any()
                }}
                {may_edit.then(|| view! { <Import known/> })}
                {may_edit.then(|| view! { <p>"ポリシーの文からは設問ができない分野は、"<a href="/bank">"補助設問集"</a>"から補えます。"</p> })}
                {may_edit.then(|| view! { <p><a href="/policies/corrections">"分類の修正の一覧"</a>"　文の種類や義務を負う人を改めた内容は、次に取り込む文書に適用します。"</p> })}
            </div>
        </Page>
    }
}

#[component]
fn Revisions(policy: PolicyLine) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{policy.title.clone()}</h2>
            <table class="table table--line">
                <caption class="sr">{format!("{}の版", policy.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">"版"</th>
                        <th scope="col">"取込み"</th>
                        <th scope="col">"ファイル"</th>
                        <th scope="col" class="num">"条項"</th>
                        <th scope="col" class="num">"設問"</th>
                        <th scope="col">"設問の案"</th>
                    </tr>
                </thead>
                <tbody>{policy.revisions.into_iter().map(|revision| view! { <Revision revision/> }).collect_view()}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Revision(revision: RevisionLine) -> impl IntoView {
    let open = revision.tally.open;
    let state = if open == 0 {
        view! { <Chip tone=Tone::Ok text="すべて処理済み"/> }.into_any()
    } else {
        view! { <Chip tone=Tone::Note text=format!("残り {open}件")/> }.into_any()
    };
    let again = revision.to_reconsider;
    let again = (again > 0).then(|| view! {
        " "<a href=changes_path(revision.id)>{format!("要見直し {again}問")}</a>
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/policies/{}", revision.id)>{format!("第{}版", revision.number)}</a></th>
            <td>{wareki(day(revision.at))}" "<span class="sub">{revision.by}</span></td>
            <td>{revision.file_name}</td>
            <td class="num">{revision.clauses}</td>
            <td class="num">{revision.tally.questions}</td>
            <td>{state}{again}</td>
        </tr>
    }
}

#[component]
fn Import(known: Vec<(Uuid, String)>) -> impl IntoView {
    let title = if known.is_empty() {
        "ポリシーを取り込む"
    } else {
        "ほかのポリシー又は改定した本文を取り込む"
    };
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <ImportForm
                policies=known
                label="ポリシーの本文（Word文書、HTML、テキスト又はMarkdown）"
                accept=".docx,.docm,.html,.htm,.txt,.md,.markdown"
                hint="「第1章」「第1条」「1 目的」「(1)」などの番号で条項に分けます。Wordの自動番号も読み取ります。上限は20MBです。PDF、スキャンした文書及び古い形式のWord文書（.doc）は、Wordで「Word文書（.docx）」として保存してから選んでください。"
            />
        </section>
    }
}
