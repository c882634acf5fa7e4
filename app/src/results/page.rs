//! `/results` and `/inspections/:inspection/results`

use super::formula::Formulas;
use super::heat::{Heat, Legend};
use super::link::{self, View};
use super::questions::{AllQuestions, BrokenGates, Worst};
use super::stats::Stats;
use super::units::Units;
use crate::context::Ask;
use crate::error::AppError;
use crate::ui::page::Crumb;
use crate::ui::{Empty, Page, Tone, page};
use domain::calendar::{day, short_day};
use leptos::prelude::*;
use store::results::{Filter, Line, Results};
use uuid::Uuid;

struct Shown {
    results: Results,
    view: View,
}

async fn load(ask: Ask, inspection: Uuid) -> Result<Shown, AppError> {
    let filter = Filter { department: ask.optional_id("department") };
    let results = store::results::results(&ask.db, &ask.actor, inspection, filter).await?;
    Ok(Shown { results, view: View::from_key(&ask.text("view")) })
}

/// The results of the newest inspection, or why there are none.
#[component]
pub fn NewestResultsPage() -> impl IntoView {
    page(
        |ask| async move {
            match store::results::newest(&ask.db, &ask.actor).await? {
                Some(inspection) => load(ask, inspection).await.map(Some),
                None => Ok(None),
            }
        },
        |shown| match shown {
            Some(shown) => view! { <Whole shown/> }.into_any(),
            None => view! {
                <Page title="自己点検の結果">
                    <Empty text="点検がまだ行われていないため、結果はありません。事務局が点検を始めると、提出された回答から順に集計します。"/>
                </Page>
            }
            .into_any(),
        },
    )
}

/// The results of one inspection.
#[component]
pub fn ResultsPage() -> impl IntoView {
    page(
        |ask| async move {
            let inspection = ask.id("inspection")?;
            load(ask, inspection).await
        },
        |shown| view! { <Whole shown/> }.into_any(),
    )
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let Shown { results, view } = shown;
    let heading = results.heading.clone();
    let state = match heading.closed_at {
        Some(at) => (Tone::Ok, format!("確定 {}", short_day(day(at)))),
        None => (Tone::Plain, "実施中（途中の数値）".to_string()),
    };
    let told = heading.about.told().map(|text| format!("／{text}")).unwrap_or_default();
    let scope = format!("{}{told}／{}", heading.name, heading.editions.join("・"));
    let (title, way) = match &results.chosen {
        Some(line) => (
            format!("{}の結果", line.name),
            vec![Crumb { text: "自己点検の結果".into(), href: link::results(heading.inspection, None, View::City) }],
        ),
        None => ("自己点検の結果".to_string(), Vec::new()),
    };
    let actions = view! { <Tabs results=results.clone() view/> }.into_any();
    view! {
        <Page title state scope actions way>
            <Stats results=results.clone()/>
            <BrokenGates results=results.clone()/>
            {match view {
                View::City => view! { <City results/> }.into_any(),
                View::Divisions | View::Departments => view! { <Units results view/> }.into_any(),
                View::Questions => view! { <AllQuestions results/> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Tabs(results: Results, view: View) -> impl IntoView {
    let inspection = results.heading.inspection;
    let department = results.chosen.as_ref().and_then(|line| line.id);
    let file = match department {
        Some(id) => format!("/download/results/{inspection}?department={id}"),
        None => format!("/download/results/{inspection}"),
    };
    let shown = move |tab: &View| *tab != View::Divisions || (!results.limited && department.is_none());
    view! {
        <ul class="tabs" aria-label="見方">
            {View::ALL
                .into_iter()
                .filter(|(tab, ..)| shown(tab))
                .map(|(tab, _, text)| {
                    let current = (tab == view).then_some("page");
                    let text = if tab == View::City && department.is_some() { "分野別" } else { text };
                    view! { <li><a href=link::results(inspection, department, tab) aria-current=current>{text}</a></li> }
                })
                .collect_view()}
        </ul>
        <a class="btn btn--s" href=file download="">"結果のブックを保存"</a>
    }
}

fn by_division(results: &Results) -> bool {
    !results.divisions.is_empty() && results.chosen.is_none()
}

/// The lines of the heat map in a view, and whether they stand under their 部.
pub fn heat_lines(results: &Results, view: View) -> (Vec<Line>, bool) {
    match view {
        View::Departments => (results.departments.clone(), true),
        _ if by_division(results) => (results.divisions.clone(), false),
        _ => (results.departments.clone(), false),
    }
}

/// 部 × chapters with the formulas beside it, and the questions with the lowest rates.
#[component]
fn City(results: Results) -> impl IntoView {
    let by_division = by_division(&results);
    let (lines, _) = heat_lines(&results, View::City);
    let heading = if by_division { "部×分野の実施率（%）" } else { "課×分野の実施率（%）" };
    view! {
        <div class="split">
            <section>
                <div class="panel__head">
                    <h2>{heading}</h2>
                    <span class="sub">"数値を選ぶと、回答の内訳と設問を開きます。"</span>
                </div>
                <Heat results=results.clone() lines grouped=false/>
                <Legend/>
            </section>
            <Formulas hides_few=results.limited scoring=results.scoring()/>
        </div>
        <Worst results/>
    }
}
