//! Results per question.

use super::link::{self, Figure};
use super::stats::change_view;
use crate::ui::{Chip, Empty, Export, Rate, Tone};
use domain::answer::Value;
use domain::rate::{Scoring, percent};
use leptos::prelude::*;
use store::results::{QuestionLine, Results};
use uuid::Uuid;

/// The ten questions with the lowest 実施率.
#[component]
pub fn Worst(results: Results) -> impl IntoView {
    let inspection = results.heading.inspection;
    let scoring = results.scoring();
    let department = results.chosen.as_ref().and_then(|line| line.id);
    let worst: Vec<QuestionLine> = results.worst().into_iter().cloned().collect();
    let answered = results.questions.iter().any(|line| line.tally.answered() > 0);
    view! {
        <section class="section">
            <h2>"実施率の低い設問"</h2>
            {if worst.is_empty() {
                let text = if answered {
                    "すべての設問で実施率が100%です。"
                } else {
                    "提出された回答がないため、まだ示せません。提出されると、ここに実施率の低い順に並びます。"
                };
                view! { <Empty text/> }.into_any()
            } else {
                view! { <Export table="worst" at=page(inspection)/> <Table lines=worst scoring inspection department short=true/> }.into_any()
            }}
        </section>
    }
}

/// Every question in the order of the sheets.
#[component]
pub fn AllQuestions(results: Results) -> impl IntoView {
    let inspection = results.heading.inspection;
    let scoring = results.scoring();
    let department = results.chosen.as_ref().and_then(|line| line.id);
    let hidden = results.hidden_questions;
    view! {
        <section class="section">
            <div class="panel__head">
                <h2>"設問別の結果"</h2>
                <span class="sub">"件数を選ぶと、その回答を開きます。"</span>
            </div>
            {(hidden > 0).then(|| view! {
                <p class="notice">{format!("回答者が5人未満の設問{hidden}問は示していません。")}</p>
            })}
            <Export table="questions" at=page(inspection)/>
            <div class="wide"><Table lines=results.questions scoring inspection department short=false/></div>
        </section>
    }
}

fn page(inspection: Uuid) -> String {
    format!("/inspections/{inspection}/results")
}

#[component]
fn Table(lines: Vec<QuestionLine>, scoring: Scoring, inspection: Uuid, department: Option<Uuid>, short: bool) -> impl IntoView {
    let caption = if short { "実施率の低い順に10問まで" } else { "設問ごとの件数と率" };
    view! {
        <table class="table">
            <caption class="sr">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"問"</th>
                    <th scope="col">"設問"</th>
                    {(!short).then(|| view! { <th scope="col">"根拠"</th> })}
                    {Value::ALL.map(|value| view! { <th scope="col" class="num">{value.label()}</th> }).collect_view()}
                    <th scope="col" class="num">"未回答"</th>
                    <th scope="col">"実施率"</th>
                    <th scope="col" class="num">"得点率"</th>
                    <th scope="col" class="num">"前年度比"</th>
                </tr>
            </thead>
            <tbody>
                {lines.into_iter().map(|line| view! { <Row line scoring inspection department short/> }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Row(line: QuestionLine, scoring: Scoring, inspection: Uuid, department: Option<Uuid>, short: bool) -> impl IntoView {
    let figure = move |value| Figure { department, question: Some(line.question), value, ..Figure::default() };
    let name = format!("{} 問{}", line.role, line.no);
    let tally = line.tally;
    let broken = line.breaks_gate();
    let count = |value| match value {
        Value::Done => tally.done,
        Value::Partial => tally.partial,
        Value::NotDone => tally.not_done,
        Value::NotApplicable => tally.na,
    };
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td>
                <a class="quiet" href=link::answers(inspection, figure(None))>{line.text.clone()}</a>
                {line.gate.then(|| view! { " "<Chip tone=if broken { Tone::Err } else { Tone::Key } text="必須"/> })}
                <Distribution line=line.clone() short/>
            </td>
            {(!short).then(|| view! { <td class="nil keep">{line.clause.clone()}</td> })}
            {Value::ALL
                .map(|value| {
                    let spoken = format!("{name} {} {}件", value.label(), count(value));
                    view! {
                        <td class="num">
                            <a href=link::answers(inspection, figure(Some(value))) aria-label=spoken>{count(value)}</a>
                        </td>
                    }
                })
                .collect_view()}
            <td class="num">{line.unanswered()}</td>
            <td><Rate rate=tally.done_rate()/></td>
            <td class="num">{percent(tally.score_rate(scoring))}</td>
            <td class="num">{compared(&line)}</td>
        </tr>
    }
}

/// Under a question with another scale: how its answers are distributed, what counts, on how many sheets it was
/// not owed.
#[component]
fn Distribution(line: QuestionLine, short: bool) -> impl IntoView {
    let told = (line.told > 0).then(|| format!("把握のための回答 {}件", line.told));
    let omitted = (line.omitted > 0).then(|| format!("対象外 {}件", line.omitted));
    let standard = line.standard.clone().filter(|_| !short);
    let lines: Vec<String> = line.summary.into_iter().chain(told).chain(omitted).chain(standard).collect();
    (!lines.is_empty()).then(|| view! {
        <ul class="spread">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
    })
}

/// Gates that somebody did not keep, before everything else.
#[component]
pub fn BrokenGates(results: Results) -> impl IntoView {
    let inspection = results.heading.inspection;
    let scoring = results.scoring();
    let department = results.chosen.as_ref().and_then(|line| line.id);
    let lines: Vec<QuestionLine> = results.broken_gates().into_iter().cloned().collect();
    (!lines.is_empty()).then(|| view! {
        <section class="section">
            <h2>{format!("未実施のある必須の設問 {}問", lines.len())}</h2>
            <p class="hint">"必須の設問は、1件でも未実施があれば、実施率にかかわらずここに示します。"</p>
            <Export table="gates" at=page(inspection)/>
            <Table lines=lines.clone() scoring inspection department short=true/>
        </section>
    })
}

/// 「―（新規）」 and 「―（変更）」 say why there is no comparison.
fn compared(line: &QuestionLine) -> AnyView {
    match (line.change, line.kind.as_str()) {
        (None, "new") => view! { <span class="same">"―（新規）"</span> }.into_any(),
        (None, "changed") => view! { <span class="same">"―（変更）"</span> }.into_any(),
        (points, _) => change_view(points),
    }
}
