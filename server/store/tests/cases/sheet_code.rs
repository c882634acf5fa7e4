//! People without an account: a number opens one sheet and nothing else; the 推進員 enters for others, marked as such.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, actor, places};
use crate::transfer_common::{City, put};
use domain::actor::Actor;
use domain::answer::Written;
use domain::permission::{Action, allows};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::department::{self, return_sheet};
use store::entity::{answer, event, outbox, role_grant, sheet_code, submission};
use store::response::{self, Draft, Source, save_all, submit};
use store::session::{Origin, find};
use store::sheet_code::{Recipients, Slip, issue, open};
use store::{Db, StoreError, landing, proxy};
use time::Duration;
use uuid::Uuid;

fn terminal() -> Origin {
    Origin { address: "192.0.2.9".into(), agent: "kiosk".into() }
}

fn draft(item: Uuid, value: &str) -> Draft {
    Draft {
        item,
        written: Written::choice(value),
        evidence: String::new(),
        comment: String::new(),
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    }
}

async fn slip(db: &Db, city: &City, staff_no: &str) -> Slip {
    let shiina = actor(db, city.world.shiina).await;
    let to = Recipients::Person(staff_no.into());
    let mut slips = issue(db, &shiina, city.inspection, to, NOW).await.unwrap();
    assert_eq!(slips.len(), 1);
    slips.remove(0)
}

async fn entered(db: &Db, slip: &Slip) -> (Actor, Uuid, String) {
    let (token, target) = open(db, &slip.code.to_lowercase(), &terminal(), NOW).await.unwrap();
    (find(db, &token, NOW).await.unwrap().unwrap().actor, target, token)
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_number_opens_its_sheet_and_nothing_else() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        // 立花 owes two sheets and is a head: the number of one opens neither the other nor the department.
        let shiina = actor(db, world.shiina).await;
        let to = Recipients::Person("000101".into());
        let slips = issue(db, &shiina, city.inspection, to, NOW).await.unwrap();
        assert_eq!(slips.len(), 2);
        let (by_number, target, _) = entered(db, &slips[0]).await;
        assert_eq!(by_number.sheet, Some(target));
        response::open(db, &by_number, target, NOW).await.unwrap();
        for other in [
            city.target(db, world.tachibana, "staff").await.id,
            city.target(db, world.tachibana, "manager").await.id,
            city.target(db, world.hirano, "staff").await.id,
            world.tachibana_target,
        ] {
            let opened = response::open(db, &by_number, other, NOW).await;
            assert_eq!(opened.is_ok(), other == target, "{other}");
            let saved = save_all(db, &by_number, other, vec![draft(world.items[0], "done")], NOW).await;
            assert_eq!(saved.is_ok(), other == target, "{other}");
        }
        for action in [Action::ReadPolicy, Action::ConfirmDepartment, Action::SeeAnswers, Action::SeeMissing]
        {
            assert!(!allows(&by_number, action), "{action:?}");
        }
        let page = department::page(db, &by_number, city.inspection, world.jinji, NOW).await;
        assert!(matches!(page, Err(StoreError::Forbidden)));
        let own = landing::landing(db, &by_number, NOW).await.unwrap();
        assert_eq!((own.sheets.len(), own.departments.len()), (1, 0));
    }
}

#[tokio::test]
async fn a_number_ends_with_the_submission_and_holds_again_after_a_return() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let slip = slip(db, &city, "000102").await;
        assert_eq!((slip.name.as_str(), slip.department.as_str()), ("平野 智子", "人事課"));
        let (by_number, target, token) = entered(db, &slip).await;
        let drafts = world.items[..2].iter().map(|item| draft(*item, "done")).collect();
        save_all(db, &by_number, target, drafts, NOW).await.unwrap();
        submit(db, &by_number, target, NOW).await.unwrap();
        assert!(find(db, &token, NOW).await.unwrap().is_none(), "the terminal shows nothing more");
        let text = refused(open(db, &slip.code, &terminal(), NOW).await);
        assert!(text.contains("番号が違うか"), "{text}");
        let head = actor(db, world.tachibana).await;
        return_sheet(db, &head, target, "問1を確かめてください。", NOW).await.unwrap();
        open(db, &slip.code, &terminal(), NOW).await.unwrap();
        let kinds: Vec<String> = event::Entity::find()
            .filter(event::Column::Stream.eq(format!("target:{target}")))
            .all(db.read())
            .await
            .unwrap()
            .into_iter()
            .map(|event| event.kind)
            .collect();
        for kind in ["sheet_code.issued", "sheet_code.used", "answer.saved", "response.submitted"] {
            assert!(kinds.iter().any(|recorded| recorded == kind), "{kind}: {kinds:?}");
        }
        let codes = sheet_code::Entity::find().all(db.read()).await.unwrap();
        assert!(codes.iter().all(|row| !slip.code.contains(&row.code_hash) && row.code_hash.len() == 64));
    }
}

