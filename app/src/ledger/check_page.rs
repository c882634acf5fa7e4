//! `/ledger/check`: somebody types what stands on a paper and learns whether the database still says the same.

use crate::error::AppError;
use crate::ui::{Crumb, Icon, Page, Sign, page};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use store::ledger::sealing::{Checked, check};

struct Data {
    number: String,
    hash: String,
    checked: Option<Checked>,
}

/// The form, and the answer below it.
#[component]
pub fn CheckPage() -> impl IntoView {
    page(
        |ask| async move {
            let (number, hash) = (ask.text("number"), ask.text("hash"));
            store::access::require_city(&ask.actor, domain::permission::Action::ReadLedger)?;
            let checked = if hash.trim().is_empty() {
                None
            } else {
                Some(check(&ask.db, number.trim().parse().ok(), &hash).await?)
            };
            Ok::<_, AppError>(Data { number, hash, checked })
        },
        |data| view! { <Whole data/> }.into_any(),
    )
}

#[component]
fn Whole(data: Data) -> impl IntoView {
    let way = vec![
        Crumb { text: "記録".into(), href: "/ledger".into() },
        Crumb { text: "封印".into(), href: "/ledger/seals".into() },
    ];
    view! {
        <Page title="紙の封印を確かめる" way>
            <p class="lead-text">"印刷した封印の番号及び照合値を、今のデータベースの封印と比べます。"</p>
            {data.checked.map(|checked| view! { <Answer checked/> })}
            <form method="get" action="/ledger/check" class="ledger-check stack">
                <div class="entry">
                    <label class="label" for="number">"封印の番号"</label>
                    <input class="field" id="number" name="number" inputmode="numeric" value=data.number/>
                </div>
                <div class="entry">
                    <label class="label" for="hash">"紙に印刷された照合値"</label>
                    <input class="field" id="hash" name="hash" autocomplete="off" spellcheck="false" value=data.hash/>
                    <p class="hint">"4文字ずつ16組です。空白はあってもなくても構いません。"</p>
                </div>
                <button class="btn btn--main">"照合する"</button>
            </form>
        </Page>
    }
}

#[component]
fn Answer(checked: Checked) -> impl IntoView {
    match checked {
        Checked::Same { number, at } => view! {
            <p class="notice notice--ok" role="status">
                <Icon sign=Sign::Check/>
                <span>{format!("一致。第{number}号（{}）の封印は、紙のとおりです。続けて「記録」の「いま検証する」で、すべての記録がこの封印まで連なっていることを確かめてください。", wareki_time(at))}</span>
            </p>
        }
        .into_any(),
        other => view! {
            <p class="alert" role="alert"><Icon sign=Sign::Warning/><span>{other.text()}</span></p>
        }
        .into_any(),
    }
}
