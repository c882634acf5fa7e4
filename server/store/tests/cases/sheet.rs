//! Sheets are put together and frozen; editions never change.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, World, actor, places};
use domain::role::Role;
use domain::sheet::Change;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::event;
use store::{Db, StoreError, question, sheet};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// The moments of a test, one hour apart, after everything in the small city.
fn later(hours: i64) -> OffsetDateTime {
    NOW + Duration::hours(hours)
}

async fn order(db: &Db, officer: &domain::actor::Actor, id: Uuid) -> Vec<Uuid> {
    sheet::show(db, officer, id).await.unwrap().items.iter().map(|item| item.question.id).collect()
}

async fn events(db: &Db, kind: &str) -> u64 {
    event::Entity::find().filter(event::Column::Kind.eq(kind)).count(db.read()).await.unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

#[tokio::test]
async fn a_sheet_begins_with_all_questions_of_its_role() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let id = sheet::create(&place.db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        assert_eq!(order(&place.db, &officer, id).await, world.questions[..2]);
        let twice = sheet::create(&place.db, &officer, Role::Staff, 2027, NOW).await;
        assert!(refused(twice).contains("既にあります"));
        let none = sheet::create(&place.db, &officer, Role::SystemManager, 2027, NOW).await;
        assert!(refused(none).contains("設問がまだありません"));
        let ciso = sheet::create(&place.db, &officer, Role::Ciso, 2027, NOW).await;
        assert!(refused(ciso).contains("点検票があるのは"));
        let lines = sheet::list(&place.db, &officer, 2027).await.unwrap();
        assert_eq!(
            lines.iter().map(|line| (line.questions, line.earlier.len())).collect::<Vec<_>>(),
            [(2, 1), (1, 1), (0, 0)]
        );
        assert_eq!(lines[0].sheet, Some((id, 2)));
        assert_eq!(events(&place.db, "sheet.created").await, 1);
    }
}

#[tokio::test]
async fn the_sheet_of_the_next_year_is_prepared_from_this_years_edition_and_stays_out_of_its_list() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let too_far = sheet::create_from(db, &officer, world.staff_edition, 2028, NOW).await;
        assert!(refused(too_far).contains("今年度及び次の年度の分だけです"));
        let next = sheet::create_from(db, &officer, world.staff_edition, 2027, NOW).await.unwrap();
        let edition = sheet::freeze(db, &officer, next, later(1)).await.unwrap();
        let compared = sheet::compare(db, &officer, next).await.unwrap();
        assert!(compared.lines.iter().all(|line| line.change == Some(Change::Same)));
        let of = |lines: Vec<sheet::EditionLine>| lines.into_iter().map(|line| line.id).collect::<Vec<_>>();
        let staff = |lines: Vec<sheet::RoleLine>| lines.into_iter().next().unwrap();
        let this_year = staff(sheet::list(db, &officer, 2026).await.unwrap());
        let next_year = staff(sheet::list(db, &officer, 2027).await.unwrap());
        assert_eq!((of(this_year.editions), of(this_year.earlier)), (vec![world.staff_edition], vec![]));
        assert_eq!(
            (of(next_year.editions), of(next_year.earlier)),
            (vec![edition], vec![world.staff_edition])
        );
    }
}

