//! What stands on top of the sheet: how far it is, whether it is saved, what could not be.

use super::desk::{Desk, Quarrel};
use super::{paper, question};
use domain::question::setting::minutes;
use leptos::prelude::*;

/// What is said when nothing is open any more.
pub const ALL_ANSWERED: &str = "すべて回答済みです。確認へ進んでください";

#[component]
pub fn Progress(desk: Desk) -> impl IntoView {
    let width = move || format!("{}", desk.answered.get() * 100 / desk.total.get().max(1));
    let practice = desk.target.is_nil();
    let left = move || match minutes(desk.seconds.get()) {
        0 if practice => "すべて回答しました".to_string(),
        0 => ALL_ANSWERED.to_string(),
        minutes => format!("あと約{minutes}分"),
    };
    let step = move || match desk.next.get() {
        Some(no) => {
            view! { <a class="btn btn--main" href=format!("#q{no}")>{format!("続きから（問{no}）")}</a> }
                .into_any()
        }
        None if practice => ().into_any(),
        None => view! {
            <button class="btn btn--main" form="answers" name="then" value="check">"確認へ進む"</button>
        }
        .into_any(),
    };
    view! {
        <div class="progress" role="region" aria-label="回答の進み具合">
            <span class="progress__count"><b>{move || desk.answered.get()}</b>"／"{move || desk.total.get()}"問"</span>
            <div class="progress__bar">
                <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect x="0" width=width height="10"></rect>
                </svg>
            </div>
            <span class="left">{left}</span>
            <span class="saved" role="status">{move || saved_state(desk)}</span>
            <span class="sr" role="status" data-told=""></span>
            {step}
        </div>
    }
}

fn saved_state(desk: Desk) -> AnyView {
    if desk.lost.get() {
        return view! { <span class="unsaved">"接続が切れています"</span> }.into_any();
    }
    if !desk.failed.get().is_empty() {
        return view! { <span class="unsaved">"保存できていない回答があります"</span> }.into_any();
    }
    if desk.busy.get() {
        return view! { <span>"保存しています"</span> }.into_any();
    }
    let saved = desk.saved.get();
    if saved.is_empty() {
        return ().into_any();
    }
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12.5l5 5L20 6.5"></path></svg>
        <span>"保存済み "<time>{saved}</time></span>
    }
    .into_any()
}

/// What could not be saved, with what to do about it.
#[component]
pub fn Troubles(desk: Desk) -> impl IntoView {
    let failure = move || {
        let failed = desk.failed.get();
        (!failed.is_empty()).then(|| {
            let text = format!(
                "{}の回答を保存できませんでした。{}入力は画面に残っています。",
                failed.iter().map(|id| question(id)).collect::<Vec<_>>().join("、"),
                desk.why.get()
            );
            view! {
                <li>
                    <p>{text}</p>
                    <button type="button" class="btn btn--s" on:click=move |_| desk.again()>"もう一度保存する"</button>
                </li>
            }
        })
    };
    let lost = move || {
        desk.lost.get().then(|| {
            view! {
                <li>
                    <p>"接続が切れています。回答はこの端末に残っています。つながると、自動で保存します。"</p>
                    <button type="button" class="btn btn--s" on:click=move |_| desk.retry()>"今すぐ保存してみる"</button>
                </li>
            }
        })
    };
    let quarrels =
        move || desk.quarrels.get().into_iter().map(|quarrel| view! { <Both desk quarrel/> }).collect_view();
    view! { <div role="alert" class="troubles"><ul>{lost}{failure}{quarrels}</ul></div> }
}

/// The two answers of a clash, and the choice between them.
#[component]
fn Both(desk: Desk, quarrel: Quarrel) -> impl IntoView {
    let mine = paper::words(&quarrel.id);
    let text = format!(
        "{}は、ほかの画面で別の回答が保存されています。保存されている回答：{}　この画面の回答：{mine}",
        question(&quarrel.id),
        paper::words_of(&quarrel.id, &quarrel.value, &quarrel.comment, &quarrel.evidence)
    );
    let (keep, take) = (quarrel.clone(), quarrel);
    view! {
        <li>
            <p>{text}</p>
            <button type="button" class="btn btn--s" on:click=move |_| desk.keep_mine(&keep)>
                "この画面の回答を保存する"
            </button>
            <button type="button" class="btn btn--s" on:click=move |_| desk.take_theirs(&take)>
                "保存されている回答にする"
            </button>
        </li>
    }
}
