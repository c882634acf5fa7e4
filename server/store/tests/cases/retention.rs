//! Records are disposed of when their day has come, by two people, and neither figures nor chain lose anything.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, Place, World, actor, places};
use crate::results_common::grant;
use domain::actor::Actor;
use domain::answer::{Value, Written};
use domain::retention::{Class, Kind, Subject};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{answer, event, outbox, payload_disposal, roster_import};
use store::ledger::verify::verify;
use store::response::{Draft, Source, save, submit};
use store::results::answers::Behind;
use store::results::{Filter, Results, answers, results};
use store::retention::disposal::{Decision, approve, list, reject, show};
use store::retention::hold::{self, Named};
use store::retention::{overview, records, set_class};
use store::{Db, StoreError};
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// The last moment before the day of three years after fiscal 2026, in Japan, and that day.
const BEFORE: OffsetDateTime = datetime!(2030-03-31 14:59 UTC);
const DAY: OffsetDateTime = datetime!(2030-03-31 15:00 UTC);

struct Scene {
    place: Place,
    world: World,
    shiina: Actor,
    /// The CISO: the second person.
    ciso: Actor,
}

/// 平野, 西川 and 髙梨 answer (the text is looked for later) and hand in; the inspection is closed.
async fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for place in places().await {
        let world = World::build(&place.db).await;
        for (person, target) in [
            (world.hirano, world.hirano_target),
            (world.nishikawa, world.nishikawa_target),
            (world.takanashi, world.takanashi_target),
        ] {
            answer_sheet(&place.db, &world, person, target).await;
        }
        grant(&place.db, world.sawamura, "ciso").await;
        let shiina = actor(&place.db, world.shiina).await;
        let ciso = actor(&place.db, world.sawamura).await;
        store::inspection::close(&place.db, &shiina, world.inspection, NOW).await.unwrap();
        scenes.push(Scene { place, world, shiina, ciso });
    }
    scenes
}

async fn answer_sheet(db: &Db, world: &World, person: Uuid, target: Uuid) {
    let person = actor(db, person).await;
    for (item, value) in [(world.items[0], Value::NotDone), (world.items[1], Value::Done)] {
        let draft = Draft {
            item,
            written: Written::choice(value.key()),
            evidence: "鍵の管理簿".into(),
            comment: "秘密の事情".into(),
            planned_on: None,
            seen_version: Some(0),
            source: Source::Web,
        };
        save(db, &person, None, target, draft, NOW).await.unwrap();
    }
    submit(db, &person, target, NOW).await.unwrap();
}

impl Scene {
    fn db(&self) -> &Db {
        &self.place.db
    }

    async fn figures(&self) -> Results {
        results(self.db(), &self.shiina, self.world.inspection, Filter::default()).await.unwrap()
    }

    async fn answers_of(&self, target: Uuid) -> u64 {
        let own = answer::Entity::find().filter(answer::Column::TargetId.eq(target));
        own.count(self.db().read()).await.unwrap()
    }

    /// Events that still tell what somebody answered.
    async fn telling(&self) -> u64 {
        let telling = event::Entity::find().filter(event::Column::Payload.contains("秘密の事情"));
        telling.count(self.db().read()).await.unwrap()
    }

    async fn broken(&self) -> Option<String> {
        verify(self.db()).await.unwrap().broken
    }

    async fn dispose(&self) -> Uuid {
        let id = list(self.db(), &self.shiina, DAY).await.unwrap();
        approve(self.db(), &self.ciso, id, DAY).await.unwrap();
        id
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("{other:?} is no refusal"),
    }
}

