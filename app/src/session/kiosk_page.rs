//! `/kiosk`: entering the number of a sheet on a shared terminal.

use super::api::send_cookie;
use crate::context::{Returned, request};
use crate::error::AppError;
use crate::ledger::text::groups;
use crate::ui::form::Alert;
use crate::ui::{Field, PostForm, Submit};
use leptos::prelude::*;
use leptos_axum::redirect;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use store::sheet_code;

/// Opens the sheet of a number.
#[server(endpoint = "sheet_code/open")]
pub async fn open_sheet(code: String) -> Result<(), AppError> {
    let request = request()?;
    let (token, target) = sheet_code::open(&request.db, &code, &request.origin, (request.clock)()).await?;
    send_cookie(&token, request.secure_cookie);
    redirect(&format!("/answer/{target}"));
    Ok(())
}

/// The page.
#[component]
pub fn KioskPage() -> impl IntoView {
    let done = use_query_map().get_untracked().get("done");
    let number = done.as_deref().filter(|text| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).map(groups);
    let done = done.is_some();
    let refused = use_context::<Returned>().map(|returned| returned.error.text());
    let done = done && refused.is_none();
    let signed_in = request().ok().and_then(|request| request.signed_in).map(|signed_in| signed_in.actor);
    let own = signed_in.filter(|actor| actor.sheet.is_none()).map(|actor| actor.name);
    view! {
        <Title text="確認票の番号で回答する｜見直し"/>
        <crate::home::head::Head/>
        <main class="page page--narrow" id="main">
            <h1>"確認票の番号で回答する"</h1>
            {refused.map(|text| view! { <Alert text/> })}
            {own.map(|name| view! {
                <p class="notice notice--warn" role="note">
                    {format!("{name}としてサインインしています。番号で点検票を開くと、このブラウザではサインインし直すまで、自分の画面は開けません。")}
                </p>
            })}
            {done.then(|| view! {
                <p class="notice notice--ok" role="status">"点検票を提出しました。この番号は使えなくなりました。次の人は、自分の番号を入力してください。"</p>
            })}
            {number.filter(|_| done).map(|groups| view! {
                <p class="notice" role="note">
                    "提出の照合値です。控えが必要なときは、この画面を印刷してください。"<br/>
                    <code>{groups.join(" ")}</code>
                </p>
            })}
            <PostForm action=OpenSheet::PATH class="stack panel">
                <Field
                    name="code"
                    label="番号"
                    required=true
                    autocomplete="off"
                    autofocus=true
                    hint="配られた紙に書かれた番号です（例：ABCD-EFGH-JKMN）。大文字と小文字、ハイフンの有無は問いません。"
                />
                <Submit text="点検票を開く" main=true/>
            </PostForm>
            <p class="hint after">"開いた点検票は、10分間操作がないと閉じます。入力した回答は残り、同じ番号で続きから回答できます。"</p>
            <p class="after"><a href="/sign-in">"利用者IDとパスワードでサインインする"</a></p>
        </main>
    }
}
