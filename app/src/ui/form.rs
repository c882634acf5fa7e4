//! Forms: plain HTML that posts to a server function. When a rule refuses, the page comes back with the
//! values as they were entered and the reason beside them.

use super::icon::{Icon, Sign};
use super::text_area::TextArea;
use crate::context::{Request, Returned};
use leptos::context::Provider;
use leptos::prelude::*;

/// What came back for the form at this address, if it was refused.
#[derive(Clone, Debug, Default)]
struct Own(Option<Returned>);

/// Identifies one form among several on a page that post to the same address.
const KEY: &str = "form";

fn own(action: &str, key: &str) -> Own {
    let returned = use_context::<Returned>().filter(|returned| {
        let sent = value_of(&returned.fields, KEY).unwrap_or_default();
        returned.action == action && sent == key
    });
    Own(returned)
}

fn value_of(fields: &[(String, String)], name: &str) -> Option<String> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

/// Whether a form of this address was refused just now: what folds it away stays open.
pub fn came_back(action: &str) -> bool {
    use_context::<Returned>().is_some_and(|returned| returned.action == action)
}

/// The key of the form that was refused, if one was.
pub fn returned_key() -> Option<String> {
    value_of(&use_context::<Returned>()?.fields, KEY)
}

/// What was entered before the refusal, or the default.
pub fn entered(name: &str, default: String) -> String {
    use_context::<Own>()
        .and_then(|own| own.0)
        .and_then(|returned| value_of(&returned.fields, name))
        .unwrap_or(default)
}

/// The reason for this field, if the refusal names it.
pub fn reason_for(name: &str) -> Option<String> {
    let returned = use_context::<Own>()?.0?;
    // A refusal names `limit` where the form's field is `set[limit]`.
    let inner = name.rsplit_once('[').and_then(|(_, rest)| rest.strip_suffix(']')).unwrap_or(name);
    match returned.error {
        crate::error::AppError::Refused(refusal) if refusal.field.as_deref() == Some(inner) => Some(refusal.text),
        _ => None,
    }
}

/// A form that posts to a server function. Give `key` where several forms of one page post to the same
/// address, so that a refusal finds its form.
#[component]
pub fn PostForm(
    /// The address: `SomeFunction::PATH`.
    #[prop(into)]
    action: String,
    #[prop(optional, into)] key: String,
    #[prop(optional, into)] class: String,
    /// For boxes that stand outside of it and belong to it (`form=`).
    #[prop(optional, into)]
    id: Option<String>,
    /// Where on the page it stands: refused, one comes back there. What is wrong with no field in particular is then
    /// said in the form.
    #[prop(optional, into)]
    at: String,
    children: ChildrenFn,
) -> impl IntoView {
    let own = own(&action, &key);
    let general = own.0.as_ref().filter(|_| !at.is_empty()).and_then(Returned::general);
    let action = if at.is_empty() { action } else { format!("{action}#{at}") };
    let page = use_context::<Request>().map(|request| request.page).unwrap_or_default();
    view! {
        <form method="post" action=action class=class id=id>
            <input type="hidden" name="page" value=page/>
            {(!key.is_empty()).then(|| view! { <input type="hidden" name=KEY value=key.clone()/> })}
            {general.map(|text| view! { <Alert text/> })}
            <Provider value=own>{children()}</Provider>
        </form>
    }
}

impl Returned {
    /// The sentence of a refusal that names no field.
    fn general(&self) -> Option<String> {
        match &self.error {
            crate::error::AppError::Refused(refusal) if refusal.field.is_some() => None,
            error => Some(error.text()),
        }
    }
}

/// A form that sends a file to an upload address.
#[component]
pub fn FileForm(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    /// Ends of file names, e.g. `.xlsx,.csv`.
    #[prop(into)]
    accept: String,
    #[prop(into)] button: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = "file".to_string(), into)] id: String,
    /// Not the page's next step: an outlined button.
    #[prop(optional)]
    quiet: bool,
    /// Several files at once.
    #[prop(optional)]
    multiple: bool,
    /// Further fields below the file.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let own = own(&action, "");
    let page = use_context::<Request>().map(|request| request.page).unwrap_or_default();
    view! {
        <form method="post" action=action enctype="multipart/form-data" class="upload">
            <input type="hidden" name="page" value=page/>
            <div>
                <label class="label" for=id.clone()>{label}</label>
                <input class="field field--file" type="file" name="file" id=id accept=accept multiple=multiple required/>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            </div>
            {children.map(|children| view! { <div class="stack"><Provider value=own>{children()}</Provider></div> })}
            <button class=if quiet { "btn" } else { "btn btn--main" }>{button}</button>
        </form>
    }
}

