//! The table of entries.

use super::payload::Payload;
use super::text;
use domain::calendar::wareki_time;
use leptos::prelude::*;
use store::ledger::search::{Entry, Place};

/// The entries of a page.
#[component]
pub fn List(entries: Vec<Entry>) -> impl IntoView {
    view! {
        <div class="wide">
            <table class="table table--stick">
                <caption class="sr">"記録。新しいものから順に並んでいます。"</caption>
                <thead>
                    <tr>
                        <th scope="col">"日時"</th>
                        <th scope="col">"氏名"</th>
                        <th scope="col">"接続元"</th>
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
    let about = format!("{noun} {}", entry.subject).trim_end().to_string();
    let short: String = entry.hash.chars().take(12).collect();
    let history = format!("/ledger?stream={}", entry.stream);
    view! {
        <tr>
            <td class="chips"><time>{wareki_time(entry.at)}</time></td>
            <td class="chips">{entry.actor_name}</td>
            <td class="chips">{if entry.address.is_empty() { "―".to_string() } else { entry.address }}</td>
            <td>{text::kind(&entry.kind).to_string()}</td>
            <td>
                {match href {
                    Some(href) => view! { <a href=href>{about}</a> }.into_any(),
                    None => about.into_any(),
                }}
                " "<a class="sub chips" href=history>{format!("第{}号", entry.seq)}</a>
            </td>
            <td><Payload payload=entry.payload/></td>
            <td class="chips"><code title=entry.hash.clone()>{short}</code></td>
        </tr>
    }
}

/// To the newest and to older entries; pages are found by the last entry seen, so that new ones shift nothing.
#[component]
pub fn Pager(base: &'static str, query: String, older: Option<Place>, first: bool) -> impl IntoView {
    let newest = format!("{base}?{query}");
    let next = older.map(|place| format!("{base}?{query}&after={}", place.text()));
    (!first || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="ページ">
                {(!first).then(|| view! { <a class="btn btn--s" href=newest>"最も新しい記録へ"</a> })}
                {next.map(|href| view! { <a class="btn btn--s" href=href>"古い記録へ"</a> })}
            </nav>
        }
    })
}
