//! Audits: independence, marks beside the answers, the report that is issued once.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly")]

use crate::common::{NOW, World, actor, places};
use crate::results_common::{answered, grant, put};
use domain::answer::Value::{Done, NotDone, Partial};
use domain::role::Role;
use sea_orm::EntityTrait;
use store::audit::{self, NewAudit, issue_report, mark, open, report, show};
use store::entity::{event, outbox, post};
use store::results::{Filter, results};
use store::{Db, StoreError};
use time::Date;
use time::macros::date;
use uuid::Uuid;

fn new(world: &World, department: Uuid) -> NewAudit {
    NewAudit {
        inspection: world.inspection,
        department,
        auditor: world.kubota,
        purpose: "端末の管理の状況を確かめる。".into(),
        held_on: date!(2026 - 12 - 08),
        reason: String::new(),
    }
}

async fn held(db: &Db, person_id: Uuid, department_id: Uuid, from: Date, to: Option<Date>) {
    let txn = db.begin().await.unwrap();
    let row = post::Model {
        id: Uuid::now_v7(),
        person_id,
        department_id,
        role: "staff".into(),
        kind: "main".into(),
        title: "主事（兼務）".into(),
        system: None,
        valid_from: from,
        valid_to: to,
    };
    put::<_, post::ActiveModel>(&txn, row).await;
    txn.commit().await.unwrap();
}