#[tokio::test]
async fn a_number_ends_after_the_due_date_with_a_newer_one_when_idle_and_on_leaving() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let first = slip(db, &city, "000102").await;
        let (who, target, token) = entered(db, &first).await;
        assert!(find(db, &token, NOW + Duration::minutes(9)).await.unwrap().is_some());
        assert!(find(db, &token, NOW + Duration::minutes(20)).await.unwrap().is_none(), "idle");
        let (_, _, token) = entered(db, &first).await;
        store::session::end(db, &who, &token, NOW).await.unwrap();
        assert!(find(db, &token, NOW).await.unwrap().is_none(), "left");
        let late = NOW + Duration::days(5);
        assert!(open(db, &first.code, &terminal(), late).await.is_err(), "after the due date");
        let second = slip(db, &city, "000102").await;
        assert!(open(db, &first.code, &terminal(), NOW).await.is_err(), "replaced");
        assert_eq!(open(db, &second.code, &terminal(), NOW).await.unwrap().1, target);
    }
}

#[tokio::test]
async fn wrong_numbers_close_the_terminal_for_a_while_and_no_other() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let slip = slip(db, &city, "000102").await;
        for _ in 0..100 {
            if open(db, "AAAA-BBBB-CCCC", &terminal(), NOW).await.unwrap_err().to_string().contains("停止")
            {
                break;
            }
        }
        let text = refused(open(db, &slip.code, &terminal(), NOW).await);
        assert!(text.contains("一時的に停止"), "{text}");
        let elsewhere = Origin { address: "192.0.2.77".into(), agent: String::new() };
        open(db, &slip.code, &elsewhere, NOW).await.unwrap();
        open(db, &slip.code, &terminal(), NOW + Duration::minutes(16)).await.unwrap();
    }
}

async fn promoter(db: &Db, city: &City) -> Actor {
    let row = role_grant::Model {
        id: Uuid::now_v7(),
        person_id: city.world.nishikawa,
        role: "promoter".into(),
        at: NOW,
        by_person_id: None,
        ends_on: None,
    };
    put::<_, role_grant::ActiveModel>(db, row).await;
    actor(db, city.world.nishikawa).await
}

#[tokio::test]
async fn a_promoter_enters_for_people_of_the_own_department_and_the_answers_say_so() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let promoter = promoter(db, &city).await;
        let hirano = city.target(db, world.hirano, "staff").await.id;
        let nothing = response::open(db, &promoter, hirano, NOW).await;
        assert!(matches!(nothing, Err(StoreError::NotFound)), "not before it was begun");
        assert!(refused(proxy::begin(db, &promoter, hirano, " ", NOW).await).contains("理由"));
        proxy::begin(db, &promoter, hirano, "手の骨折のため", NOW).await.unwrap();
        let entered = response::open(db, &promoter, hirano, NOW).await.unwrap();
        assert_eq!(entered.person, world.hirano);
        let drafts = world.items[..2].iter().map(|item| draft(*item, "done")).collect();
        save_all(db, &promoter, hirano, drafts, NOW).await.unwrap();
        submit(db, &promoter, hirano, NOW).await.unwrap();
        let rows =
            answer::Entity::find().filter(answer::Column::TargetId.eq(hirano)).all(db.read()).await.unwrap();
        assert!(
            rows.iter().all(|row| row.source == "proxy" && row.by_person_id == world.nishikawa),
            "{rows:?}"
        );
        let held = submission::Entity::find().filter(submission::Column::TargetId.eq(hirano));
        assert_eq!(held.one(db.read()).await.unwrap().unwrap().by_person_id, world.nishikawa);
        let head = actor(db, world.tachibana).await;
        let page = department::page(db, &head, city.inspection, world.jinji, NOW).await.unwrap();
        let row = page.rows.iter().find(|row| row.target == hirano).unwrap();
        assert_eq!(row.by_proxy.as_deref(), Some("西川 拓也"));
        let told = outbox::Entity::find().filter(outbox::Column::Kind.eq("proxy"));
        assert_eq!(told.count(db.read()).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn nobody_else_enters_for_others_and_no_promoter_elsewhere() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let promoter = promoter(db, &city).await;
        let takanashi = city.target(db, world.takanashi, "staff").await.id;
        let outside = proxy::begin(db, &promoter, takanashi, "理由", NOW).await;
        assert!(matches!(outside, Err(StoreError::NotFound)));
        let own = city.target(db, world.nishikawa, "staff").await.id;
        assert!(refused(proxy::begin(db, &promoter, own, "理由", NOW).await).contains("自分の点検票"));
        let hirano = city.target(db, world.hirano, "staff").await.id;
        for person in [world.tachibana, world.shiina, world.takanashi] {
            let other = actor(db, person).await;
            let tried = proxy::begin(db, &other, hirano, "理由", NOW).await;
            assert!(matches!(tried, Err(StoreError::Forbidden)));
        }
        // Without an account no reason is asked for.
        slip(db, &city, "000102").await;
        proxy::begin(db, &promoter, hirano, "", NOW).await.unwrap();
        // Who is moved away enters no more.
        crate::transfer_common::moves(db, world.nishikawa, world.shimin).await;
        let moved = actor(db, world.nishikawa).await;
        let gone = response::open(db, &moved, hirano, NOW).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
    }
}
