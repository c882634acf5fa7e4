//! Decisions for many rows at once.

use super::api::SettleTogether;
use crate::ui::{Hidden, PostForm, Submit};
use domain::intake::Together;
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

/// A button for each decision that fits at least one row.
#[component]
pub fn TogetherPanel(form: Uuid, together: Vec<(Together, usize)>) -> impl IntoView {
    view! {
        <section class="panel section">
            <h2 class="h">"まとめて決める"</h2>
            <p class="lead-text">"下の表を見てから、同じ扱いでよい行をまとめて決めてください。行ごとに後から選び直せます。"</p>
            <div class="row">
                {together.into_iter().map(|(one, rows)| view! {
                    <PostForm action=SettleTogether::PATH>
                        <Hidden name="form" value=form.to_string()/>
                        <Hidden name="together" value=one.key()/>
                        <Submit text=format!("{}（{rows}行）", one.label())/>
                    </PostForm>
                }).collect_view()}
            </div>
        </section>
    }
}
