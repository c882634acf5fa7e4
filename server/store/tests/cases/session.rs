//! Signing in: who is let in, who is stopped, what a session still owes, where one is signed in.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::common::{NOW, Place, World, actor, places};
use domain::session::{Pending, Way};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::sync::Arc;
use store::entity::{event, person, session, sign_in_address, sign_in_failure};
use store::person::{Recipients, issue_codes};
use store::session::sign_in::{NewPassword, put_credential, set_password, sign_in};
use store::session::{self as sessions, Entry, Origin, device, find, lock, open_for};
use store::{Db, StoreError};
use time::Duration;
use tokio::sync::Barrier;
use uuid::Uuid;

const WORD: &str = "なぎはらの海は青い2026";

fn at(address: &str) -> Origin {
    Origin { address: address.into(), agent: "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0".into() }
}

/// Gives a person the password [`WORD`] and the staff number as login.
async fn give_password(db: &Db, id: Uuid) {
    let hash = store::session::password::hash(WORD.into()).await.unwrap();
    let txn = db.begin().await.unwrap();
    let row = person::Entity::find_by_id(id).one(&txn).await.unwrap().unwrap();
    put_credential(&txn, &row, &row.staff_no, hash, NOW).await.unwrap();
    txn.commit().await.unwrap();
}

async fn events(db: &Db, kind: &str) -> u64 {
    event::Entity::find().filter(event::Column::Kind.eq(kind)).count(db.read()).await.unwrap()
}

fn text<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn an_attacker_is_stopped_while_the_victim_signs_in_from_the_own_address() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        give_password(db, world.hirano).await;
        let open = sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.unwrap();
        let mut refusals = Vec::new();
        // From twelve addresses, so that the login itself is locked, not only one address.
        for n in 0..60 {
            let from = at(&format!("192.0.2.{}", n % 12));
            refusals.push(text(sign_in(db, "000102", "wrong", &from, NOW).await));
        }
        assert!(refusals[0].contains("が違います") && refusals[59].contains("停止"));
        let tried = sign_in_failure::Entity::find().count(db.read()).await.unwrap();
        assert_eq!(tried, 20, "what is refused is not looked at and not counted");
        assert_eq!(events(db, "sign_in.locked").await, 1, "one event for the lock");
        let right = sign_in(db, "000102", WORD, &at("192.0.2.99"), NOW).await;
        assert!(text(right).contains("停止"), "the right password does not help the attacker");
        assert!(sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.is_ok(), "the victim works");
        assert!(find(db, &open, NOW).await.unwrap().is_some(), "an open session is not touched");
        let later = NOW + Duration::minutes(16);
        assert!(sign_in(db, "000102", WORD, &at("192.0.2.99"), later).await.is_ok(), "a lock ends");
    }
}

#[tokio::test]
async fn an_unknown_login_is_refused_and_locked_in_the_same_words() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        give_password(db, world.hirano).await;
        let mut heard = Vec::new();
        for (login, address) in [("000102", "192.0.2.1"), ("nobody", "192.0.2.2")] {
            let mut words = Vec::new();
            for _ in 0..12 {
                words.push(text(sign_in(db, login, "wrong", &at(address), NOW).await));
            }
            heard.push(words);
        }
        assert_eq!(heard[0], heard[1]);
        assert_ne!(heard[0][0], heard[0][11]);
        let locked = event::Entity::find().filter(event::Column::Kind.eq("sign_in.locked"));
        let payloads = locked.all(db.read()).await.unwrap();
        assert_eq!(payloads.len(), 2);
        assert!(payloads.iter().all(|event| !event.payload.contains("nobody")), "what was typed is not kept");
    }
}

#[tokio::test]
async fn an_address_that_tries_many_logins_is_stopped_except_for_those_known_there() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        give_password(db, world.hirano).await;
        give_password(db, world.nishikawa).await;
        sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.unwrap();
        for n in 0..100 {
            lock::admit(db, &format!("guess{n}"), "10.0.0.1", NOW)
                .await
                .unwrap()
                .failed(db, NOW)
                .await
                .unwrap();
        }
        assert!(text(sign_in(db, "000103", WORD, &at("10.0.0.1"), NOW).await).contains("停止"));
        assert!(sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.is_ok());
        assert_eq!(events(db, "sign_in.locked").await, 1);
        let next_door = lock::admit(db, "x", "2001:db8:1:2::1", NOW).await.unwrap();
        next_door.failed(db, NOW).await.unwrap();
        let row = sign_in_failure::Entity::find().filter(sign_in_failure::Column::Login.eq("x"));
        let row = row.one(db.read()).await.unwrap().unwrap();
        assert_eq!(row.address, "2001:db8:1:2::/64", "a client chooses among the addresses of its network");
    }
}

