//! Every page × every role, against the one table of permissions.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod common;

use common::{Site, filled, pages};
use domain::permission::{Action, TABLE};
use domain::role::Role;
use http::StatusCode;
use std::collections::BTreeMap;

/// What it takes to open a page; `None` for everybody who is signed in. A new page must be written down here.
const PAGES: &[(&str, Option<Action>)] = &[
    ("/", None),
    ("/sign-in", None),
    ("/password", None),
    ("/policies", Some(Action::ReadPolicy)),
    ("/policies/corrections", Some(Action::EditPolicy)),
    ("/policies/{revision}", Some(Action::ReadPolicy)),
    ("/policies/{revision}/acts", Some(Action::ReadPolicy)),
    ("/policies/{revision}/coverage", Some(Action::ReadPolicy)),
    ("/policies/{revision}/proposals", Some(Action::ReadPolicy)),
    ("/policies/{revision}/accept", Some(Action::EditPolicy)),
    ("/policies/{revision}/changes", Some(Action::EditPolicy)),
    ("/policies/{revision}/lineage", Some(Action::ReadPolicy)),
    ("/policies/{revision}/redline", Some(Action::ReadPolicy)),
    ("/policies/{revision}/table", Some(Action::ReadPolicy)),
    ("/policies/{revision}/history", Some(Action::ReadPolicy)),
    ("/policies/{revision}/clauses/{clause}", Some(Action::ReadPolicy)),
    ("/bank", Some(Action::EditPolicy)),
    ("/bank/{key}", Some(Action::EditPolicy)),
    ("/sheets", Some(Action::EditPolicy)),
    ("/sheets/{sheet}", Some(Action::EditPolicy)),
    ("/sheets/{sheet}/preview", Some(Action::EditPolicy)),
    ("/sheets/{sheet}/compare", Some(Action::EditPolicy)),
    ("/sheets/{sheet}/questions/{question}", Some(Action::EditPolicy)),
    ("/departments", Some(Action::ManageRoster)),
    ("/departments/attributes", Some(Action::RunInspection)),
    ("/departments/{department}", Some(Action::ManageRoster)),
    ("/systems", Some(Action::ManageRoster)),
    ("/editions/{edition}", Some(Action::ReadPolicy)),
    ("/roster", Some(Action::ManageRoster)),
    ("/roster/imports/{import}", Some(Action::ManageRoster)),
    ("/roster/imports/{import}/columns", Some(Action::ManageRoster)),
    ("/people/new", Some(Action::ManageRoster)),
    ("/people", Some(Action::ManageAccess)),
    ("/people/codes", Some(Action::ManageAccess)),
    ("/people/{person}", Some(Action::ManageAccess)),
    ("/permissions", Some(Action::ReadPolicy)),
    ("/board", Some(Action::RunInspection)),
    ("/inspections/new", Some(Action::RunInspection)),
    ("/inspections/{inspection}", Some(Action::RunInspection)),
    ("/inspections/{inspection}/departments/{department}", Some(Action::SeeMissing)),
    ("/outbox", Some(Action::RunInspection)),
    ("/answer/{target}", Some(Action::AnswerSheet)),
    ("/responses/{target}", Some(Action::SeeAnswers)),
    ("/results", Some(Action::SeeResults)),
    ("/inspections/{inspection}/results", Some(Action::SeeResults)),
    ("/inspections/{inspection}/answers", Some(Action::SeeAnswers)),
    ("/audits", Some(Action::SeeFindings)),
    ("/audits/{audit}", Some(Action::SeeFindings)),
    ("/audits/{audit}/report", Some(Action::SeeFindings)),
    ("/findings/{finding}", Some(Action::SeeFindings)),
    ("/improvements", Some(Action::SeeImprovements)),
    ("/improvements/new", Some(Action::MendImprovement)),
    ("/improvements/{improvement}", Some(Action::SeeImprovements)),
    ("/review", Some(Action::DraftAmendment)),
    ("/review/clauses/{clause}", Some(Action::DraftAmendment)),
    ("/amendments/{amendment}", Some(Action::DraftAmendment)),
    ("/amendments/table", Some(Action::DraftAmendment)),
    ("/ledger", Some(Action::ReadLedger)),
];

/// Pages that exist, with what they take.
fn existing() -> Vec<(String, Option<Action>)> {
    let known: BTreeMap<_, _> = PAGES.iter().copied().collect();
    pages()
        .into_iter()
        .map(|page| {
            let action =
                known.get(page.as_str()).unwrap_or_else(|| panic!("{page} is not in the table PAGES"));
            (page, *action)
        })
        .collect()
}

/// Everybody has a post as staff beside a granted role, as in a real city.
fn may(role: Role, action: Action) -> bool {
    let own = if Role::GRANTED.contains(&role) { vec![role, Role::Staff] } else { vec![role] };
    TABLE.iter().any(|(holder, listed, _)| own.contains(holder) && *listed == action)
}

/// What is wrong with a page's answer, if anything.
fn wrong(page: &str, allowed: bool, status: StatusCode) -> Option<String> {
    let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
    // The key in the address belongs to nothing, or is missing in its query.
    let opens_a_thing = page.contains(['{', ':']) || page == "/improvements/new";
    let right = match (allowed, opens_a_thing) {
        (_, true) => refused,
        (true, false) => !status.is_server_error() && status != StatusCode::FORBIDDEN,
        (false, false) => status == StatusCode::FORBIDDEN,
    };
    (!right)
        .then(|| format!("{page}: {status}, though the table says {}", if allowed { "yes" } else { "no" }))
}

#[tokio::test]
async fn a_page_opens_for_the_roles_of_the_table_and_for_nobody_else() {
    let site = Site::new().await;
    let pages = existing();
    let mut found = Vec::new();
    for role in Role::ALL {
        let token = site.somebody(role).await;
        for (page, action) in &pages {
            let status = site.get(&filled(page), &token).await.status;
            let allowed = action.is_none_or(|action| may(role, action));
            found.extend(wrong(page, allowed, status).map(|wrong| format!("{role:?} at {wrong}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
