//! A sheet that was handed in (or an inspection that ended): the same answers, read only.

use super::frame::scope;
use crate::approval::history::Course;
use crate::evidence::files::{Links, own_link};
use crate::ui::{Page, Tone};
use domain::answer::Value;
use domain::calendar::{short_day, wareki_time};
use leptos::prelude::*;
use store::approval::Step;
use store::evidence::File;
use store::response::{Chapter, Item, Sheet};
use uuid::Uuid;

/// The owner's sheet after handing in.
#[component]
pub fn Done(sheet: Sheet, course: Vec<Step>, again: bool) -> impl IntoView {
    let facts = &sheet.facts;
    let submitted = facts.submission.map(|(_, at)| at);
    let (tone, state) = match (submitted, facts.standing.confirmed) {
        (Some(_), true) => (Tone::Ok, "所属長確認済み"),
        (Some(_), false) => (Tone::Ok, "提出済み"),
        (None, _) => (Tone::Err, "未提出"),
    };
    let what = match (submitted, facts.standing.closed, facts.standing.confirmed) {
        (None, ..) => "この点検は締め切られました。提出されていません。事務局に連絡してください。",
        (Some(_), true, _) => "この点検は締め切られました。御協力ありがとうございました。",
        (Some(_), false, true) => "所属長の確認が済みました。直すときは、所属長に差戻しを依頼してください。",
        (Some(_), false, false) => {
            "次に、所属長が内容を確認します。差し戻されたときは通知が届き、この画面で直して再び提出できます。"
        }
    };
    let title = sheet.title.clone();
    let scope = scope(&sheet);
    view! {
        <Page title state=(tone, state.to_string()) scope>
            {again.then(|| view! {
                <p class="notice">"この点検票は既に提出されています。もう一度提出する必要はありません。"</p>
            })}
            <div class=if submitted.is_some() { "notice notice--ok" } else { "notice notice--warn" }>
                <p>
                    {submitted.map(|at| view! { <b>{format!("{}に提出しました。", wareki_time(at))}</b> })}
                    {what}
                </p>
            </div>
            {submitted.map(|_| view! {
                <p><a class="btn btn--main" href=format!("/answer/{}/receipt", sheet.target)>"受領証を表示する"</a>" "<a class="btn" href=format!("/download/form/{}", sheet.target)>"提出した点検票（Excel）を受け取る"</a></p>
            })}
            {(!course.is_empty()).then(|| view! {
                <section class="later"><h2>"確認までの経過"</h2><Course steps=course/></section>
            })}
            <Answers chapters=sheet.chapters link=own_link/>
            <p><a class="btn" href="/">"最初の画面へ"</a></p>
        </Page>
    }
}

/// All answers of a sheet, chapter by chapter.
#[component]
pub fn Answers(
    chapters: Vec<Chapter>,
    /// Where its files are.
    link: fn(&File) -> String,
    /// The target, for a head who may take up its gaps as improvements.
    #[prop(default = None)]
    mend: Option<Uuid>,
) -> impl IntoView {
    chapters
        .into_iter()
        .map(|chapter| {
            let heading = format!("{}　{}", chapter.number, chapter.name);
            view! {
                <section class="answers">
                    <h2>{heading.clone()}</h2>
                    <div class="wide">
                    <table class="table">
                        <caption class="sr">{format!("{heading}の回答")}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"番号"</th>
                                <th scope="col">"設問"</th>
                                <th scope="col">"回答"</th>
                                <th scope="col">"理由と改善の内容"</th>
                                {mend.map(|_| view! { <th scope="col">"次の操作"</th> })}
                            </tr>
                        </thead>
                        <tbody>{chapter.items.into_iter().map(|item| view! { <AnswerRow item mend link/> }).collect_view()}</tbody>
                    </table>
                    </div>
                </section>
            }
        })
        .collect_view()
}

#[component]
fn AnswerRow(item: Item, mend: Option<Uuid>, link: fn(&File) -> String) -> impl IntoView {
    let answer = item.answer;
    let value = answer.as_ref().and_then(|answer| answer.value);
    let raw = answer.as_ref().and_then(|answer| answer.raw.clone());
    let words = match (item.hidden, &raw) {
        (true, _) => "対象外".to_string(),
        (false, Some(raw)) => item.setting.words(raw),
        (false, None) => "未回答".to_string(),
    };
    // The sign stands beside what counts; an answer in other words has its value behind it.
    let counted = value.filter(|_| !item.hidden);
    let counted = counted.filter(|value| words != value.label()).map(|value| format!("（{}）", value.label()));
    let carried = answer.as_ref().is_some_and(|answer| answer.carried);
    let evidence = answer.as_ref().map(|answer| answer.evidence.clone()).filter(|text| !text.is_empty());
    let comment = answer.as_ref().map(|answer| answer.comment.clone()).unwrap_or_default();
    let planned = answer.and_then(|answer| answer.planned_on).map(|day| format!("（改善予定日 {}）", short_day(day)));
    let gap = !item.hidden && value.is_some_and(Value::is_gap);
    let sign = value.filter(|_| !item.hidden).map(|value| format!("{} ", value.sign()));
    let class = if gap { "answers__gap" } else { "" };
    view! {
        <tr id=format!("q{}", item.no)>
            <th scope="row">{format!("問{}", item.no)}</th>
            <td>{item.text}</td>
            <td class=class>{sign}{words}{counted}{carried.then(|| view! { <small class="answers__proof">"前年から引継ぎ"</small> })}</td>
            <td>
                {comment}{planned}
                {evidence.map(|text| view! { <span class="answers__proof">{format!("証跡：{text}")}</span> })}
                <Links files=item.files link/>
            </td>
            {mend.map(|target| view! { <td>{gap.then(|| view! { <TakeUp target item=item.id no=item.no/> })}</td> })}
        </tr>
    }
}

/// The way from a gap to an improvement.
#[component]
fn TakeUp(target: Uuid, item: Uuid, no: i32) -> impl IntoView {
    let href = format!("/improvements/new?target={target}&item={item}");
    view! { <a class="btn btn--s" href=href aria-label=format!("改善として取り上げる：問{no}")>"改善として取り上げる"</a> }
}
