//! The head's word: confirming, or what was confirmed.

use super::api::{ConfirmDepartment, WithdrawConfirmation};
use crate::ui::{Field, Hidden, PostForm, Submit};
use domain::calendar::wareki_time;
use domain::department::Gathering;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::department::{Confirmation, DepartmentPage};

/// The usual reason: a department has one head.
const ALONE: &str = "所属長のほかに、所属として確認する者がいないため。";

/// The panel.
#[component]
pub fn Word(shown: DepartmentPage) -> impl IntoView {
    let gathering = shown.gathering;
    let ids = (shown.inspection.id, shown.department);
    let late = shown.late;
    match shown.confirmation {
        Some(word) => {
            let may_act = shown.may_act && !gathering.closed;
            view! { <Confirmed word ids gathering late may_act/> }.into_any()
        }
        None if shown.may_act && !gathering.closed && gathering.total > 0 => {
            view! { <Confirm missing=gathering.missing own=shown.own_sheets ids/> }.into_any()
        }
        None => ().into_any(),
    }
}

#[component]
fn Confirm(missing: usize, own: usize, ids: (uuid::Uuid, uuid::Uuid)) -> impl IntoView {
    let lead = if missing == 0 {
        "全員が提出しました。内容を確かめて、所属として確認してください。".to_string()
    } else {
        format!("まだ提出していない点検票が{missing}件あります。提出を待たずに確認するときは、その理由を入力してください。")
    };
    view! {
        <section class="panel stack word" id="word">
            <h2>"所属長の確認"</h2>
            <p>{lead}</p>
            <PostForm action=ConfirmDepartment::PATH class="stack">
                <Hidden name="inspection" value=ids.0.to_string()/>
                <Hidden name="department" value=ids.1.to_string()/>
                <Field name="note" label=if missing == 0 { "所見（任意）" } else { "理由" } rows=2 required=missing != 0/>
                {(own > 0).then(|| view! {
                    <Field
                        name="own_reason"
                        label="自分が提出した点検票を自分で確認する理由"
                        value=ALONE
                        required=true
                        hint=format!("あなたが提出した点検票が{own}件含まれます。理由は記録され、監査報告書に示されます。")
                    />
                })}
                <Submit text="確認する" main=true/>
            </PostForm>
        </section>
    }
}

#[component]
fn Confirmed(
    word: Confirmation,
    ids: (uuid::Uuid, uuid::Uuid),
    gathering: Gathering,
    late: usize,
    may_act: bool,
) -> impl IntoView {
    let capacity = word.capacity.map(|kind| format!("（{}）", kind.label())).unwrap_or_default();
    let above = gathering.approved.map(|level| {
        format!("{}が済んでいます。確認を取り消すときは、先に承認の取消しを依頼してください。", level.label())
    });
    let may_withdraw = may_act && above.is_none();
    view! {
        <section class="panel stack word" id="word">
            <h2>"所属長の確認"</h2>
            <p>{format!("{}に{}{capacity}が確認しました。", wareki_time(word.at), word.by)}</p>
            {(!word.note.is_empty()).then(|| view! { <p class="quote">{word.note}</p> })}
            {(late > 0).then(|| view! {
                <p class="notice notice--warn">
                    {format!("確認の後に提出された点検票が{late}件あります。内容を確かめ、必要なときは確認を取り消して、確認し直してください。")}
                </p>
            })}
            {above.filter(|_| may_act).map(|text| view! { <p class="hint">{text}</p> })}
            {may_withdraw.then(|| view! {
                <PostForm action=WithdrawConfirmation::PATH class="stack">
                    <Hidden name="inspection" value=ids.0.to_string()/>
                    <Hidden name="department" value=ids.1.to_string()/>
                    <p class="hint">"点検票を差し戻すときは、先に確認を取り消してください。取消しは記録に残ります。"</p>
                    <Submit text="確認を取り消す" stop=true/>
                </PostForm>
            })}
        </section>
    }
}
