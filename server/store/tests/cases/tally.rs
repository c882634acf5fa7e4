//! Tallies: what was counted while submitting equals what a recount finds, and a difference is named.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, World, actor, places};
use domain::answer::{Value, Written};
use store::Db;
use store::department::return_sheet;
use store::response::{Draft, Source, save_all, submit};
use store::tally::verify;
use uuid::Uuid;

async fn hand_in(db: &Db, world: &World, person: Uuid, target: Uuid, values: [Value; 2]) {
    let who = actor(db, person).await;
    let drafts = world.items.iter().zip(values).map(|(item, value)| Draft {
        item: *item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: "理由".into(),
        planned_on: None,
        seen_version: None,
        source: Source::Form("D8".into()),
    });
    save_all(db, &who, target, drafts.collect(), NOW).await.unwrap();
    submit(db, &who, target, NOW).await.unwrap();
}

#[tokio::test]
async fn a_recount_finds_the_same_after_submissions_and_returns() {
    for place in places().await {
        let world = World::build(&place.db).await;
        assert_eq!(verify(&place.db).await.unwrap().checked, 0);
        hand_in(&place.db, &world, world.hirano, world.hirano_target, [Value::Done, Value::NotApplicable])
            .await;
        hand_in(&place.db, &world, world.nishikawa, world.nishikawa_target, [Value::NotDone, Value::Done])
            .await;
        hand_in(&place.db, &world, world.takanashi, world.takanashi_target, [Value::Partial, Value::Done])
            .await;
        let check = verify(&place.db).await.unwrap();
        assert_eq!((check.checked, check.first), (4, None));
        let head = actor(&place.db, world.tachibana).await;
        return_sheet(&place.db, &head, world.hirano_target, "理由", NOW).await.unwrap();
        assert_eq!(verify(&place.db).await.unwrap().first, None);
        hand_in(&place.db, &world, world.hirano, world.hirano_target, [Value::Partial, Value::Done]).await;
        assert_eq!(verify(&place.db).await.unwrap().first, None);
    }
}

#[tokio::test]
async fn an_altered_count_is_named() {
    for place in places().await {
        let world = World::build(&place.db).await;
        hand_in(&place.db, &world, world.hirano, world.hirano_target, [Value::Done, Value::Done]).await;
        place.db.execute("UPDATE tally SET done = 7").await.unwrap();
        let first = verify(&place.db).await.unwrap().first.expect("the difference is found");
        assert!(first.contains("実施7") && first.contains("実施1"), "{first}");
    }
}
