//! The chain from handing in to approval as a list in order of time.

use domain::approval::Level;
use domain::calendar::short_time;
use leptos::prelude::*;
use store::approval::{Happened, Step};

/// What happened, in a word.
fn what(happened: Happened) -> String {
    match happened {
        Happened::Submitted { again: false } => "提出".into(),
        Happened::Submitted { again: true } => "再提出".into(),
        Happened::Returned => "差戻し".into(),
        Happened::Confirmed => "所属長の確認".into(),
        Happened::ConfirmationWithdrawn => "所属長の確認の取消し".into(),
        Happened::ConfirmationSentBack(Level::Division) => "部長による確認の差戻し".into(),
        Happened::ConfirmationSentBack(Level::Chief) => "統括情報セキュリティ責任者による確認の差戻し".into(),
        Happened::Approved(level) => level.label().into(),
        Happened::ApprovalWithdrawn(level) => format!("{}の取消し", level.label()),
    }
}

/// How it is marked beside its word.
fn class(happened: Happened) -> &'static str {
    match happened {
        Happened::Submitted { .. } => "course__step",
        Happened::Confirmed | Happened::Approved(_) => "course__step course__step--ok",
        Happened::Returned
        | Happened::ConfirmationWithdrawn
        | Happened::ConfirmationSentBack(_)
        | Happened::ApprovalWithdrawn(_) => "course__step course__step--back",
    }
}

/// The list; `whose` says whose sheet a step is about, where the list is of several.
#[component]
pub fn Course(steps: Vec<Step>, #[prop(optional)] whose: Vec<(uuid::Uuid, String)>) -> impl IntoView {
    let line = move |step: Step| {
        let sheet = step.target.and_then(|id| whose.iter().find(|(known, _)| *known == id));
        let sheet = sheet.map(|(_, name)| format!("（{name}の点検票）")).unwrap_or_default();
        let capacity = step.capacity.map(|kind| format!("（{}）", kind.label())).unwrap_or_default();
        view! {
            <li class=class(step.what)>
                <time>{short_time(step.at)}</time>
                <span>
                    <b>{what(step.what)}</b>{sheet}" "
                    <span class="sub">{format!("{}{capacity}", step.by)}</span>
                    {(!step.text.is_empty()).then(|| view! { <span class="course__text">{step.text}</span> })}
                </span>
            </li>
        }
    };
    view! { <ol class="course">{steps.into_iter().map(line).collect_view()}</ol> }
}
