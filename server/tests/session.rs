//! Signing in through the router: brute force, the second factor step by step, what is closed until it is given.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

mod common;

use axum::body::Body;
use axum::extract::ConnectInfo;
use common::{NOW, Reply, Site, filled, pages, request};
use domain::role::Role;
use domain::session::{Pending, Way};
use http::{Method, StatusCode, header};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::net::SocketAddr;
use std::sync::Arc;
use store::access::{NewUser, add_user};
use store::entity::{event, second_factor_offer, sign_in_failure};
use store::session::{Entry, Origin, SignedIn, find, open_for};
use totp_rs::{Builder, Secret};

const WORD: &str = "ながいあいことばながいあいことば";

async fn site_with_officer() -> Site {
    let site = Site::new().await;
    let officer = NewUser {
        login: "000001".into(),
        name: "椎名 航".into(),
        password: WORD.into(),
        role: Role::Secretariat,
    };
    add_user(&site.db, officer, NOW).await.unwrap();
    site
}

/// A try to sign in as a browser at this address makes it.
async fn sign_in(site: &Site, login: &str, secret: &str, address: &str) -> Reply {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let form = format!("login={login}&secret={}&next=%2Fledger&page=%2Fsign-in", encode(secret));
    let peer: SocketAddr = format!("{address}:50000").parse().unwrap();
    let request = request(Method::POST, "/api/session/sign_in", "")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::USER_AGENT, "Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0")
        .extension(ConnectInfo(peer));
    site.send(request.body(Body::from(form)).unwrap()).await
}

/// The token in an answer's cookie.
fn token(reply: &Reply) -> String {
    let cookie = reply.header("set-cookie");
    cookie
        .split(';')
        .next()
        .and_then(|pair| pair.split_once('='))
        .map(|(_, token)| token.to_string())
        .unwrap()
}

