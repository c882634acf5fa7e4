//! The head with many staff: several sheets given back at once, what was answered, and a 代理.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, TODAY, World, actor, places};
use crate::transfer_common::put;
use domain::answer::{Turn, Value, Written};
use domain::post::Kind;
use sea_orm::EntityTrait;
use store::department::{
    NewDeputy, confirm, name_deputy, page, return_sheet, return_sheets, withdraw_deputy,
};
use store::entity::{
    event, inspection, inspection_department, inspection_edition, outbox, post, sheet_return, submission,
    target,
};
use store::response::{Draft, Source, save_all, submit};
use store::{Db, StoreError, StoreResult};
use time::macros::date;
use uuid::Uuid;

fn refused<T: std::fmt::Debug>(result: StoreResult<T>) -> (Option<String>, String) {
    match result {
        Err(StoreError::Refused(refusal)) => (refusal.field, refusal.text),
        other => panic!("{other:?}"),
    }
}

/// Answers both questions of the staff's sheet and hands it in.
async fn answered(db: &Db, world: &World, person: Uuid, target: Uuid, values: [Value; 2]) {
    let who = actor(db, person).await;
    let drafts = world.items[..2].iter().zip(values).map(|(item, value)| Draft {
        item: *item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: if value.is_gap() { "手順を知らなかった。".into() } else { String::new() },
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    });
    save_all(db, &who, target, drafts.collect(), NOW).await.unwrap();
    submit(db, &who, target, NOW).await.unwrap();
}

/// The same questions in the fiscal year before, answered by one person.
async fn last_year(db: &Db, world: &World, person: Uuid, values: [Value; 2]) {
    let id = Uuid::now_v7();
    put::<_, inspection::ActiveModel>(
        db,
        inspection::Model {
            id,
            fiscal_year: 2025,
            name: "令和7年度情報セキュリティ自己点検".into(),
            base_on: date!(2025 - 10 - 01),
            opens_on: date!(2025 - 11 - 01),
            due_on: date!(2025 - 11 - 28),
            visibility: "named".into(),
            contact: String::new(),
            at: NOW,
            by_person_id: None,
        },
    )
    .await;
    let edition = inspection_edition::Model {
        id: Uuid::now_v7(),
        inspection_id: id,
        edition_id: world.staff_edition,
        role: "staff".into(),
    };
    put::<_, inspection_edition::ActiveModel>(db, edition).await;
    let place = inspection_department::Model {
        id: Uuid::now_v7(),
        inspection_id: id,
        department_id: world.jinji,
        name: "人事課".into(),
        division_id: world.somu,
        division_name: "総務部".into(),
        position: 2,
    };
    put::<_, inspection_department::ActiveModel>(db, place).await;
    let row = target::Entity::find_by_id(world.hirano_target).one(db.read()).await.unwrap().unwrap();
    let then = target::Model { id: Uuid::now_v7(), inspection_id: id, person_id: person, ..row };
    put::<_, target::ActiveModel>(db, then.clone()).await;
    answered(db, world, person, then.id, values).await;
    db.execute("UPDATE edition_item SET change = 'same'").await.unwrap();
}

#[tokio::test]
async fn several_sheets_are_given_back_with_one_reason_or_none_is() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let head = actor(db, world.tachibana).await;
        let both = [world.hirano_target, world.nishikawa_target];
        answered(db, &world, world.hirano, both[0], [Value::Done; 2]).await;
        let text = refused(return_sheets(db, &head, &both, "問2", NOW).await).1;
        assert!(text.starts_with("西川 拓也：") && text.contains("提出されていない"), "{text}");
        assert!(sheet_return::Entity::find().all(db.read()).await.unwrap().is_empty(), "all or none");
        answered(db, &world, world.nishikawa, both[1], [Value::Done; 2]).await;
        assert_eq!(refused(return_sheets(db, &head, &[], "問2", NOW).await).0.as_deref(), Some("sheets"));
        assert_eq!(refused(return_sheets(db, &head, &both, " ", NOW).await).0.as_deref(), Some("reason"));
        let with_other = [both[0], world.takanashi_target];
        let result = return_sheets(db, &head, &with_other, "問2", NOW).await;
        assert!(matches!(result, Err(StoreError::NotFound)), "{result:?}");
        return_sheets(db, &head, &both, "問2の理由を書いてください。", NOW).await.unwrap();
        assert_eq!(sheet_return::Entity::find().all(db.read()).await.unwrap().len(), 2);
        let told: Vec<String> =
            outbox::Entity::find().all(db.read()).await.unwrap().into_iter().map(|row| row.to_name).collect();
        assert!(told.contains(&"平野 智子".into()) && told.contains(&"西川 拓也".into()), "{told:?}");
    }
}

