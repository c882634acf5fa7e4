//! `/amendments/table`: the 新旧対照表 for the committee, on paper.

use super::sides::{NewSide, OldSide};
use crate::home::head::Head;
use crate::ui::{Empty, Export, page};
use domain::calendar::{day, wareki};
use domain::review::difference;
use leptos::prelude::*;
use leptos_meta::Title;
use store::amendment::{Amendment, Ground, Table, table};
use time::Date;

/// The printable table.
#[component]
pub fn AmendmentTablePage() -> impl IntoView {
    page(
        |ask| async move {
            let table = table(&ask.db, &ask.actor, ask.optional_id("revision")).await?;
            Ok((table, ask.today()))
        },
        |(table, today)| view! { <Paper table today/> }.into_any(),
    )
}

#[component]
fn Paper(table: Table, today: Date) -> impl IntoView {
    let Table { title, amendments, .. } = table;
    let none = amendments.is_empty();
    view! {
        <Title text="新旧対照表｜見直し"/>
        <Head/>
        <main class="paper paper--wide" id="main">
            <p class="paper__no">{wareki(today)}</p>
            <h1>{format!("{title}　新旧対照表")}</h1>
            {if none {
                view! { <Empty text="改正案がまだありません。見直しの画面で条項を選び、改正案を作成すると、ここに並びます。"/> }.into_any()
            } else {
                view! { <Rows amendments/> }.into_any()
            }}
            <p class="paper__note">"下線は改正部分。不採択となった改正案は含まない。"</p>
        </main>
    }
}

#[component]
fn Rows(amendments: Vec<Amendment>) -> impl IntoView {
    view! {
        <Export table="proposal"/>
        <table class="pt pt--old-new">
            <caption class="sr">"改正案と現行の条文、理由及び根拠"</caption>
            <thead>
                <tr>
                    <th scope="col" class="w-clause">"条項"</th>
                    <th scope="col">"改正案"</th>
                    <th scope="col">"現行"</th>
                    <th scope="col" class="w-why">"改正の理由及び根拠"</th>
                </tr>
            </thead>
            <tbody>{amendments.into_iter().map(|row| view! { <Line row/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Line(row: Amendment) -> impl IntoView {
    let pieces = difference(&row.old_text, &row.new_text);
    let state = match &row.decision {
        Some(decision) => format!("{} {} 採択", wareki(decision.decided_on), decision.meeting),
        None => format!("{} 作成、決定待ち", wareki(day(row.at))),
    };
    view! {
        <tr>
            <th scope="row">{row.path}<br/>{row.heading}</th>
            <td class="text"><NewSide pieces=pieces.clone()/></td>
            <td class="text"><OldSide pieces/></td>
            <td>
                <p class="text">{row.reason}</p>
                <ul class="grounds">{row.grounds.iter().map(|one| view! { <li>{ground(one)}</li> }).collect_view()}</ul>
                <p class="paper__note">{state}</p>
            </td>
        </tr>
    }
}

/// What an amendment rests on, in words.
pub fn ground(ground: &Ground) -> String {
    match ground {
        Ground::Finding(_, label, grade, title) => format!("指摘 {label}（{grade}）{title}"),
        Ground::Improvement(_, label, title) => format!("改善 {label} {title}"),
        Ground::Note(text) => text.clone(),
    }
}
