//! `/editions/:edition`: a frozen sheet as a page for A4 paper.

use super::list_page::paths;
use super::setting_api::AddSupplement;
use crate::context::Returned;
use crate::home::head::Head;
use crate::ui::{Export, Field, Hidden, PostForm, Submit, page};
use domain::answer::{Raw, Value};
use domain::calendar::{day, wareki};
use domain::permission::{Action, allows};
use domain::question::setting::{Scale, Setting, minutes, row_mark};
use domain::topic::Topic;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use std::collections::BTreeMap;
use store::sheet::{EditionItemView, EditionView, Supplement, edition};
use uuid::Uuid;

/// The page.
#[component]
pub fn EditionPage() -> impl IntoView {
    page(
        |ask| async move {
            let found = edition(&ask.db, &ask.actor, ask.id("edition")?).await?;
            // A page that came back with a refusal still carries the address of what was added before.
            let added = if use_context::<Returned>().is_none() { ask.text("added") } else { String::new() };
            Ok((found, allows(&ask.actor, Action::EditPolicy), added))
        },
        |(edition, may_edit, added)| view! { <Paper edition may_edit added/> }.into_any(),
    )
}

#[component]
fn Paper(
    edition: EditionView,
    may_edit: bool,
    /// The number of a question an explanation was just added to.
    added: String,
) -> impl IntoView {
    let (sheet, count) = (edition.sheet, edition.items.len());
    let file = format!("/download/edition/{}", edition.id);
    let minutes = minutes(edition.items.iter().map(|item| item.setting.seconds()).sum());
    let items = edition.items.clone();
    view! {
        <Title text=format!("{}｜見直し", edition.label)/>
        <Head/>
        <main class="paper" id="main">
            <p class="ops ops--paper">
                {may_edit.then(|| view! { <a class="btn btn--s" href=format!("/sheets/{sheet}")>"点検票へ戻る"</a>" " })}
                <a class="btn btn--s" href=file download="">"点検票のブックを保存"</a>
            </p>
            {(!added.is_empty()).then(|| view! {
                <p class="notice notice--ok" role="status">{format!("問{added}に補足説明を加えました。回答する人の画面に、日付とともに示します。")}</p>
            })}
            <div class="paper__no"><p>{edition.label.clone()}<br/>{wareki(day(edition.at))}" 確定"</p></div>
            <p class="paper__to">{format!("{}　様", edition.role.label())}</p>
            <h1>{edition.title.clone()}</h1>
            <p class="paper__lead">
                {format!("設問は{count}問で、見込みは約{minutes}分です。回答欄の該当するものを1つ選びます。「該当なし」は、条件が示された設問だけで選べます。理由と改善の内容は、設問に別の定めがあるほか、「一部実施」及び「未実施」のときに記入してください。")}
            </p>
            <Export table="edition"/>
            <PaperQuestions items/>
            {may_edit.then(|| view! { <Supplements items=edition.items.clone()/> })}
        </main>
    }
}

/// The questions with the boxes to write in, chapter by chapter.
#[component]
pub fn PaperQuestions(
    items: Vec<EditionItemView>,
    /// For a person to write on: without what only the office asks about, with more room for the answer.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let numbers: BTreeMap<Uuid, (i32, Setting)> =
        items.iter().map(|item| (item.question, (item.no, item.setting.clone()))).collect();
    chapters(items).into_iter().map(|(topic, items)| view! { <Chapter topic items numbers=numbers.clone() own/> }).collect_view()
}

/// All that can be added to a frozen edition.
#[component]
fn Supplements(items: Vec<EditionItemView>) -> impl IntoView {
    let forms = items
        .into_iter()
        .map(|item| {
            let key = item.id.to_string();
            let no = item.no;
            view! {
                <details class="fold">
                    <summary>{format!("問{no}　{}", item.text)}</summary>
                    <PostForm action=AddSupplement::PATH key=key.clone() class="stack">
                        <Hidden name="item" value=key.clone()/>
                        <Hidden name="no" value=no.to_string()/>
                        <Field name="text" label="補足説明" rows=2 id=format!("s-{key}") required=true hint="400字以内。加えた後は変更できません。"/>
                        <div><Submit text="補足説明を加える" small=true spoken=format!("問{no}に補足説明を加える")/></div>
                    </PostForm>
                </details>
            }
        })
        .collect_view();
    view! {
        <section class="only-screen">
            <h2>"補足説明を加える"</h2>
            <p class="hint">"確定した版の設問、尺度及び順序は変えられません。回答が始まった後は、設問ごとに補足説明だけを加えられます。"</p>
            {forms}
        </section>
    }
}

