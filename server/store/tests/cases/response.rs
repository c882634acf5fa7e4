//! Answering: saving with versions, handing in, reading somebody else's answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, World, actor, places};
use domain::actor::Actor;
use domain::answer::{Raw, Value, Written};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{answer, closing, event, submission, tally};
use store::response::{Clash, Draft, Outcome, Source, open, read, save, save_all, submit};
use store::{Db, StoreError};
use time::Duration;
use uuid::Uuid;

fn draft(item: Uuid, value: Value, comment: &str, seen: i32) -> Draft {
    Draft {
        item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: comment.into(),
        planned_on: None,
        seen_version: Some(seen),
        source: Source::Web,
    }
}

async fn events(db: &Db, target: Uuid, kind: &str) -> u64 {
    event::Entity::find()
        .filter(event::Column::Stream.eq(format!("target:{target}")))
        .filter(event::Column::Kind.eq(kind))
        .count(db.read())
        .await
        .unwrap()
}

async fn close(db: &Db, inspection: Uuid) {
    let row = closing::Model { id: Uuid::now_v7(), inspection_id: inspection, at: NOW, by_person_id: None };
    let txn = db.begin().await.unwrap();
    let active = sea_orm::IntoActiveModel::<closing::ActiveModel>::into_active_model(row);
    closing::Entity::insert(sea_orm::ActiveModelTrait::reset_all(active))
        .exec_without_returning(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn answer_everything(db: &Db, world: &World, who: &Actor, target: Uuid) {
    let [first, second, _] = world.items;
    let drafts = vec![draft(first, Value::Done, "", 0), draft(second, Value::NotApplicable, "", 0)];
    let all = save_all(db, who, target, drafts, NOW).await.unwrap();
    assert_eq!((all.changed, all.clashes.len(), all.refused.len()), (2, 0, 0));
}

#[tokio::test]
async fn an_answer_is_saved_with_its_event_and_found_again() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let [first, second, _] = world.items;
        let sheet = open(&place.db, &hirano, world.hirano_target, NOW).await.unwrap();
        assert_eq!((sheet.answered(), sheet.total()), (0, 2));
        assert_eq!(sheet.chapters.iter().map(|chapter| chapter.number).collect::<Vec<_>>(), [5, 6]);
        assert_eq!(sheet.department_name, "人事課");
        let saved =
            save(&place.db, &hirano, None, world.hirano_target, draft(first, Value::NotDone, "", 0), NOW)
                .await;
        let Outcome::Saved(saved) = saved.unwrap() else { panic!("saved") };
        // Without its reason the question still counts as open.
        assert_eq!(saved.version, 1);
        let sheet = open(&place.db, &hirano, world.hirano_target, NOW).await.unwrap();
        assert_eq!((sheet.answered(), sheet.total()), (0, 2));
        let later = NOW + Duration::minutes(1);
        let with_reason = draft(first, Value::NotDone, " 施錠の設定が\r\nない端末があった。 ", 1);
        let saved = save(&place.db, &hirano, None, world.hirano_target, with_reason, later).await.unwrap();
        let Outcome::Saved(saved) = saved else { panic!("saved") };
        assert_eq!((saved.version, saved.at), (2, later));
        let sheet = open(&place.db, &hirano, world.hirano_target, NOW).await.unwrap();
        assert_eq!(sheet.answered(), 1);
        let sheet = open(&place.db, &hirano, world.hirano_target, NOW).await.unwrap();
        let item = sheet.items().find(|item| item.id == first).unwrap();
        let answer = item.answer.as_ref().unwrap();
        assert_eq!(answer.comment, "施錠の設定が\nない端末があった。");
        assert!(sheet.items().find(|item| item.id == second).unwrap().answer.is_none());
        assert_eq!(sheet.saved_at(), Some(later));
        assert_eq!(events(&place.db, world.hirano_target, "answer.saved").await, 2);
    }
}

#[tokio::test]
async fn the_same_answer_again_writes_nothing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let first = draft(world.items[0], Value::Done, "", 0);
        for _ in 0..3 {
            let later = NOW + Duration::minutes(5);
            let outcome =
                save(&place.db, &hirano, None, world.hirano_target, first.clone(), later).await.unwrap();
            let Outcome::Saved(saved) = outcome else { panic!("a repeated save is no clash") };
            assert_eq!(saved.version, 1);
        }
        assert_eq!(events(&place.db, world.hirano_target, "answer.saved").await, 1);
    }
}

