//! `/policies/:revision/table`: the 新旧対照表 of two revisions, on screen and on paper.

use super::tabs::{Tab, Tabs, name};
use crate::home::head::Head;
use crate::ui::{Empty, Export, page};
use domain::calendar::wareki;
use domain::lineage::{Paragraph, Row};
use leptos::prelude::*;
use leptos_meta::Title;
use store::lineage::{Comparison, compare};
use time::Date;

/// The printable table.
#[component]
pub fn TablePage() -> impl IntoView {
    page(
        |ask| async move {
            let comparison =
                compare(&ask.db, &ask.actor, ask.id("revision")?, ask.optional_id("from")).await?;
            Ok((comparison, ask.today()))
        },
        |(comparison, today)| view! { <Paper comparison today/> }.into_any(),
    )
}

#[component]
fn Paper(comparison: Comparison, today: Date) -> impl IntoView {
    let (id, rows) = (comparison.newer.id, comparison.table());
    let names = comparison.older.as_ref().map(|older| (name(older), name(&comparison.newer)));
    let from = comparison.older.as_ref().map(|older| format!("?from={}", older.id)).unwrap_or_default();
    let title = comparison.newer.title.clone();
    view! {
        <Title text="新旧対照表｜見直し"/>
        <Head/>
        <main class="paper paper--wide" id="main">
            <Tabs revision=id current=Tab::Table may_edit=comparison.may_edit/>
            {(!rows.is_empty()).then(|| view! {
                <p class="filter"><a class="btn" href=format!("/download/comparison/{id}{from}")>"Word形式で保存"</a></p>
            })}
            <p class="paper__no">{wareki(today)}</p>
            <h1>{format!("{title}　新旧対照表")}</h1>
            {match (names, rows.is_empty()) {
                (None, _) => view! { <Empty text="これより前の版が取り込まれていません。改定した本文を取り込むと、新旧対照表を作れます。"/> }.into_any(),
                (Some(_), true) => view! { <Empty text="この2つの版の条文は同じです。"/> }.into_any(),
                (Some((old, new)), false) => view! { <Table rows old new/> }.into_any(),
            }}
            <p class="paper__note">"（備考）下線の部分は、改正部分である。同一の条項は省略し、番号のみが改まった条項は「（略）」と記載した。"</p>
        </main>
    }
}

#[component]
fn Table(rows: Vec<Row>, old: String, new: String) -> impl IntoView {
    view! {
        <Export table="comparison"/>
        <table class="pt pt--old-new pt--even">
            <caption class="sr">"改正後と改正前の条文"</caption>
            <thead>
                <tr>
                    <th scope="col">"改正後"<br/><span class="paper__note">{new}</span></th>
                    <th scope="col">"改正前"<br/><span class="paper__note">{old}</span></th>
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|row| view! { <tr><td>{cell(row.new)}</td><td>{cell(row.old)}</td></tr> })
                    .collect_view()}
            </tbody>
        </table>
    }
}

/// Deeper clauses stand further in; beyond the fourth level no further, the column is narrow.
fn cell(paragraphs: Vec<Paragraph>) -> AnyView {
    paragraphs
        .into_iter()
        .map(|paragraph| {
            let runs = paragraph.runs.into_iter().map(|run| match run.marked {
                true => view! { <u>{run.text}</u> }.into_any(),
                false => view! { {run.text} }.into_any(),
            });
            view! { <p class=format!("deep-{}", paragraph.depth.min(4))>{runs.collect_view()}</p> }
        })
        .collect_view()
        .into_any()
}
