//! `/password`: also the only page open after signing in with a one-time code.

use super::api::SetPassword;
use crate::context::request;
use crate::ui::{Crumb, Field, Page, PostForm, Submit};
use domain::session::{LONGEST, Pending, SHORTEST};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The page for setting one's password.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let pending = request().ok().and_then(|request| request.signed_in).and_then(|who| who.pending);
    let first = pending == Some(Pending::Password);
    let (lead, way) = if first {
        ("確認コードでサインインしました。続けるには、自分のパスワードを決めてください。", Vec::new())
    } else {
        let way = vec![Crumb { text: "自分の設定".into(), href: "/account".into() }];
        ("新しいパスワードを決めると、ほかの端末のサインインはすべて終了します。", way)
    };
    let hint = format!(
        "{SHORTEST}文字以上{LONGEST}文字以内。長いほど安全です。記号や数字を混ぜる必要はありません。利用者ID、職員番号、氏名及びよく使われるパスワードは使えません。"
    );
    view! {
        <Page title="パスワードの設定" class="page--narrow" way>
            <p class="lead-text">{lead}</p>
            <PostForm action=SetPassword::PATH class="stack panel">
                {(!first)
                    .then(|| view! { <Field name="old" label="今のパスワード" kind="password" required=true autocomplete="current-password"/> })}
                <Field
                    name="password"
                    label="新しいパスワード"
                    kind="password"
                    required=true
                    autocomplete="new-password"
                    hint=hint.clone()
                />
                <Field name="again" label="新しいパスワード（確認）" kind="password" required=true autocomplete="new-password"/>
                <Submit text="設定する" main=true/>
            </PostForm>
        </Page>
    }
}
