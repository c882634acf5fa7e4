//! Every page × every role, against the one table of permissions.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod common;

use common::{Site, filled, pages};
use domain::permission::endpoint::Method::Get;
use domain::permission::endpoint::{Need, need};
use domain::permission::{Action, TABLE};
use domain::role::Role;
use http::StatusCode;

/// Pages that exist, with what they take; `None` for everybody who is signed in.
fn existing() -> Vec<(String, Option<Action>)> {
    pages()
        .into_iter()
        .map(|page| match need(Get, &page) {
            Some(Need::Do(action)) => (page, Some(action)),
            Some(Need::Anybody | Need::SignedIn) => (page, None),
            None => panic!("{page} is not in domain::permission::endpoint::ENDPOINTS"),
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
