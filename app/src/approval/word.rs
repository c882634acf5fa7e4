//! The word of 部長 or 統括: approving, what was approved, withdrawing it, and giving back what is below.

use crate::ui::form::came_back;
use crate::ui::{Field, Hidden, PostForm, Submit};
use domain::approval::{Level, Stand};
use domain::calendar::wareki_time;
use leptos::prelude::*;
use store::approval::Given;

/// What an approval is about and where its forms go.
#[derive(Clone)]
pub struct Forms {
    pub approve: &'static str,
    pub withdraw: &'static str,
    /// Names and values that every form carries.
    pub carried: Vec<(&'static str, String)>,
}

/// The panel at the end of the page.
#[component]
pub fn Word(stand: Stand, approved: Option<Given>, may_act: bool, own: usize, forms: Forms) -> impl IntoView {
    match approved {
        Some(given) => {
            let may_withdraw = may_act && !stand.closed && !stand.above;
            view! { <Approved given stand may_withdraw forms/> }.into_any()
        }
        None if may_act && !stand.closed && stand.units > 0 => view! { <Approve stand own forms/> }.into_any(),
        None => ().into_any(),
    }
}

fn lead(stand: Stand) -> String {
    let below = match (stand.level, stand.with_divisions) {
        (Level::Chief, true) => ("部", "承認（部に属さない所属は確認）"),
        _ => ("所属", "所属長の確認"),
    };
    match stand.open {
        0 => format!("全ての{}の{}が済みました。内容を確かめて、承認してください。", below.0, below.1),
        open => format!(
            "{}の{}が、{open}件済んでいません。済むのを待たずに承認するときは、その理由を入力してください。",
            below.0, below.1
        ),
    }
}

#[component]
fn Approve(stand: Stand, own: usize, forms: Forms) -> impl IntoView {
    let waits = stand.open > 0;
    let title = stand.level.label();
    view! {
        <section class="panel stack word" id="word">
            <h2>{title}</h2>
            <p>{lead(stand)}</p>
            <PostForm action=forms.approve class="stack" at="word">
                {forms.carried.clone().into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect_view()}
                <Field name="note" label=if waits { "理由" } else { "所見（任意）" } rows=2 required=waits/>
                {(own > 0).then(|| view! {
                    <Field
                        name="own_reason"
                        label="自分が確認し、又は承認したものを自分で承認する理由"
                        rows=2
                        required=true
                        hint=format!("あなたが確認し、又は承認したものが{own}件含まれます。理由は記録され、監査報告書に示されます。")
                    />
                })}
                <Submit text="承認する" main=true/>
            </PostForm>
        </section>
    }
}

#[component]
fn Approved(given: Given, stand: Stand, may_withdraw: bool, forms: Forms) -> impl IntoView {
    let capacity = given.capacity.map(|kind| format!("（{}）", kind.label())).unwrap_or_default();
    view! {
        <section class="panel stack word" id="word">
            <h2>{stand.level.label()}</h2>
            <p>{format!("{}に{}{capacity}が承認しました。", wareki_time(given.at), given.by)}</p>
            {(!given.note.is_empty()).then(|| view! { <p class="quote">{given.note}</p> })}
            {stand.above.then(|| view! {
                <p class="hint">"統括情報セキュリティ責任者の承認が済んでいます。取り消すときは、先にその承認の取消しを依頼してください。"</p>
            })}
            {may_withdraw.then(|| view! {
                <details class="act" open=came_back(forms.withdraw)>
                    <summary>"承認を取り消す"</summary>
                    <PostForm action=forms.withdraw class="stack" at="word">
                        {forms.carried.clone().into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect_view()}
                        <Field name="reason" label="取り消す理由" id="withdraw-reason" rows=2 required=true hint="取り消すと、下の確認も取り消せるようになります。取消しは記録に残ります。"/>
                        <Submit text="承認を取り消す" stop=true/>
                    </PostForm>
                </details>
            })}
        </section>
    }
}

/// Giving back opens in the row; it needs a reason.
#[component]
pub fn SendBack(
    action: &'static str,
    carried: Vec<(&'static str, String)>,
    /// Whose confirmation or approval.
    name: String,
    /// A key of the row.
    key: String,
    /// Where on the page the row is.
    at: String,
    hint: &'static str,
) -> impl IntoView {
    let open = crate::ui::form::returned_key().is_some_and(|returned| returned == key);
    let spoken = format!("{name}を差し戻す");
    view! {
        <details class="give-back" open=open>
            <summary aria-label=spoken.clone()>"差し戻す"</summary>
            <PostForm action=action key=key.clone() class="stack" at=at>
                {carried.clone().into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect_view()}
                <Field name="reason" label="差戻しの理由" rows=2 required=true id=format!("reason-{key}") hint=hint/>
                <Submit text="差し戻す" spoken=spoken.clone() small=true stop=true/>
            </PostForm>
        </details>
    }
}
