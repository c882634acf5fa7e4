//! Decisions for many rows at once.

use super::api::SettleTogether;
use crate::ui::{Hidden, PostForm, Submit};
use domain::intake::Together;
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

/// A button for each decision that fits at least one row.
#[component]
pub fn Buttons(form: Uuid, together: Vec<(Together, usize)>) -> impl IntoView {
    view! {
        <div class="together" role="group" aria-label="まとめて決める">
            <span>"まとめて決める："</span>
            {together.into_iter().map(|(one, rows)| view! {
                <PostForm action=SettleTogether::PATH>
                    <Hidden name="form" value=form.to_string()/>
                    <Hidden name="together" value=one.key()/>
                    <Submit text=format!("{}（{rows}行）", one.label()) small=true/>
                </PostForm>
            }).collect_view()}
        </div>
    }
}
