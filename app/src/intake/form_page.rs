//! `/intakes/forms/:form`: one form, whose it is and what becomes of each row.

use super::departures::{Departures, Unknown};
use super::form_rows::Rows;
use super::owner_panel::Owner;
use crate::ui::{Crumb, Icon, Page, Sign, Tone, page};
use domain::calendar::{fiscal_year, wareki};
use leptos::prelude::*;
use store::intake::FormPage;

/// The page.
#[component]
pub fn IntakeFormPage() -> impl IntoView {
    page(
        |ask| async move {
            let (id, search) = (ask.id("form")?, ask.text("q"));
            let shown = store::intake::form_page(&ask.db, &ask.actor, id, &search, ask.now).await?;
            Ok((shown, ask.text("rows").parse().ok(), !search.is_empty()))
        },
        |(shown, settled, searched)| view! { <Shown shown settled searched/> }.into_any(),
    )
}

#[component]
fn Shown(shown: FormPage, settled: Option<u32>, searched: bool) -> impl IntoView {
    let inspection = &shown.inspection;
    let way = vec![
        Crumb { text: inspection.name.clone(), href: format!("/inspections/{}", inspection.id) },
        Crumb { text: "読取り結果".into(), href: format!("/intakes/{}", shown.intake) },
    ];
    let form = shown.form.clone();
    let open = form.unclear + form.unmatched + form.conflicts;
    let departs = !form.drifts.is_empty();
    let state = match (shown.taken, form.left_out, form.has_owner, open) {
        (true, ..) => (Tone::Ok, "取込済".to_string()),
        (_, true, ..) => (Tone::Plain, "取り込まない".to_string()),
        (_, _, false, _) => (Tone::Warn, "対象の確認が必要".to_string()),
        _ if departs => (Tone::Warn, "様式と異なる点あり".to_string()),
        (.., 0) => (Tone::Key, "取り込める".to_string()),
        (.., open) => (Tone::Warn, format!("要確認 {open}行")),
    };
    let title = match form.person.as_str() {
        "" if form.department.is_empty() => "点検票".to_string(),
        "" => form.department.clone(),
        person => format!("{}　{person}", form.department).trim().to_string(),
    };
    let place = match form.sheet.as_str() {
        "" => shown.file_name.clone(),
        sheet => format!("{}　シート「{sheet}」", shown.file_name),
    };
    let by = form.layout.as_ref().map(|(_, name)| format!("　様式「{name}」で読取り")).unwrap_or_default();
    let pointing = format!("/intakes/files/{}", shown.file);
    let actions = view! { <a class="btn btn--s" href=pointing>"セルを指定する"</a> }.into_any();
    let dated = form.dated_on.map(|day| format!("　点検日 {}", wareki(day))).unwrap_or_default();
    let (refusal, doubts) = (shown.refusal.clone(), shown.doubts.clone());
    let strange = !shown.rows.is_empty() && form.unmatched == shown.rows.len();
    let other_year = form.dated_on.is_some_and(|day| fiscal_year(day) != inspection.fiscal_year);
    let taken = shown.taken;
    view! {
        <Page title way scope=format!("{place}{dated}{by}") state actions>
            {settled.map(|rows| view! { <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>{remembered(rows)}</span></p> })}
            {refusal.map(|text| view! { <p class="notice notice--warn">{text}</p> })}
            {other_year.then(|| view! { <p class="notice notice--warn">"点検日が、この点検の年度のものではありません。古い点検票でないか、確かめてください。"</p> })}
            {doubts.into_iter().map(|text| view! { <p class="notice notice--warn">{text}</p> }).collect_view()}
            {(!form.has_owner && !form.left_out).then(|| view! {
                <p class="notice notice--warn">"先に対象を決めてください。対象が決まると、その人の点検票の設問に合わせて読み直します。"</p>
            })}
            {strange.then(|| view! {
                <p class="notice notice--warn">"この様式の設問は、今回の点検票の設問と一つも一致しません。別の点検票でないか、確かめてください。"</p>
            })}
            {(departs && !taken).then(|| view! { <Departures shown=shown.clone()/> })}
            <Owner shown=shown.clone() searched/>
            {(!taken).then(|| view! { <Unknown shown=shown.clone()/> })}
            <Rows shown/>
        </Page>
    }
}

/// What a word has settled.
fn remembered(rows: u32) -> String {
    match rows {
        0 => "言葉の読み方を覚えました。いま決まる行はありませんでした。".to_string(),
        rows => format!("言葉の読み方を覚え、{rows}行の扱いを決めました。"),
    }
}
