//! `/originals/:original`: which answer goes into which cell of a department's own workbook, before it is written.

use super::original_form::FormShown;
use super::original_old::stands;
use crate::ui::{Crumb, Hidden, Page, Tone, page};
use domain::form::old::Old;
use leptos::prelude::*;
use store::form::original::{self, Choices, Plan, PlannedForm};

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
/// Begins the name of the field that says whether the owner is written into the head.
pub const HEAD: &str = "head";
/// Begins the name of the field that says what becomes of rows without an answer.
pub const REST: &str = "rest";
/// Begins the name of the field that says what becomes of remarks beside answers that have none.
pub const NOTE: &str = "note";
/// The form that asks for the workbook.
pub const FILL: &str = "fill";
/// The head is exchanged.
pub const WRITE: &str = "write";

/// What was chosen for the forms of a workbook, from the fields of an address.
pub fn choices<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Choices {
    let mut choices = Choices::default();
    for (key, value) in fields {
        let of = |name: &str| key.strip_prefix(name).and_then(|index| index.parse().ok());
        if let Some(index) = of(OWNER) {
            let owner = if value == NOBODY { Some(None) } else { value.parse().ok().map(Some) };
            choices.owners.extend(owner.map(|owner| (index, owner)));
        } else if let Some(index) = of(HEAD) {
            choices.heads.insert(index, value == WRITE);
        } else if let (Some(index), Some(old)) = (of(REST), Old::from_key(value)) {
            choices.rests.insert(index, old);
        } else if let (Some(index), Some(old)) = (of(NOTE), Old::from_key(value)) {
            choices.notes.insert(index, old);
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
    let head = |write: &bool| if *write { WRITE } else { Old::Keep.key() };
    let named = |name: &'static str, index: &usize, value: &str| (format!("{name}{index}"), value.to_string());
    let owners = choices.owners.iter().map(|(index, owner)| named(OWNER, index, &value(owner)));
    let heads = choices.heads.iter().map(|(index, write)| named(HEAD, index, head(write)));
    let rests = choices.rests.iter().map(|(index, old)| named(REST, index, old.key()));
    let notes = choices.notes.iter().map(|(index, old)| named(NOTE, index, old.key()));
    let rows = choices.rows.iter().map(|((form, row), item)| (row_field(*form, *row), item.to_string()));
    owners.chain(heads).chain(rests).chain(notes).chain(rows).collect()
}

/// The choices as fields but for those a form holds itself.
pub fn other_fields(choices: &Choices, own: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    fields(choices).into_iter().filter(|(name, _)| !own(name)).collect()
}

/// How the names of the fields begin that a form shows as boxes: they are not carried along hidden.
fn shown(form: &PlannedForm, index: usize) -> Vec<String> {
    if form.refusal.is_some() {
        return Vec::new();
    }
    let rows = form.lines.iter().any(|line| line.proposed.is_some()).then(|| format!("{ROW}{index}-"));
    let stood = stands(form).into_iter().map(|name| format!("{name}{index}"));
    rows.into_iter().chain(stood).collect()
}

/// `row1-` holds all rows of a form, `head1` is one field.
fn holds(own: &str, name: &str) -> bool {
    if own.ends_with('-') { name.starts_with(own) } else { name == own }
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
    let own: Vec<String> = plan.forms.iter().enumerate().flat_map(|(index, form)| shown(form, index)).collect();
    let rest = other_fields(&choices, |name| own.iter().any(|own| holds(own, name)));
    let again = search.clone();
    let (id, several, file) = (plan.id, plan.forms.len() > 1, plan.filled_name());
    view! {
        <Page title=plan.name.clone() way scope=inspection.name.clone() state>
            <p class="lead-text">
                "この画面に示すセルだけを書き換えた写しを作ります。元のファイルと、書式、図形、数式、印刷の設定などのほかの部分は変わりません。数式は、開いたときに計算し直されます。この画面は24時間使えます。"
            </p>
            {(open > 0 && several).then(|| view! {
                <p class="notice notice--warn">{format!("書き込まないシートが{open}枚あります。下で理由を確かめてください。")}</p>
            })}
            // What is chosen below belongs to this form, too: nothing is written otherwise than it is seen there.
            <form id=FILL method="get" action=format!("/download/original/{id}")>
                {rest.into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect_view()}
                <Hidden name="q" value=again/>
                {(answers > 0).then(|| view! {
                    <p><button class="btn btn--main">"回答を書き込んだファイルを受け取る"</button>" "<span class="sub">{file}</span></p>
                })}
            </form>
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
            heads: [(0, true), (1, false)].into_iter().collect(),
            rests: [(0, Old::Clear)].into_iter().collect(),
            notes: [(2, Old::Keep)].into_iter().collect(),
        };
        let given = fields(&chosen);
        let strange = [("q", "平野"), ("owner", "none"), ("ownerX", "none"), ("owner3", "?"), ("row1", "none"), ("rest1", "?"), ("note", "keep"), ("row1-x", "?"), ("row-1-2", "?")];
        let all = given.iter().map(|(key, value)| (key.as_str(), value.as_str())).chain(strange);
        assert_eq!(choices(all), chosen);
    }
}
