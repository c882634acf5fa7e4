//! `/responses/:target`: somebody else's answers, read only. Each look is recorded.

use super::done::Answers;
use crate::approval::history::Course;
use crate::evidence::files::reader_link;
use crate::intake::form_rows::rule_word;
use crate::ledger::text::groups;
use crate::ui::{Crumb, Empty, Export, Page, Tone, page};
use domain::answer::Value;
use domain::calendar::{day, wareki, wareki_time};
use domain::permission::{Action, allows, reach};
use leptos::prelude::*;
use store::intake::Origin;
use store::response::{self, Chapter, Reading};

/// The page.
#[component]
pub fn ReadingPage() -> impl IntoView {
    page(
        |ask| async move {
            let reading = response::read(&ask.db, &ask.actor, ask.id("target")?, ask.now).await?;
            let mends = reach(&ask.actor, Action::MendImprovement);
            let may_mend = mends.is_some_and(|reach| reach.covers(reading.sheet.department));
            Ok((reading, may_mend, allows(&ask.actor, Action::RunInspection)))
        },
        |(reading, may_mend, sees_board)| view! { <Read reading may_mend sees_board/> }.into_any(),
    )
}

#[component]
fn Read(reading: Reading, may_mend: bool, sees_board: bool) -> impl IntoView {
    let (sheet, history, origins) = (reading.sheet, reading.history, reading.origins);
    let board = Crumb { text: sheet.inspection_name.clone(), href: format!("/inspections/{}", sheet.inspection) };
    let department = Crumb {
        text: sheet.department_name.clone(),
        href: format!("/inspections/{}/departments/{}", sheet.inspection, sheet.department),
    };
    let way = sees_board.then_some(board).into_iter().chain([department]).collect();
    let state = if reading.shown { (Tone::Ok, "提出済み") } else { (Tone::Plain, "未提出") };
    let submitted = sheet.facts.submission.map(|(_, at)| format!("　{}提出", wareki_time(at))).unwrap_or_default();
    let scope = format!("{} {}　{}{submitted}", sheet.department_name, sheet.person_title, sheet.title);
    view! {
        <Page title=format!("{}の回答", sheet.person_name) state=(state.0, state.1.to_string()) scope way>
            {if let Some(at) = reading.gone {
                let text = format!("この回答は、保存期間が満了したため廃棄しました（{}）。集計には、引き続き含まれています。", wareki(day(at)));
                view! { <Empty text/> }.into_any()
            } else if reading.shown {
                view! {
                    <p class="hint">"個々の回答の閲覧は、閲覧した人と日時が記録されます。"</p>
                    <Jump chapters=sheet.chapters.clone()/>
                    <Export table="response"/>
                    <Answers chapters=sheet.chapters link=reader_link mend=may_mend.then_some(sheet.target)/>
                }
                .into_any()
            } else {
                view! { <Empty text="まだ提出されていないため、回答は表示しません。提出されると、ここで閲覧できます。"/> }.into_any()
            }}
            {(reading.gone.is_none() && !origins.is_empty()).then(|| view! { <Origins origins/> })}
            {(!history.is_empty()).then(|| view! {
                <section class="later"><h2>"確認までの経過"</h2><Course steps=history/></section>
            })}
        </Page>
    }
}

/// 「× 2件　問3 問7」: each gap is one click away.
#[component]
fn Jump(chapters: Vec<Chapter>) -> impl IntoView {
    let of = |wanted: Value| -> Vec<i32> {
        let items = chapters.iter().flat_map(|chapter| &chapter.items).filter(|item| !item.hidden);
        let given = items.filter(|item| item.answer.as_ref().and_then(|answer| answer.value) == Some(wanted));
        given.map(|item| item.no).collect()
    };
    let found: Vec<(Value, Vec<i32>)> = [Value::NotDone, Value::Partial]
        .map(|value| (value, of(value)))
        .into_iter()
        .filter(|(_, numbers)| !numbers.is_empty())
        .collect();
    if found.is_empty() {
        return view! { <p class="hint">"一部実施及び未実施の回答はありません。"</p> }.into_any();
    }
    let line = |(value, numbers): (Value, Vec<i32>)| {
        let links = numbers.iter().map(|no| view! { " "<a href=format!("#q{no}")>{format!("問{no}")}</a> });
        view! { <li><b>{format!("{} {} {}件", value.sign(), value.label(), numbers.len())}</b>{links.collect_view()}</li> }
    };
    view! {
        <nav class="gap-jump" aria-label="一部実施及び未実施の設問へ移動">
            <ul>{found.into_iter().map(line).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// The rule that read a cell, and the 様式 it was read by.
fn read_by(origin: &Origin) -> String {
    match (rule_word(&origin.rule), origin.layout.as_str()) {
        (rule, "") => rule.to_string(),
        ("", layout) => format!("様式「{layout}」"),
        (rule, layout) => format!("様式「{layout}」・{rule}"),
    }
}

/// Where the answers from workbooks came from.
#[component]
fn Origins(origins: Vec<(i32, Origin)>) -> impl IntoView {
    view! {
        <details class="later">
            <summary>{format!("ファイルから取り込んだ回答（{}問）の元の記載", origins.len())}</summary>
            <Export table="origins"/>
            <div class="wide">
                <table class="table">
                    <caption class="sr">"取り込んだ回答の元の記載（設問の順）"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"設問"</th><th scope="col">"ファイル"</th><th scope="col">"シート・セル"</th>
                            <th scope="col">"記載"</th><th scope="col">"読み取った規則"</th><th scope="col">"ファイルの照合値（SHA-256）"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {origins.into_iter().map(|(no, origin)| view! {
                            <tr>
                                <th scope="row">{format!("問{no}")}</th>
                                <td class="wrap">{origin.file.clone()}</td>
                                <td>{format!("{} {}", origin.sheet, origin.cell)}</td>
                                <td class="wrap">{origin.raw.clone()}</td>
                                <td class="wrap">{read_by(&origin)}</td>
                                <td class="wrap"><code>{groups(&origin.sha256).into_iter().take(4).collect::<Vec<_>>().join(" ")}"…"</code></td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </details>
    }
}
