//! `/sign-in/second-factor`: after the password, the only page open until the code is given.

use super::api::Give;
use crate::context::{ask_for_page_while, request};
use crate::session::api::local;
use crate::ui::{Field, Hidden, Page, PostForm, Submit, page_for};
use domain::session::Pending;
use leptos::prelude::*;
use server_fn::ServerFn;

/// The page for giving the code.
#[component]
pub fn GivePage() -> impl IntoView {
    let pending = request().ok().and_then(|request| request.signed_in).and_then(|who| who.pending);
    page_for(
        ask_for_page_while(Pending::SecondFactor),
        |ask| async move { Ok(local(&ask.text("next")).to_string()) },
        move |next| {
            let body = if pending == Some(Pending::SecondFactor) {
                view! { <Form next/> }.into_any()
            } else {
                view! { <p class="lead-text">"サインインは済んでいます。"</p><p><a class="btn" href="/">"最初の画面へ"</a></p> }.into_any()
            };
            view! { <Page title="認証コードの入力" class="page--narrow">{body}</Page> }.into_any()
        },
    )
}

#[component]
fn Form(next: String) -> impl IntoView {
    view! {
        <p class="lead-text">"パスワードを確かめました。続けるには、認証アプリに表示されている6桁の認証コードを入力してください。"</p>
        <PostForm action=Give::PATH class="stack panel">
            <Hidden name="next" value=next.clone()/>
            <Field
                name="code"
                label="認証コード"
                required=true
                autocomplete="one-time-code"
                hint="機器が手元にないときは、控えてある回復コード（12文字）を入力してください。1つの回復コードは1回だけ使えます。"
            />
            <Submit text="続ける" main=true/>
        </PostForm>
        <p class="hint">"機器も回復コードもないときは、情報政策課（事務局）に連絡してください。入力は10分以内に終えてください。"</p>
    }
}
