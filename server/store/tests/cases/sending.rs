//! Sending out: longer periods, notices, closed days, the letter, sending again.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, TODAY, World, actor, places};
use domain::actor::Actor;
use domain::calendar::office::Hours;
use domain::inspection::notice::{Kind, Rule};
use sea_orm::EntityTrait;
use store::entity::{notice_rule, notice_sent, outbox};
use store::extension::{NewExtension, extend, settings, take_back};
use store::letter::{Letter, show, write};
use store::notice::{NewRule, notices, send_due, set};
use store::outbox::{Failure, Pile, TRIES, due, list, note, retry};
use store::{Db, StoreError, closed_day};
use time::macros::{date, datetime};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// Tuesday, 24 November 2026, 10:00 in Japan: three days before the deadline; the 23rd is a holiday.
const TUESDAY: OffsetDateTime = datetime!(2026-11-24 01:00 UTC);

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> (Option<String>, String) {
    match result {
        Err(StoreError::Refused(refusal)) => (refusal.field, refusal.text),
        other => panic!("a refusal was expected: {other:?}"),
    }
}

fn longer(world: &World, department: Option<Uuid>, staff_no: &str, due_on: Date) -> NewExtension {
    NewExtension {
        inspection: world.inspection,
        department,
        staff_no: staff_no.into(),
        due_on: Some(due_on),
        reason: "台風の対応のため".into(),
    }
}

async fn usual_rules(db: &Db, officer: &Actor, world: &World) {
    for kind in Kind::ALL {
        let Rule { days, subject, body, .. } = Rule::usual(kind);
        let days = days.iter().map(u16::to_string).collect::<Vec<_>>().join("、");
        let new = NewRule { inspection: world.inspection, kind, active: true, days, subject, body };
        set(db, officer, new, NOW - Duration::DAY).await.unwrap();
    }
}

#[tokio::test]
async fn a_longer_period_holds_wherever_the_deadline_counts_until_it_is_taken_back() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let new = longer(&world, Some(world.jinji), "", date!(2026 - 12 - 04));
        assert_eq!(extend(db, &officer, new, NOW).await.unwrap(), 3, "the missing of 人事課 are told");
        let new = longer(&world, None, "000102", date!(2026 - 12 - 11));
        extend(db, &officer, new, NOW).await.unwrap();
        let seen = |person, target| async move {
            let person = actor(db, person).await;
            store::response::open(db, &person, target, NOW).await.unwrap().due_on
        };
        assert_eq!(seen(world.hirano, world.hirano_target).await, date!(2026 - 12 - 11));
        assert_eq!(seen(world.nishikawa, world.nishikawa_target).await, date!(2026 - 12 - 04));
        assert_eq!(seen(world.takanashi, world.takanashi_target).await, date!(2026 - 11 - 27));
        let board = store::inspection::board(db, &officer, world.inspection, NOW).await.unwrap();
        let lines: Vec<_> = board.divisions.iter().flat_map(|one| &one.lines).collect();
        let of = |id| lines.iter().find(|line| line.department_id == id).unwrap().due_on;
        assert_eq!((of(world.jinji), of(world.shimin)), (date!(2026 - 12 - 04), date!(2026 - 11 - 27)));
        let hirano = actor(db, world.hirano).await;
        let landing = store::landing::landing(db, &hirano, NOW).await.unwrap();
        assert_eq!(landing.sheets[0].due_on, date!(2026 - 12 - 11));

        let page = settings(db, &officer, world.inspection).await.unwrap();
        let jinji = page.extensions.iter().find(|one| one.scope == "人事課").unwrap();
        take_back(db, &officer, jinji.id, "誤って延長したため", NOW).await.unwrap();
        let (_, text) = refused(take_back(db, &officer, jinji.id, "誤り", NOW).await);
        assert!(text.contains("既に取り消され"), "{text}");
        assert_eq!(seen(world.nishikawa, world.nishikawa_target).await, date!(2026 - 11 - 27));
        assert_eq!(seen(world.hirano, world.hirano_target).await, date!(2026 - 12 - 11));
        let page = settings(db, &officer, world.inspection).await.unwrap();
        assert!(page.extensions.iter().any(|one| one.taken_back.is_some()));
    }
}

#[tokio::test]
async fn a_period_that_makes_no_sense_is_refused() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let later = date!(2026 - 12 - 04);
        for (new, field) in [
            (longer(&world, None, "", date!(2026 - 11 - 27)), "due_on"),
            (NewExtension { due_on: None, ..longer(&world, None, "", later) }, "due_on"),
            (NewExtension { reason: " ".into(), ..longer(&world, None, "", later) }, "reason"),
            (longer(&world, Some(world.jinji), "000102", later), "staff_no"),
            (longer(&world, None, "000401", later), "staff_no"),
        ] {
            assert_eq!(refused(extend(db, &officer, new, NOW).await).0.as_deref(), Some(field));
        }
        let elsewhere = longer(&world, Some(world.somu), "", later);
        assert!(matches!(extend(db, &officer, elsewhere, NOW).await, Err(StoreError::NotFound)));
        let head = actor(db, world.tachibana).await;
        let tried = extend(db, &head, longer(&world, None, "", later), NOW).await;
        assert!(matches!(tried, Err(StoreError::Forbidden)));
        store::inspection::close(db, &officer, world.inspection, NOW).await.unwrap();
        refused(extend(db, &officer, longer(&world, None, "", later), NOW).await);
    }
}

