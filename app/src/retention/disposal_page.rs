//! `/retention/disposals/:disposal`: a list of disposal, to be printed and decided on.

use super::api::{ApproveDisposal, RejectDisposal};
use super::disposals::{decided, state};
use crate::ui::{Crumb, Empty, Export, Field, Hidden, Page, PostForm, Submit, page};
use domain::calendar::{wareki, wareki_time};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::retention::disposal::{Decision, Group, Shown, show};
use uuid::Uuid;

/// The list.
#[component]
pub fn DisposalPage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, ask.id("disposal")?).await?) },
        |shown| view! { <Whole shown/> }.into_any(),
    )
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let way = vec![
        Crumb { text: "記録".into(), href: "/ledger".into() },
        Crumb { text: "保存期間及び廃棄".into(), href: "/retention".into() },
    ];
    let (tone, standing) = state(&shown.line.decision);
    let decided = decided(&shown.line).unwrap_or_else(|| "―".into());
    let waiting = shown.line.decision == Decision::Waiting;
    let total: usize = shown.listed.iter().map(|group| group.number).sum();
    let held = shown.held.clone();
    let title = format!("廃棄の一覧　第{}号", shown.line.number);
    let city = crate::context::request().map(|request| request.city).unwrap_or_default();
    view! {
        <Page title state=(tone, standing.to_string()) scope=city way>
            <dl class="facts section-end">
                <dt>"作成"</dt><dd>{format!("{}　{}", wareki_time(shown.line.at), shown.line.by)}</dd>
                <dt>"承認又は却下"</dt><dd>{decided}</dd>
                <dt>"廃棄する記録"</dt><dd>{format!("{total}件")}</dd>
            </dl>
            <List groups=shown.listed caption="廃棄する記録" held=false/>
            <section class="section">
                <h2>"廃棄の停止により残す記録"</h2>
                {if held.is_empty() {
                    view! { <Empty text="廃棄の停止により残す記録はありません。"/> }.into_any()
                } else {
                    view! { <List groups=held caption="廃棄の停止により残す記録" held=true/> }.into_any()
                }}
            </section>
            {shown.may_decide.then(|| view! { <Decide id=shown.line.id total/> })}
            {(waiting && shown.own).then(|| view! {
                <p class="notice only-screen">"あなたが作成した一覧のため、承認及び却下は、統括情報セキュリティ責任者、CISO又はほかの事務局の職員が行います。この画面を印刷し、又は番号を伝えて依頼してください。"</p>
            })}
        </Page>
    }
}

#[component]
fn List(groups: Vec<Group>, caption: &'static str, held: bool) -> impl IntoView {
    let export = if held { "kept" } else { "disposed" };
    view! {
        <Export table=export/>
        <table class="table">
            <caption class="sr">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"種類"</th><th scope="col">"記録"</th><th scope="col" class="num">"件数"</th>
                    <th scope="col">"完結"</th><th scope="col">"廃棄の期日"</th>
                    {held.then(|| view! { <th scope="col">"停止の対象及び理由"</th> })}
                </tr>
            </thead>
            <tbody>
                {groups
                    .into_iter()
                    .map(|group| view! {
                        <tr>
                            <td>{group.kind.label()}</td>
                            <th scope="row">{group.label}</th>
                            <td class="num">{format!("{}件", group.number)}</td>
                            <td>{wareki(group.ended_on)}</td>
                            <td>{wareki(group.due_on)}</td>
                            {group.held.map(|reason| view! { <td class="wrap">{reason}</td> })}
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Decide(id: Uuid, total: usize) -> impl IntoView {
    view! {
        <section class="section only-screen">
            <h2>"承認又は却下"</h2>
            <p class="notice notice--warn">
                {format!("承認すると、直ちに{total}件の記録の内容を消去し、元に戻すことはできません。個別の回答については、記録（操作の経過）に残る回答の内容も消去します。集計及び結果は変わりません。控え（バックアップ）に残る内容は、運用の手引に従って別に廃棄してください。")}
            </p>
            <PostForm action=ApproveDisposal::PATH class="stack">
                <Hidden name="disposal" value=id.to_string()/>
                <Submit text="承認して廃棄する" stop=true/>
            </PostForm>
            <PostForm action=RejectDisposal::PATH class="panel panel--form stack">
                <Hidden name="disposal" value=id.to_string()/>
                <Field name="reason" label="却下する理由" required=true/>
                <Submit text="却下する"/>
            </PostForm>
        </section>
    }
}