#[tokio::test]
async fn questions_move_leave_and_come_back() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let [first, second, manager] = world.questions;
        let id = sheet::create(&place.db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        sheet::move_item(&place.db, &officer, id, second, true, NOW).await.unwrap();
        assert_eq!(order(&place.db, &officer, id).await, [second, first]);
        assert!(
            refused(sheet::move_item(&place.db, &officer, id, second, true, NOW).await)
                .contains("動かせません")
        );
        sheet::leave_out(&place.db, &officer, id, second, NOW).await.unwrap();
        let again = sheet::leave_out(&place.db, &officer, id, second, NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)));
        let view = sheet::show(&place.db, &officer, id).await.unwrap();
        assert_eq!((view.items.len(), view.left_out[0].id), (1, second));
        sheet::take_in(&place.db, &officer, id, second, NOW).await.unwrap();
        assert_eq!(order(&place.db, &officer, id).await, [first, second]);
        assert!(refused(sheet::take_in(&place.db, &officer, id, second, NOW).await).contains("既に点検票"));
        let foreign = sheet::take_in(&place.db, &officer, id, manager, NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)), "a question of another role");
        for kind in ["sheet.item_moved", "sheet.item_left_out", "sheet.item_taken_in"] {
            assert_eq!(events(&place.db, kind).await, 1, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_frozen_edition_keeps_its_words() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let id = sheet::create(db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        let first = sheet::freeze(db, &officer, id, later(1)).await.unwrap();
        let view = sheet::edition(db, &officer, first).await.unwrap();
        assert_eq!((view.label.as_str(), view.items.len()), ("R9-職員-1", 2));
        assert_eq!(view.items[0].clause_path, "1-(1)");
        assert!(view.items[0].clause_text.contains("施錠"));
        assert!(view.items.iter().all(|item| item.change == Change::Same), "as in last year's edition");
        assert!(refused(sheet::freeze(db, &officer, id, later(2)).await).contains("変わっていません"));
        let words = "席を離れるときは、いつも端末を施錠していますか。";
        question::reword(db, &officer, world.questions[0], words, None, false, later(3)).await.unwrap();
        question::reword(
            db,
            &officer,
            world.questions[1],
            "端末を庁外へ持ち出していますか。",
            None,
            true,
            later(3),
        )
        .await
        .unwrap();
        let second = sheet::freeze(db, &officer, id, later(4)).await.unwrap();
        let now = sheet::edition(db, &officer, second).await.unwrap();
        assert_eq!(now.label, "R9-職員-2");
        assert_eq!(
            now.items.iter().map(|item| item.change).collect::<Vec<_>>(),
            [Change::Minor, Change::Changed]
        );
        assert_ne!(sheet::edition(db, &officer, first).await.unwrap().items[0].text, words);
        assert_eq!(events(db, "sheet.frozen").await, 2);
    }
}

#[tokio::test]
async fn an_empty_sheet_is_not_frozen() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let id = sheet::create(&place.db, &officer, Role::Manager, 2027, NOW).await.unwrap();
        sheet::leave_out(&place.db, &officer, id, world.questions[2], NOW).await.unwrap();
        assert!(refused(sheet::freeze(&place.db, &officer, id, NOW).await).contains("1問もない"));
        assert_eq!(events(&place.db, "sheet.frozen").await, 0);
    }
}

#[tokio::test]
async fn retired_questions_are_not_frozen_and_new_ones_are_marked() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let draft = domain::question::Draft {
            role: Role::Staff,
            topic: domain::topic::Topic::Organisation,
            text: "連絡先を知っていますか。".into(),
            not_applicable: None,
            weight: 1.0,
        };
        let fresh = question::add(db, &officer, world.clauses[1], draft, NOW).await.unwrap();
        let id = sheet::create(db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        assert_eq!(order(db, &officer, id).await[0], fresh, "chapter 1 comes first");
        question::retire(db, &officer, world.questions[0], "重複", later(1)).await.unwrap();
        let edition = sheet::freeze(db, &officer, id, later(2)).await.unwrap();
        let items = sheet::edition(db, &officer, edition).await.unwrap().items;
        assert_eq!(
            items.iter().map(|i| (i.no, i.change)).collect::<Vec<_>>(),
            [(1, Change::New), (2, Change::Same)]
        );
    }
}

#[tokio::test]
async fn only_the_officer_puts_sheets_together() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let head = actor(db, world.tachibana).await;
        let id = sheet::create(db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        let question = world.questions[0];
        for refused in [
            sheet::create(db, &head, Role::Staff, 2028, NOW).await.err(),
            sheet::move_item(db, &head, id, question, false, NOW).await.err(),
            sheet::leave_out(db, &head, id, question, NOW).await.err(),
            sheet::take_in(db, &head, id, question, NOW).await.err(),
            sheet::freeze(db, &head, id, NOW).await.err(),
        ] {
            assert!(matches!(refused, Some(StoreError::Forbidden)), "{refused:?}");
        }
        assert!(sheet::edition(db, &head, world.staff_edition).await.is_ok());
        assert!(matches!(sheet::show(db, &officer, Uuid::now_v7()).await, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn what_stands_in_an_edition_is_not_taken_back() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let mut text = domain::policy::PolicyText { title: "別の規程".into(), ..Default::default() };
        text.clauses.push(domain::clause::ClauseText {
            path: vec!["1".into()],
            label: "1".into(),
            heading: None,
            text: "職員等は、机上に書類を放置してはならない。".into(),
            kind: domain::clause::ClauseKind::Article,
            line: 1,
            sentences: Vec::new(),
        });
        domain::clause::classify_all(&mut text.clauses);
        let revision = store::policy::import(db, &officer, &text, "x.md", "ee", NOW).await.unwrap();
        question::accept_all(db, &officer, revision, NOW).await.unwrap();
        let id = sheet::create(db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        sheet::freeze(db, &officer, id, later(1)).await.unwrap();
        let clause = store::policy::revision(db, &officer, revision).await.unwrap().clauses[0].id;
        let page = question::clause(db, &officer, revision, clause).await.unwrap();
        let proposal = page.sentences[0].proposals[0].id;
        assert!(refused(question::undo(db, &officer, proposal, later(2)).await).contains("R9-職員-1"));
    }
}