#[tokio::test]
async fn notices_reach_the_missing_once_and_never_at_night_or_on_a_closed_day() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        assert_eq!(send_due(db, Hours::Always, TUESDAY).await.unwrap(), 0, "no rules, no notices");
        usual_rules(db, &officer, &world).await;
        for quiet in [NOW, datetime!(2026-11-24 09:00 UTC), datetime!(2026-11-23 23:00 UTC)] {
            assert_eq!(send_due(db, Hours::default(), quiet).await.unwrap(), 0, "holiday or night: {quiet}");
        }
        closed_day::add(db, &officer, Some(date!(2026 - 11 - 24)), "市制記念日", NOW).await.unwrap();
        assert_eq!(send_due(db, Hours::default(), TUESDAY).await.unwrap(), 0, "the city's own day");
        let day = closed_day::list(db, &officer).await.unwrap().remove(0);
        closed_day::remove(db, &officer, day.id, NOW).await.unwrap();

        // Start and three days before to the four who are missing; the lists to the two heads.
        let sent = send_due(db, Hours::default(), TUESDAY).await.unwrap();
        assert_eq!(sent, 4 + 4 + 2);
        assert_eq!(send_due(db, Hours::default(), TUESDAY).await.unwrap(), 0, "nobody twice");
        let messages = outbox::Entity::find().all(db.read()).await.unwrap();
        let list =
            messages.iter().find(|one| one.kind == "notice_digest" && one.to_name == "沢村 浩司").unwrap();
        assert!(list.body.contains("・髙梨 直美（") && !list.body.contains("平野"), "{}", list.body);
        let before = messages.iter().find(|one| one.kind == "notice_before").unwrap();
        assert!(before.body.contains("期限まであと3日です。"), "{}", before.body);

        let page = notices(db, &officer, world.inspection, Hours::default(), TUESDAY).await.unwrap();
        assert_eq!(page.planned.iter().map(|one| one.sent).sum::<i64>(), 10);
        // Nobody's confirmation is waited for yet.
        let shown = |line: &store::notice::Line| line.preview.is_some() != (line.rule.kind == Kind::Waiting);
        assert!(page.lines.iter().all(shown), "with a real recipient");
        assert_eq!(notice_sent::Entity::find().all(db.read()).await.unwrap().len(), 10);
    }
}

#[tokio::test]
async fn an_extended_department_is_reminded_of_its_own_deadline() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        usual_rules(db, &officer, &world).await;
        let new = longer(&world, Some(world.jinji), "", date!(2026 - 12 - 11));
        extend(db, &officer, new, NOW).await.unwrap();
        send_due(db, Hours::default(), datetime!(2026-11-27 01:00 UTC)).await.unwrap();
        let rows = notice_sent::Entity::find().all(db.read()).await.unwrap();
        let told: Vec<_> = rows.iter().filter(|row| row.kind == "on_day").map(|row| row.person_id).collect();
        assert_eq!(told, [world.takanashi], "人事課 has two weeks more");
    }
}

#[tokio::test]
async fn a_notice_is_edited_and_what_it_does_not_know_refused() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let new = |subject: &str, body: &str, days: &str| NewRule {
            inspection: world.inspection,
            kind: Kind::Before,
            active: true,
            days: days.into(),
            subject: subject.into(),
            body: body.into(),
        };
        for (new, field) in [
            (new("{名称}", "本文", "3"), "subject"),
            (new("件名", "{氏名", "3"), "body"),
            (new("件名", "本文", "明日"), "days"),
        ] {
            assert_eq!(refused(set(db, &officer, new, NOW).await).0.as_deref(), Some(field));
        }
        set(db, &officer, new("{点検名}", "{氏名}さん、{残り}", "3"), NOW).await.unwrap();
        set(db, &officer, new("{点検名}", "{氏名}さん、{残り}", "3"), NOW).await.unwrap();
        assert_eq!(
            notice_rule::Entity::find().all(db.read()).await.unwrap().len(),
            1,
            "the same is no change"
        );
        send_due(db, Hours::default(), TUESDAY).await.unwrap();
        let bodies: Vec<String> =
            outbox::Entity::find().all(db.read()).await.unwrap().into_iter().map(|one| one.body).collect();
        assert!(bodies.contains(&"平野 智子さん、期限まであと3日です。".to_string()), "{bodies:?}");
        let head = actor(db, world.tachibana).await;
        let tried = set(db, &head, new("s", "b", "3"), NOW).await;
        assert!(matches!(tried, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn two_servers_at_once_address_nobody_twice() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        usual_rules(db, &officer, &world).await;
        let round = || send_due(db, Hours::default(), TUESDAY);
        let (a, b, c) = tokio::join!(round(), round(), round());
        let together = a.unwrap() + b.unwrap() + c.unwrap();
        send_due(db, Hours::default(), TUESDAY).await.unwrap();
        let sent = notice_sent::Entity::find().all(db.read()).await.unwrap().len();
        assert_eq!(
            (sent, outbox::Entity::find().all(db.read()).await.unwrap().len()),
            (10, 10),
            "{together}"
        );
    }
}

