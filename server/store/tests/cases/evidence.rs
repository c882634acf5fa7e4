//! Files beside answers: attached, taken off, opened by those who may see the answer, gone with the answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, World, actor, places};
use domain::actor::Actor;
use domain::answer::{Value, Written};
use domain::evidence::{Kind, MOST_FILES, Unfit};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{edition_item, event, evidence_content, inspection, sheet_return, submission};
use store::evidence::{Upload, attach, file, own_file, remove};
use store::response::{Draft, Source, open, read, save_all, submit};
use store::{Db, StoreError, StoreResult};
use time::Duration;
use uuid::Uuid;

fn pdf(name: &str, content: &str) -> Upload {
    Upload { name: name.into(), found: Ok(Kind::Pdf), content: content.as_bytes().to_vec() }
}

async fn put(db: &Db, who: &Actor, world: &World, upload: Upload) -> StoreResult<()> {
    attach(db, who, world.hirano_target, world.items[0], upload, NOW).await
}

async fn ids(db: &Db, who: &Actor, world: &World) -> Vec<Uuid> {
    let sheet = open(db, who, world.hirano_target, NOW).await.unwrap();
    sheet.items().flat_map(|item| &item.files).map(|file| file.id).collect()
}

async fn events(db: &Db, world: &World, kind: &str) -> Vec<serde_json::Value> {
    let rows = event::Entity::find()
        .filter(event::Column::Stream.eq(format!("target:{}", world.hirano_target)))
        .filter(event::Column::Kind.eq(kind))
        .all(db.read())
        .await
        .unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.payload).unwrap()).collect()
}

async fn hand_in(db: &Db, who: &Actor, world: &World) {
    let draft = |item: Uuid, value: Value| Draft {
        item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: String::new(),
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    };
    let [first, second, _] = world.items;
    let drafts = vec![draft(first, Value::Done), draft(second, Value::NotApplicable)];
    let all = save_all(db, who, world.hirano_target, drafts, NOW).await.unwrap();
    assert!(all.refused.is_empty(), "{:?}", all.refused);
    submit(db, who, world.hirano_target, NOW).await.unwrap();
}

async fn give_back(db: &Db, world: &World) {
    let handed_in = submission::Entity::find().one(db.read()).await.unwrap().unwrap();
    let row = sheet_return::Model {
        id: Uuid::now_v7(),
        submission_id: handed_in.id,
        reason: "証跡を直してください。".into(),
        at: NOW,
        by_person_id: world.tachibana,
    };
    insert(db, sea_orm::IntoActiveModel::<sheet_return::ActiveModel>::into_active_model(row)).await;
}

