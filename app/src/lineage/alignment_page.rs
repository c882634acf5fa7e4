//! `/policies/:revision/lineage`: which clause comes from which, and putting it right.

use super::correction_form::Corrections;
use super::line::Cells;
use super::tabs::{Tab, Tabs, name};
use crate::ui::{Crumb, Empty, Export, Page, page};
use domain::lineage::{DOUBTFUL, Kind};
use leptos::prelude::*;
use store::lineage::{Comparison, ComparisonLine, compare};
use uuid::Uuid;

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Differences,
    Doubtful,
    Only(Kind),
}

impl Show {
    fn from_key(key: &str) -> Show {
        match key {
            "doubtful" => Show::Doubtful,
            key => Kind::from_key(key).map_or(Show::Differences, Show::Only),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Show::Differences => "",
            Show::Doubtful => "doubtful",
            Show::Only(kind) => kind.key(),
        }
    }

    fn text(self) -> &'static str {
        match self {
            Show::Differences => "すべての違い",
            Show::Doubtful => "要確認",
            Show::Only(kind) => kind.label(),
        }
    }

    fn takes(self, line: &ComparisonLine) -> bool {
        match self {
            Show::Differences => line.kind != Kind::Same,
            Show::Doubtful => line.confidence < DOUBTFUL,
            Show::Only(kind) => line.kind == kind,
        }
    }
}

/// The page.
#[component]
pub fn AlignmentPage() -> impl IntoView {
    page(
        |ask| async move {
            let comparison = compare(&ask.db, &ask.actor, ask.id("revision")?, None).await?;
            Ok((comparison, Show::from_key(&ask.text("kind")), ask.optional_id("line")))
        },
        |(comparison, show, line)| view! { <Alignment comparison show line/> }.into_any(),
    )
}

#[component]
fn Alignment(comparison: Comparison, show: Show, line: Option<Uuid>) -> impl IntoView {
    let id = comparison.newer.id;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: comparison.newer.title.clone(), href: format!("/policies/{id}") },
    ];
    let Some(older) = comparison.older.clone() else {
        return view! {
            <Page title="新旧の条項の対応" way>
                <Tabs revision=id current=Tab::Alignment may_edit=comparison.may_edit/>
                <Empty text="これより前の版が取り込まれていません。改定した本文を取り込むと、条項ごとの対応がここに並びます。"/>
            </Page>
        }
        .into_any();
    };
    let scope = format!("{} → {}", name(&older), name(&comparison.newer));
    view! {
        <Page title="新旧の条項の対応" scope way>
            <Tabs revision=id current=Tab::Alignment may_edit=comparison.may_edit/>
            <Filter comparison=comparison.clone() show/>
            <Lines comparison show line/>
        </Page>
    }
    .into_any()
}

fn is_about(row: &ComparisonLine, line: Option<Uuid>) -> bool {
    line.is_some_and(|line| row.old.iter().chain(&row.new).any(|side| side.id == line))
}

fn shown(comparison: &Comparison, show: Show, line: Option<Uuid>) -> Vec<ComparisonLine> {
    comparison.lines.iter().filter(|row| show.takes(row) || is_about(row, line)).cloned().collect()
}

/// The lines that the address asks for.
pub fn chosen(comparison: &Comparison, kind: &str, line: Option<Uuid>) -> Vec<ComparisonLine> {
    shown(comparison, Show::from_key(kind), line)
}

#[component]
fn Filter(comparison: Comparison, show: Show) -> impl IntoView {
    let id = comparison.newer.id;
    let all = [Show::Differences, Show::Doubtful].into_iter().chain(Kind::ALL.map(Show::Only));
    let tabs = all
        .map(|choice| {
            let count = comparison.lines.iter().filter(|line| choice.takes(line)).count();
            let href = format!("/policies/{id}/lineage?kind={}", choice.key());
            let here = (choice == show).then_some("true");
            view! { <li><a href=href aria-current=here>{format!("{} {count}", choice.text())}</a></li> }
        })
        .collect_view();
    view! { <div class="filter"><ul class="tabs" aria-label="対応の種類">{tabs}</ul></div> }
}

#[component]
fn Lines(comparison: Comparison, show: Show, line: Option<Uuid>) -> impl IntoView {
    let correctable = comparison.may_edit && comparison.neighbours;
    let has = move |row: &ComparisonLine| is_about(row, line);
    let rows = shown(&comparison, show, line);
    if rows.is_empty() {
        return view! { <Empty text="この種類の条項はありません。上の絞込みで、ほかの種類を選んでください。"/> }.into_any();
    }
    let (id, columns) = (comparison.newer.id, if correctable { 4 } else { 3 });
    view! {
        <Export table="lineage"/>
        <table class="table lineage">
            <caption class="sr">"改正前と改正後の条項の対応"</caption>
            <thead>
                <tr>
                    <th scope="col">"種類"</th>
                    <th scope="col">"改正前"</th>
                    <th scope="col">"改正後"</th>
                    {correctable.then(|| view! { <th scope="col">"修正"</th> })}
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|row| {
                        let chosen = has(&row) && correctable;
                        let forms = chosen.then(|| view! {
                            <tr class="lineage__forms"><td colspan=columns><Corrections comparison=comparison.clone() line=row.clone()/></td></tr>
                        });
                        view! {
                            <tr id=chosen.then_some("line")>
                                <Cells line=row.clone()/>
                                {correctable.then(|| view! { <td><Change revision=id row show/></td> })}
                            </tr>
                            {forms}
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Change(revision: Uuid, row: ComparisonLine, show: Show) -> impl IntoView {
    row.new.first().or(row.old.first()).map(|side| {
        let href = format!("/policies/{revision}/lineage?kind={}&line={}#line", show.key(), side.id);
        let spoken = format!("{}の対応を改める", side.path);
        view! { <a class="btn btn--s" href=href aria-label=spoken>"対応を改める"</a> }
    })
}
