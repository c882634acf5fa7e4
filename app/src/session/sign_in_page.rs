//! `/sign-in`

use super::api::{SignIn, local};
use crate::context::request;
use crate::error::AppError;
use crate::ui::{Field, Hidden, PostForm, Submit};
use crate::ui::form::Alert;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// Where the sign-in at the city's OpenID Connect provider begins.
pub const OIDC: &str = "/sign-in/oidc";

/// The page for signing in; on an empty database it shows how to make the first account.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = use_query_map().get_untracked().get("next").unwrap_or_default();
    let next = local(&next).to_string();
    let request = request();
    let refused = use_context::<crate::context::Returned>().map(|returned| returned.error.text());
    let content = Suspend::new(async move {
        let request = request?;
        let anybody = store::access::anybody(&request.db).await?;
        Ok::<_, AppError>(if anybody {
            view! { <SignInForm next directory=request.directory.is_some() oidc=request.oidc/> }.into_any()
        } else {
            view! { <FirstAccount/> }.into_any()
        })
    });
    view! {
        <Title text="サインイン｜見直し"/>
        <crate::home::head::Head/>
        <main class="page page--narrow" id="main">
            <h1>"情報セキュリティ自己点検"</h1>
            {refused.map(|text| view! { <Alert text/> })}
            <Suspense>{content}</Suspense>
        </main>
    }
}

#[component]
fn SignInForm(next: String, directory: bool, oidc: bool) -> impl IntoView {
    let hint = if directory {
        "庁内のパソコンと同じパスワードを使えます。確認コードを配布された方は、初回は確認コードを入力してください。"
    } else {
        "初めての方は、配布された確認コードを入力してください。"
    };
    view! {
        {oidc.then(|| view! { <Oidc next=next.clone()/> })}
        <PostForm action=SignIn::PATH class="stack panel">
            <Hidden name="next" value=next.clone()/>
            <Field name="login" label="利用者ID（職員番号）" required=true autocomplete="username" autofocus=true/>
            <Field
                name="secret"
                label="パスワード"
                kind="password"
                required=true
                autocomplete="current-password"
                hint=hint
            />
            <Submit text="サインイン" main=true/>
        </PostForm>
        <p><a href="/kiosk">"確認票の番号で回答する"</a></p>
        <p class="hint">"IDやパスワードが分からないときは、情報政策課（事務局）に連絡してください。"</p>
    }
}

/// A link, not a form: the content security policy lets no form lead to another server.
#[component]
fn Oidc(next: String) -> impl IntoView {
    let address = format!("{OIDC}?next={}", escaped(&next));
    view! {
        <p class="panel"><a class="btn btn--main" href=address>"庁内の認証基盤でサインイン"</a></p>
        <h2 class="h section">"利用者IDとパスワードでサインイン"</h2>
    }
}

/// For the value of a query.
fn escaped(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

/// Shown while nobody can sign in.
#[component]
fn FirstAccount() -> impl IntoView {
    view! {
        <section class="panel stack">
            <h2>"最初の利用者を登録してください"</h2>
            <p>"まだ利用者が登録されていません。サーバーで次のコマンドを実行すると、事務局の利用者が作られ、サインインできるようになります。"</p>
            <pre class="command"><code>"minaoshi user add --login 000001 --name 氏名 --role secretariat"</code></pre>
            <p class="hint">"パスワードはコマンドの実行中に入力します。架空の市で試すときは「minaoshi demo」を実行してください。"</p>
            <p><a class="btn btn--main" href="/sign-in">"登録したので、サインインする"</a></p>
        </section>
    }
}
