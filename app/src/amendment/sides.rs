//! Old and new words with the changed parts underlined.

use domain::review::{Part, Piece};
use leptos::prelude::*;

/// The new words; what was added is `<ins>`.
#[component]
pub fn NewSide(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .filter_map(|piece| match piece.part {
            Part::Same => Some(view! { {piece.text} }.into_any()),
            Part::Added => Some(view! { <ins>{piece.text}</ins> }.into_any()),
            Part::Removed => None,
        })
        .collect_view()
}

/// The old words; what was removed is `<del>`.
#[component]
pub fn OldSide(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .filter_map(|piece| match piece.part {
            Part::Same => Some(view! { {piece.text} }.into_any()),
            Part::Removed => Some(view! { <del>{piece.text}</del> }.into_any()),
            Part::Added => None,
        })
        .collect_view()
}
