//! Improvements: taken up once, planned and reported by the head, verified by somebody else, kept over the years.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, TODAY, World, actor, places};
use domain::actor::Actor;
use domain::improvement::Stage;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use store::entity::{answer, audit, audit_report, event, finding, outbox, sheet_return, submission};
use store::improvement::{
    Draft, Filter, NewPlan, Show, StepKind, Turn, complete, from_answer, from_finding, list, plan, show,
    verify,
};
use store::{Db, StoreError, StoreResult};
use time::macros::date;
use time::{Date, Duration};
use uuid::Uuid;

async fn answered(db: &Db, target: Uuid, item: Uuid, value: &str, by: Uuid) {
    let row = answer::Model {
        id: Uuid::now_v7(),
        target_id: target,
        item_id: item,
        value: Some(value.into()),
        raw: None,
        evidence: String::new(),
        comment: "窓口の対応で忘れることがある。".into(),
        planned_on: None,
        version: 1,
        source: "web".into(),
        source_cell: None,
        at: NOW,
        by_person_id: by,
    };
    let txn = db.begin().await.unwrap();
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

async fn submitted(db: &Db, target: Uuid, by: Uuid) -> Uuid {
    let id = Uuid::now_v7();
    let row = submission::Model { id, target_id: target, at: NOW, by_person_id: by };
    let txn = db.begin().await.unwrap();
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    txn.commit().await.unwrap();
    id
}

async fn found(db: &Db, world: &World, department_id: Uuid, grade: &str, issued: bool) -> Uuid {
    let (audit_id, id) = (Uuid::now_v7(), Uuid::now_v7());
    let txn = db.begin().await.unwrap();
    let row = audit::Model {
        id: audit_id,
        inspection_id: world.inspection,
        department_id,
        label: format!("R8-監-{}", &audit_id.simple().to_string()[26..]),
        purpose: "目的".into(),
        held_on: TODAY,
        auditor_id: world.kubota,
        at: NOW,
        by_person_id: world.kubota,
    };
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    let row = finding::Model {
        id,
        audit_id,
        label: format!("R8-指-{}", &id.simple().to_string()[26..]),
        grade: grade.into(),
        title: "施錠の未実施".into(),
        fact: "3台が施錠されていなかった。".into(),
        criterion: "端末を施錠しなければならない。".into(),
        effect: "閲覧されるおそれ".into(),
        recommendation: "施錠すること。".into(),
        clause_id: Some(world.clauses[1]),
        item_id: None,
        rule_change: false,
        at: NOW,
        by_person_id: world.kubota,
    };
    row.into_active_model().reset_all().insert(&txn).await.unwrap();
    if issued {
        let row = audit_report::Model {
            id: Uuid::now_v7(),
            audit_id,
            number: "1".into(),
            opinion: "総評".into(),
            at: NOW,
            by_person_id: world.kubota,
        };
        row.into_active_model().reset_all().insert(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
    id
}

fn draft() -> Draft {
    Draft {
        title: "施錠の徹底".into(), fact: "離席時に施錠していない。".into(), rule_change: false
    }
}

fn new_plan(due_on: Date) -> NewPlan {
    NewPlan {
        cause: "手順がない。".into(), measure: "手順を定める。".into(), due_on: Some(due_on)
    }
}

/// 平野's 未実施 taken up by 立花.
async fn opened(db: &Db, world: &World) -> (Actor, Uuid) {
    answered(db, world.hirano_target, world.items[0], "not_done", world.hirano).await;
    submitted(db, world.hirano_target, world.hirano).await;
    let head = actor(db, world.tachibana).await;
    let id = from_answer(db, &head, world.hirano_target, world.items[0], draft(), NOW).await.unwrap();
    (head, id)
}

async fn kinds(db: &Db, id: Uuid) -> Vec<String> {
    use sea_orm::QueryOrder;
    let stream = store::ledger::stream("improvement", id);
    event::Entity::find()
        .filter(event::Column::Stream.eq(stream))
        .order_by_asc(event::Column::Seq)
        .all(db.read())
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.kind)
        .collect()
}

fn is_refused<T: std::fmt::Debug>(result: StoreResult<T>) -> bool {
    matches!(result, Err(StoreError::Refused(_)))
}

#[tokio::test]
async fn the_head_takes_up_an_answer_of_the_department_once() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let head = actor(db, world.tachibana).await;
        let take = |actor: Actor, item: Uuid| {
            let target = world.hirano_target;
            async move { from_answer(db, &actor, target, item, draft(), NOW).await }
        };
        assert!(
            matches!(take(head.clone(), world.items[0]).await, Err(StoreError::NotFound)),
            "no answer yet"
        );
        answered(db, world.hirano_target, world.items[0], "not_done", world.hirano).await;
        answered(db, world.hirano_target, world.items[1], "done", world.hirano).await;
        assert!(is_refused(take(head.clone(), world.items[0]).await), "not handed in");
        let first = submitted(db, world.hirano_target, world.hirano).await;
        let others = [world.hirano, world.shiina, world.kubota];
        for person in others {
            let actor = actor(db, person).await;
            assert!(matches!(take(actor, world.items[0]).await, Err(StoreError::Forbidden)));
        }
        let foreign = actor(db, world.sawamura).await;
        assert!(matches!(take(foreign, world.items[0]).await, Err(StoreError::NotFound)));
        assert!(is_refused(take(head.clone(), world.items[1]).await), "実施 needs no improvement");
        let id = take(head.clone(), world.items[0]).await.unwrap();
        assert!(is_refused(take(head.clone(), world.items[0]).await), "once per answer");
        assert_eq!(kinds(db, id).await, ["improvement.opened"]);
        let course = show(db, &head, id, TODAY).await.unwrap();
        assert_eq!(
            (course.label.as_str(), course.stage, course.turn),
            ("R8-自-001", Stage::Unplanned, Turn::Plan)
        );
        let txn = db.begin().await.unwrap();
        let row = sheet_return::Model {
            id: Uuid::now_v7(),
            submission_id: first,
            reason: "理由".into(),
            at: NOW,
            by_person_id: world.tachibana,
        };
        row.into_active_model().reset_all().insert(&txn).await.unwrap();
        txn.commit().await.unwrap();
        answered(db, world.nishikawa_target, world.items[0], "partial", world.nishikawa).await;
        submitted(db, world.nishikawa_target, world.nishikawa).await;
        let second =
            from_answer(db, &head, world.nishikawa_target, world.items[0], draft(), NOW).await.unwrap();
        assert_eq!(show(db, &head, second, TODAY).await.unwrap().label, "R8-自-002");
    }
}

