//! Results per 部 and per 課.

use super::heat::{Heat, Legend};
use super::page::heat_lines;
use super::link::{self, Figure, View};
use super::stats::change_view;
use crate::ui::{Export, Rate};
use domain::answer::Value;
use domain::rate::{Scoring, percent, thousands};
use leptos::prelude::*;
use store::results::{Line, Results};
use uuid::Uuid;

/// 部別: counts and rates; 課別: the heat map under the 部.
#[component]
pub fn Units(results: Results, view: View) -> impl IntoView {
    if view == View::Departments {
        let (lines, _) = heat_lines(&results, view);
        return view! {
            <section>
                <div class="panel__head">
                    <h2>"課×分野の実施率（%）と把握率"</h2>
                    <span class="sub">"数値を選ぶと、回答の内訳と設問を開きます。"</span>
                </div>
                <Heat results lines grouped=true/>
                <Legend/>
            </section>
        }
        .into_any();
    }
    let inspection = results.heading.inspection;
    let scoring = results.scoring();
    view! {
        <section>
            <h2>"部別の件数と率"</h2>
            <Export table="divisions" at=format!("/inspections/{inspection}/results")/>
            <div class="wide">
                <table class="table">
                    <caption class="sr">"部ごとの対象、提出、回答の件数と率"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"部（組織順）"</th>
                            <th scope="col" class="num">"対象"</th>
                            <th scope="col" class="num">"提出"</th>
                            <th scope="col">"把握率"</th>
                            {Value::ALL.map(|value| view! { <th scope="col" class="num">{value.label()}</th> }).collect_view()}
                            <th scope="col">"実施率"</th>
                            <th scope="col" class="num">"得点率"</th>
                            <th scope="col" class="num">"前年度比"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {results
                            .divisions
                            .into_iter()
                            .map(|line| view! { <Row line scoring inspection class=""/> })
                            .collect_view()}
                    </tbody>
                    <tfoot><Row line=results.city scoring inspection class="group"/></tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(line: Line, scoring: Scoring, inspection: Uuid, class: &'static str) -> impl IntoView {
    let tally = line.all.tally;
    let counts = [tally.done, tally.partial, tally.not_done, tally.na];
    view! {
        <tr class=class>
            <th scope="row"><a href=link::results(inspection, line.id, View::City)>{line.name.clone()}</a></th>
            <td class="num">{thousands(line.coverage.targets)}</td>
            <td class="num">{thousands(line.coverage.submitted)}</td>
            <td><Rate rate=line.coverage.rate()/></td>
            {Value::ALL
                .into_iter()
                .zip(counts)
                .map(|(value, count)| {
                    let figure = Figure { department: line.id, value: Some(value), ..Figure::default() };
                    let spoken = format!("{} {} {count}件", line.name, value.label());
                    view! {
                        <td class="num">
                            <a href=link::answers(inspection, figure) aria-label=spoken>{thousands(count)}</a>
                        </td>
                    }
                })
                .collect_view()}
            <td><Rate rate=line.all.rate()/></td>
            <td class="num">{percent(tally.score_rate(scoring))}</td>
            <td class="num">{change_view(line.change)}</td>
        </tr>
    }
}
