//! `/password`: also the only page open after signing in with a one-time code.

use super::api::SetPassword;
use crate::context::request;
use crate::ui::{Field, Page, PostForm, Submit};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The page for setting one's password.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let first = request().ok().and_then(|request| request.signed_in).is_some_and(|who| who.must_set_password);
    let lead = if first {
        "確認コードでサインインしました。続けるには、自分のパスワードを決めてください。"
    } else {
        "新しいパスワードを決めると、ほかの端末のサインインはすべて終了します。"
    };
    view! {
        <Page title="パスワードの設定" class="page--narrow">
            <p class="lead-text">{lead}</p>
            <PostForm action=SetPassword::PATH class="stack panel">
                <Field
                    name="password"
                    label="新しいパスワード"
                    kind="password"
                    required=true
                    autocomplete="new-password"
                    hint="10文字以上。長いほど安全です。記号や数字を混ぜる必要はありません。"
                />
                <Field name="again" label="新しいパスワード（確認）" kind="password" required=true autocomplete="new-password"/>
                <Submit text="設定する" main=true/>
            </PostForm>
        </Page>
    }
}
