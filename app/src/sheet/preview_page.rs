//! `/sheets/:sheet/preview`: the sheet exactly as its respondents will see it. Nothing is saved.

use crate::answer::frame::Intro;
use crate::answer::page::{Chapter, parts};
use crate::answer::shown::{Shown, shown};
use crate::home::head::Head;
use crate::island::autosave::Autosave;
use domain::question::setting::{Attribute, FORMULA, minutes};
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
    let shown = shown(&sheet);
    let owed: Vec<&Shown> = shown.iter().filter(|one| !one.item.hidden).collect();
    let seconds: usize = owed.iter().map(|one| one.item.setting.seconds()).sum();
    let (total, next) = (owed.len(), owed.first().map(|one| one.item.no.to_string()));
    let parts = parts(&sheet, &shown);
    let (year, attributes) = (sheet.fiscal_year, Attribute::keys(sheet.attributes.iter().copied()));
    let title = sheet.title.clone();
    view! {
        <Title text=format!("{title}のプレビュー｜見直し")/>
        <Head/>
        <Autosave target=Uuid::nil() answered=0 total seconds year attributes saved=String::new() next=next.clone()>
            <div class="sheet">
                <nav class="jump" aria-label="章へ移動">
                    <h2>"章へ移動"</h2>
                    <crate::answer::frame::Chapters parts=parts.clone()/>
                </nav>
                <main id="main">
                    <div class="notice notice--warn">
                        <div>
                            <p><b>"これはプレビューです。"</b>"回答する人に見える形で示しています。選んでも保存されません。"</p>
                            <p>{format!("設問 {total}問、見込み 約{}分。", minutes(seconds))}<span class="sub">{FORMULA}</span></p>
                            <Having id attributes=sheet.attributes.clone()/>
                            <p><a href=format!("/sheets/{id}")>"点検票へ戻る"</a></p>
                        </div>
                    </div>
                    <Intro sheet=sheet.clone() parts=parts.clone() next practice=true/>
                    {parts.into_iter().map(|part| view! { <Chapter part/> }).collect_view()}
                </main>
            </div>
        </Autosave>
    }
}

/// As which department to look at the sheet.
#[component]
fn Having(id: Uuid, attributes: Vec<Attribute>) -> impl IntoView {
    view! {
        <form method="get" action=format!("/sheets/{id}/preview") class="stack">
            <fieldset>
                <legend class="label">"次の属性がある所属として見る"</legend>
                <div class="ticks">
                    {Attribute::ALL
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
    }
}
