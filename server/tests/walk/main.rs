//! Every address the server answers to × every role × own and other department × no session, against the one table
//! of permissions. The addresses come from the router itself; one that is not listed fails here.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod bodies;
mod city;
#[path = "../common/mod.rs"]
mod common;
mod plan;
#[path = "../../store/tests/cases/common/mod.rs"]
mod small_city;
mod things;

use bodies::{asked, body, has};
use city::{City, Walker};
use common::{Reply, Site, pages};
use domain::permission::endpoint::Method::{self, Get, Post};
use domain::permission::endpoint::{ENDPOINTS, Need, need};
use domain::permission::export::EXPORTS;
use domain::permission::{Reach, reach};
use http::StatusCode;
use server::http::routes::{OPEN, ROUTES};
use std::collections::BTreeSet;

/// Everything the router answers to, from where the router has it.
fn endpoints() -> Vec<(Method, String)> {
    let calls = server_fn::axum::server_fn_paths().map(|(path, _)| (Post, path.to_string()));
    let routes = ROUTES.iter().map(|(method, path, _)| (*method, path.to_string()));
    let tables = server::http::tables::addresses().into_iter().map(|address| (Get, address));
    pages().into_iter().map(|page| (Get, page)).chain(calls).chain(routes).chain(tables).collect()
}

#[test]
fn every_address_is_listed_once_and_every_listed_address_exists() {
    let there: BTreeSet<String> =
        endpoints().iter().map(|(method, path)| format!("{method:?} {path}")).collect();
    let tables = EXPORTS.iter().map(|export| format!("Get {}", export.address()));
    let listed: Vec<String> =
        ENDPOINTS.iter().map(|(method, path, _)| format!("{method:?} {path}")).chain(tables).collect();
    let unique: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(unique.len(), listed.len(), "an address is listed twice");
    let missing: Vec<_> = there.difference(&unique).collect();
    assert!(missing.is_empty(), "add a line to domain::permission::endpoint::ENDPOINTS for {missing:?}");
    let gone: Vec<_> = unique.difference(&there).collect();
    assert!(gone.is_empty(), "listed, but the router does not know them: {gone:?}");
    let open: Vec<_> = OPEN.iter().map(|(_, path, _)| *path).collect();
    assert_eq!(open, ["/pkg/{*file}", "/icon.svg"], "nothing else stands before the gate");
}

/// What the table says about somebody and a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Let in; what happens then is the rules' matter.
    In,
    /// No role allows it.
    Out,
    /// The role allows it, but not here: nothing is revealed.
    Hidden,
}

fn expected(need: Need, walker: &Walker, city: &City, path: &str, own: bool) -> Expected {
    let Need::Do(action) = need else { return Expected::In };
    let names_a_thing = city.is_scoped(path);
    match reach(&walker.actor, action) {
        None => Expected::Out,
        Some(Reach::City) => Expected::In,
        Some(_) if !names_a_thing => Expected::In,
        Some(Reach::Own(_)) if own => Expected::In,
        Some(Reach::Departments(departments)) if departments.contains(&city.department(own)) => Expected::In,
        Some(_) => Expected::Hidden,
    }
}

/// What is wrong with an answer, if anything.
fn wrong(expected: Expected, known: bool, status: StatusCode) -> bool {
    let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED);
    match expected {
        Expected::In if known => refused || status == StatusCode::NOT_FOUND || status.is_server_error(),
        // The thing does not exist; that is said only to those who might see it.
        Expected::In => refused || status.is_server_error(),
        Expected::Out => status != StatusCode::FORBIDDEN && status != StatusCode::NOT_FOUND,
        Expected::Hidden => status != StatusCode::NOT_FOUND,
    }
}

async fn ask(site: &Site, city: &City, method: Method, path: &str, walker: &Walker, own: bool) -> Reply {
    let address = city.filled(&asked(path), walker, own);
    match method {
        Get => site.get(&address, &walker.token).await,
        Post if path.starts_with("/upload/") => site.upload(&address, &walker.token).await,
        Post => site.post(&address, &walker.token, &city.filled(body(path), walker, own)).await,
    }
}

#[tokio::test]
async fn every_address_opens_for_the_roles_of_the_table_and_for_nobody_else() {
    let city = City::build().await;
    let site = city.copy().await;
    let (mut walked, mut found) = (0, Vec::new());
    for (method, path) in endpoints() {
        let table = || EXPORTS.iter().find(|export| export.address() == path)?.need();
        let need = need(method, &path).or_else(table);
        let need = need.unwrap_or_else(|| panic!("{path} is not in ENDPOINTS"));
        let named = format!("{} {}", asked(&path), if method == Post { body(&path) } else { "" });
        let scoped = city.is_scoped(&named);
        for walker in &city.walkers {
            for own in [true, false].into_iter().filter(|own| *own || scoped) {
                let expected = expected(need, walker, &city, &named, own);
                let known = has(&path) && city.knows(&named);
                // Whoever is let in changes things; each of them meets the city as it was.
                let reply = if method == Post && expected == Expected::In {
                    ask(&city.copy().await, &city, method, &path, walker, own).await
                } else {
                    ask(&site, &city, method, &path, walker, own).await
                };
                walked += 1;
                if wrong(expected, known, reply.status) {
                    let whose = if own { "own" } else { "other" };
                    let status = reply.status;
                    found.push(format!(
                        "{method:?} {path} {:?} {whose}: {status}, expected {expected:?}",
                        walker.role
                    ));
                }
            }
        }
        walked += 1;
        let reply = ask(&site, &city, method, &path, &Walker::stranger(), false).await;
        let turned_away = match method {
            Get => reply.header("location").starts_with("/sign-in?next="),
            Post => reply.status == StatusCode::UNAUTHORIZED,
        };
        if turned_away == (need == Need::Anybody) {
            found.push(format!("{method:?} {path} without a session: {}", reply.status));
        }
    }
    println!("{walked} combinations of {} addresses walked", endpoints().len());
    assert!(found.is_empty(), "{} of {walked}:\n{}", found.len(), found.join("\n"));
}
