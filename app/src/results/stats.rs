//! The headline figures, each with its own arithmetic below.

use super::link::{self, Figure, View};
use domain::answer::Value;
use domain::rate::{percent, thousands};
use domain::results::change_text;
use leptos::prelude::*;
use store::results::{Line, Results};

/// A change in points with its sign and tone; 「―」 where nothing can be compared.
pub fn change_view(points: Option<f64>) -> AnyView {
    let class = match points {
        Some(points) if points > 0.0 => "up",
        Some(points) if points < 0.0 => "down",
        _ => "same",
    };
    view! { <span class=class>{change_text(points)}</span> }.into_any()
}

/// The five figures.
#[component]
pub fn Stats(results: Results) -> impl IntoView {
    let line = results.scope().clone();
    let inspection = results.heading.inspection;
    let coverage = line.coverage;
    let (reached, rated) = results.reached();
    let share = (rated > 0).then(|| reached as f64 / rated as f64);
    let audited = results.audited;
    view! {
        <dl class="stats">
            <Stat
                label="把握率"
                value=percent(coverage.rate())
                href=link::results(inspection, line.id, View::Departments)
                beside=line.coverage_change.map(|points| change_view(Some(points))).into_any()
                below=format!("提出 {}÷対象 {}件", thousands(coverage.submitted), thousands(coverage.targets))
            />
            <Rates line=line.clone() inspection weighted=results.weighted_score()/>
            <Stat
                label=format!("到達率（{}%以上の設問）", results.scoring().threshold)
                value=percent(share)
                href=link::results(inspection, line.id, View::Questions)
                beside=().into_any()
                below=format!("{reached}÷{rated}問")
            />
            <NotApplicable line inspection/>
            <Stat
                label="監査との差"
                value=audited.lenient.to_string()
                href="/audits".to_string()
                unit="件　自己回答が高い"
                beside=().into_any()
                below=format!("報告済み {}所属・{}項目", audited.departments, audited.marks)
            />
        </dl>
    }
}

#[component]
fn Rates(line: Line, inspection: uuid::Uuid, weighted: Option<f64>) -> impl IntoView {
    let tally = line.all.tally;
    view! {
        <Stat
            label="実施率"
            value=percent(line.all.rate())
            href=link::answers(inspection, Figure { department: line.id, ..Figure::default() })
            beside=change_view(line.change)
            below=if line.all.hidden {
                "回答者が5人未満のため示しません".to_string()
            } else {
                format!(
                    "実施 {}÷{}件　加重得点率 {}%",
                    thousands(tally.done),
                    thousands(tally.obliged()),
                    percent(weighted),
                )
            }
        />
    }
}

#[component]
fn NotApplicable(line: Line, inspection: uuid::Uuid) -> impl IntoView {
    let tally = line.all.tally;
    let figure = Figure { department: line.id, value: Some(Value::NotApplicable), ..Figure::default() };
    view! {
        <Stat
            label="該当なし率"
            value=percent(tally.na_rate())
            href=link::answers(inspection, figure)
            beside=().into_any()
            below=if line.all.hidden {
                "回答者が5人未満のため示しません".to_string()
            } else {
                format!("{}÷{}件", thousands(tally.na), thousands(tally.answered()))
            }
        />
    }
}

#[component]
fn Stat(
    #[prop(into)] label: String,
    value: String,
    href: String,
    #[prop(default = "%　")] unit: &'static str,
    beside: AnyView,
    below: String,
) -> impl IntoView {
    view! {
        <div>
            <dt>{label.clone()}</dt>
            <dd>
                <b><a href=href aria-label=format!("{label} {value}")>{value.clone()}</a></b>
                <small>{unit}{beside}</small>
                <span class="f">{below}</span>
            </dd>
        </div>
    }
}