#[tokio::test]
async fn a_stale_version_clashes_and_nothing_is_lost() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let (target, item) = (world.hirano_target, world.items[0]);
        save(&place.db, &hirano, None, target, draft(item, Value::Done, "", 0), NOW).await.unwrap();
        save(&place.db, &hirano, None, target, draft(item, Value::NotDone, "理由", 1), NOW).await.unwrap();
        let outcome =
            save(&place.db, &hirano, None, target, draft(item, Value::Partial, "別の理由", 1), NOW).await;
        let expected = Clash {
            item,
            no: 1,
            theirs: Some(Raw::Mark(Value::NotDone)),
            theirs_comment: "理由".into(),
            theirs_evidence: String::new(),
            theirs_planned_on: None,
            version: 2,
        };
        assert_eq!(outcome.unwrap(), Outcome::Clash(expected));
        let stored = answer::Entity::find().one(place.db.read()).await.unwrap().unwrap();
        assert_eq!((stored.value.as_deref(), stored.version), (Some("not_done"), 2));
        // Knowing the other one, the person may decide.
        let outcome =
            save(&place.db, &hirano, None, target, draft(item, Value::Partial, "別の理由", 2), NOW).await;
        assert!(matches!(outcome.unwrap(), Outcome::Saved(saved) if saved.version == 3));
    }
}

#[tokio::test]
async fn a_whole_page_clashes_only_where_the_person_changed_something() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let (target, [first, second, _]) = (world.hirano_target, world.items);
        save(&place.db, &hirano, None, target, draft(first, Value::Done, "", 0), NOW).await.unwrap();
        // Another window goes on with both questions.
        save(&place.db, &hirano, None, target, draft(first, Value::NotDone, "理由", 1), NOW).await.unwrap();
        save(&place.db, &hirano, None, target, draft(second, Value::Done, "", 0), NOW).await.unwrap();
        // The old page still shows version 1 of the first one, and answers the second otherwise.
        let page = vec![draft(first, Value::Done, "", 1), draft(second, Value::NotApplicable, "", 0)];
        let all = save_all(&place.db, &hirano, target, page, NOW).await.unwrap();
        assert_eq!(all.changed, 0);
        assert_eq!(all.clashes.iter().map(|clash| clash.no).collect::<Vec<_>>(), [2]);
    }
}

#[tokio::test]
async fn what_a_rule_refuses_does_not_keep_the_rest_from_being_saved() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let [first, second, others] = world.items;
        let drafts = vec![draft(first, Value::NotApplicable, "", 0), draft(second, Value::Done, "", 0)];
        let all = save_all(&place.db, &hirano, world.hirano_target, drafts, NOW).await.unwrap();
        assert_eq!((all.changed, all.refused.len()), (1, 1));
        assert!(all.refused[0].1.contains("該当なし"), "{:?}", all.refused);
        // A question of another sheet is not there.
        let alien =
            save(&place.db, &hirano, None, world.hirano_target, draft(others, Value::Done, "", 0), NOW).await;
        assert!(matches!(alien, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn somebody_elses_sheet_is_not_found() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let item = world.items[0];
        for who in [world.nishikawa, world.tachibana, world.shiina] {
            let who = actor(&place.db, who).await;
            let target = world.hirano_target;
            assert!(matches!(open(&place.db, &who, target, NOW).await, Err(StoreError::NotFound)));
            let saved = save(&place.db, &who, None, target, draft(item, Value::Done, "", 0), NOW).await;
            assert!(matches!(saved, Err(StoreError::NotFound)));
            assert!(matches!(submit(&place.db, &who, target, NOW).await, Err(StoreError::NotFound)));
        }
        let nobody = Actor { posts: Vec::new(), grants: Vec::new(), ..actor(&place.db, world.hirano).await };
        let saved =
            save(&place.db, &nobody, None, world.hirano_target, draft(item, Value::Done, "", 0), NOW).await;
        assert!(matches!(saved, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn a_sheet_with_gaps_is_refused_and_handing_in_twice_is_one_submission() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let target = world.hirano_target;
        save(&place.db, &hirano, None, target, draft(world.items[0], Value::NotDone, "", 0), NOW)
            .await
            .unwrap();
        match submit(&place.db, &hirano, target, NOW).await {
            Err(StoreError::Refused(refusal)) => {
                assert!(refusal.text.contains("問2の回答が選ばれていません"), "{refusal}")
            }
            other => panic!("{other:?}"),
        }
        let drafts = vec![
            draft(world.items[0], Value::NotDone, "理由", 1),
            draft(world.items[1], Value::NotApplicable, "", 0),
        ];
        save_all(&place.db, &hirano, target, drafts, NOW).await.unwrap();
        let first = submit(&place.db, &hirano, target, NOW).await.unwrap();
        let second = submit(&place.db, &hirano, target, NOW + Duration::hours(1)).await.unwrap();
        assert_eq!((first.before, second.before), (false, true));
        assert_eq!(first.at, second.at);
        assert_eq!(submission::Entity::find().count(place.db.read()).await.unwrap(), 1);
        assert_eq!(events(&place.db, target, "response.submitted").await, 1);
        let counts = tally::Entity::find().all(place.db.read()).await.unwrap();
        assert_eq!(counts.iter().map(|row| row.not_done + row.na).sum::<i32>(), 2);
        // Handed in is handed in.
        let late =
            save(&place.db, &hirano, None, target, draft(world.items[0], Value::Done, "", 2), NOW).await;
        assert!(matches!(late, Err(StoreError::Refused(_))));
    }
}

#[tokio::test]
async fn nothing_is_taken_after_the_closing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        answer_everything(&place.db, &world, &hirano, world.hirano_target).await;
        close(&place.db, world.inspection).await;
        let target = world.hirano_target;
        let saved =
            save(&place.db, &hirano, None, target, draft(world.items[0], Value::Partial, "x", 1), NOW).await;
        assert!(matches!(saved, Err(StoreError::Refused(_))));
        assert!(matches!(submit(&place.db, &hirano, target, NOW).await, Err(StoreError::Refused(_))));
    }
}