#[tokio::test]
async fn figures_and_chain_are_the_same_after_the_answers_are_gone() {
    for scene in scenes().await {
        let before = scene.figures().await;
        store::ledger::seal(scene.db(), NOW).await.unwrap();
        assert_eq!((scene.telling().await, scene.broken().await), (6, None));
        scene.dispose().await;
        assert_eq!(scene.answers_of(scene.world.hirano_target).await, 0);
        assert_eq!(scene.telling().await, 0, "the ledger keeps nothing of what was answered");
        assert_eq!(scene.figures().await, before);
        assert_eq!(scene.broken().await, None);
        assert_eq!(store::tally::verify(scene.db()).await.unwrap().first, None);
        let behind = Behind { page: 1, ..Behind::default() };
        let shown = answers(scene.db(), &scene.shiina, scene.world.inspection, behind, DAY).await.unwrap();
        let gone = shown.gone.unwrap();
        assert_eq!((shown.total, gone.sheets, gone.at), (0, 3, DAY));
        assert_eq!(shown.counts.tally.not_done, 3, "the counts stay");
        let read = store::response::read(scene.db(), &scene.shiina, scene.world.hirano_target, DAY);
        assert_eq!(read.await.unwrap().gone, Some(DAY));
    }
}

#[tokio::test]
async fn nothing_is_listed_a_minute_before_its_day_and_a_running_inspection_never() {
    for scene in scenes().await {
        let text = refused(list(scene.db(), &scene.shiina, BEFORE).await);
        assert!(text.contains("期日"), "{text}");
        let lines = overview(scene.db(), &scene.shiina, BEFORE).await.unwrap();
        let answers = lines.iter().find(|line| line.kind == Kind::Answers).unwrap();
        assert_eq!((answers.records, answers.due), (3, 0));
        assert_eq!(answers.next, Some(time::macros::date!(2030 - 04 - 01)));
        let due = |lines: Vec<store::retention::Line>| lines.iter().map(|line| line.due).sum::<usize>();
        assert_eq!(due(overview(scene.db(), &scene.shiina, DAY).await.unwrap()), 3);
        scene.place.db.execute("DELETE FROM closing").await.unwrap();
        assert!(list(scene.db(), &scene.shiina, DAY).await.is_err(), "what runs is not finished");
    }
}

#[tokio::test]
async fn a_second_person_decides_and_only_once() {
    for scene in scenes().await {
        let id = list(scene.db(), &scene.shiina, DAY).await.unwrap();
        let text = refused(list(scene.db(), &scene.shiina, DAY).await);
        assert!(text.contains("承認を待っている"), "{text}");
        let text = refused(approve(scene.db(), &scene.shiina, id, DAY).await);
        assert!(text.contains("作成した者"), "{text}");
        assert!(!show(scene.db(), &scene.shiina, id).await.unwrap().may_decide);
        let hirano = actor(scene.db(), scene.world.hirano).await;
        assert!(matches!(approve(scene.db(), &hirano, id, DAY).await, Err(StoreError::Forbidden)));
        assert_eq!(scene.telling().await, 6, "nothing was removed so far");
        approve(scene.db(), &scene.ciso, id, DAY).await.unwrap();
        refused(approve(scene.db(), &scene.ciso, id, DAY).await);
        refused(reject(scene.db(), &scene.ciso, id, "遅い", DAY).await);
        let unknown = approve(scene.db(), &scene.ciso, Uuid::now_v7(), DAY).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let shown = show(scene.db(), &scene.ciso, id).await.unwrap();
        assert!(matches!(shown.line.decision, Decision::Approved { .. }));
        // 人事課 with two sheets, 市民課 with one; no name of a person.
        assert_eq!(shown.listed.iter().map(|group| group.number).collect::<Vec<_>>(), [2, 1]);
        assert!(shown.listed.iter().all(|group| !group.label.contains("平野")));
    }
}

#[tokio::test]
async fn a_rejected_list_removes_nothing_and_another_can_be_made() {
    for scene in scenes().await {
        let id = list(scene.db(), &scene.shiina, DAY).await.unwrap();
        assert!(refused(reject(scene.db(), &scene.ciso, id, " ", DAY).await).contains("理由"));
        reject(scene.db(), &scene.ciso, id, "監査で使うため", DAY).await.unwrap();
        refused(approve(scene.db(), &scene.ciso, id, DAY).await);
        assert_eq!(scene.telling().await, 6);
        scene.dispose().await;
        assert_eq!(scene.telling().await, 0);
    }
}

