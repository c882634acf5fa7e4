//! The city's directory vouches for people of the roster and gives them the roles of their groups.

#![allow(clippy::unwrap_used, clippy::allow_attributes)]

use crate::common::{NOW, World, actor, places};
use domain::directory::Source;
use domain::role::Role;
use domain::session::Pending;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::directory::{AskDirectory, Found, Verdict, admit};
use store::entity::{directory_withdrawal, event, oidc_attempt, session, sign_in_failure};
use store::person::{Recipients, grant_role, issue_codes, show, withdraw_role};
use store::session::Origin;
use store::session::directory::sign_in;
use store::session::oidc::{HOLDS, NewAttempt, begin, finish, take};
use store::session::sign_in::{NewPassword, set_password};
use store::{Db, StoreError};
use time::Duration;

fn found(staff_no: &str, source: Source, roles: &[Role]) -> Found {
    Found { source, staff_no: staff_no.into(), roles: roles.to_vec() }
}

/// A directory that always answers the same, and how often it was asked.
fn directory(verdict: Verdict) -> (AskDirectory, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let ask: AskDirectory = Arc::new(move |_, _| {
        count.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready(verdict.clone()))
    });
    (ask, asked)
}

async fn events(db: &Db, kind: &str) -> u64 {
    event::Entity::find().filter(event::Column::Kind.eq(kind)).count(db.read()).await.unwrap()
}

#[tokio::test]
async fn roles_follow_the_groups_and_leave_those_given_by_hand() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        grant_role(db, &shiina, world.hirano, Role::Committee, None, NOW).await.unwrap();
        let said = found("000102", Source::Ldap, &[Role::Committee, Role::Auditor]);
        assert_eq!(admit(db, &said, NOW).await.unwrap().id, world.hirano);
        assert_eq!(actor(db, world.hirano).await.grants, [Role::Auditor, Role::Committee]);
        admit(db, &said, NOW).await.unwrap();
        assert_eq!(events(db, "role.granted").await, 3, "the second sign-in changes nothing");
        let profile = show(db, &shiina, world.hirano, NOW).await.unwrap();
        assert_eq!((profile.grants.len(), profile.by_directory.len()), (1, 2));

        let through_oidc = found("000102", Source::Oidc, &[Role::Csirt]);
        admit(db, &through_oidc, NOW).await.unwrap();
        admit(db, &found("000102", Source::Ldap, &[]), NOW).await.unwrap();
        let kept = actor(db, world.hirano).await.grants;
        assert_eq!(kept, [Role::Committee, Role::Csirt], "by hand, and by the other source");
        assert_eq!(events(db, "role.withdrawn").await, 2);
        assert_eq!(directory_withdrawal::Entity::find().count(db.read()).await.unwrap(), 2);
        let author = event::Entity::find().filter(event::Column::Kind.eq("role.withdrawn"));
        assert_eq!(author.one(db.read()).await.unwrap().unwrap().actor_name, "庁内の認証基盤");
    }
}

#[tokio::test]
async fn the_last_secretariat_stays_whoever_gave_the_role() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        admit(db, &found("000102", Source::Ldap, &[Role::Secretariat]), NOW).await.unwrap();
        let own = show(db, &shiina, world.shiina, NOW).await.unwrap().grants[0].id;
        withdraw_role(db, &shiina, own, NOW).await.unwrap();
        admit(db, &found("000102", Source::Ldap, &[]), NOW).await.unwrap();
        assert_eq!(
            actor(db, world.hirano).await.grants,
            [Role::Secretariat],
            "nobody else could grant it again"
        );
        admit(db, &found("000103", Source::Oidc, &[Role::Secretariat]), NOW).await.unwrap();
        admit(db, &found("000102", Source::Ldap, &[]), NOW).await.unwrap();
        assert!(actor(db, world.hirano).await.grants.is_empty());
    }
}

