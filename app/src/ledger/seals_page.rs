//! `/ledger/seals`: all seals, newest first.

use super::text::groups;
use crate::ui::{Crumb, Empty, Export, Page, page};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use store::ledger::sealing::{SealLine, list};

/// The list.
#[component]
pub fn SealsPage() -> impl IntoView {
    page(
        |ask| async move {
            let before = ask.number("before", i64::MAX);
            Ok(list(&ask.db, &ask.actor, before).await?)
        },
        |seals| view! { <Whole seals/> }.into_any(),
    )
}

#[component]
fn Whole(seals: Vec<SealLine>) -> impl IntoView {
    let way = vec![Crumb { text: "記録".into(), href: "/ledger".into() }];
    let actions = view! { <a class="btn btn--s" href="/ledger/check">"紙の封印を確かめる"</a> }.into_any();
    let older = seals.last().map(|seal| seal.number).filter(|number| *number > 1);
    view! {
        <Page title="封印" way actions>
            <p class="lead-text">
                "封印は、その時までのすべての記録の照合値をまとめたもので、10分ごとに作られます。印刷して保管すると、後からデータベースと照合できます。"
            </p>
            {if seals.is_empty() {
                view! { <Empty text="封印はまだありません。記録があれば、10分以内に最初の封印が作られます。"/> }.into_any()
            } else {
                view! { <List seals/> }.into_any()
            }}
            {older.map(|number| view! {
                <nav class="pager" aria-label="ページ">
                    <a class="btn btn--s" href=format!("/ledger/seals?before={number}")>"古い封印へ"</a>
                </nav>
            })}
        </Page>
    }
}

#[component]
fn List(seals: Vec<SealLine>) -> impl IntoView {
    view! {
        <Export table="seals"/>
        <div class="wide">
            <table class="table table--stick">
                <caption class="sr">"封印。新しいものから順に並んでいます。"</caption>
                <thead>
                    <tr>
                        <th scope="col">"番号"</th>
                        <th scope="col">"日時"</th>
                        <th scope="col">"記録の数"</th>
                        <th scope="col">"照合値の初め"</th>
                    </tr>
                </thead>
                <tbody>
                    {seals
                        .into_iter()
                        .map(|seal| view! {
                            <tr>
                                <th scope="row"><a href=format!("/ledger/seals/{}", seal.number)>{format!("第{}号", seal.number)}</a></th>
                                <td>{wareki_time(seal.at)}</td>
                                <td class="num">{if seal.events > 0 { seal.events.to_string() } else { "―".into() }}</td>
                                <td><code>{groups(&seal.hash)[..2].join(" ")}</code></td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