/// One sentence that says what is wrong and what to do.
#[component]
pub fn Alert(#[prop(into)] text: String) -> impl IntoView {
    view! {
        <p class="alert" role="alert">
            <Icon sign=Sign::Warning/>
            <span>{text}</span>
        </p>
    }
}

/// A labelled field: a line, a day, a password, or a text area (`rows`).
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(default = "text".to_string(), into)] kind: String,
    /// More than 0 makes a text area.
    #[prop(optional)]
    rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: String,
    /// For fields whose name occurs several times on a page.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional, into)] autocomplete: Option<String>,
    /// Takes the focus when the page opens; for pages that are nothing but this form.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("f-{name}"));
    let reason = reason_for(&name);
    let invalid = reason.is_some();
    let note = format!("{id}-note");
    let described_by = (invalid || !hint.is_empty()).then(|| note.clone());
    // A password is never sent back to the page.
    let value = if kind == "password" { String::new() } else { entered(&name, value) };
    let control = if rows > 0 {
        view! { <TextArea id=id.clone() name value rows required invalid described_by/> }.into_any()
    } else {
        view! {
            <input
                class="field"
                type=kind
                id=id.clone()
                name=name
                value=value
                required=required
                autocomplete=autocomplete
                autofocus=autofocus
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
            />
        }
        .into_any()
    };
    view! {
        <div class="entry">
            <label class="label" for=id>{label}{required.then(|| view! { <span class="need">"※必須"</span> })}</label>
            {control}
            {match reason {
                Some(reason) => view! { <p class="error" id=note><Icon sign=Sign::Warning/>{reason}</p> }.into_any(),
                None if hint.is_empty() => ().into_any(),
                None => view! { <p class="hint" id=note>{hint}</p> }.into_any(),
            }}
        </div>
    }
}

/// A labelled choice from a list of (value, text).
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] id: Option<String>,
    /// In a table the column and the row say what it is: the label is only spoken.
    #[prop(optional)]
    unseen: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("f-{name}"));
    let chosen = entered(&name, value);
    let reason = reason_for(&name);
    let note = format!("{id}-note");
    let described_by = (reason.is_some() || !hint.is_empty()).then(|| note.clone());
    view! {
        <div class="entry">
            <label class=if unseen { "sr" } else { "label" } for=id.clone()>{label}{required.then(|| view! { <span class="need">"※必須"</span> })}</label>
            <select
                class="select"
                id=id
                name=name
                required=required
                aria-invalid=reason.is_some().then_some("true")
                aria-describedby=described_by
            >
                {options
                    .into_iter()
                    .map(|(value, text)| {
                        let selected = value == chosen;
                        view! { <option value=value selected=selected>{text}</option> }
                    })
                    .collect_view()}
            </select>
            {match reason {
                Some(reason) => view! { <p class="error" id=note><Icon sign=Sign::Warning/>{reason}</p> }.into_any(),
                None if hint.is_empty() => ().into_any(),
                None => view! { <p class="hint" id=note>{hint}</p> }.into_any(),
            }}
        </div>
    }
}

/// A value the form carries along.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// The button of a form. One `main` per view: the next step.
#[component]
pub fn Submit(
    #[prop(into)] text: String,
    #[prop(optional)] main: bool,
    #[prop(optional)] small: bool,
    #[prop(optional)] stop: bool,
    /// A longer name for those who can't see the row it stands in.
    #[prop(optional, into)]
    spoken: Option<String>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
) -> impl IntoView {
    let mut class = "btn".to_string();
    for (on, suffix) in [(main, " btn--main"), (small, " btn--s"), (stop, " btn--stop")] {
        if on {
            class.push_str(suffix);
        }
    }
    view! { <button class=class aria-label=spoken name=name value=value>{text}</button> }
}
