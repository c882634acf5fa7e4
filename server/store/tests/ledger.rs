//! The ledger proves itself and names what was altered.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

mod common;

use common::{NOW, Place, World, actor, places};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use store::entity::event;
use store::ledger::verify::verify;
use store::ledger::{NewEvent, START, hash_of, record, seal};

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

/// Two seals over one stream: the first after four events, the second after six; a seventh is not sealed yet.
async fn sealed_twice(place: &Place) -> String {
    let world = World::build(&place.db).await;
    let shiina = actor(&place.db, world.shiina).await;
    for (number, then_seal) in [(4, true), (2, true), (1, false)] {
        let events = (0..number)
            .map(|_| NewEvent::new("clause", world.revision, "clause.read", json!({ "said": "old" })))
            .collect();
        let txn = place.db.begin().await.unwrap();
        store::ledger::append(&txn, &(&shiina).into(), NOW, events).await.unwrap();
        txn.commit().await.unwrap();
        if then_seal {
            assert!(seal(&place.db, NOW).await.unwrap().is_some());
        }
    }
    store::ledger::stream("clause", world.revision)
}

/// Two change places; the detour over 103 is for the unique index.
const SWAP: &str = "UPDATE event SET seq = 103 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3; \
                    UPDATE event SET seq = 3 WHERE seq = 103";

#[tokio::test]
async fn each_manipulation_is_named_with_its_place() {
    let table = [
        ("UPDATE event SET payload = '{}' WHERE seq = 3", "3 番目の記録（"),
        ("UPDATE event SET actor_name = '別人' WHERE seq = 7", "7 番目の記録（"),
        ("UPDATE event SET at_micros = at_micros + 1 WHERE seq = 1", "1 番目の記録（"),
        ("DELETE FROM event WHERE seq = 1", "1 番目の記録がありません"),
        ("DELETE FROM event WHERE seq = 3", "3 番目の記録がありません"),
        ("DELETE FROM event WHERE seq >= 6", "6 番目までありましたが"),
        ("DELETE FROM event", "6 番目までありましたが"),
        (SWAP, "2 番目の記録（"),
        ("DELETE FROM seal WHERE number = 1", "1 番目の封印"),
        ("UPDATE seal SET at_micros = 0 WHERE number = 2", "2 番目の封印"),
        ("UPDATE seal SET heads = '{}' WHERE number = 1", "1 番目の封印"),
    ];
    for (manipulation, named) in table {
        for place in places().await {
            sealed_twice(&place).await;
            assert_eq!(verify(&place.db).await.unwrap().broken, None);
            for step in manipulation.split("; ") {
                place.db.execute(step).await.unwrap();
            }
            let broken = verify(&place.db).await.unwrap().broken.unwrap_or_default();
            assert!(broken.contains(named), "{manipulation}: {broken}");
        }
    }
}

#[tokio::test]
async fn a_stream_rewritten_with_new_hashes_is_betrayed_by_the_seal_it_has_outgrown() {
    for place in places().await {
        let stream = sealed_twice(&place).await;
        let rows = event::Entity::find()
            .filter(event::Column::Stream.eq(stream))
            .order_by_asc(event::Column::Seq)
            .all(place.db.read())
            .await
            .unwrap();
        let mut previous = START.to_string();
        place.db.execute("DELETE FROM event").await.unwrap();
        for mut row in rows {
            if row.seq == 2 {
                row.payload = json!({ "said": "new" }).to_string();
            }
            row.prev_hash = previous;
            row.hash = hash_of(&row);
            previous = row.hash.clone();
            let txn = place.db.begin().await.unwrap();
            event::Entity::insert(row.into_active_model()).exec_without_returning(&txn).await.unwrap();
            txn.commit().await.unwrap();
        }
        let broken = verify(&place.db).await.unwrap().broken.expect("the rewriting is found");
        assert!(broken.contains("4 番目の記録") && broken.contains("封印した時の照合値"), "{broken}");
    }
}
