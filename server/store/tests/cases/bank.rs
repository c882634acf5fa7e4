//! Supplementary questions are taken over once, keep their mark, and are linked to the nearest clause.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, World, actor, places};
use domain::bank::MARK;
use domain::clause::Class;
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use store::bank::{Chosen, Standing, keys, of_role, show, take, take_nearest};
use store::entity::{clause, event, question_clause, sentence};
use store::{Db, StoreError, question, sheet};
use uuid::Uuid;

/// The small city's clauses with a sentence each that obliges everybody.
async fn with_duties(db: &Db) -> Vec<clause::Model> {
    let clauses = clause::Entity::find().filter(clause::Column::Text.ne("")).all(db.read()).await.unwrap();
    let txn = db.begin().await.unwrap();
    for clause in &clauses {
        let row = sentence::ActiveModel {
            id: Set(Uuid::now_v7()),
            clause_id: Set(clause.id),
            position: Set(0),
            text: Set(clause.text.clone()),
            class: Set(Class::Duty.key().to_string()),
            subject: Set(None),
            role: Set(Some("staff".into())),
            role_presumed: Set(false),
            marks: Set("[]".into()),
        };
        sentence::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
    clauses
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

#[tokio::test]
async fn the_officer_takes_questions_over_and_each_is_linked_to_the_nearest_clause() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let clauses = with_duties(&place.db).await;
        let chosen = ["staff-7-1".to_string(), "staff-9-2".to_string()];
        assert_eq!(take_nearest(&place.db, &officer, &chosen, NOW).await.unwrap(), 2);
        let known = keys(place.db.read()).await.unwrap();
        assert_eq!(known.values().collect::<Vec<_>>(), ["staff-7-1", "staff-9-2"]);
        let carry = known.iter().find(|(_, key)| *key == "staff-7-1").unwrap().0;
        let links = question_clause::Entity::find()
            .filter(question_clause::Column::QuestionId.eq(*carry))
            .all(place.db.read())
            .await
            .unwrap();
        let carrying = clauses.iter().find(|clause| clause.text.contains("持ち出す")).unwrap().id;
        assert_eq!(links.iter().map(|link| link.clause_id).collect::<Vec<_>>(), [carrying]);
        let in_use = question::active(place.db.read()).await.unwrap();
        assert_eq!(in_use[carry].not_applicable.as_deref(), Some("持出しなし"));
        let told = event::Entity::find()
            .filter(event::Column::Kind.eq("question.taken_from_bank"))
            .count(place.db.read())
            .await
            .unwrap();
        assert_eq!(told, 2);
    }
}

#[tokio::test]
async fn a_question_in_use_is_not_taken_twice_but_again_after_it_was_retired() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let twice = ["manager-1-1".to_string(), "manager-1-1".to_string()];
        assert!(refused(take_nearest(&place.db, &officer, &twice, NOW).await).contains("既に使われています"));
        assert!(keys(place.db.read()).await.unwrap().is_empty(), "nothing was written by halves");
        let one = Chosen { key: "manager-1-1".into(), clause: None };
        take(&place.db, &officer, one.clone(), NOW).await.unwrap();
        assert!(refused(take(&place.db, &officer, one.clone(), NOW).await).contains("既に使われています"));
        let lines = of_role(&place.db, &officer, Role::Manager).await.unwrap();
        let standing = |key: &str| lines.iter().find(|line| line.question.key == key).unwrap().standing;
        assert_eq!((standing("manager-1-1"), standing("manager-1-2")), (Standing::Taken, Standing::Free));
        let id = *keys(place.db.read()).await.unwrap().keys().next().unwrap();
        question::retire(&place.db, &officer, id, "重複", NOW).await.unwrap();
        take(&place.db, &officer, one, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn unknown_keys_and_clauses_of_no_newest_revision_are_not_found() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let none = take_nearest(&place.db, &officer, &[], NOW).await;
        assert!(refused(none).contains("選んでください"));
        let unknown = take_nearest(&place.db, &officer, &["staff-9-99".to_string()], NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let far = Chosen { key: "staff-1-1".into(), clause: Some(Uuid::now_v7()) };
        assert!(matches!(take(&place.db, &officer, far, NOW).await, Err(StoreError::NotFound)));
        assert!(matches!(show(&place.db, &officer, "nothing").await, Err(StoreError::NotFound)));
        let (line, clauses) = show(&place.db, &officer, "staff-7-1").await.unwrap();
        assert_eq!(clauses.len(), 2, "the clause without a text is not offered");
        assert_eq!(line.nearest, None, "nothing obliges anybody yet");
        with_duties(&place.db).await;
        let (line, _) = show(&place.db, &officer, "staff-7-1").await.unwrap();
        assert!(line.nearest.is_some());
        let staff = actor(&place.db, world.kubota).await;
        assert!(matches!(of_role(&place.db, &staff, Role::Staff).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn an_edition_says_which_questions_no_policy_asks() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let clauses = with_duties(&place.db).await;
        let near = Chosen { key: "staff-7-1".into(), clause: Some(clauses[0].id) };
        take(&place.db, &officer, near, NOW).await.unwrap();
        take(&place.db, &officer, Chosen { key: "staff-1-2".into(), clause: None }, NOW).await.unwrap();
        let id = sheet::create(&place.db, &officer, Role::Staff, 2027, NOW).await.unwrap();
        let edition = sheet::freeze(&place.db, &officer, id, NOW).await.unwrap();
        let view = sheet::edition(&place.db, &officer, edition).await.unwrap();
        let marked: Vec<&str> = view
            .items
            .iter()
            .map(|item| item.clause_path.as_str())
            .filter(|path| path.starts_with(MARK))
            .collect();
        assert_eq!(
            marked,
            ["ポリシー外の補助設問", &format!("ポリシー外の補助設問（近い条項　{}）", clauses[0].short_path)]
        );
        assert!(view.items.iter().any(|item| item.setting.guidance.contains("窓口")));
    }
}
