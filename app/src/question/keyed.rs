//! Controls that say their key. The key is shown only where it works.

use leptos::prelude::*;

/// The cap of a key.
#[component]
pub fn Key(key: &'static str) -> impl IntoView {
    view! { " "<kbd aria-hidden="true">{key.to_uppercase()}</kbd> }
}

/// The button of a form with its key.
#[component]
pub fn KeySubmit(
    #[prop(into)] text: String,
    key: &'static str,
    #[prop(optional)] main: bool,
    #[prop(optional)] stop: bool,
    /// Stands before the text for those who can't see where the button stands.
    #[prop(into)]
    before: String,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
) -> impl IntoView {
    let class = match (main, stop) {
        (true, _) => "btn btn--s btn--main",
        (_, true) => "btn btn--s btn--stop",
        _ => "btn btn--s",
    };
    view! {
        <button class=class data-key=key name=name value=value>
            <span class="sr">{before}</span>
            {text}
            <Key key/>
        </button>
    }
}

/// What opens a fold, with its key.
#[component]
pub fn KeySummary(#[prop(into)] text: String, key: &'static str, #[prop(into)] spoken: String) -> impl IntoView {
    view! {
        <summary data-key=key>
            {text}
            <span class="sr">{spoken}</span>
            <Key key/>
        </summary>
    }
}

/// A link to another place at the workbench, with its key.
#[component]
pub fn KeyLink(
    #[prop(into)] text: String,
    key: &'static str,
    #[prop(into)] href: String,
    #[prop(optional)] main: bool,
    /// Stands before the text for those who can't see where the link stands.
    #[prop(optional, into)]
    before: Option<String>,
) -> impl IntoView {
    let class = if main { "btn btn--s btn--main" } else { "btn btn--s" };
    view! {
        <a class=class href=href data-key=key data-place="link">
            {before.map(|before| view! { <span class="sr">{before}</span> })}
            {text}
            <Key key/>
        </a>
    }
}

/// A reason: the usual ones as buttons with a number, anything else as text. The form is the caller's.
#[component]
pub fn Reasons(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] button: String,
) -> impl IntoView {
    const NUMBERS: [&str; 4] = ["1", "2", "3", "4"];
    let list = format!("{id}-list");
    let given = crate::ui::form::entered("reason", String::new());
    let wrong = crate::ui::form::reason_for("reason");
    let note = format!("{id}-note");
    let described_by = wrong.is_some().then(|| note.clone());
    let invalid = wrong.is_some().then_some("true");
    view! {
        <div class="acts reasons">
            {super::text::REASONS
                .into_iter()
                .zip(NUMBERS)
                .map(|(reason, key)| view! {
                    <button class="btn btn--s" name="common" value=reason data-key=key>{reason}<Key key/></button>
                })
                .collect_view()}
        </div>
        <div class="entry">
            <label class="label" for=id.clone()>{label}</label>
            <input class="field" id=id name="reason" value=given list=list.clone() aria-describedby=described_by aria-invalid=invalid/>
            <datalist id=list>
                {super::text::REASONS.into_iter().map(|reason| view! { <option value=reason></option> }).collect_view()}
            </datalist>
            {wrong.map(|wrong| view! { <p class="error" id=note>{wrong}</p> })}
        </div>
        <crate::ui::Submit text=button small=true stop=true/>
    }
}