#[tokio::test]
async fn the_head_sees_gaps_with_comments_and_what_fell_since_last_year_and_the_look_is_recorded() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        last_year(db, &world, world.hirano, [Value::Done, Value::NotDone]).await;
        let values = [Value::NotDone, Value::Partial];
        answered(db, &world, world.hirano, world.hirano_target, values).await;
        let head = actor(db, world.tachibana).await;
        let shown = page(db, &head, world.inspection, world.jinji, NOW).await.unwrap();
        let answers = shown.answers.unwrap();
        assert!(answers.named && answers.previous.is_some());
        let of = |no: i32| answers.questions.iter().find(|one| one.role == "職員" && one.no == no).unwrap();
        let person = &of(1).people[0];
        assert_eq!((person.name.as_str(), person.comment.as_str()), ("平野 智子", "手順を知らなかった。"));
        assert_eq!((person.before, person.turn()), (Some(Value::Done), Some(Turn::Worse)));
        assert_eq!(of(2).people[0].turn(), Some(Turn::Better));
        assert_eq!(of(1).before.map(|tally| tally.done), Some(1));
        let looks = event::Entity::find().all(db.read()).await.unwrap();
        assert_eq!(looks.iter().filter(|row| row.kind == "answers.read").count(), 1);
    }
}

#[tokio::test]
async fn where_heads_see_totals_only_there_are_no_names_no_comments_and_no_few_people() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        answered(db, &world, world.hirano, world.hirano_target, [Value::NotDone, Value::Done]).await;
        for (mode, office_named) in [("totals", true), ("anonymous", false)] {
            db.execute(&format!("UPDATE inspection SET visibility = '{mode}'")).await.unwrap();
            let head = actor(db, world.tachibana).await;
            let seen = page(db, &head, world.inspection, world.jinji, NOW).await.unwrap().answers.unwrap();
            assert!(!seen.named && seen.questions.is_empty() && seen.hidden == 2, "{mode}: {seen:?}");
            let officer = actor(db, world.shiina).await;
            let seen = page(db, &officer, world.inspection, world.jinji, NOW).await.unwrap().answers.unwrap();
            assert_eq!(seen.named, office_named, "{mode}");
        }
    }
}

/// The head's own sheet.
async fn hand_in_own(db: &Db, world: &World) {
    let row = submission::Model {
        id: Uuid::now_v7(),
        target_id: world.tachibana_target,
        at: NOW,
        by_person_id: world.tachibana,
    };
    put::<_, submission::ActiveModel>(db, row).await;
}

#[tokio::test]
async fn a_sheet_given_back_keeps_showing_its_gaps_until_they_are_mended() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let values = [Value::NotDone, Value::Partial];
        answered(db, &world, world.hirano, world.hirano_target, values).await;
        let head = actor(db, world.tachibana).await;
        return_sheet(db, &head, world.hirano_target, "問1の理由", NOW).await.unwrap();
        let seen = async |now| {
            let shown = page(db, &head, world.inspection, world.jinji, now).await.unwrap();
            let questions = shown.answers.unwrap().questions;
            let people = questions.into_iter().flat_map(|question| {
                assert_eq!(question.tally.answered(), 0, "no sum counts it");
                question.people
            });
            people.map(|person| (person.value, person.returned)).collect::<Vec<_>>()
        };
        assert_eq!(seen(NOW).await, [(Value::NotDone, true), (Value::Partial, true)]);
        // What is being mended is the person's own until it is handed in again.
        let later = NOW + time::Duration::hours(1);
        let who = actor(db, world.hirano).await;
        let draft = Draft {
            item: world.items[0],
            written: Written::choice(Value::Partial.key()),
            evidence: String::new(),
            comment: "直しています。".into(),
            planned_on: None,
            seen_version: None,
            source: Source::Web,
        };
        save_all(db, &who, world.hirano_target, vec![draft], later).await.unwrap();
        assert_eq!(seen(later).await, [(Value::Partial, true)]);
    }
}

