//! `/sheets/:sheet`: which questions, in which order, and freezing.

use super::api::{LeaveOut, MoveItem, TakeIn};
use super::list_page::{editions, paths};
use crate::lineage::api::changes_path;
use crate::ui::{Chip, Crumb, Empty, Export, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use domain::question::setting::{FORMULA, Setting, Shown, minutes};
use domain::role::Role;
use domain::sheet::Change;
use domain::topic::Topic;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::QuestionNow;
use store::sheet::{ItemView, SheetView, show};
use uuid::Uuid;

/// The page.
#[component]
pub fn SheetPage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, ask.id("sheet")?).await?) },
        |sheet| view! { <Sheet sheet/> }.into_any(),
    )
}

#[component]
fn Sheet(sheet: SheetView) -> impl IntoView {
    let way = vec![Crumb { text: "点検票".into(), href: format!("/sheets?year={}", sheet.fiscal_year) }];
    let state = match (sheet.editions.is_empty(), sheet.unchanged) {
        (true, _) => (Tone::Plain, "作成中".to_string()),
        (false, true) => (Tone::Ok, "確定済み".to_string()),
        (false, false) => (Tone::Note, "確定後に変更あり".to_string()),
    };
    let seconds: usize = sheet.items.iter().map(|item| item.question.setting.seconds()).sum();
    let scope = format!("{}問　見込み 約{}分", sheet.items.len(), minutes(seconds));
    let per_system = sheet.role == Role::SystemManager;
    let (id, may_edit) = (sheet.id, sheet.may_edit);
    let freezable = may_edit && !sheet.unchanged && !sheet.items.is_empty();
    let actions = view! {
        <a class="btn btn--s" href=format!("/sheets/{id}/compare")>"前の版との比較"</a>" "
        <a class="btn btn--s" href=format!("/sheets/{id}/preview")>"プレビュー"</a>" "
        {freezable.then(|| view! { <a class="btn btn--s btn--main" href=format!("/sheets/{id}/freeze")>"確定へ進む"</a> })}
    }
    .into_any();
    view! {
        <Page title=sheet.title.clone() state scope way actions>
            {(!sheet.editions.is_empty()).then(|| view! { <p class="lead-text">"確定した版："{editions(sheet.editions.clone())}</p> })}
            {per_system.then(|| view! {
                <p class="lead-text">"この点検票は、所管する情報システムごとに1票を配付します。2つのシステムを所管する人には、2票が届きます。"</p>
            })}
            <Waiting sheet=sheet.clone()/>
            <p class="hint">{FORMULA}</p>
            {if sheet.items.is_empty() {
                view! { <Empty text="点検票に設問がありません。下の「載せていない設問」から加えると、確定できるようになります。"/> }.into_any()
            } else {
                view! { <Items sheet=sheet.clone()/> }.into_any()
            }}
            <LeftOut sheet=id questions=sheet.left_out may_edit/>
        </Page>
    }
}

/// What should be settled before freezing; freezing stays possible.
#[component]
fn Waiting(sheet: SheetView) -> impl IntoView {
    let revision = sheet.items.iter().filter_map(|item| item.waits).max();
    revision.map(|revision| {
        view! {
            <p class="notice notice--warn" role="status">
                <Icon sign=Sign::Warning/>
                <span>
                    {format!("条項が変わった設問が{}問あります。確定する前に、", sheet.waiting())}
                    <a href=changes_path(revision)>"見直しが必要な設問"</a>
                    "で、このまま使うか、文言を直すか、廃止するかを決めてください。"
                </span>
            </p>
        }
    })
}

