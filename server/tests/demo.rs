//! The demo city is complete, consistent and loads on both databases.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use sea_orm::{EntityTrait, PaginatorTrait};
use server::demo::{self, PASSWORD};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use store::Db;
use store::entity::*;
use store::session::Origin;
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// 2026-11-24 10:00 in Japan.
const NOW: OffsetDateTime = datetime!(2026-11-24 01:00 UTC);

struct Place {
    db: Db,
    _folder: Option<tempfile::TempDir>,
}

async fn places() -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::sqlite(&folder.path().join("demo.db")).await.unwrap();
    let mut places = vec![Place { db, _folder: Some(folder) }];
    if let Ok(server) = std::env::var("MINAOSHI_TEST_POSTGRES") {
        let name = format!("t{}", Uuid::now_v7().simple());
        let main = Db::server(&format!("{server}/postgres")).await.unwrap();
        main.execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        places.push(Place { db: Db::server(&format!("{server}/{name}")).await.unwrap(), _folder: None });
    }
    for place in &places {
        place.db.migrate().await.unwrap();
    }
    places
}

async fn all<E: EntityTrait>(db: &Db) -> Vec<E::Model> {
    E::find().all(db.read()).await.unwrap()
}

#[tokio::test]
async fn the_demo_city_loads_once_and_everything_in_it_holds() {
    for place in places().await {
        let db = &place.db;
        let begun = Instant::now();
        let loaded = demo::load(db, NOW).await.unwrap();
        println!("{loaded:?} in {:?}", begun.elapsed());
        let proof = store::ledger::verify::verify(db).await.unwrap();
        assert_eq!(proof.broken, None);
        assert!(proof.events > 3_500 && proof.seals == 1, "{proof:?}");
        tallies_equal_the_answers(db).await;
        the_people_are_a_city(db).await;
        both_inspections_look_alive(db).await;
        the_stories_are_told(db).await;
        nothing_lies_in_the_future(db).await;
        the_next_revision_waits_to_be_settled(db).await;
        named_people_sign_in(db, &loaded).await;
        let people = person::Entity::find().count(db.read()).await.unwrap();
        let again = demo::load(db, NOW).await.unwrap_err();
        assert!(again.to_string().contains("既にデータがあるため"), "{again}");
        assert_eq!(person::Entity::find().count(db.read()).await.unwrap(), people);
    }
}

async fn the_next_revision_waits_to_be_settled(db: &Db) {
    let again: BTreeSet<Uuid> =
        all::<reconsideration::Entity>(db).await.into_iter().map(|row| row.question_id).collect();
    assert!((3..=6).contains(&again.len()), "{}", again.len());
    let [first, next] = all::<revision::Entity>(db).await.try_into().unwrap();
    let open = |revision: Uuid| async move {
        all::<proposal::Entity>(db).await.iter().filter(|row| row.revision_id == revision).count()
    };
    assert!(open(next.id).await > open(first.id).await, "one duty is new");
}

#[tokio::test]
async fn it_loads_on_any_day_of_the_year() {
    for now in [datetime!(2026-04-01 00:00 UTC), datetime!(2027-08-15 05:00 UTC)] {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::sqlite(&folder.path().join("demo.db")).await.unwrap();
        db.migrate().await.unwrap();
        demo::load(&db, now).await.unwrap();
        let late = all::<submission::Entity>(&db).await.iter().filter(|row| row.at > now).count();
        assert_eq!(late, 0, "{now}");
        let plans = all::<verification::Entity>(&db).await.iter().filter(|row| row.at > now).count();
        assert_eq!(plans, 0, "{now}");
        tallies_equal_the_answers(&db).await;
    }
}

#[tokio::test]
async fn two_demo_cities_are_alike() {
    let mut cities = Vec::new();
    for _ in 0..2 {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::sqlite(&folder.path().join("demo.db")).await.unwrap();
        db.migrate().await.unwrap();
        demo::load(&db, NOW).await.unwrap();
        let mut people: Vec<_> =
            all::<person::Entity>(&db).await.into_iter().map(|row| (row.staff_no, row.name)).collect();
        people.sort();
        let mut counts = [0; 4];
        for row in all::<tally::Entity>(&db).await {
            for (sum, more) in counts.iter_mut().zip([row.done, row.partial, row.not_done, row.na]) {
                *sum += more;
            }
        }
        cities.push((people, counts));
    }
    assert_eq!(cities[0], cities[1]);
}

