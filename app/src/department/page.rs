//! `/inspections/:inspection/departments/:department`

use super::answers::{AnswersSection, Show};
use super::deputy::Deputies;
use super::people::{People, State};
use super::word::Word;
use crate::approval::history::Course;
use crate::ui::{Crumb, Empty, Page, Tone, page};
use domain::calendar::short_day;
use domain::permission::{Action, reach};
use leptos::prelude::*;
use store::approval::{Happened, Step};
use store::department;

/// The page.
#[component]
pub fn DepartmentPage() -> impl IntoView {
    page(
        |ask| async move {
            let (inspection, department) = (ask.id("inspection")?, ask.id("department")?);
            let shown = department::page(&ask.db, &ask.actor, inspection, department, ask.now).await?;
            let mends = reach(&ask.actor, Action::MendImprovement);
            let view = View {
                state: State::from_key(&ask.text("state")),
                show: Show::from_key(&ask.text("show")),
                today: ask.today(),
                may_mend: mends.is_some_and(|reach| reach.covers(department)),
            };
            Ok((shown, view))
        },
        |(shown, view)| view! { <Department shown view/> }.into_any(),
    )
}

/// What the reader chose, and the day.
#[derive(Clone, Copy)]
struct View {
    state: State,
    show: Show,
    today: time::Date,
    may_mend: bool,
}

#[component]
fn Department(shown: department::DepartmentPage, view: View) -> impl IntoView {
    let gathering = shown.gathering;
    let state = match (gathering.approved, gathering.confirmed, gathering.missing) {
        (Some(_), true, _) => (Tone::Ok, "承認済み".to_string()),
        (_, true, _) => (Tone::Ok, "確認済み".to_string()),
        (_, false, 0) => (Tone::Key, "確認待ち".to_string()),
        (_, false, missing) => (Tone::Plain, format!("未提出 {missing}件")),
    };
    let division = if shown.division_name == shown.name { "" } else { &shown.division_name };
    let scope = format!("{division}　{}　期限 {}", shown.inspection.name, short_day(shown.inspection.due_on));
    let way = match shown.may_act {
        true => vec![Crumb { text: "最初の画面".into(), href: "/".into() }],
        false => {
            vec![Crumb { text: shown.inspection.name.clone(), href: format!("/inspections/{}", shown.inspection.id) }]
        }
    };
    let ids = (shown.inspection.id, shown.department);
    let base = format!("/inspections/{}/departments/{}", ids.0, ids.1);
    let waits = shown.may_act && !gathering.confirmed && !gathering.closed && gathering.total > 0;
    let forms = format!("/inspections/{}/forms", shown.inspection.id);
    let actions = view! {
        <a class="btn btn--s" href=forms>"点検票のExcel"</a>
        {waits.then(|| view! { <a class="btn" href="#word">"確認へ進む"</a> })}
    };
    let answers = shown.answers.clone().map(|answers| {
        let base = format!("{base}?state={}", view.state.key());
        view! { <AnswersSection answers show=view.show base may_mend=view.may_mend/> }
    });
    let (deputies, candidates) = (shown.deputies.clone(), shown.candidates.clone());
    let (history, whose) = (told(&shown), shown.rows.iter().map(|row| (row.target, row.name.clone())).collect::<Vec<_>>());
    let empty = shown.rows.is_empty();
    view! {
        <Page title=shown.name.clone() state scope way actions=actions.into_any()>
            {if empty {
                view! { <Empty text="この所属には、この点検の点検票がありません。提出や確認は必要ありません。"/> }.into_any()
            } else {
                view! { <People shown=shown.clone() state=view.state base/> }.into_any()
            }}
            {answers.filter(|_| !empty)}
            <Word shown/>
            <Deputies deputies candidates ids today=view.today/>
            {(!history.is_empty()).then(|| view! {
                <section class="later" id="course"><h2>"確認までの経過"</h2><Course steps=history whose/></section>
            })}
        </Page>
    }
}

/// Handing in for the first time is in the table already.
fn told(shown: &department::DepartmentPage) -> Vec<Step> {
    let first = |step: &&Step| step.what != Happened::Submitted { again: false };
    shown.history.iter().filter(first).cloned().collect()
}
