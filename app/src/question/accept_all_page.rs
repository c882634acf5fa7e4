//! `/policies/:revision/accept`: what accepting everything means, before it is done.

use super::api::AcceptAll;
use crate::ui::{Crumb, Hidden, Page, PostForm, Submit, page};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::policy::{RevisionView, revision};

/// The page.
#[component]
pub fn AcceptAllPage() -> impl IntoView {
    page(
        |ask| async move {
            store::access::require_city(&ask.actor, domain::permission::Action::EditPolicy)?;
            Ok(revision(&ask.db, &ask.actor, ask.id("revision")?).await?)
        },
        |revision| view! { <Confirm revision/> }.into_any(),
    )
}

#[component]
fn Confirm(revision: RevisionView) -> impl IntoView {
    let id = revision.id;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: revision.title.clone(), href: format!("/policies/{id}") },
    ];
    let open = revision.coverage.open;
    view! {
        <Page title="提案をまとめて採用" way class="page--narrow">
            <p class="lead-text">
                {format!("まだ決めていない案{open}件を、案の文のまますべて採用します。同じことを尋ねる案は1問にまとめます。採用した後も、条項の画面で1件ずつ取り消したり、文を直したりできます。")}
            </p>
            <table class="table table--line">
                <caption class="sr">"採用した後の設問の数"</caption>
                <thead><tr><th scope="col">"答える人"</th><th scope="col" class="num">"今の設問"</th><th scope="col" class="num">"採用した後"</th></tr></thead>
                <tbody>
                    {revision
                        .coverage
                        .roles
                        .iter()
                        .map(|line| view! {
                            <tr>
                                <th scope="row">{line.role.label()}</th>
                                <td class="num">{format!("{}問", line.questions)}</td>
                                <td class="num">{format!("{}問", line.possible)}</td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
            <PostForm action=AcceptAll::PATH class="stack after">
                <Hidden name="revision" value=id.to_string()/>
                <Submit text=format!("{open}件を採用する") main=true/>
            </PostForm>
            <p class="after"><a href=format!("/policies/{id}")>"採用せずに戻る"</a></p>
        </Page>
    }
}
