//! The second factor: set up, given, used up, taken away, required by a role.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::common::{NOW, World, actor, places};
use domain::role::Role;
use domain::session::{Pending, Way};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entity::{event, recovery_code, second_factor_offer};
use store::second_factor::{self as second, release_role, require_role, requirements};
use store::session::{Entry, Origin, SignedIn, find, open_for};
use store::{Db, StoreError};
use time::{Duration, OffsetDateTime};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

fn from() -> Origin {
    Origin { address: "10.0.0.1".into(), agent: String::new() }
}

async fn signed_in(db: &Db, person: Uuid, way: Way, now: OffsetDateTime) -> SignedIn {
    let entry = Entry { login: person.simple().to_string(), way, origin: from() };
    let token = open_for(db, person, &entry, now).await.unwrap();
    find(db, &token, now).await.unwrap().unwrap()
}

/// What the authenticator shows.
fn code(secret: &str, now: OffsetDateTime) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).with_account_name("a").build().unwrap();
    totp.generate(u64::try_from(now.unix_timestamp()).unwrap()).to_string()
}

async fn offered(db: &Db, person: Uuid) -> String {
    let own = second_factor_offer::Entity::find().filter(second_factor_offer::Column::PersonId.eq(person));
    own.one(db.read()).await.unwrap().unwrap().secret
}

/// Sets one up and gives its key and the recovery codes.
async fn enrol(db: &Db, who: &SignedIn, now: OffsetDateTime) -> (String, Vec<String>) {
    second::offer(db, &who.actor, now).await.unwrap();
    let secret = offered(db, who.actor.person_id).await;
    let confirmed =
        second::confirm(db, &who.actor, who.session, &code(&secret, now), &from(), now).await.unwrap();
    assert!(find(db, &confirmed.token, now).await.unwrap().is_some());
    (secret, confirmed.recovery_codes)
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_key_counts_only_after_a_code_confirmed_it() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let who = signed_in(db, world.hirano, Way::Password, NOW).await;
        second::offer(db, &who.actor, NOW).await.unwrap();
        let drawn = second::show(db, &who.actor, "見直し", NOW).await.unwrap().offer.unwrap();
        assert_eq!(drawn.groups.replace(' ', ""), offered(db, world.hirano).await);
        assert_eq!(signed_in(db, world.hirano, Way::Password, NOW).await.pending, None, "not yet");
        let secret = offered(db, world.hirano).await;
        let wrong = code(&secret, NOW + Duration::hours(1));
        let answer = second::confirm(db, &who.actor, who.session, &wrong, &from(), NOW).await;
        assert!(refused(answer).contains("違います"));
        let late = NOW + Duration::minutes(61);
        let answer = second::confirm(db, &who.actor, who.session, &code(&secret, late), &from(), late).await;
        assert!(refused(answer).contains("有効期間"));
        let (_, codes) = enrol(db, &who, NOW).await;
        assert_eq!(codes.len(), 10);
        let stored = recovery_code::Entity::find().all(db.read()).await.unwrap();
        assert!(stored.iter().all(|row| codes.iter().all(|code| !row.code_hash.contains(code.as_str()))));
        assert!(refused(second::offer(db, &who.actor, NOW).await).contains("既に"));
    }
}

#[tokio::test]
async fn a_code_is_taken_once_and_opens_the_session() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let who = signed_in(db, world.hirano, Way::Password, NOW).await;
        let (secret, _) = enrol(db, &who, NOW).await;
        let half = signed_in(db, world.hirano, Way::Password, NOW).await;
        assert_eq!(half.pending, Some(Pending::SecondFactor));
        let used = second::give(db, &half.actor, half.session, &code(&secret, NOW), &from(), NOW).await;
        assert!(refused(used).contains("既に使われ"), "the code that confirmed the key was used");
        let next = NOW + Duration::seconds(30);
        let fresh = code(&secret, next);
        let token = second::give(db, &half.actor, half.session, &fresh, &from(), next).await.unwrap();
        let whole = find(db, &token, next).await.unwrap().unwrap();
        assert_eq!((whole.pending, whole.session), (None, half.session));
        let later = find(db, &token, next + Duration::minutes(30)).await.unwrap();
        assert!(later.is_some(), "the ten minutes for the code no longer count");
        let other = signed_in(db, world.hirano, Way::Password, next).await;
        let again = second::give(db, &other.actor, other.session, &fresh, &from(), next).await;
        assert!(refused(again).contains("既に使われ"), "nor does a code open a second session");
        let entry = Entry { login: "x".into(), way: Way::Password, origin: from() };
        let waiting = open_for(db, world.hirano, &entry, NOW).await.unwrap();
        assert!(
            find(db, &waiting, NOW + Duration::minutes(11)).await.unwrap().is_none(),
            "waits ten minutes"
        );
    }
}

