//! Always in sight at the workbench: how far the officer is, what is covered, the last act, the way on.

use super::address::Address;
use super::api::WithdrawAct;
use super::keyed::{KeyLink, KeySubmit};
use super::text::{KEYS, told};
use crate::ui::{Hidden, PostForm};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::{Bench, Progress, Share, Step};
use uuid::Uuid;

/// The bar.
#[component]
pub fn Bar(bench: Bench, address: Address) -> impl IntoView {
    let revision = bench.page.revision;
    view! {
        <div class="benchbar">
            <Cover progress=bench.progress/>
            <p class="benchbar__roles">{roles(&bench)}</p>
            <p class="push benchbar__way">
                <Way previous=bench.previous next=bench.next address/>
                <Keys/>
            </p>
        </div>
        <div class="benchbar benchbar--thin">
            {chapters(&bench, revision)}
            <p class="push">
                <a href=format!("/policies/{revision}/coverage#uncovered")>
                    {format!("設問のない義務 {}件", bench.coverage.uncovered.len())}
                </a>
                "　"
                <a href=format!("/policies/{revision}/coverage#loose")>{format!("条項のない設問 {}問", bench.loose)}</a>
            </p>
        </div>
        {bench.page.may_edit.then(|| view! { <Last bench/> })}
    }
}

/// Settled of all proposals, as words and as a bar.
#[component]
fn Cover(progress: Progress) -> impl IntoView {
    let Progress { total, accepted, rejected, open } = progress;
    let width = |part: usize| format!("{:.1}", 100.0 * part as f64 / total.max(1) as f64);
    view! {
        <div class="cover">
            <p>
                <b>{format!("{}／{total}件", accepted + rejected)}</b>
                <span>{format!("採用 {accepted}")}</span>
                <span>{format!("却下 {rejected}")}</span>
                <span class="sub">{format!("未処理 {open}")}</span>
            </p>
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" width=width(accepted) height="10"></rect>
                <rect x=width(accepted) width=width(rejected) height="10" class="b-none"></rect>
            </svg>
        </div>
    }
}

/// Duties asked about, per role.
fn roles(bench: &Bench) -> Vec<AnyView> {
    let columns = Role::WITH_SHEET.len() + 1;
    let sum = |column: usize| {
        bench.matrix.iter().map(|line| line.shares[column]).fold(Share::default(), |a, b| Share {
            duties: a.duties + b.duties,
            asked: a.asked + b.asked,
            exempt: a.exempt + b.exempt,
        })
    };
    let names = Role::WITH_SHEET.map(Role::short).into_iter().chain(["その他の役割"]);
    names
        .zip((0..columns).map(sum))
        .map(|(name, share)| view! { <span>{name}" "<b>{covered(share)}</b></span> }.into_any())
        .collect()
}

/// `3／5`: asked or not asked on purpose, of all duties.
pub fn covered(share: Share) -> String {
    if share.duties == 0 { "―".to_string() } else { format!("{}／{}", share.asked + share.exempt, share.duties) }
}

/// The nine chapters, each a link to its line of the matrix.
fn chapters(bench: &Bench, revision: Uuid) -> AnyView {
    let cells = bench.matrix.iter().map(|line| {
        let share = line.shares.iter().fold(Share::default(), |a, b| Share {
            duties: a.duties + b.duties,
            asked: a.asked + b.asked,
            exempt: a.exempt + b.exempt,
        });
        view! {
            <li>
                <a href=format!("/policies/{revision}/coverage")>
                    {line.topic.short()}" "<b>{covered(share)}</b>
                </a>
            </li>
        }
    });
    view! { <ul class="chapters" aria-label="章ごとの義務と設問">{cells.collect_view()}</ul> }.into_any()
}

#[component]
fn Way(previous: Option<Step>, next: Option<Step>, address: Address) -> impl IntoView {
    let href = |step: Step| address.to(step.clause, Some(step.proposal)).href();
    view! {
        {previous.map(|step| view! { <KeyLink text="前の案" key="k" href=href(step)/>" " })}
        {next.map(|step| view! { <KeyLink text="次の案" key="j" href=href(step)/>" " })}
    }
}

/// All keys; they work where the island runs, so they are shown only there.
#[component]
fn Keys() -> impl IntoView {
    view! {
        <details class="keyhelp">
            <summary data-key="?" class="btn btn--s">"キーの一覧 "<kbd aria-hidden="true">"?"</kbd></summary>
            <dl class="keyhelp__list">
                {KEYS
                    .into_iter()
                    .map(|(key, text)| view! { <dt><kbd>{key}</kbd></dt><dd>{text}</dd> })
                    .collect_view()}
            </dl>
        </details>
    }
}

/// What was done last, and taking it back.
#[component]
fn Last(bench: Bench) -> impl IntoView {
    let revision = bench.page.revision;
    let list = format!("/policies/{revision}/acts");
    match bench.last {
        Some(last) => view! {
            <div class="benchbar benchbar--thin last">
                <p>"直前の処理：" {told(&last)}</p>
                <PostForm action=WithdrawAct::PATH>
                    <Hidden name="revision" value=revision.to_string()/>
                    <Hidden name="act" value=last.id.to_string()/>
                    <KeySubmit text="取り消す" key="z" before="直前の処理を"/>
                </PostForm>
                <a class="push" href=list>"処理の履歴"</a>
            </div>
        }
        .into_any(),
        None => ().into_any(),
    }
}
