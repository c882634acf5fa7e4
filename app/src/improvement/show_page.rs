//! `/improvements/:improvement`: where it comes from, what happened, what is next.

use super::next_step::NextStep;
use super::text;
use crate::ui::{Chip, Crumb, Icon, Page, Sign, Tone, page};
use domain::calendar::{fiscal_year_label, wareki, wareki_time};
use domain::improvement::Source;
use leptos::prelude::*;
use store::improvement::{Course, Step, StepKind, show};

/// One improvement.
#[component]
pub fn ImprovementPage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, ask.id("improvement")?, ask.today()).await?) },
        |course| {
            let title = format!("{}　{}", course.label, course.title);
            let state = (text::tone(course.stage), course.stage.label().to_string());
            let now = match course.department_now.is_empty() {
                true => String::new(),
                false => format!("（現在の{}）", course.department_now.join("、")),
            };
            let scope = format!(
                "{}{now}／{}／{}",
                course.department_name,
                course.source.label(),
                fiscal_year_label(course.fiscal_year)
            );
            let way = vec![Crumb { text: "改善".into(), href: "/improvements".into() }];
            view! {
                <Page title state scope way>
                    <div class="split split--even">
                        <Cause course=course.clone()/>
                        <CoursePanel course=course.clone()/>
                    </div>
                </Page>
            }
            .into_any()
        },
    )
}

/// Fact and origin.
#[component]
fn Cause(course: Course) -> impl IntoView {
    let links = course.from;
    view! {
        <section class="panel">
            <h2>"改善が必要な事実"</h2>
            <p class="text">{course.fact}</p>
            <dl class="facts improvement-facts">
                {links.finding.map(|(id, label, grade)| view! {
                    <dt>"もととなる指摘"</dt>
                    <dd><a href=format!("/findings/{id}")>{label}</a>{format!("（{grade}）")}</dd>
                })}
                {links.answer.map(|(target, question, value, person)| view! {
                    <dt>"もととなる回答"</dt>
                    <dd>
                        <a href=format!("/responses/{target}")>{question}</a>
                        {value.map(|value| format!("　{} {}", value.sign(), value.label()))}
                        <span class="sub">{format!("　{person}")}</span>
                    </dd>
                })}
                {links.clause.map(|(revision, clause, path, text)| view! {
                    <dt>"根拠条文"</dt>
                    <dd><a href=format!("/policies/{revision}/clauses/{clause}")>{path}</a>{format!("　{text}")}</dd>
                })}
                {course.rule_change.then(|| view! {
                    <dt>"規程との関係"</dt>
                    <dd><Chip tone=Tone::Note text="規程の見直しが必要"/></dd>
                })}
            </dl>
        </section>
    }
}

/// The course with the next step at its end.
#[component]
fn CoursePanel(course: Course) -> impl IntoView {
    let number = course.steps.len() + 1;
    view! {
        <section class="panel">
            <div class="panel__head">
                <h2>"改善の経過"</h2>
                <div class="chips">
                    {course.overdue_days.map(|days| view! { <Chip tone=Tone::Err text=format!("期限を{days}日超過")/> })}
                    " "
                    {text::years(course.years_open).map(|text| view! { <Chip tone=Tone::Warn text/> })}
                </div>
            </div>
            <p class="sub">"完了の確認は、計画又は完了報告をした者とは別の、所属外の者が行います。"</p>
            <ol class="steps">
                {course.steps.clone().into_iter().map(|step| view! { <Done step source=course.source/> }).collect_view()}
                <NextStep course number/>
            </ol>
        </section>
    }
}

#[component]
fn Done(step: Step, source: Source) -> impl IntoView {
    let back = step.kind == StepKind::SentBack;
    // The fact stands in the panel beside it.
    let text = match step.kind {
        StepKind::Opened => format!("{}の結果から取り上げた。", source.label()),
        _ => step.text,
    };
    let due = step.due_on.map(|day| format!("期限 {}", wareki(day)));
    view! {
        <li class=back.then_some("back")>
            <span class="dot"><Icon sign=if back { Sign::Warning } else { Sign::Check }/></span>
            <b>{text::step(step.kind)}</b>
            <div class="what">
                {(!step.cause.is_empty()).then(|| view! { <p class="text">{format!("原因　{}", step.cause)}</p> })}
                <p class="text">{text}</p>
                {due.map(|due| view! { <p><b class="due">{due}</b></p> })}
                <div class="who">{format!("{}　{}", wareki_time(step.at), step.by)}</div>
            </div>
        </li>
    }
}
