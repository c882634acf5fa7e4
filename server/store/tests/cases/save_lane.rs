//! Answers that arrive together: one transaction for all, and still each for itself.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, World, actor, places};
use domain::actor::Actor;
use domain::answer::{Value, Written};
use domain::session::Way;
use sea_orm::{EntityTrait, PaginatorTrait};
use std::sync::{Arc, Mutex};
use store::entity::{answer, person, session};
use store::response::{Draft, Outcome, Source, open, save};
use store::session::{Entry, Origin, open_for};
use store::{Db, StoreError, ledger};
use uuid::Uuid;

fn draft(item: Uuid, value: Value, seen: i32) -> Draft {
    Draft {
        item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: String::new(),
        planned_on: None,
        seen_version: Some(seen),
        source: Source::Web,
    }
}

/// Saves at the same moment; gives how many were saved, clashed and were refused.
async fn at_once(db: &[Db], wishes: Vec<(Actor, Uuid, Draft)>) -> (usize, usize, usize) {
    let tasks: Vec<_> = wishes
        .into_iter()
        .enumerate()
        .map(|(number, (actor, target, draft))| {
            let db = db[number % db.len()].clone();
            tokio::spawn(async move { save(&db, &actor, None, target, draft, NOW).await })
        })
        .collect();
    let (mut saved, mut clashed, mut refused) = (0, 0, 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(Outcome::Saved(_)) => saved += 1,
            Ok(Outcome::Clash(_)) => clashed += 1,
            Err(StoreError::Refused(_) | StoreError::NotFound) => refused += 1,
            Err(error) => panic!("{error}"),
        }
    }
    (saved, clashed, refused)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_windows_on_one_question_one_saves_and_the_others_are_shown_its_answer() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let wish = |value| (hirano.clone(), world.hirano_target, draft(world.items[0], value, 0));
        let wishes = [Value::Done, Value::NotDone].into_iter().cycle().take(40).map(wish).collect();
        let all = [place.db.clone(), place.again().await];
        let (saved, clashed, refused) = at_once(&all, wishes).await;
        // The same answer in the same words is no clash.
        assert_eq!((saved, clashed, refused), (20, 20, 0));
        assert_eq!(answer::Entity::find().count(place.db.read()).await.unwrap(), 1);
        assert!(ledger::verify::verify(&place.db).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_that_is_refused_harms_nobody_beside_it() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (hirano, nishikawa) =
            (actor(&place.db, world.hirano).await, actor(&place.db, world.nishikawa).await);
        let wishes = vec![
            (hirano.clone(), world.hirano_target, draft(world.items[0], Value::Done, 0)),
            // Somebody else's sheet, a question of another sheet, 該当なし where no condition stands.
            (hirano.clone(), world.nishikawa_target, draft(world.items[0], Value::Done, 0)),
            (hirano.clone(), world.hirano_target, draft(world.items[2], Value::Done, 0)),
            (nishikawa.clone(), world.nishikawa_target, draft(world.items[0], Value::NotApplicable, 0)),
            (nishikawa.clone(), world.nishikawa_target, draft(world.items[1], Value::NotApplicable, 0)),
        ];
        assert_eq!(at_once(std::slice::from_ref(&place.db), wishes).await, (2, 0, 3));
        assert_eq!(answer::Entity::find().count(place.db.read()).await.unwrap(), 2);
        assert!(ledger::verify::verify(&place.db).await.unwrap().broken.is_none());
    }
}

#[tokio::test]
async fn a_session_that_ended_a_moment_ago_saves_nothing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let hirano = actor(db, world.hirano).await;
        let row = person::Entity::find_by_id(world.hirano).one(db.read()).await.unwrap().unwrap();
        let origin = Origin { address: "192.0.2.1".into(), agent: "test".into() };
        let entry = Entry { login: row.staff_no, way: Way::Password, origin };
        open_for(db, world.hirano, &entry, NOW).await.unwrap();
        let session = session::Entity::find().one(db.read()).await.unwrap().unwrap().id;
        let first = draft(world.items[0], Value::Done, 0);
        let saved = save(db, &hirano, Some(session), world.hirano_target, first, NOW).await.unwrap();
        assert!(matches!(saved, Outcome::Saved(_)));
        db.execute("DELETE FROM session").await.unwrap();
        let second = draft(world.items[0], Value::NotDone, 1);
        let refused = save(db, &hirano, Some(session), world.hirano_target, second, NOW).await;
        assert!(matches!(refused, Err(StoreError::SignedOut)));
        let kept = answer::Entity::find().one(db.read()).await.unwrap().unwrap();
        assert_eq!((kept.value.as_deref(), kept.version), (Some("done"), 1));
    }
}

#[tokio::test]
async fn a_sheet_opens_with_fourteen_statements_and_without_reading_its_questions_again() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let hirano = actor(&place.db, world.hirano).await;
        let statements = Arc::new(Mutex::new(Vec::new()));
        let log = statements.clone();
        place.db.read_mut().set_metric_callback(move |info| {
            log.lock().unwrap().push(info.statement.sql.clone());
        });
        let open = || open(&place.db, &hirano, world.hirano_target, NOW);
        let first = open().await.unwrap();
        statements.lock().unwrap().clear();
        let second = open().await.unwrap();
        assert_eq!(first.items().count(), second.items().count());
        let statements = statements.lock().unwrap();
        assert_eq!(statements.len(), 14, "{statements:#?}");
        assert!(!statements.iter().any(|sql| sql.contains("FROM \"edition_item\"")));
    }
}
