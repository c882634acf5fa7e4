//! People are found, receive codes, and are given roles.

use crate::common::{NOW, TODAY, World, actor, places};
use domain::post::{AbsenceReason, Kind};
use domain::role::Role;
use domain::session::Pending;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::StoreError;
use store::entity::{event, person, sign_in_code};
use store::person::{
    Absent, Appointment, Filter, NewPerson, Recipients, SignIn, add, begin_absence, begin_post, end_absence,
    end_post, grant_role, issue_codes, list, show, withdraw_role,
};
use store::session::Origin;
use store::session::sign_in::{put_credential, sign_in};
use time::Duration;
use time::macros::date;
use uuid::Uuid;

#[tokio::test]
async fn a_code_opens_the_door_once_for_a_password_and_only_its_hash_is_stored() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let codes = issue_codes(&place.db, &shiina, Recipients::Everybody, NOW).await.unwrap();
        assert_eq!(codes.len(), 7);
        assert_eq!(codes[0].department, "人事課", "in the order of the organisation");
        let stored = sign_in_code::Entity::find().all(place.db.read()).await.unwrap();
        for code in &codes {
            assert_eq!(code.code.len(), 14);
            assert!(stored.iter().all(|row| !row.code_hash.contains(&code.code)));
        }
        let hirano = codes.iter().find(|code| code.staff_no == "000102").unwrap();
        let typed = hirano.code.to_lowercase().replace('-', " ");
        let token = sign_in(&place.db, "000102", &typed, &Origin::default(), NOW).await.unwrap();
        let who = store::session::find(&place.db, &token, NOW).await.unwrap().unwrap();
        assert_eq!(who.pending, Some(Pending::Password));
        assert!(
            sign_in(&place.db, "000103", &hirano.code, &Origin::default(), NOW).await.is_err(),
            "not for somebody else"
        );
        let later = issue_codes(&place.db, &shiina, Recipients::Person(world.hirano), NOW + Duration::MINUTE);
        assert_eq!(later.await.unwrap().len(), 1);
        let old = sign_in(&place.db, "000102", &typed, &Origin::default(), NOW + Duration::hours(1)).await;
        assert!(old.is_err(), "a new code ends the old one");
        let events = event::Entity::find().filter(event::Column::Kind.eq("code.issued"));
        assert_eq!(events.count(place.db.read()).await.unwrap(), 8);
    }
}

