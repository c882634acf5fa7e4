//! `/originals/:original`: which answer goes into which cell of a department's own workbook, before it is written.

use super::original_form::FormShown;
use crate::ui::{Crumb, Page, Tone, page};
use leptos::prelude::*;
use store::form::original::{self, Choices, Plan};

/// The address workbooks are sent to; the inspection follows.
pub const UPLOAD: &str = "/upload/original/";
/// The address of the form that takes a file that was brought in already.
pub const FROM_INTAKE: &str = "/originals/intake";
/// Begins the name of the field with the owner of a form; its place follows.
pub const OWNER: &str = "owner";
/// Instead of an owner: nothing is written.
pub const NOBODY: &str = "none";

/// Begins the name of the field of a confirmed row; the places of the form and the row follow.
pub const ROW: &str = "row";

/// What was chosen for the forms of a workbook, from the fields of an address.
pub fn choices<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Choices {
    let mut choices = Choices::default();
    for (key, value) in fields {
        if let Some(index) = key.strip_prefix(OWNER).and_then(|index| index.parse().ok()) {
            let owner = if value == NOBODY { Some(None) } else { value.parse().ok().map(Some) };
            choices.owners.extend(owner.map(|owner| (index, owner)));
        } else if let Some((form, row)) = key.strip_prefix(ROW).and_then(|place| place.split_once('-'))
            && let (Ok(form), Ok(row), Ok(item)) = (form.parse(), row.parse(), value.parse())
        {
            choices.rows.insert((form, row), item);
        }
    }
    choices
}

/// The choices as fields: name and value.
pub fn fields(choices: &Choices) -> Vec<(String, String)> {
    let value = |owner: &Option<uuid::Uuid>| owner.map_or_else(|| NOBODY.to_string(), |owner| owner.to_string());
    let owners = choices.owners.iter().map(|(index, owner)| (format!("{OWNER}{index}"), value(owner)));
    let rows = choices.rows.iter().map(|((form, row), item)| (row_field(*form, *row), item.to_string()));
    owners.chain(rows).collect()
}

/// The name of the field of a row.
pub fn row_field(form: usize, row: usize) -> String {
    format!("{ROW}{form}-{row}")
}

/// The page.
#[component]
pub fn OriginalPage() -> impl IntoView {
    page(
        |ask| async move {
            let choices = choices(ask.fields());
            let (id, search) = (ask.id("original")?, ask.text("q"));
            let plan = original::page(&ask.db, &ask.actor, id, &choices, &search, ask.now).await?;
            Ok((plan, choices, search))
        },
        |(plan, choices, search)| view! { <Shown plan choices search/> }.into_any(),
    )
}

#[component]
fn Shown(plan: Plan, choices: Choices, search: String) -> impl IntoView {
    let inspection = &plan.inspection;
    let way = vec![Crumb { text: "点検票のExcel".into(), href: format!("/inspections/{}/forms", inspection.id) }];
    let answers = plan.answers();
    let open = plan.forms.iter().filter(|form| form.refusal.is_some()).count();
    let state = match answers {
        0 => (Tone::Warn, "書き込む回答なし".to_string()),
        answers => (Tone::Key, format!("{answers}問の回答を書き込む")),
    };
    let query: Vec<String> = fields(&choices).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let address = format!("/download/original/{}?{}", plan.id, query.join("&"));
    let (id, several) = (plan.id, plan.forms.len() > 1);
    view! {
        <Page title=plan.name.clone() way scope=inspection.name.clone() state>
            <p class="lead-text">
                "下の表のセルだけを書き換えます。書式、図形、数式、印刷の設定など、元のファイルのほかの部分は変わりません。数式は、開いたときに計算し直されます。この画面は24時間使えます。"
            </p>
            {(open > 0 && several).then(|| view! {
                <p class="notice notice--warn">{format!("書き込まないシートが{open}枚あります。下で理由を確かめてください。")}</p>
            })}
            {(answers > 0).then(|| view! {
                <p><a class="btn btn--main" href=address>"回答を書き込んだファイルを受け取る"</a></p>
            })}
            {plan.forms.into_iter().enumerate().map(|(index, form)| view! {
                <FormShown form index original=id choices=choices.clone() search=search.clone()/>
            }).collect_view()}
        </Page>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn choices_come_back_from_their_fields_and_nothing_else_does() {
        let chosen = Choices {
            owners: [(0, Some(Uuid::from_u128(7))), (12, None)].into_iter().collect(),
            rows: [((0, 3), Uuid::from_u128(8))].into_iter().collect(),
        };
        let given = fields(&chosen);
        let strange = [("q", "平野"), ("owner", "none"), ("ownerX", "none"), ("owner3", "?"), ("row1", "none"), ("row1-x", "?"), ("row-1-2", "?")];
        let all = given.iter().map(|(key, value)| (key.as_str(), value.as_str())).chain(strange);
        assert_eq!(choices(all), chosen);
    }
}
