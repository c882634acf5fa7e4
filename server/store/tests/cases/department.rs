//! The head's work: who is missing, returning, confirming; and what everybody lands on.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, World, actor, places};
use domain::actor::Actor;
use domain::answer::{Value, Written};
use domain::role::Role;
use sea_orm::{EntityTrait, PaginatorTrait};
use store::access::grant;
use store::department::{confirm, page, return_sheet, withdraw_confirmation};
use store::entity::{event, outbox, tally};
use store::landing::landing;
use store::ledger::Author;
use store::response::{Draft, Source, open, save_all, submit};
use store::{Db, StoreError, StoreResult};
use uuid::Uuid;

async fn hand_in(db: &Db, world: &World, person: Uuid, target: Uuid) -> Actor {
    let who = actor(db, person).await;
    let drafts = world.items[..2].iter().map(|item| Draft {
        item: *item,
        written: Written::choice(Value::Done.key()),
        evidence: String::new(),
        comment: String::new(),
        planned_on: None,
        seen_version: Some(0),
        source: Source::Web,
    });
    save_all(db, &who, target, drafts.collect(), NOW).await.unwrap();
    submit(db, &who, target, NOW).await.unwrap();
    who
}

fn refused<T: std::fmt::Debug>(result: StoreResult<T>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("{other:?}"),
    }
}

async fn kinds(db: &Db) -> Vec<String> {
    event::Entity::find().all(db.read()).await.unwrap().into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn the_page_names_who_is_missing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        hand_in(&place.db, &world, world.hirano, world.hirano_target).await;
        let head = actor(&place.db, world.tachibana).await;
        let shown = page(&place.db, &head, world.inspection, world.jinji, NOW).await.unwrap();
        assert_eq!((shown.gathering.total, shown.gathering.missing), (3, 2));
        assert!(shown.may_act && shown.may_read);
        let hirano = shown.rows.iter().find(|row| row.name == "平野 智子").unwrap();
        assert!(hirano.facts.standing.submitted);
        assert_eq!((hirano.progress.answered, hirano.progress.total), (2, 2));
        let officer = actor(&place.db, world.shiina).await;
        let seen = page(&place.db, &officer, world.inspection, world.jinji, NOW).await.unwrap();
        assert!(!seen.may_act && seen.may_read);
        for (who, forbidden) in [(world.sawamura, false), (world.nishikawa, true)] {
            let who = actor(&place.db, who).await;
            let result = page(&place.db, &who, world.inspection, world.jinji, NOW).await;
            assert_eq!(matches!(result, Err(StoreError::Forbidden)), forbidden);
            assert_eq!(matches!(result, Err(StoreError::NotFound)), !forbidden);
        }
    }
}

#[tokio::test]
async fn a_returned_sheet_leaves_the_tallies_and_tells_its_owner() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let target = world.hirano_target;
        let hirano = hand_in(&place.db, &world, world.hirano, target).await;
        let head = actor(&place.db, world.tachibana).await;
        assert!(refused(return_sheet(&place.db, &head, target, "　", NOW).await).contains("理由"));
        return_sheet(&place.db, &head, target, "問2を確かめてください。", NOW).await.unwrap();
        let again = refused(return_sheet(&place.db, &head, target, "もう一度", NOW).await);
        assert!(again.contains("提出されていない"), "{again}");
        let counts = tally::Entity::find().all(place.db.read()).await.unwrap();
        assert!(counts.iter().all(|row| row.done == 0), "{counts:?}");
        let sheet = open(&place.db, &hirano, target, NOW).await.unwrap();
        assert!(sheet.facts.standing.returned && !sheet.facts.standing.submitted);
        assert_eq!(sheet.facts.returned.unwrap().reason, "問2を確かめてください。");
        let message = outbox::Entity::find().one(place.db.read()).await.unwrap().unwrap();
        assert!(message.subject.contains("差戻し") && message.body.contains("問2を確かめてください。"));
        assert!(kinds(&place.db).await.contains(&"response.returned".to_string()));
        // Handed in again, it counts again, once.
        submit(&place.db, &hirano, target, NOW).await.unwrap();
        let counts = tally::Entity::find().all(place.db.read()).await.unwrap();
        assert!(counts.iter().all(|row| row.done == 1), "{counts:?}");
    }
}

