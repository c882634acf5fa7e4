//! Signing in through a real LDAP server: Debian's slapd, with TLS, started by each test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::allow_attributes)]

mod common;
mod slapd;

use common::{NOW, Reply, Site};
use domain::role::Role;
use http::StatusCode;
use server::directory::Directory;
use server::directory::ldap::{Ldap, Options};
use server::directory::mapping::Mapping;
use slapd::{BASE, SEARCH, SEARCH_PASSWORD, Slapd, group_dn, password};
use std::path::Path;
use std::sync::Arc;
use store::access::{NewUser, add_user};
use time::macros::date;
use uuid::Uuid;

const LOCAL_PASSWORD: &str = "ながいあいことばはよいあいことば";

fn options(url: &str, ca: &Path) -> Options {
    let pairs = [format!("{}=auditor", group_dn("audit")), format!("{}=secretariat", group_dn("office"))];
    Options {
        url: url.into(),
        ca: Some(ca.into()),
        plain: false,
        base: BASE.into(),
        account: SEARCH.into(),
        password: SEARCH_PASSWORD.into(),
        filter: "(&(objectClass=inetOrgPerson)(uid={login}))".into(),
        staff_no: "employeenumber".into(),
        groups: "memberOf".into(),
        mapping: Mapping::read(&pairs).unwrap(),
    }
}

/// A site with an officer of its own, and 平野 (000102) in the roster.
async fn site(options: Options) -> (Site, Uuid) {
    let ldap = Some(Arc::new(Ldap::new(options).unwrap()));
    let site = Site::with(Directory { ldap, oidc: None }).await;
    let officer = NewUser {
        login: "000001".into(),
        name: "椎名 航".into(),
        password: LOCAL_PASSWORD.into(),
        role: Role::Secretariat,
    };
    add_user(&site.db, officer, NOW).await.unwrap();
    let hirano = site.in_roster("000102").await;
    (site, hirano)
}

async fn sign_in(site: &Site, login: &str, secret: &str) -> Reply {
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("login", login), ("secret", secret), ("next", "/"), ("page", "/sign-in")])
        .finish();
    site.post("/api/session/sign_in", "", &form).await
}

fn let_in(reply: &Reply) -> bool {
    reply.status.is_redirection() && reply.header("set-cookie").contains("minaoshi=")
}

async fn roles(site: &Site, person: Uuid) -> Vec<Role> {
    store::access::actor(site.db.read(), person, date!(2026 - 11 - 23)).await.unwrap().grants
}

#[tokio::test]
async fn over_ldaps_and_starttls_only_the_right_password_of_a_known_person_opens() {
    let slapd = Slapd::start();
    for url in [&slapd.ldaps, &slapd.ldap] {
        let (site, _) = site(options(url, &slapd.ca)).await;
        assert!(let_in(&sign_in(&site, "hirano", password("hirano")).await), "{url}");
        assert!(let_in(&sign_in(&site, "　ＨＩＲＡＮＯ", password("hirano")).await), "{url}: as people type");
        for (login, secret) in [
            ("hirano", "chigau"),
            ("hirano", ""),
            ("hirano", " "),
            ("", password("hirano")),
            ("nobody", password("hirano")),
            ("*", password("hirano")),
            ("hir*", password("hirano")),
            ("*)(uid=*", password("hirano")),
            ("hirano)(|(uid=*", password("hirano")),
            ("search", SEARCH_PASSWORD),
        ] {
            let reply = sign_in(&site, login, secret).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{url} {login} {secret}");
            assert!(reply.body.contains("が違います"), "{url} {login} {secret}: one sentence for all");
            assert_eq!(reply.header("set-cookie"), "");
        }
    }
}