#[component]
fn Items(sheet: SheetView) -> impl IntoView {
    let (id, may_edit, last) = (sheet.id, sheet.may_edit, sheet.items.len());
    let mut topic: Option<Topic> = None;
    let rows = sheet.items.into_iter().zip(1..).map(|(item, number)| {
        let head = (topic != Some(item.question.topic)).then(|| group(item.question.topic));
        topic = Some(item.question.topic);
        view! { {head}<Item sheet=id number item may_edit last/> }
    });
    let rows = rows.collect_view();
    view! {
        <Export table="items"/>
        <table class="table table--stick">
            <caption class="sr">"点検票の設問"</caption>
            <thead>
                <tr>
                    <th scope="col" class="num">"番号"</th>
                    <th scope="col">"設問"</th>
                    <th scope="col">"回答"</th>
                    <th scope="col">"条項"</th>
                    <th scope="col">"前の版から"</th>
                    {may_edit.then(|| view! { <th scope="col">"操作"</th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn group(topic: Topic) -> AnyView {
    view! { <tr class="group"><td class="num"></td><th scope="rowgroup" colspan="5">{format!("第{}　{}", topic.number(), topic.label())}</th></tr> }
        .into_any()
}

#[component]
fn Item(sheet: Uuid, number: usize, item: ItemView, may_edit: bool, last: usize) -> impl IntoView {
    let question = item.question;
    let tone = if item.change == Change::Same { Tone::Plain } else { Tone::Note };
    view! {
        <tr id=format!("q-{}", question.id)>
            <th scope="row" class="num">{format!("問{number}")}</th>
            <td>
                {question.text}<Marks setting=question.setting.clone()/>
                {item.waits.map(|revision| view! { " "<a href=changes_path(revision)><Chip tone=Tone::Warn text="要見直し"/></a> })}
            </td>
            <td class="sub">
                {question.setting.scale.label()}
                {question.not_applicable.map(|when| view! { <br/>{format!("該当なし：{when}")} })}
            </td>
            <td class="sub">{paths(&item.path)}</td>
            <td><Chip tone text=item.change.label()/></td>
            {may_edit.then(|| view! { <td><Operations sheet question=question.id number last/></td> })}
        </tr>
    }
}

/// What is set beyond the scale.
#[component]
fn Marks(setting: Setting) -> impl IntoView {
    let marks = [
        (setting.gate, Tone::Key, "必須"),
        (!setting.counts(), Tone::Plain, "把握のみ"),
        (setting.evidence, Tone::Plain, "証跡"),
        (setting.shown != Shown::Always, Tone::Note, "条件付き"),
    ];
    marks
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, tone, text)| view! { " "<Chip tone text/> })
        .collect_view()
}

#[component]
fn Operations(sheet: Uuid, question: Uuid, number: usize, last: usize) -> impl IntoView {
    view! {
        <div class="ops">
            <a class="btn btn--s" href=format!("/sheets/{sheet}/questions/{question}") aria-label=format!("問{number}の設定")>"設定"</a>
            {(number > 1).then(|| view! { <Move sheet question number direction="up" text="↑" spoken="上へ"/> })}
            {(number < last).then(|| view! { <Move sheet question number direction="down" text="↓" spoken="下へ"/> })}
            <PostForm action=LeaveOut::PATH key=question.to_string()>
                <Hidden name="sheet" value=sheet.to_string()/>
                <Hidden name="question" value=question.to_string()/>
                <Submit text="外す" small=true spoken=format!("問{number}を外す")/>
            </PostForm>
        </div>
    }
}

#[component]
fn Move(
    sheet: Uuid,
    question: Uuid,
    number: usize,
    direction: &'static str,
    text: &'static str,
    spoken: &'static str,
) -> impl IntoView {
    view! {
        <PostForm action=MoveItem::PATH key=format!("{direction}-{question}")>
            <Hidden name="sheet" value=sheet.to_string()/>
            <Hidden name="question" value=question.to_string()/>
            <Hidden name="direction" value=direction/>
            <Submit text small=true spoken=format!("問{number}を{spoken}")/>
        </PostForm>
    }
}

/// Questions of the role that are in use but not on the sheet.
#[component]
fn LeftOut(sheet: Uuid, questions: Vec<QuestionNow>, may_edit: bool) -> impl IntoView {
    (!questions.is_empty()).then(|| {
        view! {
            <section class="after" id="left-out">
                <h2>{format!("載せていない設問 {}問", questions.len())}</h2>
                <Export table="left_out"/>
                <table class="table">
                    <caption class="sr">"点検票に載せていない設問"</caption>
                    <thead><tr><th scope="col">"章"</th><th scope="col">"設問"</th><th scope="col">"操作"</th></tr></thead>
                    <tbody>
                        {questions.into_iter().map(|question| view! { <Left sheet question may_edit/> }).collect_view()}
                    </tbody>
                </table>
            </section>
        }
    })
}

#[component]
fn Left(sheet: Uuid, question: QuestionNow, may_edit: bool) -> impl IntoView {
    let id = question.id.to_string();
    let spoken = format!("「{}」を載せる", question.text);
    view! {
        <tr>
            <th scope="row">{question.topic.short()}</th>
            <td>{question.text}</td>
            <td>
                {may_edit.then(|| view! {
                    <PostForm action=TakeIn::PATH key=id.clone()>
                        <Hidden name="sheet" value=sheet.to_string()/>
                        <Hidden name="question" value=id.clone()/>
                        <Submit text="載せる" small=true spoken=spoken.clone()/>
                    </PostForm>
                })}
            </td>
        </tr>
    }
}