#[tokio::test]
async fn only_the_head_returns_and_confirms() {
    for place in places().await {
        let world = World::build(&place.db).await;
        hand_in(&place.db, &world, world.hirano, world.hirano_target).await;
        for (who, forbidden) in [(world.sawamura, false), (world.nishikawa, true), (world.shiina, true)] {
            let who = actor(&place.db, who).await;
            let returned =
                return_sheet(&place.db, &who, world.hirano_target, "理由", NOW).await.err().unwrap();
            let confirmed =
                confirm(&place.db, &who, world.inspection, world.jinji, "理由", NOW).await.err().unwrap();
            for error in [returned, confirmed] {
                assert_eq!(matches!(error, StoreError::Forbidden), forbidden, "{error:?}");
                assert_eq!(matches!(error, StoreError::NotFound), !forbidden, "{error:?}");
            }
        }
    }
}

#[tokio::test]
async fn confirming_needs_a_word_about_the_missing_and_happens_once() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (inspection, jinji) = (world.inspection, world.jinji);
        hand_in(&place.db, &world, world.hirano, world.hirano_target).await;
        let head = actor(&place.db, world.tachibana).await;
        let text = refused(confirm(&place.db, &head, inspection, jinji, "", NOW).await);
        assert!(text.contains("2件"), "{text}");
        confirm(&place.db, &head, inspection, jinji, "西川は休職中。", NOW).await.unwrap();
        let text = refused(confirm(&place.db, &head, inspection, jinji, "もう一度", NOW).await);
        assert!(text.contains("確認済み"), "{text}");
        let text = refused(return_sheet(&place.db, &head, world.hirano_target, "理由", NOW).await);
        assert!(text.contains("取り消して"), "{text}");
        let shown = page(&place.db, &head, inspection, jinji, NOW).await.unwrap();
        assert_eq!(shown.confirmation.unwrap().by, "立花 由美子");
        withdraw_confirmation(&place.db, &head, inspection, jinji, NOW).await.unwrap();
        let text = refused(withdraw_confirmation(&place.db, &head, inspection, jinji, NOW).await);
        assert!(text.contains("まだ確認されていません"), "{text}");
        let kinds = kinds(&place.db).await;
        for kind in ["department.confirmed", "department.confirmation_withdrawn"] {
            assert!(kinds.iter().any(|recorded| recorded == kind), "{kinds:?}");
        }
    }
}

#[tokio::test]
async fn everybody_lands_on_what_they_owe() {
    for place in places().await {
        let world = World::build(&place.db).await;
        hand_in(&place.db, &world, world.hirano, world.hirano_target).await;
        let of = |who| {
            let db = place.db.clone();
            async move { landing(&db, &actor(&db, who).await, NOW).await.unwrap() }
        };
        let hirano = of(world.hirano).await;
        assert_eq!(hirano.sheets.len(), 1);
        assert!(hirano.sheets[0].facts.standing.submitted && hirano.departments.is_empty());
        let head = of(world.tachibana).await;
        assert_eq!((head.sheets.len(), head.departments.len()), (1, 1));
        assert_eq!((head.departments[0].submitted, head.departments[0].total), (1, 3));
        let officer = of(world.shiina).await;
        assert!(officer.overviews.is_empty(), "the office has the board");
        let running = officer.office.unwrap().running;
        assert_eq!(running.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [world.inspection]);
        // The CISO approves nothing and still finds the way to the city's page.
        let txn = place.db.begin().await.unwrap();
        grant(&txn, &Author::console(), world.takanashi, Role::Ciso, None, NOW).await.unwrap();
        txn.commit().await.unwrap();
        let ciso = of(world.takanashi).await;
        assert_eq!(ciso.overviews.iter().map(|(id, ..)| *id).collect::<Vec<_>>(), [world.inspection]);
        assert!(of(world.kubota).await.office.is_none());
        assert_eq!(outbox::Entity::find().count(place.db.read()).await.unwrap(), 0);
    }
}