#[tokio::test]
async fn what_is_held_stays_until_the_hold_is_lifted() {
    for scene in scenes().await {
        let before = scene.figures().await;
        let named = Named::StaffNo("000102".into());
        let held = hold::place(scene.db(), &scene.shiina, named.clone(), "開示請求", NOW).await.unwrap();
        refused(hold::place(scene.db(), &scene.shiina, named, "二度目", NOW).await);
        let id = scene.dispose().await;
        let shown = show(scene.db(), &scene.shiina, id).await.unwrap();
        assert_eq!(shown.held.len(), 1);
        assert_eq!(shown.held[0].held.as_deref(), Some("職員：平野 智子（開示請求）"));
        assert_eq!(scene.answers_of(scene.world.hirano_target).await, 2);
        assert_eq!(scene.answers_of(scene.world.nishikawa_target).await, 0);
        assert_eq!((scene.telling().await, scene.broken().await), (2, None));
        refused(list(scene.db(), &scene.shiina, DAY).await);
        hold::release(scene.db(), &scene.shiina, held, "開示を終えた", DAY).await.unwrap();
        refused(hold::release(scene.db(), &scene.shiina, held, "二度目", DAY).await);
        scene.dispose().await;
        assert_eq!((scene.telling().await, scene.broken().await), (0, None));
        assert_eq!(scene.figures().await, before);
    }
}

#[tokio::test]
async fn a_hold_or_a_longer_class_after_the_list_was_made_stops_its_approval() {
    for scene in scenes().await {
        let id = list(scene.db(), &scene.shiina, DAY).await.unwrap();
        let inspection = Named::Thing(Subject::Inspection(scene.world.inspection));
        let held = hold::place(scene.db(), &scene.shiina, inspection, "訴訟", DAY).await.unwrap();
        assert!(refused(approve(scene.db(), &scene.ciso, id, DAY).await).contains("作り直し"));
        hold::release(scene.db(), &scene.shiina, held, "和解", DAY).await.unwrap();
        set_class(scene.db(), &scene.shiina, Kind::Answers, Class::Five, DAY).await.unwrap();
        assert!(refused(approve(scene.db(), &scene.ciso, id, DAY).await).contains("作り直し"));
        refused(set_class(scene.db(), &scene.shiina, Kind::Answers, Class::Five, DAY).await);
        assert_eq!(scene.telling().await, 6);
        set_class(scene.db(), &scene.shiina, Kind::Answers, Class::Three, DAY).await.unwrap();
        approve(scene.db(), &scene.ciso, id, DAY).await.unwrap();
        assert_eq!(scene.telling().await, 0);
    }
}

#[tokio::test]
async fn a_hold_on_a_department_keeps_its_sheets_and_forever_keeps_everything() {
    for scene in scenes().await {
        let shimin = Named::Thing(Subject::Department(scene.world.shimin));
        hold::place(scene.db(), &scene.shiina, shimin, "事故の調査", NOW).await.unwrap();
        scene.dispose().await;
        assert_eq!(scene.answers_of(scene.world.takanashi_target).await, 2);
        assert_eq!(scene.answers_of(scene.world.hirano_target).await, 0);
        let kept = records(scene.db(), &scene.shiina, Kind::Answers, DAY).await.unwrap();
        assert_eq!(kept.groups[0].held.as_deref(), Some("所属：市民課（事故の調査）"));
        set_class(scene.db(), &scene.shiina, Kind::Answers, Class::Forever, DAY).await.unwrap();
        let kept = records(scene.db(), &scene.shiina, Kind::Answers, DAY).await.unwrap();
        assert_eq!((kept.groups.len(), kept.groups[0].due_on), (1, None));
    }
}

