//! The receipt of a submission: checked against the ledger and against the answers as they stand.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, World, actor, places};
use domain::actor::Actor;
use domain::answer::{Value, Written};
use domain::evidence::Kind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entity::{edition_item, event, inspection, sheet_return, submission, target};
use store::evidence::{Upload, attach};
use store::ledger::verify::verify;
use store::receipt::{Checked, check, own_receipt};
use store::response::{Draft, Outcome, Source, open, save, save_all, submit};
use store::{Db, StoreError};
use time::Duration;
use uuid::Uuid;

fn draft(item: Uuid, value: Value, comment: &str) -> Draft {
    Draft {
        item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: comment.into(),
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    }
}

async fn hand_in(db: &Db, who: &Actor, world: &World, comment: &str) -> String {
    let [first, second, _] = world.items;
    let drafts = vec![draft(first, Value::NotDone, comment), draft(second, Value::NotApplicable, "")];
    save_all(db, who, world.hirano_target, drafts, NOW).await.unwrap();
    submit(db, who, world.hirano_target, NOW).await.unwrap();
    let receipt = own_receipt(db, who, world.hirano_target).await.unwrap();
    assert_eq!((receipt.answers, receipt.by.as_str()), (2, "平野 智子"));
    receipt.number.unwrap()
}

/// Changes the database past the program.
async fn by_hand(db: &Db, sql: &str) {
    db.execute(sql).await.unwrap();
}

#[tokio::test]
async fn a_receipt_is_found_and_typed_in_any_way() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        let before = own_receipt(db, &hirano, world.hirano_target).await;
        assert!(matches!(before, Err(StoreError::Refused(_))), "nothing was handed in");
        let number = hand_in(db, &hirano, &world, "鍵の交換を待っている。").await;
        assert_eq!(number.len(), 64);
        let groups: Vec<&str> = (0..64).step_by(8).map(|at| &number[at..at + 8]).collect();
        let found = check(db, &groups.join(" ").to_uppercase()).await.unwrap();
        assert!(
            matches!(&found, Checked::Same(said) if said.person == "平野 智子" && said.answers == 2),
            "{found:?}"
        );
        let wrong = number.replace(['0', '1', '2'], "f");
        assert_eq!(check(db, &wrong).await.unwrap(), Checked::Unknown);
        let other = actor(db, world.nishikawa).await;
        assert!(matches!(own_receipt(db, &other, world.hirano_target).await, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn an_answer_changed_past_the_program_is_named() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        let number = hand_in(db, &hirano, &world, "鍵の交換を待っている。").await;
        by_hand(db, "UPDATE answer SET value = 'done' WHERE value = 'not_done'").await;
        assert_eq!(verify(db).await.unwrap().broken, None, "the chain does not cover the rows");
        let found = check(db, &number).await.unwrap();
        assert!(matches!(&found, Checked::Altered(_, questions) if *questions == [1]), "{found:?}");
        assert!(!found.holds() && found.text().contains("問1"), "{}", found.text());
        by_hand(db, "UPDATE answer SET value = 'not_done' WHERE value = 'done'").await;
        assert!(matches!(check(db, &number).await.unwrap(), Checked::Same(_)));
        by_hand(db, "DELETE FROM answer WHERE value = 'na'").await;
        assert!(
            matches!(check(db, &number).await.unwrap(), Checked::Altered(_, questions) if questions == [2])
        );
    }
}

#[tokio::test]
async fn a_file_changed_past_the_program_is_named() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        let upload = Upload { name: "台帳.pdf".into(), found: Ok(Kind::Pdf), content: b"%PDF-1".to_vec() };
        attach(db, &hirano, world.hirano_target, world.items[1], upload, NOW).await.unwrap();
        let number = hand_in(db, &hirano, &world, "鍵の交換を待っている。").await;
        assert!(matches!(check(db, &number).await.unwrap(), Checked::Same(_)));
        by_hand(db, "UPDATE evidence_content SET content = (SELECT content FROM evidence_content WHERE 1 = 0 UNION SELECT content FROM (SELECT CAST('x' AS BYTEA) AS content) AS other)".replace("BYTEA", if is_sqlite(db) { "BLOB" } else { "BYTEA" }).as_str()).await;
        assert!(
            matches!(check(db, &number).await.unwrap(), Checked::Altered(_, questions) if questions == [2])
        );
    }
}

fn is_sqlite(db: &Db) -> bool {
    sea_orm::ConnectionTrait::get_database_backend(db.read()) == sea_orm::DatabaseBackend::Sqlite
}

