//! Findings: complete, by the audit's auditor, unchanged after the report.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly")]

use crate::common::{NOW, World, actor, places};
use crate::results_common::grant;
use domain::finding::{Grade, Words};
use sea_orm::EntityTrait;
use store::audit::{NewAudit, issue_report, open, report};
use store::entity::event;
use store::finding::{NewFinding, record, revise, show};
use store::{Db, StoreError};
use time::macros::date;
use uuid::Uuid;

async fn audited(db: &Db, world: &World) -> Uuid {
    let kubota = actor(db, world.kubota).await;
    let new = NewAudit {
        inspection: world.inspection,
        department: world.jinji,
        auditor: world.kubota,
        purpose: "端末の管理".into(),
        held_on: date!(2026 - 12 - 08),
        reason: String::new(),
    };
    open(db, &kubota, new, NOW).await.unwrap()
}

fn new(world: &World, grade: Grade, recommendation: &str) -> NewFinding {
    NewFinding {
        words: Words {
            grade,
            title: "離席時の施錠".into(),
            fact: "5台のうち2台が施錠されていなかった。".into(),
            criterion: "対策基準 1-(1)".into(),
            effect: "のぞき見られるおそれがある。".into(),
            recommendation: recommendation.into(),
        },
        clause: None,
        item: Some(world.items[0]),
        rule_change: true,
    }
}

#[tokio::test]
async fn a_finding_gets_the_next_number_and_the_clause_of_its_question() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let audit = audited(&place.db, &world).await;
        let kubota = actor(&place.db, world.kubota).await;
        let first =
            record(&place.db, &kubota, audit, new(&world, Grade::Minor, "施錠の徹底"), NOW).await.unwrap();
        let second = record(&place.db, &kubota, audit, new(&world, Grade::Good, ""), NOW).await.unwrap();
        let page = show(&place.db, &kubota, first).await.unwrap();
        assert_eq!(page.finding.label, "R8-指-001");
        assert_eq!(page.finding.clause.map(|clause| clause.0), Some(world.clauses[1]));
        assert_eq!(page.finding.question.map(|question| question.2), Some(1));
        assert_eq!(show(&place.db, &kubota, second).await.unwrap().finding.label, "R8-指-002");
        assert_eq!(report(&place.db, &kubota, audit).await.unwrap().findings.len(), 2);
        let events = event::Entity::find().all(place.db.read()).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.kind == "finding.recorded").count(), 2);
    }
}

#[tokio::test]
async fn an_incomplete_finding_is_refused_and_nothing_is_written() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let audit = audited(&place.db, &world).await;
        let kubota = actor(&place.db, world.kubota).await;
        let refused = record(&place.db, &kubota, audit, new(&world, Grade::Major, " "), NOW).await;
        let Err(StoreError::Refused(refusal)) = refused else { panic!("a 提言 is needed") };
        assert_eq!(refusal.field.as_deref(), Some("recommendation"));
        let elsewhere = NewFinding { item: Some(Uuid::now_v7()), ..new(&world, Grade::Minor, "提言") };
        let refused = record(&place.db, &kubota, audit, elsewhere, NOW).await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
        assert!(report(&place.db, &kubota, audit).await.unwrap().findings.is_empty());
    }
}

#[tokio::test]
async fn only_the_audits_auditor_writes_and_others_read_after_the_report() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let audit = audited(&place.db, &world).await;
        let kubota = actor(&place.db, world.kubota).await;
        let (head, officer) = (actor(&place.db, world.tachibana).await, actor(&place.db, world.shiina).await);
        let id = record(&place.db, &kubota, audit, new(&world, Grade::Minor, "提言"), NOW).await.unwrap();
        grant(&place.db, world.takanashi, "auditor").await;
        let colleague = actor(&place.db, world.takanashi).await;
        let refused = record(&place.db, &colleague, audit, new(&world, Grade::Minor, "提言"), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "another auditor reads only");
        for reader in [&head, &officer] {
            let refused = record(&place.db, reader, audit, new(&world, Grade::Minor, "提言"), NOW).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
            assert!(matches!(show(&place.db, reader, id).await, Err(StoreError::NotFound)));
        }
        issue_report(&place.db, &kubota, audit, "凪監第1号", "総評", NOW).await.unwrap();
        for reader in [&head, &officer] {
            assert_eq!(show(&place.db, reader, id).await.unwrap().finding.words.title, "離席時の施錠");
        }
        let other = actor(&place.db, world.sawamura).await;
        assert!(matches!(show(&place.db, &other, id).await, Err(StoreError::NotFound)));
        let employee = actor(&place.db, world.hirano).await;
        assert!(matches!(show(&place.db, &employee, id).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn a_finding_is_corrected_in_the_draft_and_never_after_issuing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let audit = audited(&place.db, &world).await;
        let kubota = actor(&place.db, world.kubota).await;
        let id = record(&place.db, &kubota, audit, new(&world, Grade::Minor, "提言"), NOW).await.unwrap();
        revise(&place.db, &kubota, id, new(&world, Grade::Major, "直ちに施錠する"), NOW).await.unwrap();
        let finding = show(&place.db, &kubota, id).await.unwrap().finding;
        assert_eq!((finding.words.grade, finding.label.as_str()), (Grade::Major, "R8-指-001"));
        let events = event::Entity::find().all(place.db.read()).await.unwrap();
        let revised = events.iter().find(|event| event.kind == "finding.revised").unwrap();
        assert!(revised.payload.contains("\"minor\"") && revised.payload.contains("\"major\""));
        issue_report(&place.db, &kubota, audit, "凪監第1号", "総評", NOW).await.unwrap();
        let refused = revise(&place.db, &kubota, id, new(&world, Grade::Good, ""), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        let refused = record(&place.db, &kubota, audit, new(&world, Grade::Minor, "提言"), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
    }
}
