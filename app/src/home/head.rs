//! The head of every page: product, city, fiscal year, navigation by role, who is signed in.

use crate::context::request;
use domain::actor::Actor;
use domain::calendar::{day, fiscal_year, fiscal_year_label};
use domain::permission::{Action, Reach, allows, reach};
use leptos::prelude::*;
use store::session::SignedIn;

/// Every part of the product with the permission that opens it.
const PARTS: [(&str, &str, Action); 9] = [
    ("/board", "進行状況", Action::RunInspection),
    ("/policies", "ポリシー", Action::EditPolicy),
    ("/sheets", "点検票", Action::EditPolicy),
    ("/results", "結果", Action::SeeResults),
    ("/audits", "監査", Action::SeeFindings),
    ("/improvements", "改善", Action::SeeImprovements),
    ("/review", "見直し", Action::DraftAmendment),
    ("/roster", "名簿", Action::ManageRoster),
    ("/ledger", "記録", Action::ReadLedger),
];

/// The head.
#[component]
pub fn Head() -> impl IntoView {
    request().ok().map(|request| {
        let year = fiscal_year_label(fiscal_year(day((request.clock)())));
        let signed_in = request.signed_in.clone();
        view! {
            <header class="head">
                <a class="brand" href="/"><Logo/><span>"見直し "<small>{request.city.clone()}</small></span></a>
                <span class="year">{year}</span>
                {signed_in
                    .map(|SignedIn { actor, pending, .. }| {
                        // Until everything is given, nothing else can be opened.
                        let open = pending.is_none();
                        view! {
                            {open.then(|| view! { <Parts actor=actor.clone() page=request.page.clone()/> })}
                            <Me actor open/>
                        }
                    })}
            </header>
        }
    })
}

/// Addresses that belong to a part although they do not begin like it; the first that fits counts.
const ALSO: [(&str, &str); 16] = [
    ("/drafts/", "/board"),
    ("/inspections/", "/board"),
    ("/outbox", "/board"),
    ("/intakes", "/board"),
    ("/layouts", "/board"),
    ("/originals", "/board"),
    ("/editions", "/sheets"),
    ("/departments/attributes", "/sheets"),
    ("/departments", "/roster"),
    ("/systems", "/roster"),
    ("/findings", "/audits"),
    ("/amendments", "/review"),
    ("/people", "/roster"),
    ("/permissions", "/ledger"),
    ("/retention", "/ledger"),
    ("/responses", "/board"),
];

/// The part a page belongs to.
fn part_of(page: &str) -> Option<&'static str> {
    let path = page.split('?').next().unwrap_or_default();
    if path.starts_with("/inspections/") && (path.ends_with("/results") || path.ends_with("/answers")) {
        return Some("/results");
    }
    let by_name = PARTS.iter().map(|(href, ..)| (*href, *href));
    by_name.chain(ALSO).find(|(start, _)| path.starts_with(start)).map(|(_, part)| part)
}

#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <rect width="24" height="24" rx="5" fill="#0017c1"></rect>
            <path d="M6 12.5l4 4 8-9" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"></path>
            <path d="M6 19.5h12" stroke="#ffd43d" stroke-width="2" stroke-linecap="round"></path>
        </svg>
    }
}

/// Parts the person may open; employees without any see none.
#[component]
fn Parts(actor: Actor, page: String) -> impl IntoView {
    let parts: Vec<_> = PARTS.into_iter().filter(|(_, _, action)| allows(&actor, *action)).collect();
    (!parts.is_empty()).then(|| {
        view! {
            <nav class="nav" aria-label="主な画面">
                {today_link(&actor, &page)}
                {parts
                    .into_iter()
                    .map(|(href, text, _)| {
                        let current = (part_of(&page) == Some(href)).then_some("page");
                        view! { <a href=href aria-current=current>{text}</a> }
                    })
                    .collect_view()}
            </nav>
        }
    })
}

/// Heads find their department among what they owe today.
fn today_link(actor: &Actor, page: &str) -> Option<AnyView> {
    match reach(actor, Action::ConfirmDepartment) {
        Some(Reach::Departments(_)) => Some(view! { <a href="/" aria-current=(page == "/").then_some("page")>"今日の対応"</a> }.into_any()),
        _ => None,
    }
}

#[component]
fn Me(actor: Actor, open: bool) -> impl IntoView {
    let position = actor.position();
    view! {
        <details class="me">
            <summary><b>{actor.name}</b>{position}</summary>
            <div class="me__menu">
                {open.then(|| view! {
                    <a href="/">"最初の画面"</a>
                    <a href="/account">"自分の設定"</a>
                })}
                <form method="post" action=crate::session::api::sign_out_path()>
                    <button class="btn btn--s">"サインアウト"</button>
                </form>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn every_page_finds_its_part() {
        for (page, part) in [
            ("/", None),
            ("/board", Some("/board")),
            ("/inspections/1?show=missing", Some("/board")),
            ("/inspections/1/results?view=divisions", Some("/results")),
            ("/inspections/1/answers?topic=3", Some("/results")),
            ("/layouts", Some("/board")),
            ("/people/codes", Some("/roster")),
            ("/amendments/table", Some("/review")),
        ] {
            assert_eq!(part_of(page), part, "{page}");
        }
    }
}
