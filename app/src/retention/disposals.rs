//! The lists of disposal on the page of retention.

use super::api::{ListDisposal, disposal_path};
use crate::ui::{Chip, Empty, Export, PostForm, Submit, Tone};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::retention::disposal::{Decision, Line};

/// All lists, and the button for the next one.
#[component]
pub fn Disposals(lines: Vec<Line>, due: usize, manages: bool) -> impl IntoView {
    let waiting = lines.iter().any(|line| line.decision == Decision::Waiting);
    view! {
        <section class="section">
            <h2>"廃棄の一覧"</h2>
            {if lines.is_empty() {
                view! { <Empty text="廃棄の一覧はまだありません。廃棄の期日が来た記録があるときに、事務局が作成します。"/> }.into_any()
            } else {
                view! { <List lines/> }.into_any()
            }}
            {(manages && !waiting && due > 0).then(|| view! {
                <PostForm action=ListDisposal::PATH class="only-screen">
                    <Submit text="今日の廃棄の一覧を作成する" main=true/>
                    <p class="hint">"期日が来た記録を一覧にします。作成しただけでは、何も消去しません。作成した者は承認できません。"</p>
                </PostForm>
            })}
            {(manages && !waiting && due == 0).then(|| view! {
                <p class="hint">"廃棄の期日が来た記録はないため、一覧を作成する必要はありません。"</p>
            })}
        </section>
    }
}

#[component]
fn List(lines: Vec<Line>) -> impl IntoView {
    view! {
        <Export table="disposals"/>
        <table class="table">
            <caption class="sr">"廃棄の一覧。新しいものから順に並んでいます。"</caption>
            <thead>
                <tr>
                    <th scope="col">"番号"</th><th scope="col">"作成"</th><th scope="col">"状態"</th><th scope="col">"承認又は却下"</th>
                </tr>
            </thead>
            <tbody>
                {lines
                    .into_iter()
                    .map(|line| {
                        let (tone, state) = state(&line.decision);
                        let decided = decided(&line);
                        view! {
                            <tr>
                                <th scope="row"><a href=disposal_path(line.id)>{format!("第{}号", line.number)}</a></th>
                                <td>{format!("{}　{}", wareki_time(line.at), line.by)}</td>
                                <td><Chip tone text=state/></td>
                                <td>{decided.unwrap_or_else(|| "―".into())}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

/// Where a list stands.
pub fn state(decision: &Decision) -> (Tone, &'static str) {
    match decision {
        Decision::Waiting => (Tone::Key, "承認待ち"),
        Decision::Approved { .. } => (Tone::Ok, "廃棄済み"),
        Decision::Rejected { .. } => (Tone::Warn, "却下"),
    }
}

/// When and by whom it was decided, with the reason of a rejection.
pub fn decided(line: &Line) -> Option<String> {
    match &line.decision {
        Decision::Waiting => None,
        Decision::Approved { at, .. } => Some(format!("{}　{}", wareki_time(*at), line.decided_by)),
        Decision::Rejected { at, reason, .. } => {
            Some(format!("{}　{}（理由：{reason}）", wareki_time(*at), line.decided_by))
        }
    }
}
