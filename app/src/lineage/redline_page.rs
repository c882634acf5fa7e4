//! `/policies/:revision/redline`: the newer document with everything that was struck out and put in.

use super::line::{paths, pieces};
use super::tabs::{KindChip, Tab, Tabs, name};
use crate::ui::{Crumb, Empty, Page, Select, page};
use domain::lineage::Kind;
use domain::review::Part;
use leptos::prelude::*;
use store::lineage::{Comparison, ComparisonLine, compare};

/// The page.
#[component]
pub fn RedlinePage() -> impl IntoView {
    page(
        |ask| async move {
            // The form says which one is newer; the address says where one came from.
            let newer = ask.optional_id("to").map_or_else(|| ask.id("revision"), Ok)?;
            let comparison = compare(&ask.db, &ask.actor, newer, ask.optional_id("from")).await?;
            Ok((comparison, ask.text("all") == "1"))
        },
        |(comparison, all)| view! { <Redline comparison all/> }.into_any(),
    )
}

#[component]
fn Redline(comparison: Comparison, all: bool) -> impl IntoView {
    let id = comparison.newer.id;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: comparison.newer.title.clone(), href: format!("/policies/{id}") },
    ];
    let scope = match &comparison.older {
        Some(older) => format!("{} → {}", name(older), name(&comparison.newer)),
        None => name(&comparison.newer),
    };
    let lines: Vec<ComparisonLine> =
        comparison.lines.iter().filter(|line| all || line.kind != Kind::Same).cloned().collect();
    view! {
        <Page title="見え消し" scope way>
            <Tabs revision=id current=Tab::Redline may_edit=comparison.may_edit/>
            <Choose comparison=comparison.clone() all/>
            {match (comparison.older.is_some(), lines.is_empty()) {
                (false, _) => view! { <Empty text="比べる版がありません。改定した本文を取り込むと、変わった箇所がここに表示されます。"/> }.into_any(),
                (_, true) => view! { <Empty text="この2つの版の条文は同じです。"/> }.into_any(),
                _ => view! { <div class="redline">{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</div> }.into_any(),
            }}
        </Page>
    }
}

/// Which two revisions.
#[component]
pub fn Choose(comparison: Comparison, all: bool) -> impl IntoView {
    let id = comparison.newer.id;
    let options: Vec<(String, String)> =
        comparison.revisions.iter().map(|revision| (revision.id.to_string(), name(revision))).collect();
    let from = comparison.older.as_ref().map(|older| older.id.to_string()).unwrap_or_default();
    let several = options.len() > 1;
    several.then(|| {
        view! {
            <form method="get" action=format!("/policies/{id}/redline") class="row lineage-choose">
                <Select name="from" label="改正前の版" options=options.clone() value=from/>
                <Select name="to" label="改正後の版" options value=id.to_string()/>
                <label class="check"><input type="checkbox" name="all" value="1" checked=all/>"同じ条項も表示する"</label>
                <button class="btn">"比べる"</button>
            </form>
        }
    })
}

#[component]
fn Line(line: ComparisonLine) -> impl IntoView {
    let pieces = pieces(&line.old, &line.new);
    let under = line.new.first().or(line.old.first()).map(|side| side.under.clone()).unwrap_or_default();
    let place = match (line.old.is_empty(), line.new.is_empty()) {
        (true, _) => paths(&line.new),
        (_, true) => paths(&line.old),
        _ if paths(&line.old) == paths(&line.new) => paths(&line.new),
        _ => format!("{} → {}", paths(&line.old), paths(&line.new)),
    };
    let text = pieces.into_iter().map(|piece| match piece.part {
        Part::Same => view! { {piece.text} }.into_any(),
        Part::Added => view! { <ins>{piece.text}</ins> }.into_any(),
        Part::Removed => view! { <del>{piece.text}</del> }.into_any(),
    });
    view! {
        <article class="redline__line">
            <h2>{place}" "<KindChip kind=line.kind/>" "<span class="sub">{under}</span></h2>
            <p class="text">{text.collect_view()}</p>
        </article>
    }
}
