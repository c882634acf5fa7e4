//! The head reminds the missing of the own department, after a look at whom and in which words.

use super::api::RemindDepartment;
use crate::inspection::reminder_parts::Before;
use crate::ui::form::came_back;
use crate::ui::{Hidden, PostForm, Submit};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::reminder::Preview;
use uuid::Uuid;

/// The form, folded up; or why nobody is left to remind today. Nothing where nobody else is missing.
#[component]
pub fn Remind(preview: Preview, ids: (Uuid, Uuid)) -> impl IntoView {
    let (all, today) = (preview.to.len(), preview.today());
    let left = all - today;
    match (all, left) {
        (0, _) => ().into_any(),
        (_, 0) => view! {
            <p class="hint" id="remind">{format!("未提出の{all}人には、今日、督促を送っています。次は明日以後に送れます。")}</p>
        }
        .into_any(),
        _ => view! {
            <details class="act" id="remind" open=came_back(RemindDepartment::PATH)>
                <summary>{format!("未提出の{left}人に督促を送る")}</summary>
                <PostForm action=RemindDepartment::PATH class="stack panel" at="remind">
                    <Hidden name="inspection" value=ids.0.to_string()/>
                    <Hidden name="department" value=ids.1.to_string()/>
                    <Before preview=preview.clone() once_a_day=true/>
                    <Submit text=format!("この内容で{left}人に督促を送る")/>
                </PostForm>
            </details>
        }
        .into_any(),
    }
}