async fn kinds(db: &Db) -> Vec<String> {
    let mut events = event::Entity::find().all(db.read()).await.unwrap();
    events.sort_by_key(|event| event.id);
    events.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn an_auditor_opens_an_audit_once_and_it_gets_the_next_number() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let kubota = actor(&place.db, world.kubota).await;
        let first = open(&place.db, &kubota, new(&world, world.jinji), NOW).await.unwrap();
        let refused = open(&place.db, &kubota, new(&world, world.jinji), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "the same department twice");
        let second = open(&place.db, &kubota, new(&world, world.shimin), NOW).await.unwrap();
        assert_eq!(show(&place.db, &kubota, first).await.unwrap().head.label, "R8-監-01");
        assert_eq!(show(&place.db, &kubota, second).await.unwrap().head.label, "R8-監-02");
        assert_eq!(kinds(&place.db).await, ["audit.opened", "audit.opened"]);
        assert_eq!(audit::list(&place.db, &kubota).await.unwrap().len(), 2);
        let empty = NewAudit { purpose: "　".into(), ..new(&world, world.joho) };
        assert!(matches!(open(&place.db, &kubota, empty, NOW).await, Err(StoreError::Refused(_))));
        let nowhere = new(&world, Uuid::now_v7());
        assert!(matches!(open(&place.db, &kubota, nowhere, NOW).await, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn nobody_audits_the_own_department_not_even_a_former_or_concurrent_one() {
    for place in places().await {
        let world = World::build(&place.db).await;
        held(&place.db, world.kubota, world.shimin, date!(2026 - 10 - 01), None).await;
        held(&place.db, world.kubota, world.jinji, date!(2020 - 04 - 01), Some(date!(2026 - 05 - 01))).await;
        held(&place.db, world.kubota, world.joho, date!(2020 - 04 - 01), Some(date!(2026 - 04 - 01))).await;
        let kubota = actor(&place.db, world.kubota).await;
        for (department, allowed, why) in [
            (world.kaikei, false, "the own one"),
            (world.shimin, false, "a concurrent post"),
            (world.jinji, false, "a post held in April of the audited year"),
            (world.joho, true, "left before the audited year"),
        ] {
            let opened = open(&place.db, &kubota, new(&world, department), NOW).await;
            assert_eq!(opened.is_ok(), allowed, "{why}: {opened:?}");
        }
    }
}

#[tokio::test]
async fn only_auditors_open_audits_and_only_auditors_are_chosen() {
    for place in places().await {
        let world = World::build(&place.db).await;
        for person in [world.shiina, world.tachibana, world.hirano] {
            let other = actor(&place.db, person).await;
            let refused = open(&place.db, &other, new(&world, world.shimin), NOW).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
        }
        let kubota = actor(&place.db, world.kubota).await;
        let chosen = NewAudit { auditor: world.hirano, ..new(&world, world.shimin) };
        assert!(matches!(open(&place.db, &kubota, chosen, NOW).await, Err(StoreError::Refused(_))));
        assert_eq!(audit::choices(&place.db, &kubota, crate::common::TODAY).await.unwrap().auditors.len(), 1);
    }
}

#[tokio::test]
async fn a_mark_stands_beside_the_answers_and_changing_it_keeps_the_former_in_the_ledger() {
    for place in places().await {
        let world = World::build(&place.db).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        let kubota = actor(&place.db, world.kubota).await;
        let id = open(&place.db, &kubota, new(&world, world.jinji), NOW).await.unwrap();
        let item = world.items[0];
        mark(&place.db, &kubota, id, item, Partial, "一部の端末", NOW).await.unwrap();
        mark(&place.db, &kubota, id, item, NotDone, "施錠なし", NOW).await.unwrap();
        let page = show(&place.db, &kubota, id).await.unwrap();
        let question = page.question(item).unwrap();
        assert_eq!((question.answer, question.tally.done), (Some(Done), 1), "the answer is untouched");
        assert_eq!(question.mark.as_ref().map(|mark| mark.value), Some(NotDone));
        assert_eq!((question.gap, page.marked(), page.lenient()), (Some(2), 1, 1));
        assert_eq!(kinds(&place.db).await, ["audit.opened", "mark.set", "mark.changed"]);
        let events = event::Entity::find().all(place.db.read()).await.unwrap();
        let changed = events.iter().find(|event| event.kind == "mark.changed").unwrap();
        assert!(changed.payload.contains("一部の端末") && changed.payload.contains("施錠なし"));
        let unknown = mark(&place.db, &kubota, id, Uuid::now_v7(), Done, "", NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn only_the_audits_own_auditor_writes() {
    for place in places().await {
        let world = World::build(&place.db).await;
        grant(&place.db, world.takanashi, "auditor").await;
        let kubota = actor(&place.db, world.kubota).await;
        let id = open(&place.db, &kubota, new(&world, world.jinji), NOW).await.unwrap();
        let colleague = actor(&place.db, world.takanashi).await;
        let refused = mark(&place.db, &colleague, id, world.items[0], Done, "", NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        assert!(show(&place.db, &colleague, id).await.is_ok(), "other auditors read");
        let secretariat = actor(&place.db, world.shiina).await;
        let refused = mark(&place.db, &secretariat, id, world.items[0], Done, "", NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
        held(&place.db, world.kubota, world.jinji, date!(2026 - 11 - 01), None).await;
        let refused = mark(&place.db, &kubota, id, world.items[0], Done, "", NOW).await;
        assert!(
            matches!(refused, Err(StoreError::Refused(_))),
            "who came into the department stops auditing it"
        );
    }
}

#[tokio::test]
async fn a_report_is_issued_once_and_only_then_do_others_read_it() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let kubota = actor(&place.db, world.kubota).await;
        let id = open(&place.db, &kubota, new(&world, world.jinji), NOW).await.unwrap();
        let (head, officer) = (actor(&place.db, world.tachibana).await, actor(&place.db, world.shiina).await);
        for reader in [&head, &officer] {
            assert!(matches!(report(&place.db, reader, id).await, Err(StoreError::NotFound)));
            assert!(audit::list(&place.db, reader).await.unwrap().is_empty());
        }
        let refused = issue_report(&place.db, &kubota, id, "", "総評", NOW).await;
        assert!(
            matches!(refused, Err(StoreError::Refused(refusal)) if refusal.field.as_deref() == Some("number"))
        );
        let refused = issue_report(&place.db, &officer, id, "凪監第1号", "総評", NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
        issue_report(&place.db, &kubota, id, "凪監第1号", "おおむね守られている。", NOW).await.unwrap();
        let again = issue_report(&place.db, &kubota, id, "凪監第2号", "総評", NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))));
        let refused = mark(&place.db, &kubota, id, world.items[0], Done, "", NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "nothing changes after issuing");
        for reader in [&head, &officer] {
            let page = report(&place.db, reader, id).await.unwrap();
            assert_eq!(page.audit.head.report.unwrap().number, "凪監第1号");
            assert!(show(&place.db, reader, id).await.unwrap().questions.is_empty());
        }
        let other = actor(&place.db, world.sawamura).await;
        assert!(
            matches!(report(&place.db, &other, id).await, Err(StoreError::NotFound)),
            "another department"
        );
        let employee = actor(&place.db, world.hirano).await;
        assert!(matches!(report(&place.db, &employee, id).await, Err(StoreError::Forbidden)));
        let messages = outbox::Entity::find().all(place.db.read()).await.unwrap();
        assert_eq!(messages.iter().map(|row| row.to_name.as_str()).collect::<Vec<_>>(), ["立花 由美子"]);
        assert_eq!(kinds(&place.db).await, ["audit.opened", "report.issued"]);
    }
}

/// 外部監査人: no post, the role until the end of March.
async fn from_outside(db: &Db, world: &World) -> Uuid {
    let officer = actor(db, world.shiina).await;
    let new = store::person::NewPerson {
        name: "神﨑 𠮷夫".into(),
        kana: "かんざき よしお".into(),
        ..store::person::NewPerson::default()
    };
    let id = store::person::add(db, &officer, new, NOW).await.unwrap();
    store::person::grant_role(db, &officer, id, Role::Auditor, Some(LAST), NOW).await.unwrap();
    id
}

/// The first day on which the role no longer holds.
const LAST: Date = date!(2027 - 04 - 01);

#[tokio::test]
async fn an_auditor_from_outside_sees_the_own_audits_and_nothing_of_the_others() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let kubota = actor(db, world.kubota).await;
        let id = from_outside(db, &world).await;
        let idle = actor(db, id).await;
        assert!(audit::list(db, &idle).await.unwrap().is_empty(), "not assigned yet");
        let given = NewAudit { auditor: id, ..new(&world, world.jinji) };
        let own = open(db, &kubota, given, NOW).await.unwrap();
        let other = open(db, &kubota, new(&world, world.shimin), NOW).await.unwrap();
        let outside = actor(db, id).await;
        let seen = |lines: Vec<audit::list::AuditLine>| lines.iter().map(|line| line.id).collect::<Vec<_>>();
        assert_eq!(seen(audit::list(db, &outside).await.unwrap()), [own]);
        assert_eq!(audit::list(db, &kubota).await.unwrap().len(), 2, "auditors of the city see all");
        mark(db, &outside, own, world.items[0], Partial, "一部の端末", NOW).await.unwrap();
        assert_eq!(show(db, &outside, own).await.unwrap().marked(), 1);
        for issued in [false, true] {
            if issued {
                issue_report(db, &kubota, other, "凪監第1号", "総評", NOW).await.unwrap();
            }
            assert!(matches!(show(db, &outside, other).await, Err(StoreError::NotFound)), "{issued}");
            assert!(matches!(report(db, &outside, other).await, Err(StoreError::NotFound)), "{issued}");
            assert_eq!(seen(audit::list(db, &outside).await.unwrap()), [own], "{issued}");
        }
        let foreign = mark(db, &outside, other, world.items[0], Done, "", NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        let foreign = issue_report(db, &outside, other, "凪監第2号", "総評", NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        let opened = open(db, &outside, new(&world, world.joho), NOW).await;
        assert!(matches!(opened, Err(StoreError::Forbidden)));
        assert!(matches!(
            audit::choices(db, &outside, crate::common::TODAY).await,
            Err(StoreError::Forbidden)
        ));
    }
}

#[tokio::test]
async fn an_auditor_from_outside_sees_results_of_the_audited_departments_until_the_role_ends() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let kubota = actor(db, world.kubota).await;
        let id = from_outside(db, &world).await;
        let given = NewAudit { auditor: id, ..new(&world, world.jinji) };
        let own = open(db, &kubota, given, NOW).await.unwrap();
        let outside = actor(db, id).await;
        for (department, seen) in [(world.jinji, true), (world.shimin, false)] {
            let filter = Filter { department: Some(department) };
            let found = results(db, &outside, world.inspection, filter).await;
            assert_eq!(found.is_ok(), seen, "{found:?}");
        }
        let ended = store::access::actor(db.read(), id, LAST).await.unwrap();
        assert!(matches!(audit::list(db, &ended).await, Err(StoreError::Forbidden)));
        assert!(matches!(show(db, &ended, own).await, Err(StoreError::Forbidden)));
        let late = mark(db, &ended, own, world.items[0], Done, "", NOW).await;
        assert!(matches!(late, Err(StoreError::Forbidden)));
    }
}
