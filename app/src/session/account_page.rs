//! `/account`: one's own settings.

use crate::ui::{Chip, Page, Tone, page};
use leptos::prelude::*;
use store::second_factor::is_set;
use store::session::device;

/// The page that leads to all of one's own settings.
#[component]
pub fn AccountPage() -> impl IntoView {
    page(
        |ask| async move {
            let second = is_set(ask.db.read(), ask.actor.person_id).await?;
            let devices = device::list(&ask.db, &ask.actor, ask.session, ask.now).await?.len();
            Ok((second, devices))
        },
        |(second, devices)| {
            view! {
                <Page title="自分の設定" class="page--narrow">
                    <ul class="todo">
                        <li>
                            <h2>"パスワード"</h2>
                            <a class="btn btn--s" href="/password">"変更する"</a>
                            <p class="sub">"変更すると、ほかの端末のサインインは終了します。"</p>
                        </li>
                        <li>
                            <h2>"二段階認証 "{state(second)}</h2>
                            <a class="btn btn--s" href="/second-factor">{if second { "確かめる" } else { "設定する" }}</a>
                            <p class="sub">"パスワードに加えて、認証アプリに表示される6桁の認証コードを使います。"</p>
                        </li>
                        <li>
                            <h2>"サインイン中の端末"</h2>
                            <a class="btn btn--s" href="/sessions">"確かめる"</a>
                            <p class="sub">{format!("{devices}台（この端末を含む。）")}</p>
                        </li>
                        <li>
                            <h3>"自分の記録"</h3>
                            <a class="btn btn--s" href="/ledger/own">"見る"</a>
                            <p class="sub">"サインイン、閲覧、入力など、あなたの操作の記録です。"</p>
                        </li>
                    </ul>
                </Page>
            }
            .into_any()
        },
    )
}

fn state(set: bool) -> impl IntoView {
    if set { view! { <Chip tone=Tone::Ok text="設定済"/> } } else { view! { <Chip tone=Tone::Plain text="未設定"/> } }
}