#[tokio::test]
async fn groups_give_roles_and_take_them_back_at_the_next_sign_in() {
    let slapd = Slapd::start();
    let (site, hirano) = site(options(&slapd.ldaps, &slapd.ca)).await;
    slapd.member("audit", "hirano", true).await;
    assert!(let_in(&sign_in(&site, "hirano", password("hirano")).await));
    assert_eq!(roles(&site, hirano).await, [Role::Auditor]);
    slapd.member("audit", "hirano", false).await;
    slapd.member("office", "hirano", true).await;
    assert_eq!(roles(&site, hirano).await, [Role::Auditor], "not before somebody asks");
    assert!(let_in(&sign_in(&site, "hirano", password("hirano")).await));
    assert_eq!(roles(&site, hirano).await, [Role::Secretariat]);
    let officer = site.somebody(Role::Secretariat).await;
    let page = site.get(&format!("/people/{hirano}"), &officer).await;
    assert!(page.body.contains("認証基盤のグループによる役割"), "the officer sees where the role comes from");
}

#[tokio::test]
async fn whoever_is_not_in_the_roster_is_told_so_and_nobody_is_made() {
    let slapd = Slapd::start();
    let (site, _) = site(options(&slapd.ldaps, &slapd.ca)).await;
    slapd.member("office", "tabibito", true).await;
    for (uid, words) in
        [("tabibito", "「999999」は名簿に登録されていません"), ("mumei", "職員番号が登録されていません")]
    {
        let reply = sign_in(&site, uid, password(uid)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains(words), "{uid}");
        let wrong = sign_in(&site, uid, "chigau").await;
        assert!(wrong.body.contains("が違います"), "{uid}: only with the right password");
    }
}

#[tokio::test]
async fn without_the_server_or_with_a_foreign_certificate_only_local_accounts_work() {
    let mut slapd = Slapd::start();
    for url in [&slapd.ldaps, &slapd.ldap] {
        let (foreign, _) = site(options(url, &slapd.other_ca)).await;
        let reply = sign_in(&foreign, "hirano", password("hirano")).await;
        assert!(
            reply.body.contains("認証基盤に接続できない"),
            "{url}: the certificate is from another authority"
        );
    }
    let wrong_account = Options { password: "chigau".into(), ..options(&slapd.ldaps, &slapd.ca) };
    let reply = sign_in(&site(wrong_account).await.0, "hirano", password("hirano")).await;
    assert!(reply.body.contains("認証基盤に接続できない"), "the search account is turned down");

    let (site, _) = site(options(&slapd.ldaps, &slapd.ca)).await;
    slapd.stop();
    let reply = sign_in(&site, "hirano", password("hirano")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("認証基盤に接続できない"));
    assert!(!reply.body.contains("127.0.0.1"), "no internal text");
    assert!(let_in(&sign_in(&site, "000001", LOCAL_PASSWORD).await));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let slapd = Slapd::start();
    let url = format!("ldaps://{}", silent.local_addr().unwrap());
    let (site, _) = site(options(&url, &slapd.ca)).await;
    let reply =
        tokio::time::timeout(std::time::Duration::from_secs(20), sign_in(&site, "hirano", "himitsu")).await;
    assert!(reply.unwrap().body.contains("認証基盤に接続できない"));
}

#[tokio::test]
async fn settings_that_would_send_passwords_in_the_clear_or_can_not_work_are_refused() {
    let slapd = Slapd::start();
    let good = options(&slapd.ldap, &slapd.ca);
    let plain = Options { plain: true, ca: None, ..good.clone() };
    let (open, _) = site(plain.clone()).await;
    assert!(let_in(&sign_in(&open, "hirano", password("hirano")).await), "to this machine, when asked for");
    for wrong in [
        Options { url: "ldap://dc1.city.example".into(), ..plain.clone() },
        Options { url: "ldap://10.0.0.1:389".into(), ..plain },
        Options { url: "http://127.0.0.1".into(), ..good.clone() },
        Options { url: "dc1.city.example".into(), ..good.clone() },
        Options { filter: "(uid=hirano)".into(), ..good.clone() },
        Options { filter: "(uid={login}".into(), ..good.clone() },
        Options { ca: Some("/nowhere.pem".into()), ..good.clone() },
        Options { account: String::new(), ..good },
    ] {
        assert!(Ldap::new(wrong.clone()).is_err(), "{wrong:?}");
    }
}
