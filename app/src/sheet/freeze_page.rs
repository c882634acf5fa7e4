//! `/sheets/:sheet/freeze`: what freezing means and what is still open, before it is done; it can't be undone.

use super::api::FreezeSheet;
use crate::lineage::api::changes_path;
use crate::ui::{Crumb, Hidden, Icon, Page, PostForm, Sign, Submit, page};
use domain::question::setting::minutes;
use domain::sheet::Change;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::sheet::{SheetView, show};

/// The page.
#[component]
pub fn FreezePage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, ask.id("sheet")?).await?) },
        |sheet| view! { <Confirm sheet/> }.into_any(),
    )
}

/// 新規 3問、同一 20問 …
fn counts(sheet: &SheetView) -> String {
    let count = |change: Change| {
        let number = sheet.items.iter().filter(|item| item.change == change).count();
        (number > 0).then(|| format!("{} {number}問", change.label()))
    };
    let all = [Change::Same, Change::Minor, Change::Changed, Change::New];
    all.into_iter().filter_map(count).collect::<Vec<_>>().join("、")
}

#[component]
fn Confirm(sheet: SheetView) -> impl IntoView {
    let id = sheet.id;
    let way = vec![
        Crumb { text: "点検票".into(), href: format!("/sheets?year={}", sheet.fiscal_year) },
        Crumb { text: sheet.title.clone(), href: format!("/sheets/{id}") },
    ];
    let seconds: usize = sheet.items.iter().map(|item| item.question.setting.seconds()).sum();
    view! {
        <Page title="点検票の確定" scope=sheet.title.clone() way class="page--narrow">
            <p class="lead-text">
                "確定すると、配付できる版になります。確定した版は変えられません。後から加えられるのは、設問ごとの補足説明だけです。"
            </p>
            <dl class="facts section-end">
                <dt>"載せる設問"</dt><dd>{format!("{}問（見込み 約{}分）", sheet.items.len(), minutes(seconds))}</dd>
                <dt>"前の版から"</dt><dd>{counts(&sheet)}" "<a href=format!("/sheets/{id}/compare")>"前の版との比較"</a></dd>
            </dl>
            <Open sheet=sheet.clone()/>
            <PostForm action=FreezeSheet::PATH class="stack after">
                <Hidden name="sheet" value=id.to_string()/>
                <Submit text="確定して版を作る" main=true/>
            </PostForm>
            <p class="after"><a href=format!("/sheets/{id}")>"確定せずに戻る"</a></p>
        </Page>
    }
}

/// What somebody might have forgotten; it does not stop the freezing.
#[component]
fn Open(sheet: SheetView) -> impl IntoView {
    let (id, left, waiting) = (sheet.id, sheet.left_out.len(), sheet.waiting());
    let revision = sheet.items.iter().filter_map(|item| item.waits).max();
    view! {
        {(left > 0).then(|| view! {
            <p class="notice notice--warn">
                <Icon sign=Sign::Warning/>
                <span>
                    {format!("採用した設問のうち、{left}問を載せていません。")}
                    <a href=format!("/sheets/{id}#left-out")>"載せていない設問を確かめる"</a>
                </span>
            </p>
        })}
        {revision.map(|revision| view! {
            <p class="notice notice--warn">
                <Icon sign=Sign::Warning/>
                <span>
                    {format!("条項が変わった設問{waiting}問を、まだ見直していません。")}
                    <a href=changes_path(revision)>"見直しが必要な設問"</a>
                </span>
            </p>
        })}
    }
}
