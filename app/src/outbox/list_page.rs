//! `/outbox`: messages, readable here while no mail server is set.

use crate::context::request;
use crate::ui::{Chip, Empty, Page, Tone, page};
use domain::calendar::short_time;
use leptos::prelude::*;
use store::outbox::{Box as Outbox, Entry, Pile};

/// The page of the outbox.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let mail = request().is_ok_and(|request| request.mail);
    page(
        |ask| async move {
            let pile = Pile::from_key(&ask.text("pile")).unwrap_or(Pile::Waiting);
            let number = u64::try_from(ask.number("page", 1)).unwrap_or(1);
            Ok((store::outbox::list(&ask.db, &ask.actor, pile, number).await?, pile))
        },
        move |(outbox, pile)| view! { <Shown outbox pile mail/> }.into_any(),
    )
}

fn label(pile: Pile) -> &'static str {
    match pile {
        Pile::Waiting => "送信待ち",
        Pile::Sent => "送信済",
        Pile::Failed => "送れなかったもの",
    }
}

#[component]
fn Shown(outbox: Outbox, pile: Pile, mail: bool) -> impl IntoView {
    let Outbox { entries, counts, page, pages } = outbox;
    let note = if mail {
        "送信待ちの通知は、30秒ごとにメールで送ります。送れないときは、間隔を空けて5回まで送り直します。"
    } else {
        "メールの送信先が設定されていないため、通知は送られず、この画面で読むだけです。本人は、サインインすると最初の画面で対応する事項が分かります。"
    };
    view! {
        <Page title="通知">
            <p class="lead-text">{note}</p>
            <div class="filter">
                <ul class="tabs" aria-label="通知の絞込み">
                    {Pile::ALL
                        .into_iter()
                        .zip(counts)
                        .map(|(one, count)| {
                            let current = (one == pile).then_some("true");
                            let text = format!("{} {count}", label(one));
                            view! { <li><a href=format!("/outbox?pile={}", one.key()) aria-current=current>{text}</a></li> }
                        })
                        .collect_view()}
                </ul>
            </div>
            {if entries.is_empty() {
                view! { <Empty text=format!("{}の通知はありません。督促や差戻しを行うと、ここに通知が並びます。", label(pile))/> }.into_any()
            } else {
                view! { <Messages entries/> <Pager pile page pages/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Messages(entries: Vec<Entry>) -> impl IntoView {
    view! {
        <table class="table">
            <caption class="sr">"通知（新しい順）"</caption>
            <thead>
                <tr>
                    <th scope="col">"作成"</th><th scope="col">"宛先"</th><th scope="col">"件名と本文"</th><th scope="col">"送信"</th>
                </tr>
            </thead>
            <tbody>{entries.into_iter().map(|entry| view! { <Message entry/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Message(entry: Entry) -> impl IntoView {
    let Entry { message, tries, last } = entry;
    // Every message is written with a text.
    let gone = "本文は、保存期間が満了したため廃棄しました。".to_string();
    let body = if message.body.is_empty() { gone } else { message.body };
    let sending = match (&message.to_address, last) {
        (_, Some((at, true, _))) => view! { <Chip tone=Tone::Ok text="送信済"/>" "{short_time(at)} }.into_any(),
        (None, _) => view! { <Chip tone=Tone::Err text="宛先なし"/>" メールアドレスが名簿にありません。" }.into_any(),
        (_, Some((at, false, detail))) => {
            let text = format!("{tries}回失敗（{}）{detail}", short_time(at));
            view! { <Chip tone=Tone::Warn text="未送信"/>" "{text} }.into_any()
        }
        (_, None) => view! { <span class="sub">"未送信"</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="num">{short_time(message.at)}</td>
            <th scope="row">{message.to_name}<br/><span class="sub">{message.to_address}</span></th>
            <td>
                <details>
                    <summary>{message.subject}</summary>
                    <div class="quote">{body}</div>
                </details>
            </td>
            <td>{sending}</td>
        </tr>
    }
}

#[component]
fn Pager(pile: Pile, page: u64, pages: u64) -> impl IntoView {
    (pages > 1).then(|| {
        let href = move |number: u64| format!("/outbox?pile={}&page={number}", pile.key());
        view! {
            <nav class="pager" aria-label="ページ">
                {(page > 1).then(|| view! { <a href=href(page - 1)>"前のページ"</a> })}
                <span>{format!("{page}／{pages}ページ")}</span>
                {(page < pages).then(|| view! { <a href=href(page + 1)>"次のページ"</a> })}
            </nav>
        }
    })
}
