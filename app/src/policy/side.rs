//! What stands beside the clause tree: counts, uncovered duties, the printed history, the reader's remarks.

use crate::ui::Export;
use domain::policy::{HistoryEntry, Remark};
use domain::role::Role;
use leptos::prelude::*;
use store::policy::RevisionView;
use store::question::{Coverage, Uncovered};
use uuid::Uuid;

/// The side of the page.
#[component]
pub fn Side(revision: RevisionView) -> impl IntoView {
    view! {
        <div class="stack">
            <Counts coverage=revision.coverage.clone()/>
            <UncoveredDuties revision=revision.id duties=revision.coverage.duties uncovered=revision.coverage.uncovered/>
            <History history=revision.history/>
            <Remarks remarks=revision.remarks/>
            {revision.signature.map(|signature| view! { <p class="sub">{format!("文書の末尾：{signature}")}</p> })}
        </div>
    }
}

#[component]
fn Counts(coverage: Coverage) -> impl IntoView {
    let total: Vec<usize> = coverage.roles.iter().map(|line| line.possible).collect();
    let elsewhere = coverage.elsewhere;
    view! {
        <section aria-labelledby="counts">
            <h2 id="counts">"設問の数（残りの案を採用したとき）"</h2>
            <Export table="counts"/>
            <table class="table table--line">
                <caption class="sr">"章と答える人ごとの設問の数"</caption>
                <thead>
                    <tr>
                        <th scope="col">"章"</th>
                        {Role::WITH_SHEET.into_iter().map(|role| view! { <th scope="col" class="num">{role.short()}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {coverage
                        .topics
                        .into_iter()
                        .map(|line| view! { <tr><th scope="row">{line.topic.label()}</th>{cells(&line.counts)}</tr> })
                        .collect_view()}
                    <tr class="group"><th scope="row">"計"</th>{cells(&total)}</tr>
                </tbody>
            </table>
            <p class="hint">
                {format!("採用した案{}件、却下した案{}件、まだ決めていない案{}件。", coverage.accepted, coverage.rejected, coverage.open)}
                {(elsewhere > 0).then(|| format!("このほか、点検票のない役割（責任者、統括など）あての案が{elsewhere}件あり、条項の画面で答える人を選べば採用できます。"))}
            </p>
        </section>
    }
}

fn cells(counts: &[usize]) -> Vec<AnyView> {
    counts.iter().map(|count| view! { <td class="num">{*count}</td> }.into_any()).collect()
}

/// The duties nobody is asked about, each with the reason.
#[component]
fn UncoveredDuties(revision: Uuid, duties: usize, uncovered: Vec<Uncovered>) -> impl IntoView {
    let count = uncovered.len();
    view! {
        <section id="uncovered" aria-labelledby="uncovered-h">
            <h2 id="uncovered-h">{format!("設問のない義務 {count}件（義務の文{duties}件のうち）")}</h2>
            {if count == 0 {
                view! { <p class="hint">"すべての義務に、設問又は設問の案があります。"</p> }.into_any()
            } else {
                view! {
                    <ul class="duties">
                        {uncovered
                            .into_iter()
                            .map(|duty| {
                                view! {
                                    <li>
                                        <a href=format!("/policies/{revision}/clauses/{}", duty.clause)>{duty.short_path}</a>
                                        <span>{duty.text}</span>
                                        <span class="sub">{duty.reason}</span>
                                    </li>
                                }
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
fn History(history: Vec<HistoryEntry>) -> impl IntoView {
    (!history.is_empty()).then(|| {
        view! {
            <section aria-labelledby="history">
                <h2 id="history">"策定・改定の経緯（文書の記載）"</h2>
                <Export table="printed"/>
                <table class="table table--line">
                    <caption class="sr">"策定・改定の経緯"</caption>
                    <thead><tr><th scope="col">"年月日"</th><th scope="col">"区分"</th></tr></thead>
                    <tbody>
                        {history
                            .into_iter()
                            .map(|entry| view! { <tr><th scope="row">{entry.printed}</th><td>{entry.action}</td></tr> })
                            .collect_view()}
                    </tbody>
                </table>
            </section>
        }
    })
}

#[component]
fn Remarks(remarks: Vec<Remark>) -> impl IntoView {
    let count = remarks.len();
    (count > 0).then(|| {
        view! {
            <section aria-labelledby="remarks">
                <h2 id="remarks">{format!("読取りで判断したこと {count}件")}</h2>
                <ul class="duties">
                    {remarks
                        .into_iter()
                        .map(|remark| view! { <li><span class="sub">{format!("{}行目", remark.line)}</span><span>{remark.text}</span></li> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}
