//! `/layouts`: what was kept of departments' workbooks, and what words mean in all of them.

use super::words::Words;
use crate::ui::{Crumb, Empty, Export, Page, page};
use domain::calendar::short_time;
use leptos::prelude::*;
use store::layout::{City, Listed, list};

/// The page.
#[component]
pub fn LayoutsPage() -> impl IntoView {
    page(|ask| async move { Ok(list(&ask.db, &ask.actor).await?) }, |city| view! { <Shown city/> }.into_any())
}

#[component]
fn Shown(city: City) -> impl IntoView {
    let (layouts, words) = (city.layouts, city.words);
    let way = vec![Crumb { text: "進行状況".into(), href: "/board".into() }];
    view! {
        <Page title="様式" way scope="所属から届く点検票の読み方。同じ見出しと設問のファイルは、保存した読み方で読み取ります">
            <Layouts layouts/>
            <section class="section">
                <h2 class="h">"すべての点検票に共通の言葉"</h2>
                <p class="lead-text">"○、×、はい、いいえ、該当なしなどの一般の書き方は、登録しなくても読み取ります。市だけの言い回しがあれば、ここに加えてください。二つ以上の印と空欄は、言葉の登録では決まりません。"</p>
                <Words layout=None words/>
            </section>
        </Page>
    }
}

#[component]
fn Layouts(layouts: Vec<Listed>) -> impl IntoView {
    if layouts.is_empty() {
        let text = "保存した様式はまだありません。点検票を取り込み、読取り結果の「セルを指定する」から保存できます。一般の形の点検票は、様式を保存しなくても読み取ります。";
        return view! { <Empty text/> }.into_any();
    }
    view! {
        <Export table="layouts"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"保存した様式（名称の順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"名称"</th><th scope="col" class="num">"設問"</th><th scope="col" class="num">"形の版"</th>
                        <th scope="col" class="num">"登録した言葉"</th><th scope="col" class="num">"読み取った点検票"</th>
                        <th scope="col">"保存した日時"</th><th scope="col">"保存した人"</th>
                    </tr>
                </thead>
                <tbody>{layouts.into_iter().map(|listed| view! { <Row listed/> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(listed: Listed) -> impl IntoView {
    view! {
        <tr>
            <th scope="row"><a href=format!("/layouts/{}", listed.id)>{listed.name}</a></th>
            <td class="num">{listed.questions}</td>
            <td class="num">{listed.shapes}</td>
            <td class="num">{listed.words}</td>
            <td class="num">{listed.forms}</td>
            <td>{short_time(listed.at)}</td>
            <td>{listed.by}</td>
        </tr>
    }
}
