//! The head's word: confirming, or what was confirmed.

use super::api::{ConfirmDepartment, WithdrawConfirmation};
use super::people::sheet_of;
use crate::ui::{Field, Hidden, PostForm, Submit};
use domain::calendar::wareki_time;
use domain::department::Gathering;
use domain::post::Kind;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::department::{Confirmation, DepartmentPage, Row};

/// The panel.
#[component]
pub fn Word(shown: DepartmentPage) -> impl IntoView {
    let gathering = shown.gathering;
    let ids = (shown.inspection.id, shown.department);
    let late = shown.late;
    let missing = view! { <Missing rows=shown.rows.clone() offers=offers(&shown)/> }.into_any();
    match shown.confirmation.clone() {
        Some(word) => {
            let may_act = shown.may_act && !gathering.closed;
            view! { <Confirmed word ids gathering late may_act missing/> }.into_any()
        }
        None if shown.may_act && !gathering.closed && gathering.total > 0 => {
            view! { <Confirm shown missing/> }.into_any()
        }
        None => ().into_any(),
    }
}

/// Somebody is left whom the reader may remind today.
fn offers(shown: &DepartmentPage) -> bool {
    shown.reminder.as_ref().is_some_and(|preview| preview.to.len() > preview.today())
}

/// Who has not handed in, by name, and the way to remind them.
#[component]
fn Missing(rows: Vec<Row>, offers: bool) -> impl IntoView {
    let missing: Vec<Row> = rows.into_iter().filter(|row| !row.facts.standing.submitted).collect();
    let one = |row: Row| {
        let back = if row.facts.standing.returned { "、差戻し中" } else { "" };
        let sheet = format!("（{}{back}）", sheet_of(&row));
        let own = row.own.then(|| view! { " "<a href=format!("/answer/{}", row.target)>"あなたの点検票に回答する"</a> });
        view! { <li>{row.name}<span class="sub">{sheet}</span>{own}</li> }
    };
    (!missing.is_empty()).then(|| {
        view! {
            <div class="missing">
                <p class="label">{format!("まだ提出されていない点検票　{}件", missing.len())}</p>
                <ul class="names">{missing.into_iter().map(one).collect_view()}</ul>
                {offers.then(|| view! { <p><a href="#remind">"未提出の人に督促を送る"</a></p> })}
            </div>
        }
    })
}

#[component]
fn Confirm(shown: DepartmentPage, missing: AnyView) -> impl IntoView {
    let (inspection, department) = (shown.inspection.id, shown.department);
    let (number, own, others) = (shown.gathering.missing, shown.own_sheets, shown.others);
    let may_name = !shown.candidates.is_empty();
    let lead = if number == 0 {
        "全員が提出しました。内容を確かめて、所属として確認してください。".to_string()
    } else {
        format!("まだ提出されていない点検票が{number}件あります。提出を待たずに確認するときは、その理由を入力してください。")
    };
    view! {
        <section class="panel stack word" id="word">
            <h2>"所属長の確認"</h2>
            <p>{lead}</p>
            {missing}
            <PostForm action=ConfirmDepartment::PATH class="stack" at="word">
                <Hidden name="inspection" value=inspection.to_string()/>
                <Hidden name="department" value=department.to_string()/>
                <Field name="note" label=if number == 0 { "所見（任意）" } else { "提出を待たずに確認する理由" } rows=2 required=number != 0/>
                {(own > 0).then(|| view! { <OwnSheets own others=others.clone() may_name/> })}
                <Submit text="確認する" main=true/>
            </PostForm>
        </section>
    }
}

/// Confirming what the same hands handed in. Somebody else's word is better where there is somebody; the reason is
/// never written for the head.
#[component]
fn OwnSheets(own: usize, others: Vec<(String, Kind)>, may_name: bool) -> impl IntoView {
    let names: Vec<String> = others
        .into_iter()
        .map(|(name, kind)| if kind.in_place() { format!("{name}（{}）", kind.label()) } else { name })
        .collect();
    let text = format!("あなたが提出した点検票が{own}件含まれます。");
    let advice = match (names.is_empty(), may_name) {
        (false, _) => view! {
            <p class="notice notice--warn" id="own-sheets">
                <span>{text}<b>{format!("{}が、あなたに代わって確認できます。", names.join("、"))}</b>"確認を依頼してください。自分で確認するときは、その理由を入力してください。"</span>
            </p>
        }
        .into_any(),
        (true, true) => view! {
            <p class="hint" id="own-sheets">{text}<a href="#deputy">"代理を定める"</a>"と、代理に確認を任せられます。"</p>
        }
        .into_any(),
        (true, false) => view! { <p class="hint" id="own-sheets">{text}</p> }.into_any(),
    };
    view! {
        {advice}
        <Field
            name="own_reason"
            label="自分が提出した点検票を自分で確認する理由"
            rows=2
            required=true
            hint="理由は記録され、監査報告書に示されます。"
        />
    }
}

#[component]
fn Confirmed(
    word: Confirmation,
    ids: (uuid::Uuid, uuid::Uuid),
    gathering: Gathering,
    late: usize,
    may_act: bool,
    missing: AnyView,
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
            {missing}
            {(late > 0).then(|| view! {
                <p class="notice notice--warn">
                    {format!("確認の後に提出された点検票が{late}件あります。内容を確かめ、必要なときは確認を取り消して、確認し直してください。")}
                </p>
            })}
            {above.filter(|_| may_act).map(|text| view! { <p class="hint">{text}</p> })}
            {may_withdraw.then(|| view! {
                <PostForm action=WithdrawConfirmation::PATH class="stack" at="word">
                    <Hidden name="inspection" value=ids.0.to_string()/>
                    <Hidden name="department" value=ids.1.to_string()/>
                    <p class="hint">"点検票を差し戻すときは、先に確認を取り消してください。取消しは記録に残ります。"</p>
                    <Submit text="確認を取り消す" stop=true/>
                </PostForm>
            })}
        </section>
    }
}
