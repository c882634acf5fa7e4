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
    ("/policies/{revision}", Some(Action::ReadPolicy)),
    ("/policies/{revision}/clauses/{clause}", Some(Action::ReadPolicy)),
    ("/sheets", Some(Action::EditPolicy)),
    ("/sheets/{sheet}", Some(Action::EditPolicy)),
    ("/editions/{edition}", Some(Action::EditPolicy)),
    ("/roster", Some(Action::ManageRoster)),
    ("/roster/imports/{import}", Some(Action::ManageRoster)),
    ("/people", Some(Action::ManageAccess)),
    ("/people/codes", Some(Action::ManageAccess)),
    ("/permissions", Some(Action::ManageAccess)),
    ("/board", Some(Action::RunInspection)),
    ("/inspections/new", Some(Action::RunInspection)),
    ("/inspections/{inspection}", Some(Action::RunInspection)),
    ("/inspections/{inspection}/departments/{department}", Some(Action::ConfirmDepartment)),
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

#[tokio::test]
async fn a_page_opens_for_the_roles_of_the_table_and_for_nobody_else() {
    let site = Site::new().await;
    let pages = existing();
    for role in Role::ALL {
        let token = site.somebody(role).await;
        for (page, action) in &pages {
            let status = site.get(&filled(page), &token).await.status;
            let allowed = action.is_none_or(|action| may(role, action));
            let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
            let opens_a_thing = page.contains(['{', ':']);
            assert!(!status.is_server_error(), "{page} for {role:?}: {status}");
            match allowed {
                // The key in the address belongs to nothing.
                true if opens_a_thing => assert!(refused, "{page} for {role:?}: {status}"),
                true => assert_ne!(status, StatusCode::FORBIDDEN, "{page} for {role:?}"),
                false => assert!(refused, "{page} for {role:?}: {status}"),
            }
            if !allowed && !opens_a_thing {
                assert_eq!(status, StatusCode::FORBIDDEN, "{page} for {role:?}");
            }
        }
    }
}