async fn tallies_equal_the_answers(db: &Db) {
    let returned: BTreeSet<Uuid> =
        all::<sheet_return::Entity>(db).await.into_iter().map(|row| row.submission_id).collect();
    let submitted: BTreeSet<Uuid> = all::<submission::Entity>(db)
        .await
        .into_iter()
        .filter(|row| !returned.contains(&row.id))
        .map(|row| row.target_id)
        .collect();
    let targets: BTreeMap<Uuid, target::Model> =
        all::<target::Entity>(db).await.into_iter().map(|row| (row.id, row)).collect();
    let mut counted: BTreeMap<(Uuid, Uuid, Uuid), [i32; 4]> = BTreeMap::new();
    for answer in all::<answer::Entity>(db).await {
        let Some(target) = targets.get(&answer.target_id).filter(|row| submitted.contains(&row.id)) else {
            continue;
        };
        let at =
            ["done", "partial", "not_done", "na"].iter().position(|key| answer.value.as_deref() == Some(key));
        counted.entry((target.inspection_id, target.department_id, answer.item_id)).or_default()
            [at.unwrap()] += 1;
    }
    let kept: BTreeMap<(Uuid, Uuid, Uuid), [i32; 4]> = all::<tally::Entity>(db)
        .await
        .into_iter()
        .map(|row| {
            let counts = [row.done, row.partial, row.not_done, row.na];
            ((row.inspection_id, row.department_id, row.item_id), counts)
        })
        .collect();
    assert_eq!(kept, counted);
}

async fn the_people_are_a_city(db: &Db) {
    let departments = all::<department::Entity>(db).await;
    let now = departments.iter().filter(|row| row.valid_to.is_none()).count();
    assert_eq!(now, 62 + 12, "62 departments, 12 divisions of their own row");
    assert_eq!(departments.len(), now + 2, "two rooms that became a centre");
    assert_eq!(all::<department_succession::Entity>(db).await.len(), 2);
    let people = all::<person::Entity>(db).await;
    assert!(people.len() > 1_150 && people.len() < 1_300, "{}", people.len());
    assert!(people.iter().all(|row| row.staff_no.len() == 6 && !row.kana.is_empty()));
    let posts = all::<post::Entity>(db).await;
    let heads = posts.iter().filter(|row| row.role == "manager" && row.valid_to.is_none());
    let headed: BTreeSet<Uuid> = heads.clone().map(|row| row.department_id).collect();
    assert_eq!((heads.clone().count(), headed.len()), (63, 62), "one office has an acting head besides");
    assert_eq!(heads.filter(|row| row.kind == "acting").count(), 1);
    assert_eq!(posts.iter().filter(|row| row.kind == "additional").count(), 1);
    assert_eq!(all::<absence::Entity>(db).await.len(), 1);
    let ending = all::<role_grant::Entity>(db).await.iter().filter(|row| row.ends_on.is_some()).count();
    assert_eq!(ending, 1, "the auditor from outside");
    let department = |id: Uuid| departments.iter().find(|row| row.id == id).unwrap();
    let inside = |row: &&post::Model| {
        let (from, to) = (department(row.department_id).valid_from, department(row.department_id).valid_to);
        row.valid_from >= from && to.is_none_or(|to| row.valid_to.is_some_and(|end| end <= to))
    };
    assert_eq!(posts.iter().filter(inside).count(), posts.len(), "no post outlives its department");
    assert!(posts.iter().filter(|row| row.valid_to.is_some()).count() > 50, "people moved");
}

