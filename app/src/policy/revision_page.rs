//! `/policies/:revision`: the clause tree, what it amounts to, and which duties nobody is asked about.

use super::side::Side;
use super::tree::Tree;
use crate::lineage::api::changes_path;
use crate::lineage::tabs::Tabs;
use crate::ui::{Crumb, Page, Tone, page};
use domain::calendar::{day, wareki};
use leptos::prelude::*;
use store::policy::{RevisionView, revision};
use store::question::Coverage;
use uuid::Uuid;

/// The page.
#[component]
pub fn RevisionPage() -> impl IntoView {
    page(
        |ask| async move { Ok(revision(&ask.db, &ask.actor, ask.id("revision")?).await?) },
        |revision| view! { <Revision revision/> }.into_any(),
    )
}

#[component]
fn Revision(revision: RevisionView) -> impl IntoView {
    let way = vec![Crumb { text: "ポリシー".into(), href: "/policies".into() }];
    let open = revision.coverage.open;
    let state = if open == 0 {
        (Tone::Ok, "案は処理済み".to_string())
    } else {
        (Tone::Note, format!("案 残り{open}件"))
    };
    let scope =
        format!("第{}版　{}　取込み{}", revision.number, revision.file_name, wareki(day(revision.at)));
    let actions = view! { <Actions revision=revision.clone()/> }.into_any();
    view! {
        <Page title=revision.title.clone() state scope way actions>
            {revision.follows.then(|| view! { <Tabs revision=revision.id may_edit=revision.may_edit/> })}
            <ToReconsider revision=revision.id left=revision.to_reconsider/>
            <Honest id=revision.id coverage=revision.coverage.clone()/>
            <div class="bench bench--free bench--tree">
                <section aria-labelledby="tree">
                    <h2 id="tree">"条項"</h2>
                    <Tree revision=revision.id clauses=revision.clauses.clone()/>
                </section>
                <div><Side revision/></div>
            </div>
        </Page>
    }
}

/// What the revision before left to be looked at.
#[component]
fn ToReconsider(revision: Uuid, left: usize) -> impl IntoView {
    (left > 0).then(|| {
        view! {
            <p class="notice notice--warn">
                <span>
                    {format!("条項が変わった設問が{left}問あります。")}
                    <a href=changes_path(revision)>"見直しが必要な設問"</a>
                    "を確かめ、すべて処理してから点検票を確定してください。"
                </span>
            </p>
        }
    })
}

/// What the policy amounts to, said as it is.
#[component]
fn Honest(id: Uuid, coverage: Coverage) -> impl IntoView {
    let counts: Vec<String> =
        coverage.roles.iter().map(|line| format!("{} {}問", line.role.short(), line.possible)).collect();
    let counts = counts.join("・");
    let uncovered = coverage.uncovered.len();
    view! {
        <p class="notice">
            <span>
                {format!("このポリシーだけでは、{counts}になります。")}
                <a href="#uncovered">{format!("設問のない義務 {uncovered}件")}</a>
                "　"<a href=format!("/policies/{id}/coverage")>"設問の対応状況"</a>
                "　"<a href=format!("/policies/{id}/proposals")>"設問の案の一覧"</a>
                "　"<a href=format!("/policies/{id}/acts")>"処理の履歴"</a>
                {(coverage.open > 0).then(|| format!("　まだ決めていない案{}件を採用したときの数です。", coverage.open))}
            </span>
        </p>
    }
}

#[component]
fn Actions(revision: RevisionView) -> impl IntoView {
    let next = revision.clauses.iter().find(|clause| clause.open > 0).map(|clause| clause.id);
    let id = revision.id;
    match next.filter(|_| revision.may_edit) {
        Some(next) => view! {
            <a class="btn btn--s" href=format!("/policies/{id}/accept")>
                "職員・所属長・システム管理者あての提案をまとめて採用"
            </a>
            " "
            <a class="btn btn--s btn--main" href=format!("/policies/{id}/clauses/{next}")>"次の案を決める"</a>
        }
        .into_any(),
        None if revision.may_edit => view! { <a class="btn btn--s btn--main" href="/sheets">"点検票へ進む"</a> }.into_any(),
        None => ().into_any(),
    }
}
