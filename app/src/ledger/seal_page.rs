//! `/ledger/seals/:number`: a seal as one page of paper.

use super::text::groups;
use crate::error::AppError;
use crate::home::head::Head;
use crate::ui::page;
use domain::calendar::wareki_time;
use leptos::prelude::*;
use leptos_meta::Title;
use store::ledger::sealing::{SealLine, one};

/// The page.
#[component]
pub fn SealPage() -> impl IntoView {
    page(
        |ask| async move {
            let number: i64 = ask.text("number").parse().map_err(|_| AppError::NotFound)?;
            Ok((one(&ask.db, &ask.actor, number).await?, wareki_time(ask.now), ask.actor.name))
        },
        |(seal, printed, by)| view! { <Whole seal printed by/> }.into_any(),
    )
}

#[component]
fn Whole(seal: SealLine, printed: String, by: String) -> impl IntoView {
    let city = crate::context::request().map(|request| request.city).unwrap_or_default();
    let counted = |number: i64, unit: &str| {
        if number > 0 { format!("{number}{unit}") } else { "―（この版より前の封印は数えていません）".into() }
    };
    let before = match seal.number {
        1 => "なし（最初の封印）".into_any(),
        _ => view! { <Hash hash=seal.prev_hash/> }.into_any(),
    };
    view! {
        <Title text=format!("封印 第{}号｜見直し", seal.number)/>
        <Head/>
        <main class="paper" id="main">
            <div class="desk"><p><a class="btn btn--s" href="/ledger/seals">"封印の一覧に戻る"</a>" "<span class="hint">"ブラウザの印刷（Ctrl＋P）で、A4判1枚に印刷できます。"</span></p></div>
            <p class="paper__no">{format!("{city}　情報セキュリティ自己点検の記録")}</p>
            <h1>{format!("記録の封印　第{}号", seal.number)}</h1>
            <p class="paper__lead">
                "この紙は、次の日時までに行われたすべての操作の記録を、一つの照合値にまとめたものです。記録が後から書き換えられ、並べ替えられ、又は失われると、この照合値と一致しなくなります。"
            </p>
            <table class="pt">
                <tbody>
                    <tr><th scope="row">"封印の日時"</th><td>{wareki_time(seal.at)}</td></tr>
                    <tr><th scope="row">"それまでの記録"</th><td>{counted(seal.events, "件")}</td></tr>
                    <tr><th scope="row">"前の封印の後に増えた系列"</th><td>{counted(seal.streams, "系列")}</td></tr>
                    <tr><th scope="row">"照合値"</th><td><Hash hash=seal.hash/></td></tr>
                    <tr><th scope="row">"前の封印の照合値"</th><td>{before}</td></tr>
                    <tr><th scope="row">"印刷"</th><td>{format!("{printed}　{by}")}</td></tr>
                </tbody>
            </table>
            <h2>"確かめ方"</h2>
            <ol>
                <li>"「記録」の「封印」から「紙の封印を確かめる」を開き、番号と照合値を入力します。空白及び大文字・小文字の違いは差し支えありません。"</li>
                <li>"「一致」と表示されたら、「記録」の「いま検証する」で、すべての記録がその封印まで連なっていることを確かめます。"</li>
                <li>{format!("サーバーでは、minaoshi ledger seal --number {} --check 照合値 で同じことができます。", seal.number)}</li>
            </ol>
            <p class="paper__note">"この紙は、データベースを扱う者とは別の者（監査統括責任者など）が保管してください。"</p>
            <table class="pt pt--sign"><tbody><tr><td>"保管者の氏名"</td><td>"受領の日"</td></tr></tbody></table>
        </main>
    }
}

/// Sixteen groups of four, in two lines, to be read out and typed.
#[component]
fn Hash(hash: String) -> impl IntoView {
    let groups = groups(&hash);
    let (first, second) = groups.split_at(groups.len().div_ceil(2));
    view! { <code>{first.join(" ")}<br/>{second.join(" ")}</code> }
}
