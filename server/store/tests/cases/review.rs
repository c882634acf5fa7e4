//! The review: clauses with what speaks against them, the loudest first.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, TODAY, World, actor, places};
use domain::review::Voice;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use store::entity::{audit, audit_report, clause, finding, improvement, revision, tally};
use store::review::{clause as one, clauses};
use store::{Db, StoreError};
use uuid::Uuid;

async fn counted(db: &Db, world: &World, item: Uuid, done: i32, not_done: i32) {
    let row = tally::Model {
        id: Uuid::now_v7(),
        inspection_id: world.inspection,
        department_id: world.jinji,
        item_id: item,
        done,
        partial: 0,
        not_done,
        na: 3,
        told: 0,
        omitted: 0,
    };
    let txn = db.begin().await.unwrap();
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

async fn found(db: &Db, world: &World, issued: bool) -> Uuid {
    let (audit_id, id) = (Uuid::now_v7(), Uuid::now_v7());
    let txn = db.begin().await.unwrap();
    let row = audit::Model {
        id: audit_id,
        inspection_id: world.inspection,
        department_id: world.jinji,
        label: "R8-監-01".into(),
        purpose: String::new(),
        held_on: TODAY,
        auditor_id: world.kubota,
        at: NOW,
        by_person_id: world.kubota,
    };
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    let row = finding::Model {
        id,
        audit_id,
        label: format!("R8-指-{issued}"),
        grade: "major".into(),
        title: "持出しの許可".into(),
        fact: "許可の記録がない。".into(),
        criterion: String::new(),
        effect: String::new(),
        recommendation: String::new(),
        clause_id: Some(world.clauses[2]),
        item_id: None,
        rule_change: true,
        at: NOW,
        by_person_id: world.kubota,
    };
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    if issued {
        let row = audit_report::Model {
            id: Uuid::now_v7(),
            audit_id,
            number: String::new(),
            opinion: String::new(),
            at: NOW,
            by_person_id: world.kubota,
        };
        row.into_active_model().reset_all().insert(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
    id
}

async fn improving(db: &Db, world: &World, finding: Uuid) {
    let row = improvement::Model {
        id: Uuid::now_v7(),
        label: "R8-監-001".into(),
        fiscal_year: 2026,
        department_id: world.jinji,
        source: "audit".into(),
        finding_id: Some(finding),
        target_id: None,
        item_id: None,
        clause_id: Some(world.clauses[2]),
        title: "持出し".into(),
        fact: "事実".into(),
        rule_change: true,
        at: NOW,
        by_person_id: world.kubota,
    };
    let txn = db.begin().await.unwrap();
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn figures_findings_and_wishes_speak_against_a_clause() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        // Both the staff's and the heads' question ask about the second clause: 15 of 20 are done.
        counted(db, &world, world.items[0], 14, 4).await;
        counted(db, &world, world.items[2], 1, 1).await;
        counted(db, &world, world.items[1], 9, 1).await;
        let finding = found(db, &world, true).await;
        improving(db, &world, finding).await;
        let review = clauses(db, &officer, None).await.unwrap().unwrap();
        assert_eq!(review.inspection.as_ref().map(|(id, _)| *id), Some(world.inspection));
        let order: Vec<Uuid> = review.spoken_against.iter().map(|row| row.id).collect();
        assert_eq!(order, [world.clauses[2], world.clauses[1]]);
        let [loud, low] = &review.spoken_against[..] else { panic!("two clauses") };
        // The finding and the improvement from it are one wish.
        assert_eq!(loud.evidence.voices(), [Voice::RuleChanges(1), Voice::Findings(1)]);
        assert_eq!(low.evidence.voices(), [Voice::LowRate(0.75)]);
        let clause = one(db, &officer, world.clauses[1]).await.unwrap();
        assert_eq!(clause.about.questions.len(), 2);
        assert_eq!(one(db, &officer, world.clauses[2]).await.unwrap().about.findings.len(), 1);
    }
}

#[tokio::test]
async fn a_finding_without_an_issued_report_does_not_speak() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        found(db, &world, false).await;
        let officer = actor(db, world.shiina).await;
        let review = clauses(db, &officer, None).await.unwrap().unwrap();
        assert!(review.spoken_against.is_empty());
        assert_eq!(review.inspection, None);
    }
}

#[tokio::test]
async fn evidence_follows_a_clause_into_the_next_revision_while_its_words_stay() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        counted(db, &world, world.items[0], 1, 9).await;
        found(db, &world, true).await;
        let txn = db.begin().await.unwrap();
        let before = revision::Entity::find_by_id(world.revision).one(&txn).await.unwrap().unwrap();
        let next =
            revision::Model { id: Uuid::now_v7(), number: 2, at: NOW + time::Duration::days(1), ..before };
        next.clone().into_active_model().reset_all().insert(&txn).await.unwrap();
        for (position, path, text) in [
            (1, "1-(1)", "職員等は、端末を施錠しなければならない。"),
            (2, "1-(2)", "職員等は、端末を持ち出してはならない。"),
        ] {
            let row = clause::Model {
                id: Uuid::now_v7(),
                revision_id: next.id,
                parent_id: None,
                position,
                path: serde_json::to_string(&path.split('-').collect::<Vec<_>>()).unwrap(),
                short_path: path.into(),
                label: path.into(),
                heading: None,
                text: text.into(),
                kind: "item".into(),
                line: 1,
                digest: store::ledger::digest(&[text]),
            };
            row.into_active_model().reset_all().insert(&txn).await.unwrap();
        }
        txn.commit().await.unwrap();
        let review = clauses(db, &officer, None).await.unwrap().unwrap();
        assert_eq!(review.revision, next.id);
        let paths: Vec<&str> = review.spoken_against.iter().map(|row| row.path.as_str()).collect();
        assert_eq!(paths, ["1-(1)"]);
        assert_eq!(
            clauses(db, &officer, Some(world.revision)).await.unwrap().unwrap().spoken_against.len(),
            2
        );
    }
}

#[tokio::test]
async fn only_the_secretariat_reviews() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        for person in [world.hirano, world.tachibana, world.kubota] {
            let actor = actor(db, person).await;
            assert!(matches!(clauses(db, &actor, None).await, Err(StoreError::Forbidden)));
            assert!(matches!(one(db, &actor, world.clauses[1]).await, Err(StoreError::Forbidden)));
        }
        let officer = actor(db, world.shiina).await;
        assert!(matches!(clauses(db, &officer, Some(Uuid::now_v7())).await, Err(StoreError::NotFound)));
    }
}