#[tokio::test]
async fn after_a_return_the_first_receipt_still_holds_and_the_second_is_another() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        let first = hand_in(db, &hirano, &world, "鍵の交換を待っている。").await;
        let handed_in = submission::Entity::find().one(db.read()).await.unwrap().unwrap();
        let row = sheet_return::ActiveModel {
            id: sea_orm::Set(Uuid::now_v7()),
            submission_id: sea_orm::Set(handed_in.id),
            reason: sea_orm::Set("日を書いてください。".into()),
            at: sea_orm::Set(NOW),
            by_person_id: sea_orm::Set(world.tachibana),
        };
        let txn = db.begin().await.unwrap();
        sheet_return::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
        let later = NOW + Duration::minutes(5);
        let mended = draft(world.items[0], Value::NotDone, "12月8日に交換する。");
        save(db, &hirano, None, world.hirano_target, mended, later).await.unwrap();
        submit(db, &hirano, world.hirano_target, later).await.unwrap();
        let second = own_receipt(db, &hirano, world.hirano_target).await.unwrap().number.unwrap();
        assert_ne!(first, second);
        assert!(matches!(check(db, &first).await.unwrap(), Checked::Replaced(_)));
        assert!(matches!(check(db, &second).await.unwrap(), Checked::Same(_)));
        // Whoever rewrites the ledger so that it tells other answers makes the first number wrong as well.
        let saved = event::Entity::find()
            .filter(event::Column::Kind.eq("answer.saved"))
            .one(db.read())
            .await
            .unwrap()
            .unwrap();
        let altered = saved.payload.replace("交換を待って", "交換を済ませて");
        by_hand(db, &format!("UPDATE event SET payload = '{altered}' WHERE hash = '{}'", saved.hash)).await;
        assert!(matches!(check(db, &first).await.unwrap(), Checked::Altered(..)));
        assert!(verify(db).await.unwrap().broken.is_some());
    }
}

/// Last year's sheet of 平野 with the same two questions: the first 未実施, the second unanswered.
async fn last_year(db: &Db, world: &World, now_it_is: &str) {
    let find = |id| inspection::Entity::find_by_id(id);
    let this = find(world.inspection).one(db.read()).await.unwrap().unwrap();
    let (old, old_target) = (Uuid::now_v7(), Uuid::now_v7());
    let year =
        inspection::Model { id: old, fiscal_year: this.fiscal_year - 1, name: "昨年度".into(), ..this };
    let mine = target::Entity::find_by_id(world.hirano_target).one(db.read()).await.unwrap().unwrap();
    let theirs = target::Model { id: old_target, inspection_id: old, ..mine };
    let txn = db.begin().await.unwrap();
    let year = sea_orm::IntoActiveModel::<inspection::ActiveModel>::into_active_model(year);
    inspection::Entity::insert(sea_orm::ActiveModelTrait::reset_all(year))
        .exec_without_returning(&txn)
        .await
        .unwrap();
    let theirs = sea_orm::IntoActiveModel::<target::ActiveModel>::into_active_model(theirs);
    target::Entity::insert(sea_orm::ActiveModelTrait::reset_all(theirs))
        .exec_without_returning(&txn)
        .await
        .unwrap();
    for item in [world.items[0], world.items[1]] {
        let change = edition_item::ActiveModel {
            id: sea_orm::Set(item),
            change: sea_orm::Set(now_it_is.into()),
            ..Default::default()
        };
        edition_item::Entity::update(change).exec(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
    let hirano = actor(db, world.hirano).await;
    let answer = draft(world.items[0], Value::NotDone, "昨年度の理由");
    save(db, &hirano, None, old_target, answer, NOW).await.unwrap();
}

#[tokio::test]
async fn last_years_answer_is_taken_over_one_by_one_and_marked_until_it_is_changed() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        last_year(db, &world, "same").await;
        let hirano = actor(db, world.hirano).await;
        let (target, [first, second, _]) = (world.hirano_target, world.items);
        let sheet = open(db, &hirano, target, NOW).await.unwrap();
        let offered: Vec<bool> = sheet.items().map(|item| item.carry.is_some()).collect();
        assert_eq!(offered, [true, false], "nothing was answered to the second");
        let take = |item: Uuid, value: Value| Draft { source: Source::Carried, ..draft(item, value, "") };
        for wrong in [take(first, Value::Done), take(second, Value::Done)] {
            assert!(matches!(save(db, &hirano, None, target, wrong, NOW).await, Err(StoreError::Refused(_))));
        }
        let saved = save(db, &hirano, None, target, take(first, Value::NotDone), NOW).await.unwrap();
        assert!(matches!(saved, Outcome::Saved(_)));
        let marked = |sheet: &store::response::Sheet| {
            sheet.items().filter(|item| item.answer.as_ref().is_some_and(|answer| answer.carried)).count()
        };
        let sheet = open(db, &hirano, target, NOW).await.unwrap();
        let answer = sheet.items().find(|item| item.id == first).unwrap().answer.clone().unwrap();
        assert_eq!((marked(&sheet), answer.comment.as_str()), (1, ""), "the reason is this year's own");
        save(db, &hirano, None, target, draft(first, Value::NotDone, "今年度の理由"), NOW).await.unwrap();
        assert_eq!(marked(&open(db, &hirano, target, NOW).await.unwrap()), 0);
    }
}

#[tokio::test]
async fn a_changed_question_is_answered_anew() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        last_year(db, &world, "changed").await;
        let hirano = actor(db, world.hirano).await;
        let sheet = open(db, &hirano, world.hirano_target, NOW).await.unwrap();
        assert!(sheet.items().all(|item| item.carry.is_none()));
        let taken = Draft { source: Source::Carried, ..draft(world.items[0], Value::NotDone, "") };
        let refused = save(db, &hirano, None, world.hirano_target, taken, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
    }
}
