//! Amendments: proposed on grounds, decided once, printed in the order of the document.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, TODAY, World, actor, places};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::amendment::{Ground, NewAmendment, NewDecision, decide, draft, show, table};
use store::entity::event;
use store::{Db, StoreError};
use time::macros::date;
use uuid::Uuid;

fn proposal(new_text: &str) -> NewAmendment {
    NewAmendment {
        new_text: new_text.into(),
        reason: "方法が定まっていない。".into(),
        note: "実施率 68.2%".into(),
        ..NewAmendment::default()
    }
}

fn decision(adopted: bool) -> NewDecision {
    NewDecision { adopted, decided_on: Some(TODAY), meeting: "第2回委員会".into(), note: String::new() }
}

async fn kinds(db: &Db, id: Uuid) -> Vec<String> {
    let stream = store::ledger::stream("amendment", id);
    let rows = event::Entity::find().filter(event::Column::Stream.eq(stream)).all(db.read()).await.unwrap();
    rows.into_iter().map(|row| row.kind).collect()
}

#[tokio::test]
async fn the_officer_proposes_new_words_on_grounds() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let clause = world.clauses[1];
        let text = "職員等は、離席するときは、端末を施錠しなければならない。";
        for person in [world.hirano, world.tachibana, world.kubota] {
            let actor = actor(db, person).await;
            let refused = draft(db, &actor, clause, proposal(text), NOW).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
        }
        let same =
            draft(db, &officer, clause, proposal("職員等は、端末を施錠しなければならない。"), NOW).await;
        assert!(matches!(same, Err(StoreError::Refused(_))));
        let groundless = NewAmendment { note: " ".into(), ..proposal(text) };
        assert!(matches!(draft(db, &officer, clause, groundless, NOW).await, Err(StoreError::Refused(_))));
        let strange = NewAmendment { findings: vec![Uuid::now_v7()], ..proposal(text) };
        assert!(matches!(draft(db, &officer, clause, strange, NOW).await, Err(StoreError::NotFound)));
        let unknown = draft(db, &officer, Uuid::now_v7(), proposal(text), NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let id = draft(db, &officer, clause, proposal(text), NOW).await.unwrap();
        let row = show(db, &officer, id).await.unwrap();
        assert_eq!((row.path.as_str(), row.new_text.as_str()), ("1-(1)", text));
        assert_eq!(row.old_text, "職員等は、端末を施錠しなければならない。");
        assert_eq!(row.grounds, [Ground::Note("実施率 68.2%".into())]);
        assert_eq!(kinds(db, id).await, ["amendment.drafted"]);
    }
}

#[tokio::test]
async fn the_committee_decides_once() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let id = draft(db, &officer, world.clauses[1], proposal("改める。"), NOW).await.unwrap();
        let auditor = actor(db, world.kubota).await;
        let forbidden = decide(db, &auditor, id, decision(true), NOW).await;
        assert!(matches!(forbidden, Err(StoreError::Forbidden)));
        let ahead = NewDecision { decided_on: Some(date!(2026 - 11 - 24)), ..decision(true) };
        assert!(matches!(decide(db, &officer, id, ahead, NOW).await, Err(StoreError::Refused(_))));
        decide(db, &officer, id, decision(true), NOW).await.unwrap();
        assert!(matches!(decide(db, &officer, id, decision(false), NOW).await, Err(StoreError::Refused(_))));
        let decided = show(db, &officer, id).await.unwrap().decision.unwrap();
        assert!(decided.adopted);
        assert_eq!(kinds(db, id).await, ["amendment.drafted", "amendment.decided"]);
    }
}

#[tokio::test]
async fn the_table_has_the_order_of_the_document_and_no_rejected_ones() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let later = draft(db, &officer, world.clauses[2], proposal("二を改める。"), NOW).await.unwrap();
        let first = draft(db, &officer, world.clauses[1], proposal("一を改める。"), NOW).await.unwrap();
        let rejected = draft(db, &officer, world.clauses[1], proposal("別に改める。"), NOW).await.unwrap();
        decide(db, &officer, rejected, decision(false), NOW).await.unwrap();
        let table = table(db, &officer, None).await.unwrap();
        assert_eq!(table.revision, world.revision);
        let ids: Vec<Uuid> = table.amendments.iter().map(|row| row.id).collect();
        assert_eq!(ids, [first, later]);
    }
}
