//! `/people/second-factor`: the roles that require a second factor.

use super::api::{ReleaseRole, RequireRole};
use crate::ui::{Chip, Crumb, Export, Hidden, Page, PostForm, Submit, Tone, page};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::second_factor::{Line, requirements};

/// The table of roles.
#[component]
pub fn RequirementsPage() -> impl IntoView {
    page(
        |ask| async move { Ok(requirements(&ask.db, &ask.actor, ask.now).await?) },
        |lines| {
            let way = vec![Crumb { text: "職員".into(), href: "/people".into() }];
            view! {
                <Page title="二段階認証を必須とする役割" way>
                    <p class="lead-text">
                        "必須にすると、その役割を持つ職員は、次の操作から、二段階認証を設定するまで、ほかの画面を開けなくなります。庁内の認証（シングルサインオン）でサインインする職員には、求めません。"
                    </p>
                    <Export table="second_factor"/>
                    <table class="table">
                        <caption class="sr">"役割ごとの二段階認証"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"役割"</th><th scope="col">"二段階認証"</th><th scope="col" class="num">"職員"</th>
                                <th scope="col" class="num">"設定済"</th><th scope="col">"操作"</th>
                            </tr>
                        </thead>
                        <tbody>{lines.into_iter().map(|line| view! { <Row line/> }).collect_view()}</tbody>
                    </table>
                </Page>
            }
            .into_any()
        },
    )
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let Line { role, since, holders, enrolled } = line;
    let required = since.is_some();
    let (action, text) =
        if required { (ReleaseRole::PATH, "任意にする") } else { (RequireRole::PATH, "必須にする") };
    let spoken = format!("{text}：{}", role.label());
    view! {
        <tr>
            <th scope="row">{role.label()}</th>
            <td>
                {match since {
                    Some(at) => view! { <Chip tone=Tone::Key text="必須"/>" "<span class="sub">{wareki_time(at)}</span> }.into_any(),
                    None => view! { <span class="sub">"任意"</span> }.into_any(),
                }}
            </td>
            <td class="num">{format!("{holders}人")}</td>
            <td class="num">{format!("{enrolled}人")}</td>
            <td>
                <PostForm action key=role.key().to_string()>
                    <Hidden name="role" value=role.key().to_string()/>
                    <Submit text small=true spoken=spoken.clone()/>
                </PostForm>
            </td>
        </tr>
    }
}
