//! `/`: what the person owes today.

use crate::ui::{Page, page};
use leptos::prelude::*;

/// The first page.
#[component]
pub fn Landing() -> impl IntoView {
    page(
        |ask| async move { Ok(ask.actor) },
        |actor| view! { <Page title="今日の対応"><p>{actor.position()}</p></Page> }.into_any(),
    )
}
