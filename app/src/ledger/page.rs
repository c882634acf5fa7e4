//! `/ledger`: the entries, newest first, and the proof on request.

use super::text;
use crate::context::Ask;
use crate::error::AppError;
use crate::ui::{Empty, Icon, Page, Sign, page};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use store::ledger::search::{Entries, Entry, search};
use store::ledger::verify::{Proof, verify};

struct Data {
    words: String,
    number: u64,
    entries: Entries,
    proof: Option<Proof>,
}

async fn load(ask: Ask) -> Result<Data, AppError> {
    let words = ask.text("words");
    // Japanese readers count pages from 1, the query from 0.
    let number = u64::try_from(ask.number("number", 1)).unwrap_or(1).clamp(1, 1_000_000);
    let entries = search(&ask.db, &ask.actor, &words, &text::kinds_of(&words), number - 1).await?;
    // The search has refused everybody who may not read the ledger.
    let proof = if ask.text("verify").is_empty() { None } else { Some(verify(&ask.db).await?) };
    Ok(Data { words, number, entries, proof })
}

/// The ledger.
#[component]
pub fn LedgerPage() -> impl IntoView {
    page(load, |data| {
        let scope = format!("{}件", data.entries.total);
        let actions = view! { <a class="btn btn--s" href="/permissions">"権限の一覧"</a> }.into_any();
        let none = data.entries.entries.is_empty();
        view! {
            <Page title="記録" scope actions>
                <Verification proof=data.proof/>
                <Search words=data.words.clone()/>
                {if none {
                    view! { <Empty text="当てはまる記録はありません。検索の語を変えるか、空にしてください。"/> }.into_any()
                } else {
                    view! { <List entries=data.entries.entries/> }.into_any()
                }}
                <Pager words=data.words number=data.number total=data.entries.total size=data.entries.size/>
            </Page>
        }
        .into_any()
    })
}

/// The button and what it found.
#[component]
fn Verification(proof: Option<Proof>) -> impl IntoView {
    view! {
        {proof.map(|proof| view! { <Result proof/> })}
        <form method="get" action="/ledger" class="ledger-verify">
            <input type="hidden" name="verify" value="1"/>
            <button class="btn">"いま検証する"</button>
            <p class="hint">
                "記録は1件ごとに、直前の記録の照合値を含めて連鎖しています。書換え、削除及び並べ替えは検証で分かります。サーバーでは "
                <code>"minaoshi ledger verify"</code>
                " で同じ検証ができます。"
            </p>
        </form>
    }
}

#[component]
fn Result(proof: Proof) -> impl IntoView {
    let Proof { events, streams, seals, broken } = proof;
    match broken {
        None => view! {
            <p class="notice notice--ok" role="status">
                <Icon sign=Sign::Check/>
                <span>{format!("記録 {events}件（{streams}系列、封印 {seals}件）の連鎖を確かめました。書換え、削除、並べ替えはありません。")}</span>
            </p>
        }
        .into_any(),
        Some(fault) => view! {
            <p class="alert" role="alert">
                <Icon sign=Sign::Warning/>
                <span>{format!("記録が壊れています。最初の箇所: {fault} 控えのデータベースと比べ、経緯を調べてください。")}</span>
            </p>
        }
        .into_any(),
    }
}

#[component]
fn Search(words: String) -> impl IntoView {
    view! {
        <form method="get" action="/ledger" class="row ledger-search" role="search">
            <div class="entry">
                <label class="label" for="words">"氏名又は操作で探す"</label>
                <input class="field" type="search" id="words" name="words" value=words/>
            </div>
            <button class="btn">"探す"</button>
        </form>
    }
}

#[component]
fn List(entries: Vec<Entry>) -> impl IntoView {
    view! {
        <div class="wide">
            <table class="table table--stick">
                <caption class="sr">"記録。新しいものから順に並んでいます。"</caption>
                <thead>
                    <tr>
                        <th scope="col">"日時"</th>
                        <th scope="col">"氏名"</th>
                        <th scope="col">"操作"</th>
                        <th scope="col">"対象"</th>
                        <th scope="col">"内容"</th>
                        <th scope="col">"照合値"</th>
                    </tr>
                </thead>
                <tbody>{entries.into_iter().map(|entry| view! { <Line entry/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(entry: Entry) -> impl IntoView {
    let (noun, href) = text::about(&entry.stream);
    let name = serde_json::from_str::<serde_json::Value>(&entry.payload).ok();
    let label = name.as_ref().and_then(|payload| payload.get("label")?.as_str()).unwrap_or_default();
    let about = format!("{noun} {label}").trim_end().to_string();
    let payload = name.and_then(|payload| serde_json::to_string_pretty(&payload).ok()).unwrap_or(entry.payload);
    let short: String = entry.hash.chars().take(12).collect();
    view! {
        <tr>
            <td class="chips"><time>{wareki_time(entry.at)}</time></td>
            <td class="chips">{entry.actor_name}</td>
            <td>{text::kind(&entry.kind).to_string()}</td>
            <td>
                {match href {
                    Some(href) => view! { <a href=href>{about}</a> }.into_any(),
                    None => about.into_any(),
                }}
                <span class="sub">{format!(" 第{}号", entry.seq)}</span>
            </td>
            <td><details class="payload"><summary>"内容を見る"</summary><pre class="command">{payload}</pre></details></td>
            <td><code title=entry.hash.clone()>{short}</code></td>
        </tr>
    }
}

#[component]
fn Pager(words: String, number: u64, total: u64, size: u64) -> impl IntoView {
    let last = total.div_ceil(size.max(1)).max(1);
    let form = |to: u64, text: &'static str| {
        view! {
            <form method="get" action="/ledger" class="inline">
                <input type="hidden" name="words" value=words.clone()/>
                <input type="hidden" name="number" value=to.to_string()/>
                <button class="btn btn--s">{text}</button>
            </form>
        }
    };
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label="ページ">
                {(number > 1).then(|| form(number - 1, "新しい記録へ"))}
                <span>{format!("{number}／{last} ページ")}</span>
                {(number < last).then(|| form(number + 1, "古い記録へ"))}
            </nav>
        }
    })
}
