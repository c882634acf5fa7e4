//! `/policies/:revision/changes`: what is left to do after a revision was imported.

use super::question_card::QuestionCard;
use super::tabs::{KindChip, Tab, Tabs, name};
use crate::question::api::clause_path;
use crate::ui::{Bar, Crumb, Empty, Page, Tone, page};
use domain::lineage::Kind;
use leptos::prelude::*;
use store::lineage::{Changes, OpenClause, Reconsidered, changes};
use uuid::Uuid;

/// The page.
#[component]
pub fn ChangesPage() -> impl IntoView {
    page(
        |ask| async move {
            let changes = changes(&ask.db, &ask.actor, ask.id("revision")?).await?;
            Ok((changes, ask.optional_id("relink")))
        },
        |(changes, relink)| view! { <ToDo changes relink/> }.into_any(),
    )
}

#[component]
fn ToDo(changes: Changes, relink: Option<Uuid>) -> impl IntoView {
    let id = changes.revision.id;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: changes.revision.title.clone(), href: format!("/policies/{id}") },
    ];
    let Some(previous) = changes.previous.clone() else {
        return view! {
            <Page title="見直しが必要な設問" way>
                <Tabs revision=id current=Tab::Changes may_edit=true/>
                <Empty text="最初の版のため、見直すものはありません。改定した本文を取り込むと、条項が変わった設問がここに並びます。"/>
            </Page>
        }
        .into_any();
    };
    let left = changes.left();
    let state = match left {
        0 => (Tone::Ok, "見直し済み".to_string()),
        left => (Tone::Note, format!("残り {left}問")),
    };
    let scope = format!("{} → {}", name(&previous), name(&changes.revision));
    view! {
        <Page title="見直しが必要な設問" state scope way>
            <Tabs revision=id current=Tab::Changes may_edit=true/>
            <Summary changes=changes.clone()/>
            <Questions changes=changes.clone() relink/>
            <Proposals revision=id open=changes.open/>
        </Page>
    }
    .into_any()
}

/// What the revision changed, and how far one is.
#[component]
fn Summary(changes: Changes) -> impl IntoView {
    let (id, all, left) = (changes.revision.id, changes.questions.len(), changes.left());
    let count = |kind: Kind| changes.counts.get(&kind).copied().unwrap_or_default();
    let counts: Vec<String> =
        Kind::ALL.into_iter().filter(|kind| count(*kind) > 0).map(|kind| format!("{} {}", kind.label(), count(kind))).collect();
    let rate = (all > 0).then(|| (all - left) as f64 / all as f64);
    let doubtful = changes.doubtful;
    view! {
        <div class="lineage-sum">
            <p>{format!("条項の違い：{}。", counts.join("・"))}<a href=format!("/policies/{id}/lineage")>"対応を確かめる"</a></p>
            {(all > 0).then(|| view! {
                <p class="lineage-sum__rate"><span>{format!("設問 {}／{all}問 見直し済み", all - left)}</span><Bar rate/></p>
            })}
        </div>
        {(doubtful > 0).then(|| view! {
            <p class="notice notice--warn"><span>
                {format!("対応の確からしさが低い条項が{doubtful}件あります。先に")}
                <a href=format!("/policies/{id}/lineage?kind=doubtful")>"要確認の条項"</a>"を確かめてください。"
            </span></p>
        })}
    }
}

#[component]
fn Questions(changes: Changes, relink: Option<Uuid>) -> impl IntoView {
    let revision = changes.revision.id;
    let (open, settled): (Vec<Reconsidered>, Vec<Reconsidered>) =
        changes.questions.into_iter().partition(Reconsidered::is_open);
    if open.is_empty() && settled.is_empty() {
        return view! { <Empty text="条項が変わった設問はありません。前の版の設問は、すべてそのまま引き継がれました。"/> }.into_any();
    }
    let done = settled.len();
    let clauses = changes.clauses;
    let card = move |line: Reconsidered| {
        let choices = (relink == Some(line.id)).then(|| clauses.clone());
        view! { <QuestionCard revision line choices/> }
    };
    view! {
        <section aria-labelledby="open">
            <h2 id="open" class="section">{format!("条項が変わった設問　残り {}問", open.len())}</h2>
            {open.is_empty().then(|| view! { <p class="notice notice--ok"><span>"すべて見直しました。点検票を確定すると、新しい条項が根拠条文になります。"</span></p> })}
            {open.into_iter().map(card.clone()).collect_view()}
        </section>
        {(done > 0).then(|| view! {
            <section aria-labelledby="done">
                <h2 id="done" class="section">{format!("見直し済み　{done}問")}</h2>
                {settled.into_iter().map(card).collect_view()}
            </section>
        })}
    }
    .into_any()
}

#[component]
fn Proposals(revision: Uuid, open: Vec<OpenClause>) -> impl IntoView {
    let count: usize = open.iter().map(|line| line.open).sum();
    (count > 0).then(|| {
        view! {
            <section aria-labelledby="proposals">
                <h2 id="proposals" class="section">{format!("新しい条文からの設問の案　{count}件")}</h2>
                <p class="hint">"条文の同じ条項の採否は、前の版から引き継いであります。残っているのは、新設又は変更された条項の案と、前の版で決めていない案です。"</p>
                <ul class="duties">
                    {open
                        .into_iter()
                        .map(|line| {
                            let OpenClause { side, kind, open } = line;
                            view! {
                                <li>
                                    <span><KindChip kind/></span>
                                    <span><a href=clause_path(revision, side.id)>{format!("{} {}", side.path, side.under)}</a>{format!("　案 {open}件")}</span>
                                    <span class="sub">{side.text}</span>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}