#[tokio::test]
async fn wrong_codes_are_counted_like_wrong_passwords() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let who = signed_in(db, world.hirano, Way::Password, NOW).await;
        let (secret, _) = enrol(db, &who, NOW).await;
        let half = signed_in(db, world.hirano, Way::Password, NOW).await;
        let next = NOW + Duration::seconds(30);
        let wrong = code(&secret, NOW + Duration::hours(5));
        for _ in 0..10 {
            refused(second::give(db, &half.actor, half.session, &wrong, &from(), next).await);
        }
        let right = second::give(db, &half.actor, half.session, &code(&secret, next), &from(), next).await;
        assert!(refused(right).contains("停止"));
        let locked = event::Entity::find().filter(event::Column::Kind.eq("sign_in.locked"));
        assert_eq!(locked.all(db.read()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_recovery_code_is_taken_once_and_new_ones_end_the_old() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let who = signed_in(db, world.hirano, Way::Password, NOW).await;
        let (secret, codes) = enrol(db, &who, NOW).await;
        let typed = codes[0].to_lowercase().replace('-', " ");
        let half = signed_in(db, world.hirano, Way::Password, NOW).await;
        let token = second::give(db, &half.actor, half.session, &typed, &from(), NOW).await.unwrap();
        let whole = find(db, &token, NOW).await.unwrap().unwrap();
        let half = signed_in(db, world.hirano, Way::Password, NOW).await;
        refused(second::give(db, &half.actor, half.session, &typed, &from(), NOW).await);
        assert_eq!(second::show(db, &whole.actor, "見直し", NOW).await.unwrap().recovery_codes, 9);
        let next = NOW + Duration::seconds(30);
        let fresh = code(&secret, next);
        let made = second::new_recovery_codes(db, &whole.actor, whole.session, &fresh, &from(), next).await;
        assert_eq!(made.unwrap().len(), 10);
        refused(second::give(db, &half.actor, half.session, &codes[1], &from(), next).await);
    }
}

#[tokio::test]
async fn it_is_removed_with_a_code_or_reset_by_the_office_but_never_ones_own() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let who = signed_in(db, world.hirano, Way::Password, NOW).await;
        let (secret, _) = enrol(db, &who, NOW).await;
        let next = NOW + Duration::seconds(30);
        let wrong = code(&secret, NOW);
        refused(second::remove(db, &who.actor, who.session, &wrong, &from(), next).await);
        let right = code(&secret, next);
        second::remove(db, &who.actor, who.session, &right, &from(), next).await.unwrap();
        assert_eq!(signed_in(db, world.hirano, Way::Password, next).await.pending, None);

        enrol(db, &who, next).await;
        let shiina = actor(db, world.shiina).await;
        let head = actor(db, world.tachibana).await;
        let forbidden = second::reset(db, &head, world.hirano, next).await;
        assert!(matches!(forbidden, Err(StoreError::Forbidden)));
        assert!(refused(second::reset(db, &shiina, world.shiina, next).await).contains("自分"));
        assert!(
            refused(second::reset(db, &shiina, world.nishikawa, next).await).contains("設定されていません")
        );
        let unknown = second::reset(db, &shiina, Uuid::now_v7(), next).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        second::reset(db, &shiina, world.hirano, next).await.unwrap();
        let entry = Entry { login: "x".into(), way: Way::Password, origin: from() };
        let token = open_for(db, world.hirano, &entry, next).await.unwrap();
        assert_eq!(find(db, &token, next).await.unwrap().unwrap().pending, None);
        assert!(recovery_code::Entity::find().all(db.read()).await.unwrap().is_empty());
        let events = event::Entity::find().filter(event::Column::Kind.eq("second_factor.reset"));
        assert_eq!(events.all(db.read()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_role_requires_it_until_released_except_through_the_provider() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        let head = actor(db, world.tachibana).await;
        let forbidden = require_role(db, &head, Role::Auditor, NOW).await;
        assert!(matches!(forbidden, Err(StoreError::Forbidden)));
        assert!(matches!(requirements(db, &head, NOW).await, Err(StoreError::Forbidden)));
        require_role(db, &shiina, Role::Auditor, NOW).await.unwrap();
        assert!(refused(require_role(db, &shiina, Role::Auditor, NOW).await).contains("既に"));
        for (person, way, pending) in [
            (world.kubota, Way::Password, Some(Pending::Enrolment)),
            (world.kubota, Way::Directory, Some(Pending::Enrolment)),
            (world.kubota, Way::Code, Some(Pending::Password)),
            (world.kubota, Way::Provider, None),
            (world.hirano, Way::Password, None),
        ] {
            assert_eq!(signed_in(db, person, way, NOW).await.pending, pending, "{way:?}");
        }
        let line = |role: Role| {
            let shiina = shiina.clone();
            async move {
                let lines = requirements(db, &shiina, NOW).await.unwrap();
                let line = lines.into_iter().find(|line| line.role == role).unwrap();
                (line.since.is_some(), line.holders, line.enrolled)
            }
        };
        assert_eq!(line(Role::Auditor).await, (true, 1, 0));
        assert_eq!(line(Role::Manager).await, (false, 2, 0));
        let kubota = signed_in(db, world.kubota, Way::Password, NOW).await;
        enrol(db, &kubota, NOW).await;
        assert_eq!(line(Role::Auditor).await, (true, 1, 1));
        let half = signed_in(db, world.kubota, Way::Directory, NOW).await;
        assert_eq!(half.pending, Some(Pending::SecondFactor));
        release_role(db, &shiina, Role::Auditor, NOW).await.unwrap();
        let twice = release_role(db, &shiina, Role::Auditor, NOW).await;
        assert!(refused(twice).contains("既に"));
        require_role(db, &shiina, Role::Auditor, NOW).await.unwrap();
    }
}