#[tokio::test]
async fn codes_go_to_one_department_and_not_to_those_who_have_a_password() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let jinji = Recipients::Department(world.jinji);
        assert_eq!(issue_codes(&place.db, &shiina, jinji, NOW).await.unwrap().len(), 3);
        for person in [world.tachibana, world.hirano, world.nishikawa] {
            let txn = place.db.begin().await.unwrap();
            let row = person::Entity::find_by_id(person).one(&txn).await.unwrap().unwrap();
            put_credential(&txn, &row, &row.staff_no, "hash".into(), NOW).await.unwrap();
            txn.commit().await.unwrap();
        }
        let nobody = issue_codes(&place.db, &shiina, jinji, NOW).await;
        assert!(matches!(nobody, Err(StoreError::Refused(_))));
        let unknown = issue_codes(&place.db, &shiina, Recipients::Department(Uuid::now_v7()), NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let head = actor(&place.db, world.tachibana).await;
        assert!(matches!(issue_codes(&place.db, &head, jinji, NOW).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn people_are_found_by_name_number_and_department() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let all = list(&place.db, &shiina, &Filter::default(), NOW).await.unwrap();
        assert_eq!((all.total, all.found, all.without_password), (7, 7, 7));
        assert_eq!(all.lines[0].name, "立花 由美子", "heads first");
        let found = |filter: Filter| {
            let (db, shiina) = (place.db.clone(), shiina.clone());
            async move {
                let people = list(&db, &shiina, &filter, NOW).await.unwrap();
                people.lines.into_iter().map(|line| line.staff_no).collect::<Vec<_>>()
            }
        };
        assert_eq!(found(Filter { text: "髙梨直".into(), ..Filter::default() }).await, ["000302"]);
        assert_eq!(found(Filter { text: "0003".into(), ..Filter::default() }).await, ["000301", "000302"]);
        assert_eq!(found(Filter { department: Some(world.joho), ..Filter::default() }).await, ["000201"]);
        assert_eq!(found(Filter { granted: true, ..Filter::default() }).await, ["000201", "000401"]);
        let head = actor(&place.db, world.tachibana).await;
        let refused = list(&place.db, &head, &Filter::default(), NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn roles_are_granted_and_withdrawn_but_the_last_secretariat_stays() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        grant_role(db, &shiina, world.nishikawa, Role::Committee, None, NOW).await.unwrap();
        let twice = grant_role(db, &shiina, world.nishikawa, Role::Committee, None, NOW).await;
        assert!(matches!(twice, Err(StoreError::Refused(_))));
        let by_post = grant_role(db, &shiina, world.nishikawa, Role::Manager, None, NOW).await;
        assert!(matches!(by_post, Err(StoreError::Refused(_))));
        let nishikawa = show(db, &shiina, world.nishikawa, NOW).await.unwrap();
        assert_eq!(nishikawa.sign_in, SignIn::None);
        assert_eq!(nishikawa.grants.len(), 1);
        let grant = nishikawa.grants[0].id;
        assert_eq!(withdraw_role(db, &shiina, grant, NOW).await.unwrap(), world.nishikawa);
        assert!(matches!(withdraw_role(db, &shiina, grant, NOW).await, Err(StoreError::Refused(_))));
        assert!(actor(db, world.nishikawa).await.grants.is_empty());

        let own = show(db, &shiina, world.shiina, NOW).await.unwrap().grants[0].id;
        assert!(matches!(withdraw_role(db, &shiina, own, NOW).await, Err(StoreError::Refused(_))));
        let head = actor(db, world.tachibana).await;
        let refused = grant_role(db, &head, world.tachibana, Role::Secretariat, None, NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
        for kind in ["role.granted", "role.withdrawn"] {
            let events = event::Entity::find().filter(event::Column::Kind.eq(kind));
            assert_eq!(events.count(db.read()).await.unwrap(), 1);
        }
    }
}

fn post_in(person: Uuid, department: Uuid, role: Role, kind: Kind) -> Appointment {
    Appointment {
        person,
        department,
        role,
        kind,
        title: "課長事務取扱".into(),
        system: String::new(),
        from: TODAY,
        to: None,
    }
}

#[tokio::test]
async fn posts_and_absences_are_written_by_hand_from_a_day_on() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, shiina) = (&place.db, actor(&place.db, world.shiina).await);
        let acting = post_in(world.tachibana, world.joho, Role::Manager, Kind::Acting);
        begin_post(db, &shiina, acting.clone(), NOW).await.unwrap();
        let head = actor(db, world.tachibana).await;
        assert_eq!(head.head_post(world.joho).map(|post| post.kind), Some(Kind::Acting));
        assert!(matches!(begin_post(db, &shiina, acting, NOW).await, Err(StoreError::Refused(_))), "twice");
        let second = post_in(world.tachibana, world.joho, Role::Staff, Kind::Main);
        assert!(
            matches!(begin_post(db, &shiina, second, NOW).await, Err(StoreError::Refused(_))),
            "two 本務"
        );
        let profile = show(db, &shiina, world.tachibana, NOW).await.unwrap();
        let acting = profile.posts.iter().find(|post| post.kind == Kind::Acting).unwrap();
        assert_eq!(end_post(db, &shiina, acting.id, TODAY, NOW).await.unwrap(), world.tachibana);
        assert!(!actor(db, world.tachibana).await.heads(world.joho));

        let away = Absent { person: world.hirano, reason: AbsenceReason::Childcare, from: TODAY, to: None };
        begin_absence(db, &shiina, away, NOW).await.unwrap();
        assert!(matches!(begin_absence(db, &shiina, away, NOW).await, Err(StoreError::Refused(_))));
        let absence = show(db, &shiina, world.hirano, NOW).await.unwrap().absences.remove(0);
        end_absence(db, &shiina, absence.id, date!(2027 - 04 - 01), NOW).await.unwrap();
        let head = actor(db, world.tachibana).await;
        assert!(matches!(begin_absence(db, &head, away, NOW).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn an_auditor_from_outside_is_entered_by_hand_and_ends_by_himself() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, shiina) = (&place.db, actor(&place.db, world.shiina).await);
        let new =
            NewPerson {
                name: "神﨑 𠮷夫".into(), kana: "かんざき よしお".into(), ..NewPerson::default()
            };
        let id = add(db, &shiina, new.clone(), NOW).await.unwrap();
        let next = add(db, &shiina, new, NOW).await.unwrap();
        let profile = show(db, &shiina, id, NOW).await.unwrap();
        assert_eq!((profile.staff_no.as_str(), profile.name.as_str()), ("g0001", "神﨑 𠮷夫"));
        assert_eq!(show(db, &shiina, next, NOW).await.unwrap().staff_no, "g0002");
        let endless = grant_role(db, &shiina, id, Role::Auditor, None, NOW).await;
        assert!(matches!(endless, Err(StoreError::Refused(_))));
        let end = date!(2027 - 04 - 01);
        grant_role(db, &shiina, id, Role::Auditor, Some(end), NOW).await.unwrap();
        assert!(actor(db, id).await.is(Role::Auditor));
        let later = store::access::actor(db.read(), id, end).await.unwrap();
        assert!(!later.is(Role::Auditor), "from that day on it no longer holds");
        let found = Filter { text: "神崎吉夫".into(), ..Filter::default() };
        let lines = list(db, &shiina, &found, NOW).await.unwrap().lines;
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [id], "the next has no role yet");
    }
}