async fn both_inspections_look_alive(db: &Db) {
    let closed: BTreeSet<Uuid> =
        all::<closing::Entity>(db).await.into_iter().map(|row| row.inspection_id).collect();
    let targets = all::<target::Entity>(db).await;
    let submissions = all::<submission::Entity>(db).await;
    let confirmations = all::<confirmation::Entity>(db).await;
    for inspection in all::<inspection::Entity>(db).await {
        let ids: BTreeSet<Uuid> =
            targets.iter().filter(|row| row.inspection_id == inspection.id).map(|row| row.id).collect();
        let handed_in = submissions.iter().filter(|row| ids.contains(&row.target_id)).count();
        let confirmed = confirmations.iter().filter(|row| row.inspection_id == inspection.id).count();
        let share = handed_in as f64 / ids.len() as f64;
        println!("{}: {handed_in}/{} submitted, {confirmed} confirmed", inspection.name, ids.len());
        if closed.contains(&inspection.id) {
            assert!((0.95..1.0).contains(&share) && confirmed == 62);
        } else {
            assert!((0.4..0.65).contains(&share) && (5..20).contains(&confirmed));
        }
    }
    let items: BTreeMap<Uuid, i32> =
        all::<edition_item::Entity>(db).await.into_iter().map(|row| (row.id, row.topic)).collect();
    let mut sums: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
    for row in all::<tally::Entity>(db).await {
        let sum = sums.entry(items[&row.item_id]).or_default();
        *sum = (sum.0 + row.done, sum.1 + row.done + row.partial + row.not_done);
    }
    for (topic, (done, obliged)) in &sums {
        println!("topic {topic}: {:.1} %", f64::from(*done) * 100.0 / f64::from(*obliged));
    }
}

async fn the_stories_are_told(db: &Db) {
    assert_eq!(all::<audit::Entity>(db).await.len(), 7);
    assert_eq!(all::<finding::Entity>(db).await.len(), 5);
    assert_eq!(all::<audit_report::Entity>(db).await.len(), 5);
    assert_eq!(all::<improvement::Entity>(db).await.len(), 11);
    assert_eq!(all::<amendment::Entity>(db).await.len(), 2);
    assert_eq!(all::<decision::Entity>(db).await.len(), 1);
    assert_eq!(all::<reminder::Entity>(db).await.len(), 1);
    let answers = all::<answer::Entity>(db).await;
    let improvements = all::<improvement::Entity>(db).await;
    for row in improvements.iter().filter(|row| row.source == "self") {
        let told =
            answers.iter().find(|a| Some(a.target_id) == row.target_id && Some(a.item_id) == row.item_id);
        assert!(["partial", "not_done"].contains(&told.unwrap().value.as_deref().unwrap()), "{}", row.title);
    }
    let verified = all::<verification::Entity>(db).await;
    let completed: BTreeMap<Uuid, completion::Model> =
        all::<completion::Entity>(db).await.into_iter().map(|row| (row.id, row)).collect();
    for row in verified {
        let completion = &completed[&row.completion_id];
        assert!(completion.at < row.at && completion.by_person_id != row.by_person_id);
    }
    for row in all::<amendment::Entity>(db).await {
        let source = include_str!("../demo/stories.tsv");
        assert!(source.contains(&row.old_text), "the story quotes the clause: {}", row.old_text);
    }
}

async fn nothing_lies_in_the_future(db: &Db) {
    let events = all::<event::Entity>(db).await;
    assert!(events.iter().all(|row| row.at_micros <= store::ledger::micros(NOW)));
    assert!(all::<plan::Entity>(db).await.iter().all(|row| row.at <= NOW));
    assert!(all::<answer::Entity>(db).await.iter().all(|row| row.at <= NOW));
}

async fn named_people_sign_in(db: &Db, loaded: &demo::Loaded) {
    assert_eq!(loaded.sign_ins.len(), 8);
    assert_eq!(all::<credential::Entity>(db).await.len(), 16);
    for person in &loaded.sign_ins {
        let token = store::session::sign_in::sign_in(db, &person.login, PASSWORD, &Origin::default(), NOW)
            .await
            .unwrap();
        let signed_in = store::session::find(db, &token, NOW).await.unwrap().unwrap();
        let roles: Vec<&str> = signed_in.actor.roles().into_iter().map(|role| role.label()).collect();
        assert!(roles.contains(&person.role), "{} is {roles:?}", person.name);
    }
}
