//! The ledger proves itself and names what was altered.

mod common;

use common::{NOW, World, actor, places};
use serde_json::json;
use store::ledger::verify::verify;
use store::ledger::{NewEvent, record, seal};

#[tokio::test]
async fn an_altered_event_is_named() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        for number in 1..=3 {
            let txn = place.db.begin().await.unwrap();
            let event =
                NewEvent::new("finding", world.inspection, "finding.recorded", json!({ "number": number }));
            record(&txn, &shiina, NOW, event).await.unwrap();
            txn.commit().await.unwrap();
        }
        let proof = verify(&place.db).await.unwrap();
        assert_eq!((proof.events, proof.broken), (3, None));
        place.db.execute("UPDATE event SET payload = '{\"number\":9}' WHERE seq = 2").await.unwrap();
        let broken = verify(&place.db).await.unwrap().broken.expect("the change is found");
        assert!(broken.contains("2 番目の記録") && broken.contains("書き換え"), "{broken}");
    }
}

#[tokio::test]
async fn a_deleted_event_and_a_cut_off_tail_are_named() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let events = |n: u32| {
            (0..n).map(|_| NewEvent::new("clause", world.revision, "clause.read", json!({}))).collect()
        };
        let txn = place.db.begin().await.unwrap();
        store::ledger::append(&txn, &(&shiina).into(), NOW, events(4)).await.unwrap();
        txn.commit().await.unwrap();
        assert!(seal(&place.db, NOW).await.unwrap().is_some());
        assert!(seal(&place.db, NOW).await.unwrap().is_none(), "nothing new, nothing to seal");
        place.db.execute("DELETE FROM event WHERE seq = 4").await.unwrap();
        let broken = verify(&place.db).await.unwrap().broken.expect("the missing tail is found");
        assert!(broken.contains("末尾"), "{broken}");
        place.db.execute("DELETE FROM event WHERE seq = 2").await.unwrap();
        let broken = verify(&place.db).await.unwrap().broken.expect("the gap is found");
        assert!(broken.contains("2 番目の記録がありません"), "{broken}");
    }
}
