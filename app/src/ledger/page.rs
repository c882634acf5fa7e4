//! `/ledger`: the entries, newest first, and the proof on request. `/ledger/own`: what one did oneself.

use super::entries::{List, Pager};
use super::search_form::SearchForm;
use crate::context::Ask;
use crate::error::AppError;
use crate::ui::{Empty, Export, Icon, Page, Sign, page};
use domain::permission::record::{Sight, sight_of_audit};
use domain::permission::{Action, allows};
use leptos::prelude::*;
use store::ledger::search::{Entries, PAGE, Place, Search, search};
use store::ledger::verify::{Proof, verify};

struct Data {
    asked: Search,
    /// The query of the search without the place, for links to older entries and files.
    query: String,
    entries: Entries,
    proof: Option<Proof>,
    hides_audit: bool,
    sees_retention: bool,
    first: bool,
}

/// The fields of the search, as they stand in the address.
pub const FIELDS: [&str; 8] = ["person", "department", "noun", "stream", "kind", "from", "to", "address"];

fn query(ask: &Ask) -> String {
    let asked = FIELDS.iter().map(|name| (name, ask.text(name))).filter(|(_, text)| !text.is_empty());
    asked.map(|(name, text)| format!("{name}={}", escaped(&text))).collect::<Vec<_>>().join("&")
}

/// A text as it stands behind the question mark of an address.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

async fn load(ask: Ask, own: bool) -> Result<Data, AppError> {
    let asked = Search::from_fields(own, |name| ask.text(name))?;
    let after = Place::parse(&ask.text("after"));
    let entries = search(&ask.db, &ask.actor, &asked, after, PAGE).await?;
    // The search has refused everybody who may not read the ledger.
    let proof = if own || ask.text("verify").is_empty() { None } else { Some(verify(&ask.db).await?) };
    let hides_audit = !own && sight_of_audit(&ask.actor) == Sight::Nothing;
    let sees_retention = allows(&ask.actor, Action::SeeRetention);
    let first = after.is_none();
    Ok(Data { asked, query: query(&ask), entries, proof, hides_audit, sees_retention, first })
}

/// The ledger.
#[component]
pub fn LedgerPage() -> impl IntoView {
    page(
        |ask| load(ask, false),
        |data| {
            let actions = view! {
                <a class="btn btn--s" href="/ledger/seals">"封印"</a>
                {data.sees_retention.then(|| view! { <a class="btn btn--s" href="/retention">"保存期間"</a> })}
                <a class="btn btn--s" href="/ledger/own">"自分の記録"</a>
                <a class="btn btn--s" href="/permissions">"権限の一覧"</a>
            }
            .into_any();
            let note = data.hides_audit.then_some(
                "監査の調書、評価及び指摘についての記録は、監査を受ける側の方には表示しません。",
            );
            view! {
                <Page title="記録" actions>
                    <Verification proof=data.proof.clone()/>
                    <SearchForm asked=data.asked.clone()/>
                    {note.map(|note| view! { <p class="hint">{note}</p> })}
                    <Found data/>
                </Page>
            }
            .into_any()
        },
    )
}

/// What one did oneself; open to everybody.
#[component]
pub fn OwnLedgerPage() -> impl IntoView {
    page(
        |ask| load(ask, true),
        |data| {
            view! {
                <Page title="自分の記録" scope="サインイン、閲覧、入力など、あなたの操作の記録です。">
                    <p class="lead-text">"身に覚えのない記録があるときは、パスワードを改め、事務局に連絡してください。"</p>
                    <Found data/>
                </Page>
            }
            .into_any()
        },
    )
}

#[component]
fn Found(data: Data) -> impl IntoView {
    let base = if data.asked.own { "/ledger/own" } else { "/ledger" };
    let own = data.asked.own;
    if data.entries.entries.is_empty() {
        return view! { <Empty text="当てはまる記録はありません。条件を変えるか、空にしてください。"/> }.into_any();
    }
    view! {
        <Export table=if own { "own_ledger" } else { "ledger" }/>
        <List entries=data.entries.entries/>
        <Pager base query=data.query older=data.entries.older first=data.first/>
        <p class="hint ledger-files">"保存したファイルには、この条件に当てはまるすべての記録が入ります。保存したことも記録します。"</p>
    }
    .into_any()
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
                "記録は1件ごとに、直前の記録の照合値を含めて連鎖しています。書換え、削除、並べ替え及び末尾の切取りは検証で分かります。サーバーでは "
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
