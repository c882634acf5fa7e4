//! `/inspections/new`: the form for starting an inspection or keeping a draft, filled from the calendar.

use super::start_form::StartForm;
use crate::ui::{Crumb, Icon, Page, Sign, page};
use domain::calendar::{fiscal_year_label, short_time};
use domain::inspection::{About, Start, Visibility};
use domain::role::Role;
use leptos::prelude::*;
use store::inspection::draft::drafts;
use store::inspection::{Choices, EditionChoice, choices};
use time::OffsetDateTime;
use uuid::Uuid;

/// The page for starting an inspection.
#[component]
pub fn NewInspectionPage() -> impl IntoView {
    page(
        |ask| async move {
            let discarded = ask.text("done") == "discarded";
            let drafts = drafts(&ask.db, &ask.actor).await?;
            Ok((choices(&ask.db, &ask.actor, ask.today()).await?, drafts, discarded))
        },
        |(choices, drafts, discarded)| view! { <Form choices drafts discarded/> }.into_any(),
    )
}

#[component]
fn Form(choices: Choices, drafts: Vec<(Uuid, String, OffsetDateTime)>, discarded: bool) -> impl IntoView {
    let way = vec![Crumb { text: "進行状況".into(), href: "/board".into() }];
    let scope = fiscal_year_label(choices.fiscal_year);
    let missing = choices.editions.iter().all(|(_, _, editions)| editions.is_empty());
    let nobody = choices.editions.iter().all(|(_, people, _)| *people == 0);
    let first = match (missing, nobody) {
        (true, _) => Some(("確定した点検票がありません。先に点検票を確定してください。", "/sheets", "点検票へ")),
        (_, true) => Some(("職員が登録されていません。先に名簿を取り込んでください。", "/roster", "名簿へ")),
        _ => None,
    };
    view! {
        <Page title="点検を始める" way scope>
            {discarded.then(|| view! {
                <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>"下書きを破棄しました。"</span></p>
            })}
            {(!drafts.is_empty()).then(|| view! { <Drafts drafts/> })}
            {match first {
                Some((text, href, button)) => view! {
                    <div class="empty"><p>{text}</p><a class="btn btn--main" href=href>{button}</a></div>
                }
                .into_any(),
                None => {
                    let start = usual(&choices);
                    view! { <StartForm choices start/> }.into_any()
                }
            }}
        </Page>
    }
}

/// Drafts there are already.
#[component]
fn Drafts(drafts: Vec<(Uuid, String, OffsetDateTime)>) -> impl IntoView {
    view! {
        <section class="panel section-end" aria-label="下書き">
            <h2>"下書き"</h2>
            <ul>
                {drafts
                    .into_iter()
                    .map(|(id, name, at)| view! {
                        <li>
                            <a href=format!("/drafts/{id}")>{name}</a>
                            <span class="sub place">{format!("{} 保存", short_time(at))}</span>
                        </li>
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// What the form offers before anything was entered: days from the calendar, the newest edition of each role.
fn usual(choices: &Choices) -> Start {
    let newest = |(role, _, editions): &(Role, usize, Vec<EditionChoice>)| Some((*role, editions.first()?.id));
    Start {
        fiscal_year: choices.fiscal_year,
        name: choices.name.clone(),
        base_on: choices.base_on,
        opens_on: choices.opens_on,
        due_on: choices.due_on,
        visibility: Visibility::Named,
        contact: choices.contact.clone(),
        editions: choices.editions.iter().filter_map(newest).collect(),
        levels: Vec::new(),
        about: About::default(),
    }
}