#[tokio::test]
async fn a_deputy_named_by_the_head_confirms_as_such_until_withdrawn() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let (id, jinji) = (world.inspection, world.jinji);
        let head = actor(db, world.tachibana).await;
        let new = |person: Uuid, until| NewDeputy { department: jinji, person, from: TODAY, until };
        let until = Some(date!(2026 - 11 - 30));
        let past = Some(date!(2026 - 11 - 20));
        for (person, until, field) in [
            (world.tachibana, until, "person"),
            (world.takanashi, until, "person"),
            (world.nishikawa, None, "to"),
            (world.nishikawa, past, "to"),
        ] {
            let refusal = refused(name_deputy(db, &head, new(person, until), NOW).await);
            assert_eq!(refusal.0.as_deref(), Some(field), "{}", refusal.1);
        }
        name_deputy(db, &head, new(world.nishikawa, until), NOW).await.unwrap();
        refused(name_deputy(db, &head, new(world.nishikawa, until), NOW).await);
        let deputy = actor(db, world.nishikawa).await;
        assert!(deputy.heads(jinji));
        // Nothing of the head's own yet, so nobody has to stand in; afterwards the 代理 is proposed.
        assert!(page(db, &head, id, jinji, NOW).await.unwrap().others.is_empty());
        hand_in_own(db, &world).await;
        let others = page(db, &head, id, jinji, NOW).await.unwrap().others;
        assert_eq!(others, [("西川 拓也".to_string(), Kind::Deputy)]);
        refused(name_deputy(db, &deputy, new(world.hirano, until), NOW).await);
        answered(db, &world, world.hirano, world.hirano_target, [Value::Done; 2]).await;
        confirm(db, &deputy, id, jinji, "ほかは督促中", NOW).await.unwrap();
        let shown = page(db, &head, id, jinji, NOW).await.unwrap();
        let word = shown.confirmation.unwrap();
        assert_eq!((word.by.as_str(), word.capacity), ("西川 拓也", Some(Kind::Deputy)));
        let listed = &shown.deputies[0];
        assert_eq!(
            (listed.name.as_str(), listed.until, listed.by.as_str()),
            ("西川 拓也", until, "立花 由美子")
        );
        assert!(page(db, &deputy, id, jinji, NOW).await.unwrap().candidates.is_empty());

        refused(withdraw_deputy(db, &deputy, listed.deputation, NOW).await);
        let stranger = actor(db, world.sawamura).await;
        let result = withdraw_deputy(db, &stranger, listed.deputation, NOW).await;
        assert!(matches!(result, Err(StoreError::NotFound)), "{result:?}");
        withdraw_deputy(db, &head, listed.deputation, NOW).await.unwrap();
        refused(withdraw_deputy(db, &head, listed.deputation, NOW).await);
        let before = actor(db, world.nishikawa).await;
        assert!(!before.heads(jinji));
        let result = return_sheet(db, &before, world.hirano_target, "問2", NOW).await;
        assert!(matches!(result, Err(StoreError::Forbidden)), "{result:?}");
        assert!(page(db, &head, id, jinji, NOW).await.unwrap().deputies.is_empty());
        let posts = post::Entity::find().all(db.read()).await.unwrap();
        assert!(posts.iter().any(|row| row.kind == "deputy"), "the post stays as history");
        let kinds: Vec<String> =
            event::Entity::find().all(db.read()).await.unwrap().into_iter().map(|row| row.kind).collect();
        for kind in ["deputy.named", "deputy.withdrawn"] {
            assert!(kinds.iter().any(|one| one == kind), "{kind}");
        }
    }
}
