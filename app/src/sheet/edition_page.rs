//! `/editions/:edition`: a frozen sheet as a page for A4 paper.

use super::list_page::paths;
use crate::home::head::Head;
use crate::ui::page;
use domain::calendar::{day, wareki};
use domain::topic::Topic;
use leptos::prelude::*;
use leptos_meta::Title;
use store::sheet::{EditionItemView, EditionView, edition};

/// The page.
#[component]
pub fn EditionPage() -> impl IntoView {
    page(
        |ask| async move { Ok(edition(&ask.db, &ask.actor, ask.id("edition")?).await?) },
        |edition| view! { <Paper edition/> }.into_any(),
    )
}

#[component]
fn Paper(edition: EditionView) -> impl IntoView {
    let (sheet, count) = (edition.sheet, edition.items.len());
    view! {
        <Title text=format!("{}｜見直し", edition.label)/>
        <Head/>
        <main class="paper" id="main">
            <p class="ops ops--paper"><a class="btn btn--s" href=format!("/sheets/{sheet}")>"点検票へ戻る"</a></p>
            <div class="paper__no"><p>{edition.label.clone()}<br/>{wareki(day(edition.at))}" 確定"</p></div>
            <p class="paper__to">{format!("{}　様", edition.role.label())}</p>
            <h1>{edition.title.clone()}</h1>
            <p class="paper__lead">
                {format!("設問は{count}問です。「実施」「一部実施」「未実施」から1つを選びます。「該当なし」は、条件が示された設問だけで選べます。「一部実施」及び「未実施」のときは、理由を記入してください。")}
            </p>
            {chapters(edition.items).into_iter().map(|(topic, items)| view! { <Chapter topic items/> }).collect_view()}
        </main>
    }
}

/// The items chapter by chapter, in the order of the sheet.
fn chapters(items: Vec<EditionItemView>) -> Vec<(Topic, Vec<EditionItemView>)> {
    let mut chapters: Vec<(Topic, Vec<EditionItemView>)> = Vec::new();
    for item in items {
        match chapters.last_mut() {
            Some((topic, items)) if *topic == item.topic => items.push(item),
            _ => chapters.push((item.topic, vec![item])),
        }
    }
    chapters
}

#[component]
fn Chapter(topic: Topic, items: Vec<EditionItemView>) -> impl IntoView {
    view! {
        <h2>{format!("{}　{}", topic.number(), topic.label())}</h2>
        <table class="pt pt--sheet">
            <caption class="sr">{topic.label()}</caption>
            <thead>
                <tr>
                    <th scope="col">"番号"</th>
                    <th scope="col">"設問"</th>
                    <th scope="col">"根拠条文"</th>
                    <th scope="col">"前の版から"</th>
                    <th scope="col">"回答"</th>
                </tr>
            </thead>
            <tbody>{items.into_iter().map(|item| view! { <Item item/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Item(item: EditionItemView) -> impl IntoView {
    let none = item.not_applicable.clone().map(|condition| format!("該当なし（{condition}）"));
    view! {
        <tr>
            <th scope="row">{format!("問{}", item.no)}</th>
            <td>{item.text}</td>
            <td>{paths(&item.clause_path)}</td>
            <td>{item.change.label()}</td>
            <td class="boxes">
                <span>"□実施"</span>" "<span>"□一部実施"</span>" "<span>"□未実施"</span>
                {none.map(|none| view! { <br/>{format!("□{none}")} })}
            </td>
        </tr>
    }
}
