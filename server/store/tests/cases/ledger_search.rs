//! The ledger is read by those entitled, found by person, department and period, and does not leak what is kept elsewhere.

#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use crate::common::{NOW, Place as TestPlace, TODAY, World, actor, places};
use domain::actor::Actor;
use domain::roster::choice::Choice;
use domain::roster::{Roster, RosterRow};
use serde_json::json;
use store::ledger::look::look;
use store::ledger::sealing::{Checked, check};
use store::ledger::search::{PAGE, Search, begin_export, search};
use store::ledger::{NewEvent, append, record, seal};
use store::roster::{Application, Upload, apply, import};
use store::{Db, StoreError};
use time::Duration;

async fn note(db: &Db, by: &Actor, event: NewEvent) {
    let txn = db.begin().await.unwrap();
    record(&txn, by, NOW, event).await.unwrap();
    txn.commit().await.unwrap();
}

async fn kinds(db: &Db, reader: &Actor, asked: Search) -> Vec<String> {
    let found = search(db, reader, &asked, None, PAGE).await.unwrap();
    found.entries.into_iter().map(|entry| entry.kind).collect()
}

/// 椎名 granted something to 平野, 立花 returned 髙梨's sheet, 久保田 marked.
async fn written(place: &TestPlace) -> World {
    let (db, world) = (&place.db, World::build(&place.db).await);
    let shiina = Actor { origin: "192.0.2.7".into(), ..actor(db, world.shiina).await };
    note(db, &shiina, NewEvent::created("person", world.hirano, "role.granted", json!({ "role": "csirt" })))
        .await;
    let tachibana = actor(db, world.tachibana).await;
    let event = NewEvent::changed(
        "target",
        world.takanashi_target,
        "response.returned",
        json!({ "submitted": true }),
        json!({ "submitted": false }),
    );
    note(db, &tachibana, event).await;
    let answer = json!({ "before": null, "after": { "value": "not_done" } });
    note(db, &tachibana, NewEvent::new("target", world.tachibana_target, "answer.saved", answer)).await;
    let kubota = actor(db, world.kubota).await;
    note(db, &kubota, NewEvent::created("audit", world.jinji, "mark.set", json!({ "value": 1 }))).await;
    world
}

#[tokio::test]
async fn entries_are_found_by_who_acted_who_was_affected_where_and_when() {
    for place in places().await {
        let world = written(&place).await;
        let officer = actor(&place.db, world.shiina).await;
        let ask = Search::default;
        let text = ToString::to_string;
        let table: [(Search, &[&str]); 8] = [
            (Search { person: text("椎名"), ..ask() }, &["role.granted"]),
            (Search { person: text("000102"), ..ask() }, &["role.granted"]),
            (Search { person: text("髙梨"), ..ask() }, &["response.returned"]),
            (Search { department: text("市民課"), ..ask() }, &["response.returned"]),
            (Search { address: text("192.0.2."), ..ask() }, &["role.granted"]),
            (
                Search { kind: text("role.granted"), from: Some(TODAY), to: Some(TODAY), ..ask() },
                &["role.granted"],
            ),
            (Search { to: TODAY.previous_day(), ..ask() }, &[]),
            (Search { noun: text("target"), ..ask() }, &["answer.saved", "response.returned"]),
        ];
        for (asked, wanted) in table {
            assert_eq!(kinds(&place.db, &officer, asked.clone()).await, wanted, "{asked:?}");
        }
    }
}

#[tokio::test]
async fn the_audited_see_nothing_of_the_audit_and_nobody_reads_answers_here() {
    for place in places().await {
        let world = written(&place).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        assert!(!kinds(db, &officer, Search::default()).await.contains(&"mark.set".to_string()));
        let all = search(db, &officer, &Search::default(), None, PAGE).await.unwrap().entries;
        let answer = all.iter().find(|entry| entry.kind == "answer.saved").unwrap();
        assert_eq!(answer.payload, None);
        let staff = actor(db, world.tachibana).await;
        let refused = search(db, &staff, &Search::default(), None, PAGE).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
        let own = Search { own: true, ..Search::default() };
        assert_eq!(kinds(db, &staff, own).await, ["answer.saved", "response.returned"]);
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_double_and_an_export_is_an_event() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let events = (0..7).map(|number| {
            NewEvent::created("sheet", world.jinji, "sheet.created", json!({ "number": number }))
        });
        let txn = place.db.begin().await.unwrap();
        append(&txn, &(&officer).into(), NOW, events.collect()).await.unwrap();
        txn.commit().await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = search(&place.db, &officer, &Search::default(), after, 3).await.unwrap();
            seen.extend(page.entries.iter().map(|entry| entry.seq));
            after = page.older;
            if after.is_none() {
                break;
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
        let all = Search::default();
        let file = begin_export(&place.db, &officer, &all, NOW).await.unwrap().all().await.unwrap();
        assert_eq!(file.len(), 7, "what stood there when it was asked for, not the export itself");
        let exported = Search { kind: "ledger.exported".into(), ..Search::default() };
        assert_eq!(kinds(&place.db, &officer, exported).await.len(), 1);
    }
}

#[tokio::test]
async fn the_same_look_is_recorded_once_in_ten_minutes_and_another_one_at_once() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer, head) =
            (&place.db, actor(&place.db, world.shiina).await, actor(&place.db, world.tachibana).await);
        let event = |target| NewEvent::new("target", target, "response.read", json!({}));
        let minutes = Duration::minutes;
        for (by, target, at, recorded) in [
            (&officer, world.hirano_target, NOW, 1),
            (&officer, world.hirano_target, NOW + minutes(9), 1),
            (&officer, world.nishikawa_target, NOW + minutes(9), 2),
            (&head, world.hirano_target, NOW + minutes(9), 3),
            (&officer, world.hirano_target, NOW + minutes(11), 4),
        ] {
            look(db, by, at, event(target)).await.unwrap();
            let all = Search { kind: "response.read".into(), ..Search::default() };
            assert_eq!(kinds(db, &officer, all).await.len(), recorded, "{at}");
        }
    }
}