/// The items chapter by chapter, in the order of the sheet.
fn chapters(items: Vec<EditionItemView>) -> Vec<(Topic, Vec<EditionItemView>)> {
    let mut chapters: Vec<(Topic, Vec<EditionItemView>)> = Vec::new();
    for item in items {
        match chapters.last_mut() {
            Some((topic, items)) if *topic == item.topic => items.push(item),
            _ => chapters.push((item.topic, vec![item])),
        }
    }
    chapters
}

#[component]
fn Chapter(
    topic: Topic,
    items: Vec<EditionItemView>,
    numbers: BTreeMap<Uuid, (i32, Setting)>,
    own: bool,
) -> impl IntoView {
    let class = if own { "pt pt--own" } else { "pt pt--sheet" };
    view! {
        <h2>{format!("{}　{}", topic.number(), topic.label())}</h2>
        <table class=class>
            <caption class="sr">{topic.label()}</caption>
            <thead>
                <tr>
                    <th scope="col">"番号"</th>
                    <th scope="col">"設問"</th>
                    <th scope="col">"根拠条文"</th>
                    {(!own).then(|| view! { <th scope="col">"前の版から"</th> })}
                    <th scope="col">"回答"</th>
                </tr>
            </thead>
            <tbody>{items.into_iter().map(|item| view! { <Item item numbers=numbers.clone() own/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Item(item: EditionItemView, numbers: BTreeMap<Uuid, (i32, Setting)>, own: bool) -> impl IntoView {
    let setting = item.setting.clone();
    let earlier = |id: Uuid| numbers.get(&id).map(|(no, setting)| (*no, setting));
    let shown = setting.shown.words(earlier);
    let added = |supplement: Supplement| {
        let text = format!("補足説明（{}）　{}", wareki(day(supplement.at)), supplement.text);
        view! { <p class="paper__note">{text}</p> }
    };
    view! {
        <tr id=format!("i{}", item.no)>
            <th scope="row">{format!("問{}", item.no)}{setting.gate.then(|| view! { <br/>"必須" })}</th>
            <td>
                {item.text}
                {shown.map(|text| view! { <p class="paper__note">{format!("（{text}）")}</p> })}
                {(!setting.guidance.is_empty()).then(|| view! { <p class="paper__note">{setting.guidance.clone()}</p> })}
                {setting.comment_words().map(|text| view! { <p class="paper__note">{format!("（{text}）")}</p> })}
                {item.supplements.into_iter().map(added).collect_view()}
            </td>
            <td>{paths(&item.clause_path)}</td>
            {(!own).then(|| view! { <td>{item.change.label()}</td> })}
            <td class="boxes"><Boxes setting none=item.not_applicable/></td>
        </tr>
    }
}

/// Where the answer is written on paper.
#[component]
fn Boxes(setting: Setting, none: Option<String>) -> impl IntoView {
    let text = |raw: Raw| match raw {
        Raw::Level(level) => format!("□{level}　{}", setting.level_text(level).unwrap_or_default()),
        raw => format!("□{}", setting.words(&raw)),
    };
    let beside = |raws: Vec<Raw>| raws.into_iter().map(|raw| view! { <span>{text(raw)}</span>" " }).collect::<Vec<_>>();
    let below = |raws: Vec<Raw>| raws.into_iter().map(|raw| view! { <div>{text(raw)}</div> }).collect::<Vec<_>>();
    let fields = match &setting.scale {
        Scale::Marks | Scale::YesNo => beside(setting.choices()).into_any(),
        Scale::Levels { .. } => below(setting.choices()).into_any(),
        Scale::Number { .. } => format!("（　　　　　　）{}", setting.scale.unit()).into_any(),
        Scale::Day { .. } => view! { "（　　年　　月　　日）"{below(setting.choices())} }.into_any(),
        Scale::Rows { rows } => rows
            .iter()
            .enumerate()
            .map(|(index, row)| view! { <div>{format!("{} {row}", row_mark(index))}</div><div>{beside(marks())}</div> })
            .collect::<Vec<_>>()
            .into_any(),
    };
    view! {
        <div>{fields}</div>
        {none.map(|none| view! { <div>{format!("□該当なし（{none}）")}</div> })}
        {setting.evidence.then(|| view! { <div class="write">"証跡（"<span>"　"</span>"）"</div> })}
        {(!setting.comment_on.is_empty()).then(|| view! { <div class="write">"理由（"<span>"　"</span>"）"</div> })}
    }
}

fn marks() -> Vec<Raw> {
    [Value::Done, Value::Partial, Value::NotDone].map(Raw::Mark).to_vec()
}
