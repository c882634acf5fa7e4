//! The ledger proves itself and names what was altered.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, Place, World, actor, places};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use store::entity::event;
use store::ledger::verify::verify;
use store::ledger::{NewEvent, START, digest, hash_of, record, seal};

#[tokio::test]
async fn an_altered_event_is_named() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        for number in 1..=3 {
            let txn = place.db.begin().await.unwrap();
            let event = NewEvent::created(
                "finding",
                world.inspection,
                "finding.recorded",
                json!({ "number": number }),
            );
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
            (0..n).map(|_| NewEvent::new("clause", world.revision, "response.read", json!({}))).collect()
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
            .map(|_| NewEvent::new("clause", world.revision, "response.read", json!({ "said": "old" })))
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
        ("UPDATE event SET address = '10.0.0.9' WHERE seq = 7", "7 番目の記録（"),
        ("UPDATE event SET payload_digest = '' WHERE seq = 2", "2 番目の記録（"),
        // Written after the last seal: only the head kept beside the events knows of it.
        ("DELETE FROM event WHERE seq = 7", "7 番目までの記録がありましたが"),
        ("UPDATE ledger_head SET seq = 6", "6 番目までの記録がありましたが"),
        ("DELETE FROM ledger_head", "1 番目の記録（"),
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
                row.payload_digest = digest(&[&row.payload]);
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

#[tokio::test]
async fn an_event_from_before_addresses_and_digests_still_verifies_and_takes_no_address_later() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let mut old = event::Model {
            id: uuid::Uuid::now_v7(),
            stream: store::ledger::stream("clause", world.revision),
            seq: 1,
            at_micros: 1,
            actor_id: None,
            actor_name: "椎名 航平".into(),
            kind: "response.read".into(),
            payload: "{}".into(),
            prev_hash: START.into(),
            hash: String::new(),
            address: String::new(),
            payload_digest: String::new(),
        };
        old.hash = digest(&[START, &old.stream, "1", "1", "", &old.actor_name, &old.kind, "{}"]);
        let head = "INSERT INTO ledger_head (id, stream, seq, hash, sealed_seq) \
                    SELECT id, stream, seq, hash, 0 FROM event";
        let txn = place.db.begin().await.unwrap();
        event::Entity::insert(old.into_active_model()).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
        place.db.execute(head).await.unwrap();
        let shiina = actor(&place.db, world.shiina).await;
        let from = domain::actor::Actor { origin: "192.0.2.7".into(), ..shiina };
        let txn = place.db.begin().await.unwrap();
        let event = NewEvent::new("clause", world.revision, "response.read", json!({}));
        record(&txn, &from, NOW, event).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(verify(&place.db).await.unwrap().broken, None);
        let newest =
            event::Entity::find().order_by_desc(event::Column::Seq).one(place.db.read()).await.unwrap();
        assert_eq!(newest.map(|row| (row.seq, row.address)), Some((2, "192.0.2.7".to_string())));
        place.db.execute("UPDATE event SET address = '192.0.2.8' WHERE seq = 1").await.unwrap();
        assert!(verify(&place.db).await.unwrap().broken.is_some_and(|fault| fault.contains("1 番目の記録")));
    }
}
