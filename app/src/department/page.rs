//! `/inspections/:inspection/departments/:department`

use super::answers::{AnswersSection, Show};
use super::deputy::Deputies;
use super::order::Order;
use super::people::{People, State};
use super::word::Word;
use crate::approval::history::Course;
use crate::inspection::reminder_parts::Reminded;
use crate::ui::{Crumb, Done, Empty, Page, Tone, page};
use domain::calendar::short_day;
use domain::permission::{Action, reach};
use leptos::prelude::*;
use store::approval::{Happened, Step};
use store::department;
use uuid::Uuid;

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
                order: Order::read(&ask.text("sort"), &ask.text("turn")),
                number: ask.text("page").parse().unwrap_or(1),
                done: What::read(&ask.text("done"), &ask.text("n")),
                today: ask.today(),
                runs: reach(&ask.actor, Action::RunInspection).is_some(),
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
    order: Order,
    /// The page of the list.
    number: usize,
    done: Option<What>,
    today: time::Date,
    /// The office: it extends and gives out numbers.
    runs: bool,
    may_mend: bool,
}

/// What was just done, and to how many.
#[derive(Clone, Copy)]
enum What {
    Returned(u32),
    Confirmed,
    Withdrawn,
    Deputy,
    DeputyWithdrawn,
    Reminded(u32),
}

impl What {
    fn read(done: &str, number: &str) -> Option<What> {
        let number = number.parse().ok()?;
        match done {
            "returned" => Some(What::Returned(number)),
            "confirmed" => Some(What::Confirmed),
            "withdrawn" => Some(What::Withdrawn),
            "deputy" => Some(What::Deputy),
            "deputy_withdrawn" => Some(What::DeputyWithdrawn),
            "reminded" => Some(What::Reminded(number)),
            _ => None,
        }
    }
}

#[component]
fn Said(what: What, missing: usize) -> impl IntoView {
    let (text, tone) = match what {
        What::Reminded(people) => return view! { <Reminded people/> }.into_any(),
        What::Returned(number) => (format!("点検票{number}件を差し戻し、本人への通知を作りました。"), Tone::Ok),
        What::Confirmed if missing > 0 => {
            (format!("所属として確認しました。まだ提出されていない点検票が{missing}件あります。"), Tone::Warn)
        }
        What::Confirmed => ("所属として確認しました。".to_string(), Tone::Ok),
        What::Withdrawn => ("所属長の確認を取り消しました。点検票を差し戻せます。".to_string(), Tone::Ok),
        What::Deputy => ("代理を定め、本人への通知を作りました。".to_string(), Tone::Ok),
        What::DeputyWithdrawn => ("代理を取り消しました。".to_string(), Tone::Ok),
    };
    view! { <Done text tone/> }.into_any()
}

#[component]
fn Department(shown: department::DepartmentPage, view: View) -> impl IntoView {
    let gathering = shown.gathering;
    let state = match (gathering.approved, gathering.confirmed, gathering.missing) {
        (Some(_), true, 0) => (Tone::Ok, "承認済み".to_string()),
        (Some(_), true, missing) => (Tone::Warn, format!("承認済み（未提出{missing}件）")),
        (_, true, 0) => (Tone::Ok, "確認済み".to_string()),
        (_, true, missing) => (Tone::Warn, format!("確認済み（未提出{missing}件）")),
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
    let office = (view.runs && !gathering.closed).then(|| view! { <Office ids missing=gathering.missing/> });
    let actions = view! {
        {office}
        <a class="btn btn--s" href=forms>"点検票のExcel"</a>
        {waits.then(|| view! { <a class="btn" href="#word">"確認へ進む"</a> })}
    };
    let answers = shown.answers.clone().map(|answers| {
        let order = view.order.query();
        let order = if order.is_empty() { order } else { format!("&{order}") };
        let base = format!("{base}?state={}{order}", view.state.key());
        view! { <AnswersSection answers show=view.show base may_mend=view.may_mend/> }
    });
    let (deputies, candidates) = (shown.deputies.clone(), shown.candidates.clone());
    let (history, whose) = (told(&shown), shown.rows.iter().map(|row| (row.target, row.name.clone())).collect::<Vec<_>>());
    let empty = shown.rows.is_empty();
    view! {
        <Page title=shown.name.clone() state scope way actions=actions.into_any()>
            {view.done.map(|what| view! { <Said what missing=gathering.missing/> })}
            {if empty {
                view! { <Empty text="この所属には、この点検の点検票がありません。提出や確認は必要ありません。"/> }.into_any()
            } else {
                view! { <People shown=shown.clone() state=view.state order=view.order number=view.number base/> }.into_any()
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

/// What the office can do for a department where sheets are missing.
#[component]
fn Office(ids: (Uuid, Uuid), missing: usize) -> impl IntoView {
    let href = |page: &str| format!("/inspections/{}/{page}?department={}", ids.0, ids.1);
    (missing > 0).then(|| view! {
        <a class="btn btn--s" href=href("reminder")>"督促"</a>
        <a class="btn btn--s" href=href("settings")>"期限の延長"</a>
        <a class="btn btn--s" href=href("slips")>"確認票の番号"</a>
    })
}

/// Handing in for the first time is in the table already.
fn told(shown: &department::DepartmentPage) -> Vec<Step> {
    let first = |step: &&Step| step.what != Happened::Submitted { again: false };
    shown.history.iter().filter(first).cloned().collect()
}
