//! `/intakes/forms/:form`: one form, whose it is and what becomes of each row.

use super::api::{SettleConflicts, SettleOwner};
use super::departures::{Departures, Unknown};
use super::form_rows::Rows;
use crate::ui::{Chip, Crumb, Field, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use domain::calendar::{fiscal_year, wareki};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::intake::{FormPage, SHOWN};

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
    let actions = view! { <a class="btn btn--s" href=pointing>"シートの図を見る"</a> }.into_any();
    let dated = form.dated_on.map(|day| format!("　点検日 {}", wareki(day))).unwrap_or_default();
    let (refusal, doubts) = (shown.refusal.clone(), shown.doubts.clone());
    let strange = !shown.rows.is_empty() && form.unmatched == shown.rows.len();
    let other_year = form.dated_on.is_some_and(|day| fiscal_year(day) != inspection.fiscal_year);
    let (conflicts, taken, id) = (form.conflicts, shown.taken, form.id);
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
            {(conflicts > 0 && !taken).then(|| view! { <Conflicts id conflicts/> })}
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

#[component]
fn Owner(
    shown: FormPage,
    /// Somebody looked for others: they are shown at once.
    searched: bool,
) -> impl IntoView {
    let form = shown.form.clone();
    let text = match &form.target {
        Some((_, name)) => format!("{name}（{}）", form.why),
        None if form.left_out => "この点検票は取り込みません。".to_string(),
        None => "誰の点検票か分かりません。".to_string(),
    };
    let tone = if form.has_owner { Tone::Ok } else { Tone::Warn };
    let sure = form.sureness.map_or("要確認", |sure| if form.left_out { "―" } else { sure.label() });
    let (owners, asked, id, taken) = (shown.owners, shown.asked, form.id.to_string(), shown.taken);
    let (none, more) = (owners.is_empty(), owners.len() == SHOWN);
    let chosen = form.target.map(|(target, _)| target);
    let options = StoredValue::new(owners);
    view! {
        <section class="panel">
            <h2 class="h">"対象"</h2>
            <p><Chip tone text=format!("確からしさ：{sure}")/>" "{text}</p>
            {(!taken).then(|| view! {
                <details open=!form.has_owner || searched>
                    <summary>"対象を選ぶ"</summary>
                    <form method="get" action=format!("/intakes/forms/{id}") class="row row--even">
                        <Field name="q" label="氏名又は所属の一部で探す" value=asked/>
                        <div class="row row--end"><button class="btn">"探す"</button></div>
                    </form>
                    {none.then(|| view! { <p class="hint">"該当する対象がありません。別の言葉で探してください。"</p> })}
                    <PostForm action=SettleOwner::PATH class="stack">
                        <Hidden name="form" value=id.clone()/>
                        <fieldset class="choices choices--column">
                            <legend class="label">"この点検票の対象"</legend>
                            {options.get_value().into_iter().map(|(target, text)| view! {
                                <label class="check"><input type="radio" name="target" value=target.to_string() checked=chosen == Some(target)/>{text}</label>
                            }).collect_view()}
                            {more.then(|| view! { <p class="hint">{format!("初めの{SHOWN}件を表示しています。ほかの人は、氏名で探してください。")}</p> })}
                            <label class="check"><input type="radio" name="target" value="left_out" checked=form.left_out/>"取り込まない"</label>
                        </fieldset>
                        <Submit text="対象を決める" main=!form.has_owner/>
                    </PostForm>
                </details>
            })}
        </section>
    }
}

/// The same decision for all rows that differ.
#[component]
fn Conflicts(id: uuid::Uuid, conflicts: usize) -> impl IntoView {
    let button = move |choice: &'static str, text: &'static str| {
        view! {
            <PostForm action=SettleConflicts::PATH>
                <Hidden name="form" value=id.to_string()/>
                <Hidden name="choice" value=choice/>
                <Submit text/>
            </PostForm>
        }
    };
    view! {
        <section class="panel section">
            <h2 class="h">{format!("登録済みの回答と異なる行が{conflicts}行あります")}</h2>
            <p class="lead-text">"両方の回答を下の表で見比べて、どちらにするかを行ごとに選ぶか、まとめて選んでください。"</p>
            <div class="row">
                {button("stored", "すべて登録済みの回答を残す")}
                {button("file", "すべてファイルの回答に置き換える")}
            </div>
        </section>
    }
}