#[tokio::test]
async fn a_finding_is_taken_up_once_and_not_before_its_report_except_by_its_auditor() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let (officer, auditor) = (actor(db, world.shiina).await, actor(db, world.kubota).await);
        let head = actor(db, world.tachibana).await;
        let secret = found(db, &world, world.shimin, "minor", false).await;
        let issued = found(db, &world, world.jinji, "major", true).await;
        let good = found(db, &world, world.joho, "good", true).await;
        let take = |actor: Actor, finding: Uuid| async move {
            from_finding(db, &actor, finding, draft(), NOW).await
        };
        assert!(matches!(take(head.clone(), issued).await, Err(StoreError::Forbidden)));
        assert!(matches!(take(officer.clone(), secret).await, Err(StoreError::NotFound)));
        assert!(is_refused(take(officer.clone(), good).await));
        let first = take(officer.clone(), issued).await.unwrap();
        assert!(is_refused(take(auditor.clone(), issued).await), "once per finding");
        let second = take(auditor.clone(), secret).await.unwrap();
        assert_eq!(show(db, &head, first, TODAY).await.unwrap().label, "R8-監-001");
        assert_eq!(show(db, &auditor, second, TODAY).await.unwrap().label, "R8-監-002");
        assert_eq!(kinds(db, first).await, ["improvement.opened"]);
        for head in [world.tachibana, world.sawamura] {
            let told = outbox::Entity::find().filter(outbox::Column::PersonId.eq(head)).count(db.read());
            assert_eq!(told.await.unwrap(), 1, "the head of the department is told");
        }
    }
}

#[tokio::test]
async fn planned_reported_sent_back_and_verified_by_somebody_else() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let (head, id) = opened(db, &world).await;
        let officer = actor(db, world.shiina).await;
        let due = date!(2026 - 12 - 25);
        for person in [world.hirano, world.shiina] {
            let actor = actor(db, person).await;
            assert!(matches!(plan(db, &actor, id, new_plan(due), NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(complete(db, &actor, id, "実施", NOW).await, Err(StoreError::Forbidden)));
        }
        let foreign = actor(db, world.sawamura).await;
        assert!(matches!(plan(db, &foreign, id, new_plan(due), NOW).await, Err(StoreError::NotFound)));
        assert!(is_refused(complete(db, &head, id, "実施", NOW).await), "no plan yet");
        assert!(is_refused(plan(db, &head, id, new_plan(date!(2026 - 11 - 22)), NOW).await), "passed");
        plan(db, &head, id, new_plan(due), NOW).await.unwrap();
        complete(db, &head, id, "手順を定めた。", NOW + Duration::days(1)).await.unwrap();
        assert!(is_refused(complete(db, &head, id, "再び", NOW).await), "reported already");
        let Turn::Verify(first) = show(db, &officer, id, TODAY).await.unwrap().turn else {
            panic!("the officer's turn");
        };
        assert!(matches!(verify(db, &head, id, first, true, "見た", NOW).await, Err(StoreError::Forbidden)));
        let then = NOW + Duration::days(2);
        verify(db, &officer, id, first, false, "2台が施錠されていない。", then).await.unwrap();
        assert!(is_refused(verify(db, &officer, id, first, true, "見た", then).await), "once per report");
        assert_eq!(show(db, &head, id, TODAY).await.unwrap().stage, Stage::SentBack);
        complete(db, &head, id, "全て施錠した。", NOW + Duration::days(3)).await.unwrap();
        let stale = verify(db, &officer, id, first, true, "見た", NOW + Duration::days(4)).await;
        assert!(is_refused(stale), "a newer report is there");
        let auditor = actor(db, world.kubota).await;
        let Turn::Verify(second) = show(db, &auditor, id, TODAY).await.unwrap().turn else {
            panic!("the auditor's turn");
        };
        verify(db, &auditor, id, second, true, "現地で確かめた。", NOW + Duration::days(4)).await.unwrap();
        assert!(is_refused(plan(db, &head, id, new_plan(due), NOW + Duration::days(5)).await), "finished");
        let course = show(db, &head, id, TODAY).await.unwrap();
        let steps: Vec<StepKind> = course.steps.iter().map(|step| step.kind).collect();
        use StepKind::*;
        assert_eq!(steps, [Opened, Planned, Completed, SentBack, Completed, Verified]);
        assert_eq!(
            kinds(db, id).await,
            [
                "improvement.opened",
                "improvement.planned",
                "improvement.completed",
                "improvement.sent_back",
                "improvement.completed",
                "improvement.verified"
            ]
        );
        assert_eq!(store::ledger::verify::verify(db).await.unwrap().broken, None);
    }
}

