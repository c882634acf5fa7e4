//! `/policies/:revision/acts`: what was done at the workbench, and taking it back.

use super::api::{WithdrawAct, clause_path};
use super::text::act as name_of;
use crate::ui::{Chip, Crumb, Empty, Export, Hidden, Page, PostForm, Submit, page};
use domain::calendar::short_time;
use domain::permission::{Action, allows};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::policy::{RevisionView, revision};
use store::question::{ActView, acts};
use uuid::Uuid;

/// So many of the newest acts are shown; the ledger has all.
const MOST: u64 = 200;

/// The page.
#[component]
pub fn ActsPage() -> impl IntoView {
    page(
        |ask| async move {
            let id = ask.id("revision")?;
            let revision = revision(&ask.db, &ask.actor, id).await?;
            let acts = acts(&ask.db, &ask.actor, id, MOST).await?;
            Ok((revision, acts, allows(&ask.actor, Action::EditPolicy)))
        },
        |(revision, acts, may_edit)| view! { <Acts revision acts may_edit/> }.into_any(),
    )
}

#[component]
fn Acts(revision: RevisionView, acts: Vec<ActView>, may_edit: bool) -> impl IntoView {
    let id = revision.id;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: revision.title, href: format!("/policies/{id}") },
    ];
    if acts.is_empty() {
        return view! {
            <Page title="処理の履歴" way>
                <Empty text="まだ処理がありません。案を採用又は却下すると、ここに並び、取り消せます。"/>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title="処理の履歴" scope=format!("新しいものから{MOST}件まで") way>
            <Export table="acts"/>
            <div class="wide">
                <table class="table table--line">
                    <caption class="sr">"設問の作成で行った処理"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"日時"</th>
                            <th scope="col">"処理"</th>
                            <th scope="col">"条項"</th>
                            <th scope="col">"設問又は文"</th>
                            <th scope="col">"行った人"</th>
                            <th scope="col">"取消し"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {acts.into_iter().map(|act| view! { <Line revision=id act may_edit/> }).collect_view()}
                    </tbody>
                </table>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn Line(revision: Uuid, act: ActView, may_edit: bool) -> impl IntoView {
    let spoken = format!("{}「{}」を取り消す", name_of(&act.kind), act.text);
    let end = match act.withdrawn {
        Some(at) => view! { <Chip text=format!("取消済み {}", short_time(at))/> }.into_any(),
        None if may_edit => view! {
            <PostForm action=WithdrawAct::PATH key=act.id.to_string()>
                <Hidden name="revision" value=revision.to_string()/>
                <Hidden name="act" value=act.id.to_string()/>
                <Submit text="取り消す" small=true spoken=spoken.clone()/>
            </PostForm>
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <tr>
            <td>{short_time(act.at)}</td>
            <th scope="row">{name_of(&act.kind)}</th>
            <td><a href=clause_path(revision, act.clause)>{act.short_path}</a></td>
            <td class="long">{act.text}</td>
            <td>{act.by}</td>
            <td>{end}</td>
        </tr>
    }
}