/// A person in a department of the 総務部 or the 市民部.
fn line((division, department): (&str, &str), staff_no: &str, name: &str) -> RosterRow {
    RosterRow {
        row: 2,
        division: division.into(),
        department: department.into(),
        department_code: None,
        staff_no: staff_no.into(),
        name: name.into(),
        kana: None,
        title: "主事".into(),
        employment: None,
        email: None,
        head: false,
        system: None,
        concurrent: false,
        absence: None,
    }
}

#[tokio::test]
async fn what_a_roster_changed_is_found_by_person_and_by_department_with_before_and_after() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        let (jinji, shimin) = (("総務部", "人事課"), ("市民部", "市民課"));
        let rows = vec![
            line(shimin, "000102", "平野 智子"),
            line(jinji, "000103", "西川 拓哉"),
            line(shimin, "000901", "新田 𠮷子"),
        ];
        let roster = Roster { rows, problems: Vec::new() };
        for _ in 0..2 {
            let upload = Upload { file_name: "a.csv".into(), roster: roster.clone(), ..Upload::default() };
            let id = import(db, &officer, upload, NOW).await.unwrap();
            let all = Application { since: TODAY, choice: Choice::all() };
            apply(db, &officer, id, all, NOW).await.unwrap();
        }
        let found = async |asked: Search| search(db, &officer, &asked, None, PAGE).await.unwrap().entries;
        let of = |person: &str| Search { person: person.into(), ..Search::default() };
        for (person, kind, before, after) in [
            ("000102", "person.moved", "人事課", "市民課"),
            ("000103", "person.changed", "西川 拓也", "西川 拓哉"),
        ] {
            let entries = found(of(person)).await;
            assert_eq!(entries.len(), 1, "{person}: {entries:?}");
            let said: serde_json::Value = serde_json::from_str(entries[0].payload.as_ref().unwrap()).unwrap();
            assert_eq!(entries[0].kind, kind);
            let side = |side: &str| said[side].to_string();
            assert!(side("before").contains(before) && side("after").contains(after), "{said}");
            assert!(said["roster"].is_string() && said["after"].get("kana").is_none(), "{said}");
        }
        let hired = found(of("000901")).await;
        assert_eq!(hired.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["person.hired"]);
        let mut kinds: Vec<String> = Vec::new();
        for department in ["人事課", "市民課"] {
            let asked = Search { department: department.into(), ..Search::default() };
            let entries = found(asked).await;
            kinds.extend(entries.into_iter().map(|one| format!("{department} {}", one.kind)));
        }
        let expected = ["人事課 person.moved", "市民課 person.hired", "市民課 person.moved"];
        kinds.sort();
        assert_eq!(kinds, expected);
    }
}

#[tokio::test]
async fn a_paper_is_the_same_or_it_is_said_what_differs() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, officer) = (&place.db, actor(&place.db, world.shiina).await);
        note(db, &officer, NewEvent::created("sheet", world.jinji, "sheet.created", json!({ "number": 1 })))
            .await;
        let hash = seal(db, NOW).await.unwrap().unwrap().hash;
        let spaced = format!("{} {}", hash[..4].to_uppercase(), &hash[4..]);
        assert_eq!(check(db, Some(1), &spaced).await.unwrap(), Checked::Same { number: 1, at: NOW });
        assert_eq!(check(db, None, &hash).await.unwrap(), Checked::Same { number: 1, at: NOW });
        let other = if hash.ends_with('0') { "1" } else { "0" };
        let wrong = format!("{}{other}", &hash[..63]);
        let unlike = Checked::Other { number: 1, groups: vec![16] };
        assert_eq!(check(db, Some(1), &wrong).await.unwrap(), unlike);
        assert_eq!(check(db, None, &wrong).await.unwrap(), Checked::Nowhere);
        assert_eq!(check(db, Some(2), &hash).await.unwrap(), Checked::NoSuch { number: 2 });
        assert_eq!(check(db, Some(1), "あいう").await.unwrap(), Checked::NoHash { typed: 3 });
        db.execute("UPDATE seal SET heads = '{}' WHERE number = 1").await.unwrap();
        assert_eq!(check(db, Some(1), &hash).await.unwrap(), Checked::Altered { number: 1 });
    }
}
