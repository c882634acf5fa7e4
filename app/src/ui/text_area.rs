//! The one text area. Leptos 0.8 writes the children of a raw `<textarea>` unescaped, which would let a
//! stored comment become a script; the tidy test forbids the raw tag everywhere else.

use leptos::prelude::*;

/// A text area whose value is escaped.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] invalid: bool,
    #[prop(default = None)] described_by: Option<String>,
) -> impl IntoView {
    // A line break directly after the tag is dropped by browsers; one more keeps the text's own.
    let escaped = format!("\n{}", html_escape::encode_text(&value));
    view! {
        <textarea
            class="field"
            id=id
            name=name
            rows=rows
            required=required
            aria-invalid=invalid.then_some("true")
            aria-describedby=described_by
            inner_html=escaped
        ></textarea>
    }
}