#[tokio::test]
async fn an_officer_who_heads_the_department_does_not_verify_it() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let (head, id) = opened(db, &world).await;
        plan(db, &head, id, new_plan(TODAY), NOW).await.unwrap();
        complete(db, &head, id, "手順を定めた。", NOW).await.unwrap();
        let mut both = head.clone();
        both.grants.push(domain::role::Role::Secretariat);
        let course = show(db, &both, id, TODAY).await.unwrap();
        assert_eq!(course.turn, Turn::Nobody);
        assert!(course.not_verifier.is_some());
        let officer = actor(db, world.shiina).await;
        let Turn::Verify(completion) = show(db, &officer, id, TODAY).await.unwrap().turn else {
            panic!("the officer's turn");
        };
        assert!(is_refused(verify(db, &both, id, completion, true, "見た", NOW).await));
    }
}

#[tokio::test]
async fn the_list_shows_what_is_within_reach_and_keeps_open_ones_over_the_years() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let (head, id) = opened(db, &world).await;
        plan(db, &head, id, new_plan(TODAY), NOW).await.unwrap();
        let officer = actor(db, world.shiina).await;
        let next_year = date!(2027 - 06 - 01);
        let of = |show, year| Filter { show, department: None, fiscal_year: year };
        let listing = list(db, &officer, of(Show::Overdue, Some(2027)), next_year).await.unwrap();
        assert_eq!(listing.rows.len(), 1);
        assert_eq!(listing.rows[0].years_open, 1);
        assert_eq!(listing.rows[0].overdue_days, Some(190));
        assert_eq!((listing.counts.open, listing.counts.waiting), (1, 0));
        assert!(list(db, &officer, of(Show::All, Some(2025)), next_year).await.unwrap().rows.is_empty());
        assert_eq!(list(db, &head, Filter::default(), TODAY).await.unwrap().rows.len(), 1);
        let foreign = actor(db, world.sawamura).await;
        assert!(list(db, &foreign, Filter::default(), TODAY).await.unwrap().rows.is_empty());
        assert!(matches!(show(db, &foreign, id, TODAY).await, Err(StoreError::NotFound)));
        let employee = actor(db, world.hirano).await;
        assert!(matches!(list(db, &employee, Filter::default(), TODAY).await, Err(StoreError::Forbidden)));
        assert!(matches!(show(db, &employee, id, TODAY).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn improvements_of_a_department_that_was_renamed_or_merged_belong_to_the_head_of_the_new_one() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, shiina) = (&place.db, actor(&place.db, world.shiina).await);
        let (_, id) = opened(db, &world).await;
        let renamed = store::department::reorganise::rename(db, &shiina, world.jinji, "職員課", TODAY, NOW)
            .await
            .unwrap();
        let into = domain::department::reorganise::Target::Existing(world.joho);
        let merger = store::department::reorganise::Merger { ids: vec![renamed], into, head: None };
        store::department::reorganise::merge(db, &shiina, merger, TODAY, NOW).await.unwrap();
        let head = actor(db, world.tachibana).await;
        assert_eq!(head.posts[0].department, "情報政策課");
        let seen = list(db, &head, Filter::default(), TODAY).await.unwrap();
        assert_eq!(seen.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        assert_eq!(seen.rows[0].department_name, "人事課", "it is named as on the day it was taken up");
        let course = show(db, &head, id, TODAY).await.unwrap();
        assert_eq!(course.department_now, ["情報政策課"]);
        plan(db, &head, id, new_plan(date!(2027 - 01 - 31)), NOW).await.unwrap();
        let sawamura = actor(db, world.sawamura).await;
        assert!(matches!(show(db, &sawamura, id, TODAY).await, Err(StoreError::NotFound)));
    }
}