async fn insert<A: sea_orm::ActiveModelTrait>(db: &Db, row: A) {
    let txn = db.begin().await.unwrap();
    let row = sea_orm::ActiveModelTrait::reset_all(row);
    A::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

fn text(refused: StoreResult<()>) -> String {
    match refused {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_attached_with_its_event_opened_and_taken_off() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        put(db, &hirano, &world, pdf("C:\\x\\台帳.pdf", "%PDF-1")).await.unwrap();
        put(db, &hirano, &world, pdf("写し.pdf", "%PDF-2")).await.unwrap();
        // The same content again (a repeated request) is the file that is there.
        put(db, &hirano, &world, pdf("台帳.pdf", "%PDF-1")).await.unwrap();
        let files = ids(db, &hirano, &world).await;
        assert_eq!(files.len(), 2);
        let sent = own_file(db, &hirano, files[0], NOW).await.unwrap();
        assert_eq!(
            (sent.name.as_str(), sent.kind, sent.content),
            ("台帳.pdf", Kind::Pdf, b"%PDF-1".to_vec())
        );
        remove(db, &hirano, files[0], NOW).await.unwrap();
        assert!(text(remove(db, &hirano, files[0], NOW).await).contains("既に"));
        assert!(matches!(own_file(db, &hirano, files[0], NOW).await, Err(StoreError::NotFound)));
        assert_eq!(ids(db, &hirano, &world).await, files[1..]);
        assert_eq!(
            evidence_content::Entity::find().count(db.read()).await.unwrap(),
            1,
            "its content is gone"
        );
        let [attached, removed, read] = [
            events(db, &world, "evidence.attached").await,
            events(db, &world, "evidence.removed").await,
            events(db, &world, "evidence.read").await,
        ];
        assert_eq!((attached.len(), removed.len(), read.len()), (2, 1, 1));
        assert_eq!(attached[0]["after"], removed[0]["before"]);
        assert_eq!(attached[0]["after"]["name"], "台帳.pdf");
    }
}

#[tokio::test]
async fn what_is_not_taken_is_refused_with_its_name() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        let program = Upload { found: Err(Unfit::Unknown), ..pdf("台帳.pdf", "MZ") };
        let refused = text(put(db, &hirano, &world, program).await);
        assert!(refused.contains("台帳.pdf") && refused.contains("画像、PDF"), "{refused}");
        for number in 0..MOST_FILES {
            put(db, &hirano, &world, pdf("台帳.pdf", &format!("%PDF-{number}"))).await.unwrap();
        }
        assert!(text(put(db, &hirano, &world, pdf("台帳.pdf", "%PDF-x")).await).contains("20件"));
        // A question of another sheet is not there.
        let other = attach(db, &hirano, world.hirano_target, world.items[2], pdf("a.pdf", "%"), NOW).await;
        assert!(matches!(other, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn only_those_who_may_see_the_answer_open_its_file() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        put(db, &hirano, &world, pdf("台帳.pdf", "%PDF-1")).await.unwrap();
        let id = ids(db, &hirano, &world).await[0];
        let (head, other_head, colleague) = (
            actor(db, world.tachibana).await,
            actor(db, world.sawamura).await,
            actor(db, world.nishikawa).await,
        );
        // Before it was handed in it is its owner's alone.
        assert!(matches!(file(db, &head, id, NOW).await, Err(StoreError::NotFound)));
        hand_in(db, &hirano, &world).await;
        let reading = read(db, &head, world.hirano_target, NOW).await.unwrap();
        assert_eq!(reading.sheet.items().map(|item| item.files.len()).sum::<usize>(), 1);
        assert_eq!(file(db, &head, id, NOW).await.unwrap().content, b"%PDF-1");
        assert_eq!(events(db, &world, "evidence.read").await.len(), 1);
        assert!(matches!(file(db, &other_head, id, NOW).await, Err(StoreError::NotFound)));
        assert!(matches!(file(db, &colleague, id, NOW).await, Err(StoreError::Forbidden)));
        assert!(matches!(own_file(db, &colleague, id, NOW).await, Err(StoreError::NotFound)));
        assert!(matches!(remove(db, &colleague, id, NOW).await, Err(StoreError::NotFound)));
        // Where heads see totals only, they see no files either.
        let totals = inspection::ActiveModel {
            id: sea_orm::Set(world.inspection),
            visibility: sea_orm::Set("totals".into()),
            ..Default::default()
        };
        let txn = db.begin().await.unwrap();
        inspection::Entity::update(totals).exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
        assert!(matches!(file(db, &head, id, NOW).await, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn after_handing_in_nothing_changes_and_what_was_handed_in_is_kept() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        put(db, &hirano, &world, pdf("台帳.pdf", "%PDF-1")).await.unwrap();
        let id = ids(db, &hirano, &world).await[0];
        hand_in(db, &hirano, &world).await;
        assert!(text(put(db, &hirano, &world, pdf("後.pdf", "%PDF-2")).await).contains("提出済み"));
        assert!(text(remove(db, &hirano, id, NOW).await).contains("提出済み"));
        give_back(db, &world).await;
        remove(db, &hirano, id, NOW + Duration::minutes(1)).await.unwrap();
        assert!(ids(db, &hirano, &world).await.is_empty());
        assert_eq!(
            evidence_content::Entity::find().count(db.read()).await.unwrap(),
            1,
            "it was handed in once"
        );
    }
}

#[tokio::test]
async fn a_file_or_a_text_is_the_evidence_a_question_asks_for() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let hirano = actor(db, world.hirano).await;
        let asking = edition_item::ActiveModel {
            id: sea_orm::Set(world.items[0]),
            setting: sea_orm::Set(
                serde_json::to_string(&domain::question::setting::Setting {
                    evidence: true,
                    ..Default::default()
                })
                .unwrap(),
            ),
            ..Default::default()
        };
        let txn = db.begin().await.unwrap();
        edition_item::Entity::update(asking).exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
        put(db, &hirano, &world, pdf("台帳.pdf", "%PDF-1")).await.unwrap();
        let id = ids(db, &hirano, &world).await[0];
        hand_in(db, &hirano, &world).await;
        give_back(db, &world).await;
        remove(db, &hirano, id, NOW).await.unwrap();
        let refused = submit(db, &hirano, world.hirano_target, NOW).await;
        assert!(text(refused.map(drop)).contains("問1の証跡"));
    }
}