/// Fifty tries at the same moment; gives how many were let in.
async fn let_in_of_fifty(place: &Place, login: impl Fn(usize) -> (String, String)) -> usize {
    let start = Arc::new(Barrier::new(50));
    let tries: Vec<_> = (0..50)
        .map(|n| {
            let (db, start, (login, address)) = (place.db.clone(), start.clone(), login(n));
            tokio::spawn(async move {
                start.wait().await;
                match lock::admit(&db, &login, &address, NOW).await {
                    Ok(attempt) => attempt.failed(&db, NOW).await.map(|()| 1).unwrap(),
                    Err(_) => 0,
                }
            })
        })
        .collect();
    let mut let_in = 0;
    for one in tries {
        let_in += one.await.unwrap();
    }
    let_in
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_tries_at_once_are_never_more_than_the_limit_lets_in() {
    for place in places().await {
        World::build(&place.db).await;
        let pair = |_| ("000102".to_string(), "192.0.2.1".to_string());
        assert_eq!(let_in_of_fifty(&place, pair).await, 10, "one login from one address");
        assert_eq!(events(&place.db, "sign_in.locked").await, 1, "the door closes once");
        let login = |n| ("000103".to_string(), format!("198.51.100.{n}"));
        assert_eq!(let_in_of_fifty(&place, login).await, 20, "one login from everywhere");
        let address = |n| (format!("guess{n}"), "203.0.113.1".to_string());
        assert_eq!(let_in_of_fifty(&place, address).await, 50);
        assert_eq!(let_in_of_fifty(&place, |n| address(n + 50)).await, 50);
        assert_eq!(let_in_of_fifty(&place, |n| address(n + 100)).await, 0, "one address with any login");
    }
}

#[tokio::test]
async fn tries_under_way_count_so_that_many_at_once_are_not_many_guesses() {
    for place in places().await {
        World::build(&place.db).await;
        let mut held = Vec::new();
        for _ in 0..10 {
            held.push(lock::admit(&place.db, "000102", "192.0.2.1", NOW).await.unwrap());
        }
        assert!(lock::admit(&place.db, "000102", "192.0.2.1", NOW).await.is_err());
        held.pop().unwrap().succeeded(&place.db).await.unwrap();
        assert!(lock::admit(&place.db, "000102", "192.0.2.1", NOW).await.is_ok());
    }
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_ends_the_other_sessions() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        give_password(db, world.hirano).await;
        let other = sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.unwrap();
        let token = sign_in(db, "000102", WORD, &at("10.0.0.2"), NOW).await.unwrap();
        let who = find(db, &token, NOW).await.unwrap().unwrap();
        let change =
            |old: &str, new: &str| NewPassword { old: old.into(), new: new.into(), again: new.into() };
        let from = at("10.0.0.2");
        for (entered, field) in [
            (change("wrong", "あたらしいあいことば"), "old"),
            (change(WORD, "000102000102"), "password"),
            (change(WORD, "平野智子平野智子平野智子"), "password"),
            (change(WORD, "password2026"), "password"),
        ] {
            match set_password(db, &who.actor, who.session, &entered, &from, NOW).await {
                Err(StoreError::Refused(refusal)) => assert_eq!(refusal.field.as_deref(), Some(field)),
                other => panic!("{entered:?}: {other:?}"),
            }
        }
        let entered = change(WORD, "あたらしいあいことば");
        let renewed = set_password(db, &who.actor, who.session, &entered, &from, NOW).await.unwrap();
        assert!(find(db, &token, NOW).await.unwrap().is_none(), "the old token is worth nothing");
        assert!(find(db, &other, NOW).await.unwrap().is_none(), "the other browser is signed out");
        assert_eq!(find(db, &renewed, NOW).await.unwrap().unwrap().pending, None);
        assert!(sign_in(db, "000102", WORD, &from, NOW).await.is_err());
    }
}

