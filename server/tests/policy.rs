//! A policy file goes through the real router: uploaded, imported, shown, settled, frozen.

#![expect(clippy::expect_used, reason = "a test stops where something is not as it should be")]

use axum::Router;
use axum::body::Body;
use domain::role::Role;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use server::http::{Service, router};
use server::settings::Settings;
use std::path::Path;
use std::sync::Arc;
use store::Db;
use store::access::{NewUser, add_user};
use time::OffsetDateTime;
use time::macros::datetime;
use tower::ServiceExt;

const NOW: OffsetDateTime = datetime!(2026-11-23 01:00 UTC);

struct Site {
    app: Router,
    cookie: String,
    _folder: tempfile::TempDir,
}

/// An empty site with one user of a role, signed in.
async fn site(role: Role) -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::sqlite(&folder.path().join("test.db")).await.expect("a database");
    db.migrate().await.expect("the newest step");
    let user = NewUser {
        login: "000001".into(),
        name: "椎名 航平".into(),
        password: "himitsu-no-kagi".into(),
        role,
    };
    add_user(&db, user, NOW).await.expect("a user");
    let settings = Settings {
        data: folder.path().into(),
        city: "凪原市".into(),
        secure_cookie: false,
        smtp: None,
        smtp_ca: None,
        mail_hours: domain::calendar::office::Hours::Always,
        mail_from: "minaoshi@localhost".into(),
        trusted_proxies: Vec::new(),
        directory: Default::default(),
    };
    let app = router(Service { db, settings, clock: Arc::new(|| NOW) });
    let form = "login=000001&secret=himitsu-no-kagi&next=%2F&page=%2Fsign-in";
    let response = post(&app, "/api/session/sign_in", "", form).await;
    let cookie = response.headers()[header::SET_COOKIE].to_str().expect("a cookie");
    let cookie = cookie.split(';').next().expect("its value").to_string();
    Site { app, cookie, _folder: folder }
}

async fn post(app: &Router, path: &str, cookie: &str, form: &str) -> Response<Body> {
    let request = Request::post(path)
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_string()))
        .expect("a request");
    app.clone().oneshot(request).await.expect("an answer")
}

async fn text(response: Response<Body>) -> String {
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

impl Site {
    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty());
        let response = self.app.clone().oneshot(request.expect("a request")).await.expect("an answer");
        (response.status(), text(response).await)
    }

    async fn post(&self, path: &str, form: &str) -> String {
        let response = post(&self.app, path, &self.cookie, form).await;
        assert_eq!(response.status(), StatusCode::FOUND, "{path} {form}");
        response.headers()[header::LOCATION].to_str().expect("an address").to_string()
    }

    async fn upload(&self, name: &str, bytes: &[u8]) -> Response<Body> {
        let mut body = Vec::new();
        body.extend_from_slice(
            b"--x\r\ncontent-disposition: form-data; name=\"page\"\r\n\r\n/policies\r\n--x\r\n",
        );
        let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = Request::post("/upload/policy")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .expect("a request");
        self.app.clone().oneshot(request).await.expect("an answer")
    }
}

/// The policy of the demo city, and the founding policy.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = std::fs::read(root.join("demo/policy.md")).expect("the demo policy");
    let seed =
        std::fs::read(root.join("documents/tests/material/policies/seed.md")).expect("the founding policy");
    vec![("policy.md", own), ("seed.md", seed)]
}

#[tokio::test]
async fn a_policy_becomes_questions_sheets_and_editions() {
    for (name, bytes) in documents() {
        let site = site(Role::Secretariat).await;
        let response = site.upload(name, &bytes).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{name}");
        let revision = response.headers()[header::LOCATION].to_str().expect("an address").to_string();
        let (status, page) = site.get(&revision).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("このポリシーだけでは、職員"), "the page says what it amounts to");
        if name == "seed.md" {
            assert!(page.contains("(13) 無害化通信"), "all thirteen definitions");
            assert!(page.contains("職員 2問・所属長 11問・システム管理者 9問"), "and how many questions");
        }
        let id = revision.trim_start_matches("/policies/");
        let next = site.post("/api/question/accept_all", &format!("revision={id}&page=%2F")).await;
        assert_eq!(next, revision);
        let sheet = site.post("/api/sheet/create", "role=manager&fiscal_year=2026&page=%2F").await;
        let (status, page) = site.get(&sheet).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("確定へ進む"));
        let id = sheet.trim_start_matches("/sheets/");
        let edition = site.post("/api/sheet/freeze", &format!("sheet={id}&page=%2F")).await;
        let (status, page) = site.get(&edition).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("R8-所属長-1") && page.contains("根拠条文"));
    }
}

#[tokio::test]
async fn a_file_that_is_no_policy_comes_back_with_the_reason() {
    let site = site(Role::Secretariat).await;
    let response = site.upload("memo.txt", "これはメモです。".as_bytes()).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("条項が見つかりません") && page.contains("取り込む"));
    let (_, page) = site.get("/policies").await;
    assert!(page.contains("まだポリシーが取り込まれていません"), "nothing was written");
}

#[tokio::test]
async fn the_auditor_reads_but_does_not_import() {
    let site = site(Role::Auditor).await;
    let (status, page) = site.get("/policies").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("/upload/policy"));
    let response = site.upload("policy.md", &documents().remove(0).1).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}