#[tokio::test]
async fn others_read_only_what_was_handed_in_and_each_look_is_an_event() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let target = world.hirano_target;
        answer_everything(&place.db, &world, &hirano, target).await;
        let head = actor(&place.db, world.tachibana).await;
        let reading = read(&place.db, &head, target, NOW).await.unwrap();
        assert!(!reading.shown && reading.sheet.items().all(|item| item.answer.is_none()));
        submit(&place.db, &hirano, target, NOW).await.unwrap();
        let auditor = actor(&place.db, world.kubota).await;
        let elsewhere = read(&place.db, &auditor, target, NOW).await;
        assert!(matches!(elsewhere, Err(StoreError::NotFound)), "not an auditor of this department");
        let assigned = Actor { assigned: vec![reading.sheet.department], ..auditor };
        for who in [head.clone(), actor(&place.db, world.shiina).await, assigned.clone()] {
            assert!(read(&place.db, &who, target, NOW).await.unwrap().shown);
        }
        assert_eq!(events(&place.db, target, "response.read").await, 3);
        let other_head = actor(&place.db, world.sawamura).await;
        assert!(matches!(read(&place.db, &other_head, target, NOW).await, Err(StoreError::NotFound)));
        let colleague = actor(&place.db, world.nishikawa).await;
        assert!(matches!(read(&place.db, &colleague, target, NOW).await, Err(StoreError::Forbidden)));
        place.db.execute("UPDATE inspection SET visibility = 'totals'").await.unwrap();
        assert!(matches!(read(&place.db, &head, target, NOW).await, Err(StoreError::Refused(_))));
        assert!(read(&place.db, &assigned, target, NOW).await.is_ok());
        place.db.execute("UPDATE inspection SET visibility = 'anonymous'").await.unwrap();
        assert!(matches!(read(&place.db, &assigned, target, NOW).await, Err(StoreError::Refused(_))));
    }
}

/// On the last day somebody always waits. What a save leaves behind must not pile up while that goes on.
#[tokio::test]
async fn saves_without_a_pause_leave_no_tasks_behind() {
    const BROWSERS: usize = 24;
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let before = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        let browsers = (0..BROWSERS).map(|browser| {
            let (db, who, target, item) =
                (place.db.clone(), hirano.clone(), world.hirano_target, world.items[browser % 2]);
            tokio::spawn(async move {
                let mut most = 0;
                for number in 0..40 {
                    let words = format!("{browser}の{number}");
                    let given = Draft { seen_version: None, ..draft(item, Value::Done, &words, 0) };
                    save(&db, &who, None, target, given, NOW).await.unwrap();
                    most = most.max(tokio::runtime::Handle::current().metrics().num_alive_tasks());
                }
                most
            })
        });
        let browsers: Vec<_> = browsers.collect();
        for browser in browsers {
            let alive = browser.await.unwrap();
            assert!(alive < before + BROWSERS + 8, "{alive} tasks for {BROWSERS} browsers");
        }
    }
}