async fn who(site: &Site, token: &str) -> SignedIn {
    find(&site.db, token, NOW).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_sign_ins_of_an_attacker_are_stopped_and_the_victim_works_on() {
    let site = Arc::new(site_with_officer().await);
    let open = token(&sign_in(&site, "000001", WORD, "10.0.0.1").await);
    let mut locked = 0;
    for wave in 0..20 {
        let mut tries = tokio::task::JoinSet::new();
        for n in 0..50 {
            let site = site.clone();
            let address = format!("192.0.2.{}", n % 25);
            let guess = format!("guess-{wave}-{n}");
            tries.spawn(async move { sign_in(&site, "000001", &guess, &address).await });
        }
        for reply in tries.join_all().await {
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(reply.header("set-cookie"), "");
            locked += usize::from(reply.body.contains("一時的に停止"));
        }
    }
    let looked_at = sign_in_failure::Entity::find().count(site.db.read()).await.unwrap();
    assert_eq!((locked, looked_at), (980, 20), "980 of a thousand cost no work");
    let locks = event::Entity::find().filter(event::Column::Kind.eq("sign_in.locked"));
    assert_eq!(locks.count(site.db.read()).await.unwrap(), 1);

    let attacker = sign_in(&site, "000001", WORD, "192.0.2.7").await;
    assert!(attacker.body.contains("一時的に停止"), "the right password does not help any more");
    let victim = sign_in(&site, "000001", WORD, "10.0.0.1").await;
    assert_eq!(victim.header("location"), "/ledger");
    for token in [token(&victim), open] {
        assert_eq!(site.get("/ledger", &token).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn each_sign_in_has_a_token_of_its_own_and_the_sessions_page_tells_them_apart() {
    let site = site_with_officer().await;
    let first = token(&sign_in(&site, "000001", WORD, "10.0.0.1").await);
    let second = token(&sign_in(&site, "000001", WORD, "10.0.0.2").await);
    assert_ne!(first, second);
    let page = site.get("/sessions", &first).await;
    assert!(page.body.contains("Edge（Windows）") && page.body.contains("10.0.0.2"));
    assert_eq!(page.body.matches("chip chip--key").count(), 1);
    let reply = site.post("/api/session/end_others", &first, "").await;
    assert_eq!(reply.header("location"), "/sessions");
    assert_eq!(site.get("/", &second).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/", &first).await.status, StatusCode::OK);
}

/// What the authenticator shows for the key on offer.
async fn code(site: &Site, who: &SignedIn, seconds_later: i64) -> String {
    let own = second_factor_offer::Entity::find()
        .filter(second_factor_offer::Column::PersonId.eq(who.actor.person_id));
    let offer = own.one(site.db.read()).await.unwrap().unwrap();
    let secret = Secret::try_from_base32(offer.secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("a").build().unwrap();
    totp.generate(u64::try_from(NOW.unix_timestamp() + seconds_later).unwrap()).to_string()
}

#[tokio::test]
async fn setting_up_shows_the_key_then_the_codes_once_and_changes_the_token() {
    let site = Site::new().await;
    let old = site.somebody(Role::Staff).await;
    let me = who(&site, &old).await;
    assert!(site.get("/second-factor", &old).await.body.contains("設定を始める"));
    assert_eq!(site.post("/api/second_factor/offer", &old, "").await.header("location"), "/second-factor");
    let page = site.get("/second-factor", &old).await;
    assert!(page.body.contains("class=\"qr\"") && !page.body.contains("style="));
    let next = code(&site, &me, 30).await;

    let wrong = code(&site, &me, 3600).await;
    let reply =
        site.post("/second-factor/confirm", &old, &format!("code={wrong}&page=%2Fsecond-factor")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("認証コードが違います") && !reply.body.contains(&wrong));

    let right = code(&site, &me, 0).await;
    let reply =
        site.post("/second-factor/confirm", &old, &format!("code={right}&page=%2Fsecond-factor")).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.body.matches("class=\"code\"").count(), 10);
    assert_eq!(reply.header("cache-control"), "no-store");
    let new = token(&reply);
    assert_eq!(site.get("/", &old).await.status, StatusCode::SEE_OTHER, "the old token is worth nothing");
    let page = site.get("/second-factor", &new).await;
    assert!(page.body.contains("10個") && !page.body.contains("class=\"code\""));

    let half = half(&site, &me).await;
    let form = format!("code={next}&next=%2Faccount&page=%2Fsign-in%2Fsecond-factor");
    let reply = site.post("/api/second_factor/give", &half, &form).await;
    assert_eq!(reply.header("location"), "/account");
    assert_ne!(token(&reply), half);
    assert_eq!(site.get("/account", &token(&reply)).await.status, StatusCode::OK);
    assert_eq!(site.get("/account", &half).await.status, StatusCode::SEE_OTHER);
}

/// A session after the password.
async fn half(site: &Site, who: &SignedIn) -> String {
    let entry = Entry { login: "x".into(), way: Way::Password, origin: Origin::default() };
    open_for(&site.db, who.actor.person_id, &entry, NOW).await.unwrap()
}

/// Everything but these pages and calls leads to the first of them.
async fn only(site: &Site, token: &str, open: &[&str]) {
    for page in pages() {
        let reply = site.get(&filled(&page), token).await;
        if open.contains(&page.as_str()) {
            assert_eq!(reply.status, StatusCode::OK, "{page}");
        } else {
            let to = reply.header("location").split('?').next().unwrap().to_string();
            assert_eq!(to, open[0], "{page}");
        }
    }
    let calls = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_string());
    let routes =
        ["/second-factor/confirm", "/second-factor/recovery-codes", "/people/codes/issue", "/upload/policy"];
    for path in calls.chain(routes.map(String::from)).filter(|path| !open.contains(&path.as_str())) {
        let reply = site.post(&path, token, "").await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, open[0]), "{path}");
    }
    let reply = site.get("/download/roster-template.xlsx", token).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn until_the_code_is_given_nothing_else_is_open() {
    let site = Site::new().await;
    let first = site.somebody(Role::Secretariat).await;
    let me = who(&site, &first).await;
    site.post("/api/second_factor/offer", &first, "").await;
    let right = code(&site, &me, 0).await;
    site.post("/second-factor/confirm", &first, &format!("code={right}")).await;
    let half = half(&site, &me).await;
    assert_eq!(who(&site, &half).await.pending, Some(Pending::SecondFactor));
    only(&site, &half, &["/sign-in/second-factor", "/api/second_factor/give", "/api/session/sign_out"]).await;
    let page = site.get("/people?show=granted", &half).await;
    assert_eq!(page.header("location"), "/sign-in/second-factor?next=%2Fpeople%3Fshow%3Dgranted");
}

#[tokio::test]
async fn a_role_that_requires_it_opens_nothing_but_setting_it_up() {
    let site = Site::new().await;
    let office = site.somebody(Role::Secretariat).await;
    let auditor = site.somebody(Role::Auditor).await;
    assert_eq!(site.get("/audits", &auditor).await.status, StatusCode::OK);
    let reply = site.post("/api/second_factor/require_role", &office, "role=auditor").await;
    assert_eq!(reply.header("location"), "/people/second-factor");
    assert!(site.get("/people/second-factor", &office).await.body.contains("必須"));
    let open =
        ["/second-factor", "/second-factor/confirm", "/api/second_factor/offer", "/api/session/sign_out"];
    only(&site, &auditor, &open).await;
    let me = who(&site, &auditor).await;
    site.post("/api/second_factor/offer", &auditor, "").await;
    let right = code(&site, &me, 0).await;
    let reply = site.post("/second-factor/confirm", &auditor, &format!("code={right}")).await;
    assert_eq!(reply.body.matches("class=\"code\"").count(), 10);
    assert_eq!(site.get("/audits", &token(&reply)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_forms_of_the_second_factor_refuse_a_stranger() {
    let site = Site::new().await;
    for path in ["/second-factor/confirm", "/second-factor/recovery-codes"] {
        assert_eq!(site.post(path, "", "code=123456").await.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(site.get(path, "").await.status, StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test]
async fn only_who_manages_access_resets_and_requires() {
    let site = Site::new().await;
    let staff = site.somebody(Role::Staff).await;
    let other = who(&site, &site.somebody(Role::Staff).await).await.actor.person_id;
    for (path, form) in [
        ("/api/second_factor/require_role", "role=staff&page=%2F".to_string()),
        ("/api/second_factor/release_role", "role=staff&page=%2F".to_string()),
        ("/api/second_factor/reset", format!("person={other}&page=%2F")),
    ] {
        assert_eq!(site.post(path, &staff, &form).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
