//! Where an amendment stands.

use crate::ui::{Chip, Tone};
use leptos::prelude::*;
use store::amendment::Decision;

/// Undecided, adopted or rejected.
pub fn state(decision: Option<&Decision>) -> (Tone, String) {
    match decision {
        None => (Tone::Plain, "委員会の決定待ち".into()),
        Some(decision) if decision.adopted => (Tone::Ok, "採択".into()),
        Some(_) => (Tone::Note, "不採択".into()),
    }
}

/// The chip.
#[component]
pub fn DecisionChip(decision: Option<Decision>) -> impl IntoView {
    let (tone, text) = state(decision.as_ref());
    view! { <Chip tone text/> }
}
