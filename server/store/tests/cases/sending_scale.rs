//! Ten thousand people: the sheets of a start follow in portions within seconds, and so do the notices; a stop between
//! two portions gives nobody two sheets and addresses nobody twice.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, Statements, World, actor, places};
use domain::actor::Actor;
use domain::calendar::office::Hours;
use domain::inspection::notice::{Kind, Rule};
use domain::inspection::{Start, Visibility};
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use store::Db;
use store::entity::{event, notice_sent, outbox, person, post, target};
use store::error::StoreError;
use store::inspection::hand_out::{hand_out_left, progress};
use store::inspection::transfer::add_department;
use store::inspection::{close, start};
use store::notice::{NewRule, Settled, send_due, send_due_unless, set};
use store::reminder::remind;
use time::macros::{date, datetime};
use uuid::Uuid;

/// Tuesday, 24 November 2026, 10:00 in Japan.
const TUESDAY: time::OffsetDateTime = datetime!(2026-11-24 01:00 UTC);
const PEOPLE: usize = 10_000;

/// People of 人事課 and 市民課 beside those of the small city.
async fn many(db: &Db, world: &World) {
    let mut people = Vec::new();
    let mut posts = Vec::new();
    for number in 0..PEOPLE {
        let id = Uuid::now_v7();
        people.push(person::ActiveModel {
            id: Set(id),
            staff_no: Set(format!("7{number:05}")),
            name: Set(format!("職員 {number}")),
            kana: Set("しょくいん".into()),
            employment: Set("正規".into()),
            email: Set(Some(format!("s{number}@nagihara.example"))),
            since: Set(NOW),
        });
        posts.push(post::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(id),
            department_id: Set(if number % 2 == 0 { world.jinji } else { world.shimin }),
            role: Set("staff".into()),
            title: Set("主事".into()),
            system: Set(None),
            kind: Set("main".into()),
            valid_from: Set(date!(2020 - 04 - 01)),
            valid_to: Set(None),
        });
    }
    let txn = db.begin().await.unwrap();
    for (people, posts) in people.chunks(500).zip(posts.chunks(500)) {
        person::Entity::insert_many(people.to_vec()).exec_without_returning(&txn).await.unwrap();
        post::Entity::insert_many(posts.to_vec()).exec_without_returning(&txn).await.unwrap();
    }
    txn.commit().await.unwrap();
}

async fn owed_now(db: &Db, id: Uuid) -> Vec<target::Model> {
    target::Entity::find().filter(target::Column::InspectionId.eq(id)).all(db.read()).await.unwrap()
}

/// The server dies again and again while it hands out, and two of them do it at once.
async fn hand_out_with_stops(db: &Db, officer: &Actor, id: Uuid, department: Uuid) {
    let first = owed_now(db, id).await.len();
    assert!(first < PEOPLE, "the start leaves most to the job");
    let far = progress(db, officer, id).await.unwrap().unwrap();
    assert_eq!((far.done, far.all), (first as u64, PEOPLE as u64 + 7));
    assert_eq!(
        send_due(db, Hours::Always, TUESDAY).await.unwrap(),
        0,
        "nobody is told before all have their sheets"
    );
    let early = add_department(db, officer, id, department, "漏れ", NOW).await;
    assert!(matches!(early, Err(StoreError::Refused(_))), "{early:?}");
    let early = remind(db, officer, id, None, TUESDAY).await;
    assert!(matches!(early, Err(StoreError::Refused(_))), "{early:?}");
    let early = close(db, officer, id, NOW).await;
    assert!(matches!(early, Err(StoreError::Refused(_))), "{early:?}");
    let mut stops = 0;
    for pause in [1, 20, 60, 90, 130] {
        let job = tokio::time::timeout(Duration::from_millis(pause), hand_out_left(db, NOW));
        stops += usize::from(job.await.is_err());
    }
    assert!(stops > 0, "no stop came in time");
    let (one, other) = tokio::join!(hand_out_left(db, NOW), hand_out_left(db, NOW));
    assert!(one.is_ok() && other.is_ok());
    let targets = owed_now(db, id).await;
    let people: BTreeSet<(Uuid, String)> =
        targets.iter().map(|row| (row.person_id, row.role.clone())).collect();
    assert_eq!((targets.len(), people.len()), (PEOPLE + 7, PEOPLE + 7), "after {stops} stops");
    assert_eq!(progress(db, officer, id).await.unwrap(), None);
    let ends = event::Entity::find().filter(event::Column::Kind.eq("inspection.handed_out"));
    assert_eq!(ends.count(db.read()).await.unwrap(), 1);
}

