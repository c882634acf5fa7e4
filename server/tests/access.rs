//! Who is let in, at the level of addresses: every page, every call, every file.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod common;

use app::error::AppError;
use axum::body::Body;
use common::{NOW, Site, filled, pages, request};
use domain::role::Role;
use http::{Method, StatusCode, header};
use server_fn::error::FromServerFnError;
use store::access::{NewUser, add_user};

const UPLOADS: [&str; 3] = ["/upload/policy", "/upload/roster", "/upload/form/{target}"];
const DOWNLOADS: [&str; 5] = [
    "/download/roster-template.xlsx",
    "/download/roster-difference/{import}",
    "/download/form/{target}",
    "/download/results/{inspection}",
    "/export/inspections/{inspection}/board",
];
/// What may be called without a session.
const OPEN_CALLS: [&str; 3] = ["/api/session/sign_in", "/api/session/sign_out", "/api/sheet_code/open"];

async fn site_with_officer() -> Site {
    let site = Site::new().await;
    let officer = NewUser {
        login: "000001".into(),
        name: "椎名 航".into(),
        password: "ながいあいことば".repeat(2),
        role: Role::Secretariat,
    };
    add_user(&site.db, officer, NOW).await.unwrap();
    site
}

#[tokio::test]
async fn every_page_but_two_sends_a_stranger_to_the_sign_in_page() {
    let site = Site::new().await;
    for page in pages().iter().filter(|page| !["/sign-in", "/kiosk"].contains(&page.as_str())) {
        let reply = site.get(&filled(page), "").await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{page}");
        assert!(reply.header("location").starts_with("/sign-in?next="), "{page}");
    }
    assert_eq!(site.get("/sign-in", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_server_function_refuses_a_stranger() {
    let site = Site::new().await;
    let mut seen = 0;
    for (path, method) in server_fn::axum::server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}: changes are never made by an address alone");
        if OPEN_CALLS.contains(&path) {
            continue;
        }
        let reply = site.post(path, "", "").await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(reply.body, AppError::SignIn.text(), "{path}: a form gets the sentence");
        let mut call = request(Method::POST, path, "");
        call.headers_mut().unwrap().insert(header::ACCEPT, "application/json".parse().unwrap());
        let reply = site.send(call.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{path}");
        // An island has to know why, or it would throw away what was entered.
        assert_eq!(AppError::de(reply.body.into()), AppError::SignIn, "{path}");
        seen += 1;
    }
    assert!(seen > 0, "no server function is registered");
}

#[tokio::test]
async fn files_neither_come_nor_go_without_a_session() {
    let site = Site::new().await;
    for path in UPLOADS {
        let reply = site.post(&filled(path), "", "").await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    for path in DOWNLOADS {
        let reply = site.get(&filled(path), "").await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test]
async fn an_ended_or_invented_session_is_no_session() {
    let site = Site::new().await;
    let reply = site.get("/", "0123456789abcdef").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let token = site.somebody(Role::Staff).await;
    assert_eq!(site.get("/", &token).await.status, StatusCode::OK);
    let reply = site.post("/api/session/sign_out", &token, "").await;
    assert!(reply.status.is_redirection(), "{}", reply.status);
    assert_eq!(site.get("/", &token).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn after_a_one_time_code_only_the_password_page_is_open() {
    let site = Site::new().await;
    let token = site.somebody_new(Role::Staff, true).await;
    for page in pages().iter().filter(|page| *page != "/password") {
        assert_eq!(site.get(&filled(page), &token).await.header("location"), "/password", "{page}");
    }
    assert_eq!(site.get("/password", &token).await.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_carry_the_headers_that_keep_them_safe() {
    let site = Site::new().await;
    let reply = site.get("/sign-in", "").await;
    let policy = reply.header("content-security-policy");
    for rule in ["default-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(policy.contains(rule), "{rule} is missing in {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("referrer-policy"), "same-origin");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_refused_sign_in_keeps_the_login_and_forgets_the_password() {
    let site = site_with_officer().await;
    let form = "login=000001&secret=chigau-aikotoba&next=%2Fledger&page=%2Fsign-in%3Fnext%3D%252Fledger";
    let reply = site.post("/api/session/sign_in", "", form).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains(r#"value="000001""#), "the login is kept");
    assert!(reply.body.contains(r#"value="/ledger""#), "the way on is kept");
    assert!(!reply.body.contains("chigau-aikotoba"), "the password does not come back");
    assert!(reply.body.contains("が違います"), "one sentence says what is wrong");
    assert_eq!(reply.header("set-cookie"), "");
}

#[tokio::test]
async fn a_sign_in_never_leads_to_another_site() {
    let site = site_with_officer().await;
    let secret: String = form_urlencoded::byte_serialize("ながいあいことば".repeat(2).as_bytes()).collect();
    for (next, goes_to) in
        [("%2Fledger", "/ledger"), ("https%3A%2F%2Felsewhere.example", "/"), ("%2F%2Felsewhere.example", "/")]
    {
        let form = format!("login=000001&secret={secret}&next={next}&page=%2Fsign-in");
        let reply = site.post("/api/session/sign_in", "", &form).await;
        assert_eq!(reply.header("location"), goes_to);
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    }
}

#[tokio::test]
async fn without_a_provider_its_addresses_lead_nowhere_and_there_is_no_button() {
    let site = site_with_officer().await;
    for path in ["/sign-in/oidc?next=%2F", "/sign-in/oidc/back?code=a&state=b"] {
        let reply = site.get(path, "").await;
        assert_eq!(reply.header("location"), "/sign-in", "{path}");
        assert_eq!(reply.header("set-cookie"), "");
    }
    assert!(!site.get("/sign-in", "").await.body.contains("認証基盤"));
}

#[tokio::test]
async fn another_site_cannot_post_here() {
    let site = Site::new().await;
    let token = site.somebody(Role::Secretariat).await;
    for path in ["/api/session/sign_out", "/upload/policy"] {
        let foreign = request(Method::POST, path, &token)
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://elsewhere.example");
        let reply = site.send(foreign.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(site.get("/", &token).await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn an_unknown_page_is_not_found() {
    let site = Site::new().await;
    let token = site.somebody(Role::Secretariat).await;
    let reply = site.get("/nothing-here", &token).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.body.contains("見つかりません"));
}
