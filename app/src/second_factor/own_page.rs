//! `/second-factor`: setting one's own up, and, in the answer to the forms, the recovery codes to print.

use super::api::{Offer, Remove};
use crate::context::{ask_for_page_while, request};
use crate::ui::{Crumb, Field, Page, PostForm, Submit, page_for};
use domain::calendar::wareki_time;
use domain::session::Pending;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::second_factor::{Drawn, State, show};

/// The form that confirms a key. Its answer is the only place where the recovery codes stand, so it is no redirect.
pub const CONFIRM: &str = "/second-factor/confirm";
/// The form that makes new recovery codes.
pub const RECOVERY_CODES: &str = "/second-factor/recovery-codes";

/// Recovery codes that were just made, put into the context by the routes of the forms.
#[derive(Clone, Debug)]
pub struct Issued(pub Vec<String>);

/// The page of one's own second factor.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    if let Some(Issued(codes)) = use_context::<Issued>() {
        return view! { <Codes codes/> }.into_any();
    }
    let city = request().map(|request| request.city).unwrap_or_default();
    let pending = request().ok().and_then(|request| request.signed_in).and_then(|who| who.pending);
    let site = if city.is_empty() { "見直し".to_string() } else { format!("見直し（{city}）") };
    page_for(
        ask_for_page_while(Pending::Enrolment),
        |ask| async move { Ok(show(&ask.db, &ask.actor, &site, ask.now).await?) },
        move |state| view! { <Shown state forced={pending == Some(Pending::Enrolment)}/> }.into_any(),
    )
}

#[component]
fn Shown(state: State, forced: bool) -> impl IntoView {
    // Whoever has to set it up first can't go back anywhere.
    let way = if forced { Vec::new() } else { vec![Crumb { text: "自分の設定".into(), href: "/account".into() }] };
    let required = state.required;
    let body = match (state.since, state.offer) {
        (Some(since), _) => view! { <Present since=wareki_time(since) codes=state.recovery_codes required/> }.into_any(),
        (None, Some(drawn)) => view! { <Confirm drawn/> }.into_any(),
        (None, None) => view! { <Begin required/> }.into_any(),
    };
    view! { <Page title="二段階認証" class="page--narrow" way>{body}</Page> }
}

#[component]
fn Begin(required: bool) -> impl IntoView {
    view! {
        {required
            .then(|| view! { <p class="notice notice--warn">"あなたの役割では、二段階認証が必須です。続けるには、設定してください。"</p> })}
        <p class="lead-text section">
            "パスワードに加えて、スマートフォンなどの認証アプリに表示される6桁の認証コードを使います。パスワードが漏れても、ほかの人はサインインできません。"
        </p>
        <PostForm action=Offer::PATH class="stack panel">
            <h2>"用意するもの"</h2>
            <ul class="rules">
                <li>"認証アプリの入った機器。業務で使うことを認められたものに限ります。通信はしません。"</li>
                <li>"回復コードを控える紙、又はプリンター。"</li>
            </ul>
            <Submit text="設定を始める" main=true/>
        </PostForm>
    }
}

#[component]
fn Confirm(drawn: Drawn) -> impl IntoView {
    view! {
        <ol class="enrol">
            <li>
                <h2>"認証アプリで読み取る"</h2>
                <p>"認証アプリで「追加」を選び、次の二次元コードを読み取ります。"</p>
                <Code drawn=drawn.clone()/>
                <p class="hint">"読み取れないときは、次の鍵を手で入力します（時刻に基づく方式、6桁、30秒）。"</p>
                <p><code class="key-groups">{drawn.groups.clone()}</code></p>
            </li>
            <li>
                <h2>"表示された認証コードを入力する"</h2>
                <PostForm action=CONFIRM class="stack panel">
                    <Field name="code" label="認証コード（6桁）" required=true autocomplete="one-time-code"/>
                    <Submit text="設定する" main=true/>
                </PostForm>
                <p class="hint">"設定すると、回復コードが一度だけ表示されます。鍵の有効期間は1時間です。"</p>
            </li>
        </ol>
        <PostForm action=Offer::PATH class="section">
            <Submit text="新しい鍵でやり直す" small=true/>
        </PostForm>
    }
}

/// The QR code, drawn by the server.
#[component]
fn Code(drawn: Drawn) -> impl IntoView {
    let view_box = format!("0 0 {0} {0}", drawn.side);
    view! {
        <svg class="qr" viewBox=view_box role="img" aria-label="認証アプリで読み取る二次元コード">
            <rect width=drawn.side height=drawn.side fill="#fff"></rect>
            <path d=drawn.path fill="#000"></path>
        </svg>
    }
}

#[component]
fn Present(since: String, codes: u64, required: bool) -> impl IntoView {
    let few = codes <= 2;
    let note = if required {
        "あなたの役割では必須のため、解除すると、続けて設定し直すことになります。機器を替えるときに使ってください。"
    } else {
        "解除すると、パスワードだけでサインインできるようになります。"
    };
    view! {
        <dl class="facts">
            <dt>"状態"</dt><dd>{format!("設定済（{since}）")}</dd>
            <dt>"残りの回復コード"</dt><dd>{format!("{codes}個")}</dd>
        </dl>
        {few.then(|| view! { <p class="notice notice--warn section">"回復コードが残りわずかです。新しく作り、控えてください。"</p> })}
        <PostForm action=RECOVERY_CODES class="stack panel section">
            <h2>"回復コードを作り直す"</h2>
            <p class="hint">"新しい回復コードを作ると、前の回復コードは使えなくなります。"</p>
            <Field name="code" id="f-code-new" label="今の認証コード" required=true autocomplete="one-time-code"/>
            <Submit text="作り直して表示する"/>
        </PostForm>
        <PostForm action=Remove::PATH class="stack panel section">
            <h2>"二段階認証を解除する"</h2>
            <p class="hint">{note}</p>
            <Field name="code" id="f-code-remove" label="今の認証コード、又は回復コード" required=true autocomplete="one-time-code"/>
            <Submit text="解除する" stop=true/>
        </PostForm>
    }
}

/// The codes on a page of their own, to be printed.
#[component]
fn Codes(codes: Vec<String>) -> impl IntoView {
    let name = request().ok().and_then(|request| request.signed_in).map(|who| who.actor.name).unwrap_or_default();
    let title = format!("{name}　二段階認証の回復コード");
    view! {
        <Page title="回復コード" class="page--narrow">
            <p class="notice notice--warn no-print">
                "この画面を閉じると、回復コードは二度と表示できません。今すぐ印刷するか（Ctrl+P）、書き写し、機器とは別の、鍵の掛かる場所に保管してください。"
            </p>
            <section class="slip section" aria-label="回復コード">
                <p><b>{title}</b></p>
                <ol class="recovery">{codes.into_iter().map(|code| view! { <li><span class="code">{code}</span></li> }).collect_view()}</ol>
                <p class="sub">"機器が手元にないとき、認証コードの代わりに入力します。1つのコードは1回だけ使えます。"</p>
            </section>
            <p class="no-print section"><a class="btn btn--main" href="/">"控えたので、続ける"</a></p>
        </Page>
    }
}
