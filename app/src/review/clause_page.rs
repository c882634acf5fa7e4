//! `/review/clauses/:clause`: the words, everything that speaks about them, and the form for new words.

use super::text;
use crate::amendment::badge::DecisionChip;
use crate::amendment::draft_form::DraftForm;
use crate::improvement::text::tone;
use crate::ui::{Chip, Crumb, Export, Page, Rate, Tone, page};
use domain::role::Role;
use leptos::prelude::*;
use store::amendment::Amendment;
use store::review::{FindingAbout, ImprovementAbout, OneClause, QuestionRate, clause};

/// One clause.
#[component]
pub fn ReviewClausePage() -> impl IntoView {
    page(
        |ask| async move { Ok(clause(&ask.db, &ask.actor, ask.id("clause")?).await?) },
        |data| {
            let way = vec![Crumb { text: "見直し".into(), href: "/review".into() }];
            let title = format!("{}　{}", data.clause.path, data.clause.heading);
            let href = format!("/policies/{}/clauses/{}", data.revision, data.clause.id);
            let actions = view! { <a class="btn btn--s" href=href>"ポリシーで見る"</a> }.into_any();
            view! {
                <Page title scope=data.revision_title.clone() way actions>
                    <p class="chips">
                        {data.clause.evidence.voices().into_iter().map(|voice| {
                            let (tone, text) = text::voice(voice);
                            view! { <Chip tone text/>" " }
                        }).collect_view()}
                    </p>
                    <blockquote class="quote">{data.clause.text.clone()}</blockquote>
                    <div class="split split--even section">
                        <Evidence data=data.clone()/>
                        <DraftForm data=data.clone()/>
                    </div>
                </Page>
            }
            .into_any()
        },
    )
}

#[component]
fn Evidence(data: OneClause) -> impl IntoView {
    let about = data.about;
    let nothing = about.questions.is_empty() && about.findings.is_empty() && about.improvements.is_empty();
    let inspection = data.inspection.filter(|_| !about.questions.is_empty());
    view! {
        <section class="stack">
            <h2>"この条項についての結果"</h2>
            {nothing.then(|| view! {
                <p class="sub">"この条項についての回答、指摘及び改善はありません。改正案の根拠には、事実を入力してください。"</p>
            })}
            {inspection.map(|(id, name)| view! { <Questions rows=about.questions inspection=id.to_string() name/> })}
            {(!about.findings.is_empty()).then(|| view! { <Findings rows=about.findings/> })}
            {(!about.improvements.is_empty()).then(|| view! { <Improvements rows=about.improvements/> })}
            {(!data.amendments.is_empty()).then(|| view! { <Drafts rows=data.amendments/> })}
        </section>
    }
}

#[component]
fn Questions(rows: Vec<QuestionRate>, inspection: String, name: String) -> impl IntoView {
    view! {
        <div>
            <h3>{format!("回答（{name}）")}</h3>
            <Export table="clause"/>
            <table class="table">
                <caption class="sr">"この条項についての設問と実施率"</caption>
                <thead><tr><th scope="col">"設問"</th><th scope="col">"実施率"</th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|row| {
                        let role = Role::from_key(&row.role).map_or("", Role::short);
                        let href = format!("/inspections/{inspection}/answers?question={}", row.question);
                        let formula = format!(
                            "実施{}÷（実施{}＋一部実施{}＋未実施{}）",
                            row.tally.done, row.tally.done, row.tally.partial, row.tally.not_done
                        );
                        view! {
                            <tr>
                                <td><span class="sub">{format!("{role} 問{}　", row.no)}</span><a href=href>{row.text}</a></td>
                                <td class="rate-cell"><Rate rate=row.tally.done_rate()/><span class="sub">{formula}</span></td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Findings(rows: Vec<FindingAbout>) -> impl IntoView {
    view! {
        <div>
            <h3>"監査の指摘"</h3>
            <ul class="about">
                {rows.into_iter().map(|row| view! {
                    <li>
                        <a href=format!("/findings/{}", row.id)>{row.label}</a>
                        " "
                        {row.grade.map(|grade| view! { <Chip text=grade.label()/> })}
                        " "
                        {row.rule_change.then(|| view! { <Chip tone=Tone::Note text="規程の見直しが必要"/> })}
                        <p><b>{row.title}</b></p>
                        <p class="text">{row.fact}</p>
                        {(!row.recommendation.is_empty()).then(|| view! { <p class="sub">{format!("提言　{}", row.recommendation)}</p> })}
                    </li>
                }).collect_view()}
            </ul>
        </div>
    }
}

#[component]
fn Improvements(rows: Vec<ImprovementAbout>) -> impl IntoView {
    view! {
        <div>
            <h3>"改善"</h3>
            <ul class="about">
                {rows.into_iter().map(|row| view! {
                    <li>
                        <a href=format!("/improvements/{}", row.id)>{row.label}</a>
                        " "
                        <Chip tone=tone(row.stage) text=row.stage.label()/>
                        " "
                        {row.rule_change.then(|| view! { <Chip tone=Tone::Note text="規程の見直しが必要"/> })}
                        <p>{format!("{}　{}", row.department_name, row.title)}</p>
                    </li>
                }).collect_view()}
            </ul>
        </div>
    }
}

#[component]
fn Drafts(rows: Vec<Amendment>) -> impl IntoView {
    view! {
        <div>
            <h3>"この条項の改正案"</h3>
            <ul class="about">
                {rows.into_iter().map(|row| view! {
                    <li><a href=format!("/amendments/{}", row.id)>{row.reason.clone()}</a>" "<DecisionChip decision=row.decision/></li>
                }).collect_view()}
            </ul>
        </div>
    }
}