#[tokio::test]
async fn ten_thousand_start_in_seconds_and_each_is_addressed_once() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        many(db, &world).await;
        let officer = actor(db, world.shiina).await;
        let new = Start {
            about: domain::inspection::About::default(),
            fiscal_year: 2026,
            name: "全職員の点検".into(),
            base_on: date!(2026 - 11 - 01),
            opens_on: date!(2026 - 11 - 24),
            due_on: date!(2026 - 12 - 18),
            visibility: Visibility::Named,
            contact: "情報政策課".into(),
            editions: vec![(Role::Staff, world.staff_edition)],
            levels: Vec::new(),
        };
        let begun = Instant::now();
        let id = start(db, &officer, new, NOW).await.unwrap();
        let start_took = begun.elapsed();
        hand_out_with_stops(db, &officer, id, world.kaikei).await;
        let handed_out = begun.elapsed();

        // The server dies in the middle: the job is dropped after some portions.
        let (hours, now) = (Hours::default(), datetime!(2026-11-24 01:00 UTC));
        let begun = Instant::now();
        let killed =
            tokio::time::timeout(start_took.max(Duration::from_millis(900)), send_due(db, hours, now));
        let whole = killed.await.is_ok();
        let before = notice_sent::Entity::find().count(db.read()).await.unwrap();
        send_due(db, hours, now).await.unwrap();
        let notices_took = begun.elapsed();
        let sent = notice_sent::Entity::find().all(db.read()).await.unwrap();
        let of_start: Vec<_> =
            sent.iter().filter(|row| row.kind == Kind::Start.key() && row.inspection_id == id).collect();
        let people: BTreeSet<Uuid> = of_start.iter().map(|row| row.person_id).collect();
        assert_eq!((of_start.len(), people.len()), (PEOPLE + 7, PEOPLE + 7));
        let written = outbox::Entity::find().count(db.read()).await.unwrap();
        assert_eq!(usize::try_from(written).unwrap(), sent.len(), "a message for each row and no other");
        println!(
            "{PEOPLE} people: start {start_took:?}, handed out {handed_out:?}, notices {notices_took:?} (stopped after {before}, whole: {whole})"
        );
    }
}

#[tokio::test]
async fn where_nobody_is_left_to_tell_the_job_reads_no_sheets_until_something_changes() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let rule = Rule::usual(Kind::Start);
        let new = NewRule {
            inspection: world.inspection,
            kind: Kind::Start,
            active: true,
            days: String::new(),
            subject: rule.subject,
            body: rule.body,
        };
        set(&place.db, &officer, new, NOW - time::Duration::DAY).await.unwrap();
        let statements = Statements::of(place.db.read_mut());
        let db = &place.db;
        let mut settled = Settled::default();
        let mut round = async |now| {
            statements.taken();
            let sent = send_due_unless(db, &mut settled, Hours::Always, now).await.unwrap();
            (sent, statements.taken())
        };
        let (sent, whole) = round(TUESDAY).await;
        assert_eq!(sent, 4);
        assert_eq!(round(TUESDAY).await.0, 0);
        let (sent, quiet) = round(TUESDAY).await;
        assert_eq!(sent, 0);
        assert!(quiet + 4 < whole, "{quiet} statements instead of {whole}");
        add_department(db, &officer, world.inspection, world.kaikei, "漏れ", NOW).await.unwrap();
        assert!(round(TUESDAY).await.0 > 0, "who came later is told");
    }
}
