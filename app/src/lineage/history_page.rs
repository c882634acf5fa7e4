//! `/policies/:revision/history`: 改定履歴.

use super::tabs::{Tab, Tabs};
use crate::ui::{Crumb, Empty, Export, Page, page};
use domain::calendar::{day, wareki};
use domain::lineage::Kind;
use domain::permission::{Action, allows};
use domain::policy::HistoryEntry;
use leptos::prelude::*;
use store::lineage::{History, Import, history};

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    page(
        |ask| async move {
            let history = history(&ask.db, &ask.actor, ask.id("revision")?).await?;
            Ok((history, allows(&ask.actor, Action::EditPolicy)))
        },
        |(history, may_edit)| view! { <Both history may_edit/> }.into_any(),
    )
}

#[component]
fn Both(history: History, may_edit: bool) -> impl IntoView {
    let id = history.newest;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: history.title.clone(), href: format!("/policies/{id}") },
    ];
    view! {
        <Page title="改定履歴" scope=history.title.clone() way>
            <Tabs revision=id current=Tab::History may_edit/>
            <div class="stack stack--wide">
                <section class="panel">
                    <h2>"取り込んだ版"</h2>
                    <Imports imports=history.imports/>
                </section>
                <section class="panel">
                    <h2>"策定・改定の経緯（文書の記載）"</h2>
                    <Printed printed=history.printed/>
                </section>
            </div>
        </Page>
    }
}

#[component]
fn Imports(imports: Vec<Import>) -> impl IntoView {
    view! {
        <Export table="revisions"/>
        <table class="table">
            <caption class="sr">"取り込んだ版"</caption>
            <thead>
                <tr>
                    <th scope="col">"版"</th>
                    <th scope="col">"施行日"</th>
                    <th scope="col">"取込み"</th>
                    <th scope="col">"ファイル"</th>
                    <th scope="col">"前の版からの違い"</th>
                    <th scope="col">"比較"</th>
                </tr>
            </thead>
            <tbody>{imports.into_iter().map(|import| view! { <Line import/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Line(import: Import) -> impl IntoView {
    let id = import.revision.id;
    let counts = |kind: &Kind| import.counts.get(kind).copied().filter(|count| *count > 0);
    let different = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Same);
    let told: Vec<String> =
        different.filter_map(|kind| Some(format!("{} {}", kind.label(), counts(&kind)?))).collect();
    let told = match (&import.previous, told.is_empty()) {
        (None, _) => "―（最初の取込み）".to_string(),
        (Some(_), true) => "なし".to_string(),
        (Some(_), false) => told.join("・"),
    };
    let number = import.revision.number;
    let compared = import.previous.is_some().then(|| view! {
        <a href=format!("/policies/{id}/table") aria-label=format!("第{number}版の新旧対照表")>"新旧対照表"</a>
        "　"
        <a href=format!("/policies/{id}/redline") aria-label=format!("第{number}版の見え消し")>"見え消し"</a>
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/policies/{id}")>{format!("第{number}版")}</a></th>
            <td>{import.revision.effective_on.map_or_else(|| "―".to_string(), wareki)}</td>
            <td>{wareki(day(import.revision.at))}" "<span class="sub">{import.by}</span></td>
            <td>{import.file_name}</td>
            <td>{told}</td>
            <td>{compared}</td>
        </tr>
    }
}

#[component]
fn Printed(printed: Vec<HistoryEntry>) -> impl IntoView {
    if printed.is_empty() {
        return view! { <Empty text="文書に改定の経緯の表はありません。"/> }.into_any();
    }
    view! {
        <Export table="told"/>
        <table class="table">
            <caption class="sr">"策定・改定の経緯"</caption>
            <thead><tr><th scope="col">"年月日"</th><th scope="col">"区分"</th></tr></thead>
            <tbody>
                {printed
                    .into_iter()
                    .map(|entry| {
                        let date = entry.date.map_or(entry.printed, wareki);
                        view! { <tr><th scope="row">{date}</th><td>{entry.action}</td></tr> }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}