#[tokio::test]
async fn whoever_is_not_in_the_roster_is_turned_away_with_the_reason() {
    for place in places().await {
        World::build(&place.db).await;
        for (staff_no, words) in
            [("999999", "「999999」は名簿に登録されていません"), ("", "職員番号が登録されていません")]
        {
            let said = found(staff_no, Source::Ldap, &[Role::Secretariat]);
            let (ask, _) = directory(Verdict::Known(said));
            match sign_in(&place.db, "somebody", "secret", &Origin::default(), Some(&ask), NOW).await {
                Err(StoreError::Refused(refusal)) => {
                    assert!(refusal.text.contains(words), "{}", refusal.text)
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(events(&place.db, "role.granted").await, 0);
    }
}

#[tokio::test]
async fn local_accounts_come_first_and_never_reach_the_directory() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let here = Origin::default();
        let (ask, asked) = directory(Verdict::Known(found("000102", Source::Ldap, &[])));
        let token = sign_in(db, "000102", "of the directory", &here, Some(&ask), NOW).await.unwrap();
        let who = store::session::find(db, &token, NOW).await.unwrap().unwrap();
        assert_eq!((who.actor.person_id, who.pending), (world.hirano, None));
        assert_eq!(asked.load(Ordering::Relaxed), 1);

        let shiina = actor(db, world.shiina).await;
        let codes = issue_codes(db, &shiina, Recipients::Person(world.hirano), NOW).await.unwrap();
        let token = sign_in(db, "000102", &codes[0].code, &here, Some(&ask), NOW).await.unwrap();
        let who = store::session::find(db, &token, NOW).await.unwrap().unwrap();
        assert_eq!(who.pending, Some(Pending::Password));
        let word = "correct horse battery";
        let entered = NewPassword { new: word.into(), again: word.into(), ..NewPassword::default() };
        let later = NOW + Duration::MINUTE;
        set_password(db, &who.actor, who.session, &entered, &here, later).await.unwrap();
        sign_in(db, "000102", word, &here, Some(&ask), later).await.unwrap();
        assert!(sign_in(db, "000102", "of the directory", &here, Some(&ask), later).await.is_err());
        assert!(sign_in(db, "000103", "", &here, Some(&ask), later).await.is_err(), "an empty password");
        assert_eq!(asked.load(Ordering::Relaxed), 1, "not asked again");
    }
}

#[tokio::test]
async fn failures_at_the_directory_count_for_the_lock_out_and_its_absence_does_not() {
    for place in places().await {
        World::build(&place.db).await;
        let db = &place.db;
        let here = Origin { address: "10.0.0.1".into(), ..Origin::default() };
        let (away, _) = directory(Verdict::Away);
        for _ in 0..20 {
            match sign_in(db, "000102", "secret", &here, Some(&away), NOW).await {
                Err(StoreError::Refused(refusal)) => assert!(refusal.text.contains("接続できない")),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(sign_in_failure::Entity::find().count(db.read()).await.unwrap(), 0);
        let (wrong, asked) = directory(Verdict::Wrong);
        for _ in 0..30 {
            assert!(sign_in(db, "000102", "guess", &here, Some(&wrong), NOW).await.is_err());
        }
        assert!(asked.load(Ordering::Relaxed) <= 10, "the directory is not asked while locked out");
        let (right, _) = directory(Verdict::Known(found("000102", Source::Ldap, &[])));
        let locked = sign_in(db, "000102", "the right one", &here, Some(&right), NOW).await;
        assert!(matches!(locked, Err(StoreError::Refused(_))));
    }
}

fn attempt(state: &str) -> NewAttempt {
    NewAttempt { state: state.into(), nonce: "n".into(), verifier: "v".into(), next: "/ledger".into() }
}

#[tokio::test]
async fn an_attempt_is_given_once_to_the_browser_that_began_it_and_not_too_late() {
    for place in places().await {
        let db = &place.db;
        let cookie = begin(db, attempt("one"), NOW).await.unwrap();
        assert_eq!(take(db, "other", &cookie, NOW).await.unwrap(), None, "unknown state");
        let taken = take(db, "one", &cookie, NOW).await.unwrap().unwrap();
        assert_eq!(
            (taken.nonce.as_str(), taken.verifier.as_str(), taken.next.as_str()),
            ("n", "v", "/ledger")
        );
        assert_eq!(take(db, "one", &cookie, NOW).await.unwrap(), None, "a second time");

        begin(db, attempt("two"), NOW).await.unwrap();
        assert_eq!(take(db, "two", &cookie, NOW).await.unwrap(), None, "another browser");
        let cookie = begin(db, attempt("three"), NOW).await.unwrap();
        assert_eq!(take(db, "three", &cookie, NOW + HOLDS).await.unwrap(), None, "too late");

        begin(db, attempt("four"), NOW).await.unwrap();
        begin(db, attempt("five"), NOW + HOLDS).await.unwrap();
        assert_eq!(oidc_attempt::Entity::find().count(db.read()).await.unwrap(), 1, "old ones go");
    }
}

#[tokio::test]
async fn somebody_the_provider_recognised_gets_a_session() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let said = found("000401", Source::Oidc, &[Role::Auditor]);
        let token = finish(&place.db, &said, &Origin::default(), NOW).await.unwrap();
        let who = store::session::find(&place.db, &token, NOW).await.unwrap().unwrap();
        assert_eq!((who.actor.person_id, who.pending), (world.kubota, None));
        let row = session::Entity::find_by_id(who.session).one(place.db.read()).await.unwrap().unwrap();
        assert_eq!((row.way.as_str(), row.login.as_str()), ("provider", "000401"));
    }
}
