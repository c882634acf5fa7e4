//! `/sheets/:sheet/preview`: the sheet exactly as its respondents will see it. Nothing is saved.

use crate::answer::frame::Intro;
use crate::answer::page::{Chapter, parts};
use crate::answer::shown::{Shown, shown};
use crate::home::head::Head;
use crate::island::autosave::Autosave;
use domain::question::setting::{self, Attribute, FORMULA, minutes};
use leptos::prelude::*;
use leptos_meta::Title;
use store::response::Sheet;
use store::sheet::preview;
use uuid::Uuid;

/// The page.
#[component]
pub fn PreviewPage() -> impl IntoView {
    crate::ui::page(
        |ask| async move {
            let id = ask.id("sheet")?;
            let attributes = Attribute::ALL.into_iter().filter(|one| ask.text(one.key()) == "1").collect();
            let sheet = preview(&ask.db, &ask.actor, id, attributes, ask.today()).await?;
            Ok((id, sheet))
        },
        |(id, sheet)| view! { <Preview id sheet/> }.into_any(),
    )
}

#[component]
fn Preview(id: Uuid, sheet: Sheet) -> impl IntoView {
    let shown = shown(&sheet, false);
    let owed: Vec<&Shown> = shown.iter().filter(|one| !one.item.hidden).collect();
    let seconds: usize = owed.iter().map(|one| one.item.setting.seconds()).sum();
    let (total, next) = (owed.len(), owed.first().map(|one| one.item.no.to_string()));
    let parts = parts(&sheet, &shown);
    let (year, attributes) = (sheet.fiscal_year, Attribute::keys(sheet.attributes.iter().copied()));
    let title = sheet.title.clone();
    view! {
        <Title text=format!("{title}のプレビュー｜見直し")/>
        <Head/>
        <Autosave target=Uuid::nil() answered=0 total seconds year attributes saved=String::new() next shared=true>
            <div class="sheet">
                <nav class="jump" aria-label="章へ移動">
                    <h2>"章へ移動"</h2>
                    <crate::answer::frame::Chapters parts=parts.clone()/>
                </nav>
                <main id="main">
                    <div class="notice notice--warn preview">
                        <div>
                            <p>
                                <b>"これはプレビューです。"</b>"選んでも保存されません。"
                                {format!("設問 {total}問、見込み 約{}分です。", minutes(seconds))}
                                <a href=format!("/sheets/{id}")>"点検票へ戻る"</a>
                            </p>
                            <details class="fold"><summary>"見込時間の計算方法"</summary><p class="sub">{FORMULA}</p></details>
                            <Conditional sheet=sheet.clone()/>
                            <Having id used=used(&sheet) attributes=sheet.attributes.clone()/>
                        </div>
                    </div>
                    <Intro sheet=sheet.clone() parts=parts.clone() practice=true/>
                    {parts.into_iter().map(|part| view! { <Chapter part/> }).collect_view()}
                </main>
            </div>
        </Autosave>
    }
}

/// The questions that not everybody sees, and who does.
#[component]
fn Conditional(sheet: Sheet) -> impl IntoView {
    let earlier = |id: Uuid| {
        sheet.items().find(|item| item.question == id).map(|item| (item.no, &item.setting))
    };
    let mut lines: Vec<(i32, String)> = sheet
        .items()
        .filter_map(|item| Some((item.no, item.setting.shown.words(earlier)?)))
        .collect();
    lines.sort_unstable();
    let summary = format!("条件によって表示する設問 {}問", lines.len());
    (!lines.is_empty()).then(|| view! {
        <details class="fold">
            <summary>{summary}</summary>
            <ul class="sub">
                {lines.into_iter().map(|(no, words)| view! { <li>{format!("問{no}：{words}")}</li> }).collect_view()}
            </ul>
        </details>
    })
}

/// The attributes questions of this sheet depend on.
fn used(sheet: &Sheet) -> Vec<Attribute> {
    let asked = |one: &Attribute| {
        sheet.items().any(|item| item.setting.shown == setting::Shown::Having { attribute: *one })
    };
    Attribute::ALL.into_iter().filter(asked).collect()
}

/// As which department to look at the sheet; nothing where no question depends on it.
#[component]
fn Having(id: Uuid, used: Vec<Attribute>, attributes: Vec<Attribute>) -> impl IntoView {
    (!used.is_empty()).then(|| view! {
        <form method="get" action=format!("/sheets/{id}/preview") class="stack">
            <fieldset>
                <legend class="label">"次の属性がある所属として見る"</legend>
                <div class="ticks">
                    {used
                        .into_iter()
                        .map(|one| view! {
                            <label class="tick">
                                <input type="checkbox" name=one.key() value="1" checked=attributes.contains(&one)/>
                                <span>{one.label()}</span>
                            </label>
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <button class="btn btn--s">"この所属として表示する"</button>
        </form>
    })
}