#[tokio::test]
async fn after_a_code_a_password_is_set_without_an_old_one() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        let code = issue_codes(db, &shiina, Recipients::Person(world.hirano), NOW).await.unwrap().remove(0);
        let token = sign_in(db, "000102", &code.code, &at("10.0.0.1"), NOW).await.unwrap();
        let who = find(db, &token, NOW).await.unwrap().unwrap();
        assert_eq!(who.pending, Some(Pending::Password));
        let entered = NewPassword { old: String::new(), new: WORD.into(), again: WORD.into() };
        let token = set_password(db, &who.actor, who.session, &entered, &at("10.0.0.1"), NOW).await.unwrap();
        assert_eq!(find(db, &token, NOW).await.unwrap().unwrap().pending, None);
        let again = set_password(db, &who.actor, who.session, &entered, &at("10.0.0.1"), NOW).await;
        assert!(text(again).contains("今のパスワード"), "from now on the old one is needed");
    }
}

#[tokio::test]
async fn a_person_without_a_password_here_can_not_set_one_without_a_code() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let entry = Entry { login: "hirano".into(), way: Way::Directory, origin: at("10.0.0.1") };
        let token = open_for(db, world.hirano, &entry, NOW).await.unwrap();
        let who = find(db, &token, NOW).await.unwrap().unwrap();
        let entered = NewPassword { old: String::new(), new: WORD.into(), again: WORD.into() };
        let refused = set_password(db, &who.actor, who.session, &entered, &at("10.0.0.1"), NOW).await;
        assert!(text(refused).contains("庁内の認証"));
    }
}

#[tokio::test]
async fn own_sessions_are_listed_and_ended_and_nobody_elses() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        for id in [world.hirano, world.nishikawa] {
            give_password(db, id).await;
        }
        let mine = sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.unwrap();
        let second = sign_in(db, "000102", WORD, &at("10.0.0.2"), NOW).await.unwrap();
        sign_in(db, "000102", WORD, &at("10.0.0.3"), NOW).await.unwrap();
        let foreign = sign_in(db, "000103", WORD, &at("10.0.0.4"), NOW).await.unwrap();
        let who = find(db, &mine, NOW).await.unwrap().unwrap();
        let them = find(db, &foreign, NOW).await.unwrap().unwrap();
        let listed = device::list(db, &who.actor, who.session, NOW).await.unwrap();
        assert_eq!(listed.len(), 3);
        assert!(listed[0].present && listed[0].address == "10.0.0.1");
        assert_eq!(listed[0].browser, "Firefox（Windows）");
        for id in [who.session, them.session, Uuid::now_v7()] {
            let refused = device::end_one(db, &who.actor, who.session, id, NOW).await;
            assert!(matches!(refused, Err(StoreError::NotFound)), "{id}");
        }
        let other = find(db, &second, NOW).await.unwrap().unwrap().session;
        device::end_one(db, &who.actor, who.session, other, NOW).await.unwrap();
        assert!(find(db, &second, NOW).await.unwrap().is_none());
        assert_eq!(device::end_others(db, &who.actor, who.session, NOW).await.unwrap(), 1);
        assert_eq!(device::end_others(db, &who.actor, who.session, NOW).await.unwrap(), 0);
        assert_eq!(device::list(db, &who.actor, who.session, NOW).await.unwrap().len(), 1);
        assert!(find(db, &foreign, NOW).await.unwrap().is_some());
        assert_eq!(events(db, "session.ended_elsewhere").await, 2);
    }
}

#[tokio::test]
async fn what_is_over_is_swept_away_and_what_holds_stays() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        give_password(db, world.hirano).await;
        sign_in(db, "000102", WORD, &at("10.0.0.1"), NOW).await.unwrap();
        lock::admit(db, "000102", "192.0.2.1", NOW).await.unwrap().failed(db, NOW).await.unwrap();
        let counts = || async {
            (
                session::Entity::find().count(db.read()).await.unwrap(),
                sign_in_failure::Entity::find().count(db.read()).await.unwrap(),
                sign_in_address::Entity::find().count(db.read()).await.unwrap(),
            )
        };
        sessions::sweep(db, NOW + Duration::minutes(10)).await.unwrap();
        assert_eq!(counts().await, (1, 1, 1));
        sessions::sweep(db, NOW + Duration::hours(3)).await.unwrap();
        assert_eq!(counts().await, (0, 0, 1));
        sessions::sweep(db, NOW + Duration::days(31)).await.unwrap();
        assert_eq!(counts().await, (0, 0, 0));
    }
}