#[tokio::test]
async fn a_failed_message_is_sent_again_to_the_address_known_by_then() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        store::reminder::remind(db, &officer, world.inspection, Some(&[world.shimin]), NOW).await.unwrap();
        let waiting = || async { due(db, 10, NOW + Duration::hours(9)).await.unwrap() };
        let one = waiting().await.remove(0);
        let failure = Failure { text: "宛先がありません（550）".into(), for_good: true };
        note(db, one.message.id, Err(failure), NOW).await.unwrap();
        assert!(waiting().await.is_empty(), "refused for good: not tried again by itself");
        let failed = list(db, &officer, Pile::Failed, 1).await.unwrap();
        assert_eq!((failed.counts, failed.entries[0].tries), ([0, 0, 1], 1));

        db.execute("UPDATE person SET email = 'new@nagihara.example' WHERE staff_no = '000302'")
            .await
            .unwrap();
        assert_eq!(retry(db, &officer, Some(one.message.id), NOW).await.unwrap(), 1);
        let again = due(db, 10, NOW + Duration::hours(9)).await.unwrap().remove(0);
        assert_eq!(again.address, "new@nagihara.example");
        for hours in 0..i64::from(TRIES) {
            let failure = Failure { text: "接続できません".into(), for_good: false };
            note(db, one.message.id, Err(failure), NOW + Duration::hours(hours)).await.unwrap();
        }
        assert_eq!(list(db, &officer, Pile::Failed, 1).await.unwrap().counts, [0, 0, 1], "given up again");
        assert_eq!(retry(db, &officer, None, NOW).await.unwrap(), 1);
        note(db, one.message.id, Ok(()), NOW + Duration::hours(9)).await.unwrap();
        assert_eq!(list(db, &officer, Pile::Sent, 1).await.unwrap().counts, [0, 1, 0]);
        let gone = retry(db, &officer, Some(one.message.id), NOW).await;
        assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
    }
}

#[tokio::test]
async fn one_process_sends_at_a_time() {
    for place in places().await {
        let one_process = place.db.read().get_database_backend() == sea_orm::DbBackend::Sqlite;
        let turn = store::outbox::alone(&place.db).await.unwrap();
        assert!(turn.is_some());
        assert_eq!(store::outbox::alone(&place.db).await.unwrap().is_some(), one_process);
        drop(turn);
        let mut again = None;
        for _ in 0..50 {
            again = store::outbox::alone(&place.db).await.unwrap();
            if again.is_some() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(again.is_some(), "given back");
    }
}

#[tokio::test]
async fn without_an_address_sending_again_waits_for_the_roster() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        db.execute("UPDATE person SET email = NULL").await.unwrap();
        store::reminder::remind(db, &officer, world.inspection, Some(&[world.shimin]), NOW).await.unwrap();
        assert_eq!(list(db, &officer, Pile::Failed, 1).await.unwrap().counts, [0, 0, 1]);
        assert!(refused(retry(db, &officer, None, NOW).await).1.contains("名簿"));
        db.execute("UPDATE person SET email = 'new@nagihara.example' WHERE staff_no = '000302'")
            .await
            .unwrap();
        retry(db, &officer, None, NOW).await.unwrap();
        assert_eq!(due(db, 10, NOW).await.unwrap().remove(0).address, "new@nagihara.example");
    }
}

#[tokio::test]
async fn the_letter_is_proposed_written_and_kept() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let proposed = show(db, &officer, world.inspection, TODAY).await.unwrap();
        assert!(!proposed.written);
        assert_eq!(proposed.letter.sender, "情報政策課長");
        let letter = Letter { document_no: "情政第123号".into(), ..proposed.letter };
        write(db, &officer, world.inspection, letter.clone(), NOW).await.unwrap();
        let other = Letter { document_no: "情政第124号".into(), ..letter.clone() };
        write(db, &officer, world.inspection, other.clone(), NOW + Duration::SECOND).await.unwrap();
        let shown = show(db, &officer, world.inspection, TODAY).await.unwrap();
        assert_eq!((shown.written, shown.letter), (true, other));
        let blank = Letter { subject: " ".into(), ..letter };
        assert_eq!(
            refused(write(db, &officer, world.inspection, blank, NOW).await).0.as_deref(),
            Some("subject")
        );
    }
}
