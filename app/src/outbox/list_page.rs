//! `/outbox`: messages, readable here while no mail server is set.

use crate::context::request;
use super::api::RetryMessage;
use crate::ui::{Chip, Empty, Export, Hidden, Icon, Page, Pager, PostForm, Sign, Submit, Tone, page};
use domain::calendar::office::Hours;
use domain::calendar::short_time;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::outbox::{Box as Outbox, Entry, Pile};

/// The page of the outbox.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let (mail, hours) = request().map_or((false, Hours::default()), |request| (request.mail, request.hours));
    page(
        move |ask| async move {
            let pile = Pile::from_key(&ask.text("pile")).unwrap_or(Pile::Waiting);
            let number = u64::try_from(ask.number("page", 1)).unwrap_or(1);
            let outbox = store::outbox::list(&ask.db, &ask.actor, pile, number).await?;
            let next = hours.next(&store::closed_day::calendar(ask.db.read()).await?, ask.now);
            Ok((outbox, pile, next, ask.text("again").parse::<u32>().ok()))
        },
        move |(outbox, pile, next, again)| view! { <Shown outbox pile mail next again/> }.into_any(),
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
fn Shown(outbox: Outbox, pile: Pile, mail: bool, next: Option<String>, again: Option<u32>) -> impl IntoView {
    let Outbox { entries, counts, page, pages } = outbox;
    let failed = counts[2];
    let next = next.filter(|_| mail).map(|next| format!("今は送信の時間外です。次に送るのは、{next}です。"));
    let note = if mail {
        "送信待ちの通知は、30秒ごとにメールで送ります。送れないときは、間隔を空けて5回まで送り直します。"
    } else {
        "メールの送信先が設定されていないため、通知は送られず、この画面で読むだけです。本人は、サインインすると最初の画面で対応する事項が分かります。"
    };
    view! {
        <Page title="送信の状況">
            {again.map(|number| view! {
                <p class="notice notice--ok" role="status">
                    <Icon sign=Sign::Check/><span>{format!("{number}件をもう一度送ります。送信待ちに移りました。")}</span>
                </p>
            })}
            <p class="lead-text">{note}{next}</p>
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
                {(failed > 0 && pile == Pile::Failed && mail).then(|| view! {
                    <PostForm action=RetryMessage::PATH class="push" key="all">
                        <Hidden name="message" value=""/>
                        <Hidden name="pile" value=pile.key()/>
                        <Submit text=format!("送れなかった{failed}件をもう一度送る") main=true/>
                    </PostForm>
                })}
            </div>
            {if entries.is_empty() {
                view! { <Empty text=format!("{}の通知はありません。督促や差戻しを行うと、ここに通知が並びます。", label(pile))/> }.into_any()
            } else {
                view! { <Messages entries mail/> <Pager page pages href=move |number| format!("/outbox?pile={}&page={number}", pile.key())/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Messages(entries: Vec<Entry>, mail: bool) -> impl IntoView {
    view! {
        <Export table="outbox"/>
        <table class="table">
            <caption class="sr">"通知（新しい順）"</caption>
            <thead>
                <tr>
                    <th scope="col">"作成"</th><th scope="col">"宛先"</th><th scope="col">"件名と本文"</th><th scope="col">"送信"</th>
                </tr>
            </thead>
            <tbody>{entries.into_iter().map(|entry| view! { <Message entry mail/> }).collect_view()}</tbody>
        </table>
    }
}

/// How a notice stands, in a word.
pub fn state(entry: &Entry) -> &'static str {
    match (&entry.address, &entry.last) {
        (_, Some((_, true, _))) => "送信済",
        (None, _) => "宛先なし",
        (_, Some((_, false, _))) if entry.pile == Pile::Failed => "送信できず",
        (_, Some((_, false, _))) => "再送待ち",
        (_, None) => "未送信",
    }
}

#[component]
fn Message(entry: Entry, mail: bool) -> impl IntoView {
    let Entry { message, pile, address, tries, last } = entry;
    let again = (pile == Pile::Failed && mail).then(|| view! { <Again id=message.id.to_string() name=message.to_name.clone()/> });
    // Every message is written with a text.
    let gone = "本文は、保存期間が満了したため廃棄しました。".to_string();
    let body = if message.body.is_empty() { gone } else { message.body };
    let sending = match (&address, last) {
        (_, Some((at, true, _))) => view! { <Chip tone=Tone::Ok text="送信済"/>" "{short_time(at)} }.into_any(),
        (None, _) => view! { <Chip tone=Tone::Err text="宛先なし"/>" メールアドレスが名簿にありません。" }.into_any(),
        (_, Some((at, false, detail))) => {
            let text = format!("{detail}　{tries}回失敗、最後は{}", short_time(at));
            let (tone, word) = if pile == Pile::Failed { (Tone::Err, "送信できず") } else { (Tone::Warn, "再送待ち") };
            view! { <Chip tone text=word/>" "{text} }.into_any()
        }
        (_, None) => view! { <span class="sub">"未送信"</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="num">{short_time(message.at)}</td>
            <th scope="row">{message.to_name}<br/><span class="sub">{address.clone()}</span></th>
            <td>
                <details>
                    <summary>{message.subject}</summary>
                    <div class="quote">{body}</div>
                </details>
            </td>
            <td>{sending}{again}</td>
        </tr>
    }
}

#[component]
fn Again(id: String, name: String) -> impl IntoView {
    view! {
        <PostForm action=RetryMessage::PATH key=id.clone()>
            <Hidden name="message" value=id.clone()/>
            <Hidden name="pile" value=Pile::Failed.key()/>
            <Submit text="もう一度送る" small=true spoken=format!("{name}への通知をもう一度送る")/>
        </PostForm>
    }
}