#[tokio::test]
async fn messages_and_rosters_lose_their_content_and_keep_their_name_and_day() {
    for scene in scenes().await {
        let person = store::entity::person::Entity::find_by_id(scene.world.hirano)
            .one(scene.db().read())
            .await
            .unwrap()
            .unwrap();
        let message = |email: Option<&str>| store::outbox::Message {
            kind: "reminder",
            person: store::entity::person::Model { email: email.map(Into::into), ..person.clone() },
            subject: "督促".into(),
            body: "秘密の事情".into(),
        };
        let txn = scene.db().begin().await.unwrap();
        // The first waits to be sent, the second never can be.
        store::outbox::put(&txn, NOW, vec![message(Some("a@b.example")), message(None)]).await.unwrap();
        txn.commit().await.unwrap();
        let upload = store::roster::Upload {
            file_name: "名簿.xlsx".into(),
            roster: domain::roster::Roster {
                rows: vec![
                    serde_json::from_value(serde_json::json!({
                        "row": 2, "division": "総務部", "department": "人事課", "staff_no": "000102",
                        "name": "平野 智子", "title": "主事", "head": false, "concurrent": false,
                    }))
                    .unwrap(),
                ],
                problems: Vec::new(),
            },
            content: Some(vec![1, 2, 3]),
            ..Default::default()
        };
        let import = store::roster::import(scene.db(), &scene.shiina, upload, NOW).await.unwrap();
        scene.dispose().await;
        let bodies: Vec<String> = outbox::Entity::find()
            .all(scene.db().read())
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.body)
            .collect();
        assert!(bodies.contains(&"秘密の事情".to_string()), "what waits to be sent stays");
        assert!(bodies.contains(&String::new()));
        let row = roster_import::Entity::find_by_id(import).one(scene.db().read()).await.unwrap().unwrap();
        assert!(row.content.is_none() && !row.roster.contains("平野") && row.file_name == "名簿.xlsx");
        let today = crate::common::TODAY;
        refused(store::roster::preview(scene.db(), &scene.shiina, import, false, today).await);
        refused(list(scene.db(), &scene.shiina, DAY).await);
        assert_eq!(scene.broken().await, None);
    }
}

#[tokio::test]
async fn a_payload_removed_in_any_other_way_is_named() {
    let first = "hash = (SELECT MIN(hash) FROM event WHERE kind = 'answer.saved')";
    for scene in scenes().await {
        let empty = format!("UPDATE event SET payload = '' WHERE {first}");
        scene.db().execute(&empty).await.unwrap();
        let broken = scene.broken().await.unwrap();
        assert!(broken.contains("answer.saved") && broken.contains("承認された廃棄によらず"), "{broken}");
        invent(&scene, Uuid::now_v7()).await;
        let broken = scene.broken().await.unwrap();
        assert!(broken.contains("承認された廃棄によらず"), "no such disposal: {broken}");
    }
}

/// A row for every emptied event that has none.
async fn invent(scene: &Scene, disposal: Uuid) {
    let known: Vec<Uuid> = payload_disposal::Entity::find()
        .all(scene.db().read())
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.event_id)
        .collect();
    let empty = event::Entity::find()
        .filter(event::Column::Payload.eq(""))
        .filter(event::Column::Id.is_not_in(known))
        .all(scene.db().read())
        .await
        .unwrap();
    let txn = scene.db().begin().await.unwrap();
    for row in empty {
        let row = payload_disposal::ActiveModel {
            id: sea_orm::Set(Uuid::now_v7()),
            event_id: sea_orm::Set(row.id),
            disposal_id: sea_orm::Set(disposal),
        };
        payload_disposal::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn a_genuine_disposal_covers_no_payload_that_it_did_not_remove_itself() {
    for scene in scenes().await {
        let id = scene.dispose().await;
        scene.db().execute("UPDATE event SET payload = '' WHERE kind = 'inspection.closed'").await.unwrap();
        invent(&scene, id).await;
        let broken = scene.broken().await.unwrap();
        assert!(broken.contains("範囲と違う"), "{broken}");
    }
    for scene in scenes().await {
        let rejected = list(scene.db(), &scene.shiina, DAY).await.unwrap();
        reject(scene.db(), &scene.ciso, rejected, "不要", DAY).await.unwrap();
        scene.db().execute("UPDATE event SET payload = '' WHERE kind = 'inspection.closed'").await.unwrap();
        invent(&scene, rejected).await;
        let broken = scene.broken().await.unwrap();
        assert!(broken.contains("承認された廃棄によらず"), "a rejected list covers nothing: {broken}");
    }
    for scene in scenes().await {
        scene.dispose().await;
        scene.db().execute("DELETE FROM payload_disposal").await.unwrap();
        assert!(scene.broken().await.unwrap().contains("answer.saved"));
    }
}
