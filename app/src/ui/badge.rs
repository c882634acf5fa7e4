//! Chips: a state as a word, tinted by its meaning.

use super::icon::{Icon, Sign};
use leptos::prelude::*;

/// The meaning of a colour. A word always stands with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    Ok,
    Warn,
    Err,
    Note,
    Key,
}

impl Tone {
    /// The class of the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "chip",
            Tone::Ok => "chip chip--ok",
            Tone::Warn => "chip chip--warn",
            Tone::Err => "chip chip--err",
            Tone::Note => "chip chip--note",
            Tone::Key => "chip chip--key",
        }
    }
}

/// A state as a chip; done and wrong have a picture as well.
#[component]
pub fn Chip(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    let sign = match tone {
        Tone::Ok => Some(Sign::Check),
        Tone::Err => Some(Sign::Warning),
        _ => None,
    };
    view! { <span class=tone.class()>{sign.map(|sign| view! { <Icon sign/> })}{text}</span> }
}
