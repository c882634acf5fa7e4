//! `/policies/:revision/coverage`: which duties are asked about, per role and chapter; which are not and why;
//! which questions no clause stands behind.

use super::api::{ExemptDuty, UndoExemption, clause_path};
use super::bar::covered;
use super::fields::came_back;
use super::keyed::Reasons;
use crate::ui::{Crumb, Export, Hidden, Page, PostForm, Submit, Tone, page};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::{Exempt, Loose, Matrix, MatrixLine, Share, Uncovered};
use uuid::Uuid;

/// The page.
#[component]
pub fn CoveragePage() -> impl IntoView {
    page(
        |ask| async move { Ok(Matrix::load(&ask.db, &ask.actor, ask.id("revision")?).await?) },
        |matrix| view! { <Coverage matrix/> }.into_any(),
    )
}

#[component]
fn Coverage(matrix: Matrix) -> impl IntoView {
    let id = matrix.revision;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: matrix.title.clone(), href: format!("/policies/{id}") },
    ];
    let left = matrix.coverage.uncovered.len();
    let state = match left {
        0 => (Tone::Ok, "すべての義務に対応済み".to_string()),
        left => (Tone::Note, format!("設問のない義務 {left}件")),
    };
    view! {
        <Page title="設問の対応状況" state way>
            <div class="stack stack--wide">
                <Table lines=matrix.lines total=matrix.total/>
                <UncoveredDuties revision=id uncovered=matrix.coverage.uncovered may_edit=matrix.may_edit/>
                <ExemptDuties revision=id exempt=matrix.coverage.exempt may_edit=matrix.may_edit/>
                <LooseQuestions loose=matrix.loose/>
            </div>
        </Page>
    }
}

#[component]
fn Table(lines: Vec<MatrixLine>, total: Vec<Share>) -> impl IntoView {
    let names = Role::WITH_SHEET.map(Role::short).into_iter().chain(["その他の役割"]);
    let row = |shares: Vec<Share>| shares.into_iter().map(|share| view! { <Cell share/> }).collect_view();
    view! {
        <section aria-labelledby="matrix">
            <h2 id="matrix">"義務の文と設問"</h2>
            <p class="hint">
                "設問のある義務と、設問にしない理由を記録した義務を、対応済みと数えます。まだ決めていない案は数えません。「対応済み／義務の文」で示し、義務の文がないところは「―」です。"
            </p>
            <Export table="coverage"/>
            <table class="table table--line matrix">
                <caption class="sr">"章と役割ごとの、義務の文と設問"</caption>
                <thead>
                    <tr>
                        <th scope="col">"章"</th>
                        {names.map(|name| view! { <th scope="col" class="num">{name}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| view! {
                            <tr>
                                <th scope="row">{format!("{} {}", line.topic.number(), line.topic.label())}</th>
                                {row(line.shares)}
                            </tr>
                        })
                        .collect_view()}
                    <tr class="group"><th scope="row">"計"</th>{row(total)}</tr>
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn Cell(share: Share) -> impl IntoView {
    let open = share.asked + share.exempt < share.duties;
    let class = if open { "num low" } else { "num" };
    let exempt = (share.exempt > 0).then(|| format!("（うち設問にしない {}）", share.exempt));
    view! { <td class=class>{covered(share)}{exempt.map(|text| view! { <span class="sub">{text}</span> })}</td> }
}

#[component]
fn UncoveredDuties(revision: Uuid, uncovered: Vec<Uncovered>, may_edit: bool) -> impl IntoView {
    let count = uncovered.len();
    view! {
        <section id="uncovered" aria-labelledby="uncovered-h">
            <h2 id="uncovered-h">{format!("設問のない義務 {count}件")}</h2>
            {if count == 0 {
                view! { <p class="hint">"すべての義務に、設問、設問の案又は設問にしない理由があります。"</p> }.into_any()
            } else {
                view! {
                    <Export table="uncovered"/>
                    <ul class="duties">
                        {uncovered
                            .into_iter()
                            .map(|duty| view! {
                                <li>
                                    <a href=clause_path(revision, duty.clause)>{duty.short_path.clone()}</a>
                                    <span>{duty.text.clone()}" "<span class="sub">{duty.reason.clone()}</span></span>
                                    {may_edit.then(|| view! { <Why duty/> })}
                                </li>
                            })
                            .collect_view()}
                    </ul>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Why(duty: Uncovered) -> impl IntoView {
    let id = duty.sentence.to_string();
    let open = came_back(ExemptDuty::PATH, &id);
    view! {
        <details class="fold" open=open>
            <summary>"設問にしない理由を記録"<span class="sr">{format!("（{}）", duty.short_path)}</span></summary>
            <PostForm action=ExemptDuty::PATH key=id.clone() class="stack">
                <Hidden name="sentence" value=id.clone()/>
                <Reasons id=format!("exempt-{id}") label="設問にしない理由" button="理由を記録する"/>
            </PostForm>
        </details>
    }
}

#[component]
fn ExemptDuties(revision: Uuid, exempt: Vec<Exempt>, may_edit: bool) -> impl IntoView {
    (!exempt.is_empty()).then(|| {
        view! {
            <section id="exempt" aria-labelledby="exempt-h">
                <h2 id="exempt-h">{format!("設問にしない義務 {}件", exempt.len())}</h2>
                <ul class="duties">
                    {exempt
                        .into_iter()
                        .map(|duty| {
                            let id = duty.id.filter(|_| may_edit);
                            let spoken = format!("{}の理由を取り消す", duty.short_path);
                            view! {
                                <li>
                                    <a href=clause_path(revision, duty.clause)>{duty.short_path}</a>
                                    <span>{duty.text}" "<b>{format!("理由：{}", duty.reason)}</b></span>
                                    {id.map(|id| view! {
                                        <PostForm action=UndoExemption::PATH key=id.to_string()>
                                            <Hidden name="exemption" value=id.to_string()/>
                                            <Submit text="取り消す" small=true spoken=spoken.clone()/>
                                        </PostForm>
                                    })}
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn LooseQuestions(loose: Vec<Loose>) -> impl IntoView {
    let count = loose.len();
    view! {
        <section id="loose" aria-labelledby="loose-h">
            <h2 id="loose-h">{format!("この版の条項に結び付いていない設問 {count}問")}</h2>
            {if count == 0 {
                view! { <p class="hint">"使用中の設問は、すべてこの版の条項に結び付いています。"</p> }.into_any()
            } else {
                view! {
                    <ul class="duties">
                        {loose
                            .into_iter()
                            .map(|question| view! {
                                <li>
                                    <span>{question.role.short()}</span>
                                    <span>
                                        {question.text}" "
                                        <span class="sub">
                                            {if question.elsewhere { "ほかの版又は文書の条項から" } else { "根拠の条項がありません" }}
                                        </span>
                                    </span>
                                </li>
                            })
                            .collect_view()}
                    </ul>
                }
                .into_any()
            }}
        </section>
    }
}
