//! `/sessions`: where one is signed in.

use super::api::{EndOne, EndOthers};
use crate::ui::{Chip, Crumb, Export, Hidden, Page, PostForm, Submit, Tone, page};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::session::device::{Device, list};

/// The list of one's own sessions.
#[component]
pub fn SessionsPage() -> impl IntoView {
    page(
        |ask| async move { Ok(list(&ask.db, &ask.actor, ask.session, ask.now).await?) },
        |devices| view! { <Shown devices/> }.into_any(),
    )
}

#[component]
fn Shown(devices: Vec<Device>) -> impl IntoView {
    let way = vec![Crumb { text: "自分の設定".into(), href: "/account".into() }];
    let scope = format!("{}台", devices.len());
    let others = devices.len() > 1;
    view! {
        <Page title="サインイン中の端末" scope way>
            <p class="lead-text">
                "覚えのない端末があるときは、その端末のサインインを終了し、パスワードを変更してください。操作をやめて2時間、又はサインインから12時間で、自動で終了します。"
            </p>
            <Export table="devices"/>
            <table class="table">
                <caption class="sr">"サインイン中の端末（この端末、最後の操作が新しい順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"ブラウザ"</th><th scope="col">"アドレス"</th><th scope="col">"方法"</th>
                        <th scope="col">"サインイン"</th><th scope="col">"最後の操作"</th><th scope="col">"操作"</th>
                    </tr>
                </thead>
                <tbody>{devices.into_iter().map(|device| view! { <Row device/> }).collect_view()}</tbody>
            </table>
            {if others {
                view! {
                    <PostForm action=EndOthers::PATH class="section">
                        <Submit text="ほかの端末のサインインをすべて終了する" stop=true/>
                    </PostForm>
                }
                .into_any()
            } else {
                view! { <p class="hint section">"ほかの端末では、サインインしていません。"</p> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Row(device: Device) -> impl IntoView {
    let spoken = format!("終了する：{}、{}", device.browser, wareki_time(device.since));
    let address = if device.address.is_empty() { "―".to_string() } else { device.address };
    view! {
        <tr>
            <th scope="row">
                {device.browser}" "
                {device.present.then(|| view! { <Chip tone=Tone::Key text="この端末"/> })}
                {device.half.then(|| view! { <Chip tone=Tone::Warn text="認証コード待ち"/> })}
            </th>
            <td>{address}</td>
            <td>{device.way.label()}</td>
            <td>{wareki_time(device.since)}</td>
            <td>{wareki_time(device.last_seen)}</td>
            <td>
                {(!device.present)
                    .then(|| view! {
                        <PostForm action=EndOne::PATH key=device.id.to_string()>
                            <Hidden name="session" value=device.id.to_string()/>
                            <Submit text="終了する" small=true stop=true spoken=spoken.clone()/>
                        </PostForm>
                    })}
            </td>
        </tr>
    }
}
