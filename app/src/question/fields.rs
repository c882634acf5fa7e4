//! The fields of a question's form, and whether a form came back.

use crate::context::Returned;
use crate::ui::{Field, Select};
use domain::role::Role;
use domain::topic::Topic;
use leptos::prelude::*;

/// Whether this form was refused; what it is folded into is then shown open.
pub fn came_back(action: &str, key: &str) -> bool {
    use_context::<Returned>().is_some_and(|returned| {
        returned.action == action
            && returned.fields.iter().any(|(name, value)| name == "form" && value == key)
    })
}

/// The roles with a sheet; one without is shown as not chosen.
fn roles() -> Vec<(String, String)> {
    let none = (String::new(), "選んでください".to_string());
    let roles = Role::WITH_SHEET.map(|role| (role.key().to_string(), role.label().to_string()));
    std::iter::once(none).chain(roles).collect()
}

fn topics() -> Vec<(String, String)> {
    Topic::ALL
        .map(|topic| (topic.number().to_string(), format!("{} {}", topic.number(), topic.label())))
        .to_vec()
}

/// What a question consists of. `key` makes the fields' ids unique on the page.
#[component]
pub fn QuestionFields(
    #[prop(into)] key: String,
    #[prop(optional, into)] text: String,
    #[prop(optional, into)] not_applicable: String,
    role: Option<Role>,
    topic: Topic,
) -> impl IntoView {
    let role = role.filter(|role| Role::WITH_SHEET.contains(role)).map(Role::key).unwrap_or_default();
    view! {
        <Field name="text" label="設問文（120字以内）" value=text rows=3 required=true id=format!("text-{key}")/>
        <div class="row">
            <Select name="role" label="答える人" options=roles() value=role required=true id=format!("role-{key}")/>
            <Select name="topic" label="章" options=topics() value=topic.number().to_string() id=format!("topic-{key}")/>
        </div>
        <Field
            name="not_applicable"
            label="該当なしの条件"
            value=not_applicable
            id=format!("na-{key}")
            hint="例：持出しなし。空にすると、「該当なし」を選べない設問になります。"
        />
    }
}
