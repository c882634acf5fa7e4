//! Importing a document: which policy it revises, and from when it holds.

use crate::ui::{Field, FileForm, Select};
use leptos::prelude::*;
use uuid::Uuid;

/// The value of the choice for a policy of its own.
pub const NEW: &str = "new";

/// The form. `policies` are those it may be the next revision of.
#[component]
pub fn ImportForm(
    policies: Vec<(Uuid, String)>,
    #[prop(into)] label: String,
    #[prop(into)] accept: String,
    #[prop(into)] hint: String,
) -> impl IntoView {
    let first = policies.is_empty();
    let mut options = vec![(String::new(), "表題が同じポリシーの次の版（なければ新しいポリシー）".to_string())];
    options.extend(policies.into_iter().map(|(id, title)| (id.to_string(), format!("「{title}」の次の版"))));
    options.push((NEW.to_string(), "新しいポリシー".to_string()));
    view! {
        <FileForm action="/upload/policy" label accept button="取り込む" hint>
            {(!first).then(|| view! {
                <Select name="policy" label="どのポリシーの改定か" options=options.clone()
                    hint="次の版として取り込むと、条文の同じ条項の設問と採否を引き継ぎ、変わった条項の設問を「要見直し」にします。"/>
            })}
            <Field name="effective_on" label="施行日（分かるとき）" kind="date"/>
        </FileForm>
    }
}
