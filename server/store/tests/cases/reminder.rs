//! Reminders reach the missing only, and the outbox shows what became of them.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, Statements, World, actor, places};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use store::StoreError;
use store::entity::{event, outbox, reminder, submission};
use store::outbox::{Failure, Pile, TRIES, due, list, note};
use store::reminder::{preview, remind, remind_own};
use time::Duration;
use uuid::Uuid;

async fn hand_in(db: &store::Db, target: Uuid, by: Uuid) {
    let row = submission::Model { id: Uuid::now_v7(), target_id: target, at: NOW, by_person_id: by };
    let txn = db.begin().await.unwrap();
    submission::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn only_the_missing_are_reminded_and_told_until_when() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        hand_in(&place.db, world.hirano_target, world.hirano).await;
        let people = remind(&place.db, &shiina, world.inspection, None, NOW).await.unwrap();
        assert_eq!(people, 3);
        let messages = outbox::Entity::find().all(place.db.read()).await.unwrap();
        assert!(messages.iter().all(|message| message.to_name != "平野 智子"));
        let nishikawa = messages.iter().find(|message| message.to_name == "西川 拓也").unwrap();
        assert!(nishikawa.body.contains("令和8年11月27日") && nishikawa.body.contains("あと4日"));
        assert!(nishikawa.body.contains(&format!("/answer/{}", world.nishikawa_target)));
        assert!(nishikawa.body.contains("情報政策課（内線2341）"));
        let row = reminder::Entity::find().one(place.db.read()).await.unwrap().unwrap();
        assert_eq!((row.people, row.department_id), (3, None));
        let events = event::Entity::find().filter(event::Column::Kind.eq("reminder.sent"));
        assert_eq!(events.count(place.db.read()).await.unwrap(), 1);
        let board = store::inspection::board(&place.db, &shiina, world.inspection, NOW).await.unwrap();
        assert_eq!(board.reminded_at, Some(NOW));
    }
}

#[tokio::test]
async fn one_department_is_reminded_until_nobody_is_missing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let ask =
            async |department| remind(&place.db, &shiina, world.inspection, Some(&[department]), NOW).await;
        assert_eq!(ask(world.shimin).await.unwrap(), 1);
        hand_in(&place.db, world.takanashi_target, world.takanashi).await;
        assert!(matches!(ask(world.shimin).await, Err(StoreError::Refused(_))));
        assert!(matches!(ask(world.somu).await, Err(StoreError::NotFound)), "not part of this inspection");
        let early = NOW - Duration::days(30);
        let refused = remind(&place.db, &shiina, world.inspection, None, early).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "not before it begins");
        store::inspection::close(&place.db, &shiina, world.inspection, NOW).await.unwrap();
        assert!(matches!(ask(world.jinji).await, Err(StoreError::Refused(_))));
        for person in [world.tachibana, world.kubota] {
            let other = actor(&place.db, person).await;
            let refused = remind(&place.db, &other, world.inspection, Some(&[world.jinji]), NOW).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
        }
    }
}

#[tokio::test]
async fn a_message_is_tried_again_with_growing_pauses_and_then_given_up() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        remind(db, &shiina, world.inspection, Some(&[world.shimin]), NOW).await.unwrap();
        let mut now = NOW;
        for _ in 0..TRIES {
            let message = due(db, 10, now).await.unwrap().pop().expect("it is due").message.id;
            note(db, message, Err(Failure { text: "接続できません".into(), for_good: false }), now)
                .await
                .unwrap();
            assert!(due(db, 10, now).await.unwrap().is_empty(), "not at once again");
            now += Duration::hours(6);
        }
        assert!(due(db, 10, now + Duration::days(9)).await.unwrap().is_empty());
        let failed = list(db, &shiina, Pile::Failed, 1).await.unwrap();
        assert_eq!(failed.counts, [0, 0, 1]);
        assert_eq!(failed.entries[0].tries, usize::from(TRIES));
        assert_eq!(failed.entries[0].last.as_ref().unwrap().2, "接続できません");

        remind(db, &shiina, world.inspection, None, NOW).await.unwrap();
        db.execute("UPDATE outbox SET to_address = NULL WHERE to_name = '西川 拓也'").await.unwrap();
        for one in due(db, 10, now).await.unwrap() {
            note(db, one.message.id, Ok(()), now).await.unwrap();
        }
        let sent = list(db, &shiina, Pile::Sent, 1).await.unwrap();
        assert_eq!(sent.counts, [0, 3, 2], "without an address it can't be sent");
        let head = actor(db, world.tachibana).await;
        assert!(matches!(list(db, &head, Pile::Sent, 1).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn a_head_reminds_the_own_missing_each_once_a_day_and_nobody_elses() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let head = actor(db, world.tachibana).await;
        let ask = async |now| remind_own(db, &head, world.inspection, world.jinji, now).await;
        let seen = async |now| {
            let page = store::department::page(db, &head, world.inspection, world.jinji, now).await.unwrap();
            page.reminder.unwrap()
        };
        let offered = seen(NOW).await;
        let mut names: Vec<&str> = offered.to.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["平野 智子", "西川 拓也"], "the own sheet is the head's own matter");
        assert_eq!((offered.today(), offered.example.is_some()), (0, true));

        // Two clicks at once are one reminder.
        let (one, two) = tokio::join!(ask(NOW), ask(NOW));
        let sent: Vec<usize> = [one, two].into_iter().flatten().collect();
        assert_eq!(sent, [2]);
        let messages = outbox::Entity::find().all(db.read()).await.unwrap();
        let to: Vec<&str> = messages.iter().map(|row| row.to_name.as_str()).collect();
        assert!(to.len() == 2 && !to.contains(&"立花 由美子") && !to.contains(&"髙梨 直美"), "{to:?}");
        assert_eq!(seen(NOW).await.today(), 2);
        assert!(matches!(ask(NOW + Duration::hours(3)).await, Err(StoreError::Refused(_))));
        let row = reminder::Entity::find().one(db.read()).await.unwrap().unwrap();
        assert_eq!(
            (row.people, row.department_id, row.by_person_id),
            (2, Some(world.jinji), world.tachibana)
        );
        let events = event::Entity::find().filter(event::Column::Kind.eq("reminder.sent"));
        assert_eq!(events.count(db.read()).await.unwrap(), 1);

        // The next day again, but not who handed in meanwhile, and not whom the office was faster to remind.
        let tomorrow = NOW + Duration::days(1);
        hand_in(db, world.hirano_target, world.hirano).await;
        assert_eq!(ask(tomorrow).await.unwrap(), 1);
        let later = NOW + Duration::days(2);
        let shiina = actor(db, world.shiina).await;
        remind(db, &shiina, world.inspection, None, later).await.unwrap();
        assert!(matches!(ask(later).await, Err(StoreError::Refused(_))));

        let other = remind_own(db, &head, world.inspection, world.shimin, NOW).await;
        assert!(matches!(other, Err(StoreError::NotFound)), "another department");
        for person in [world.nishikawa, world.shiina, world.kubota] {
            let who = actor(db, person).await;
            let refused = remind_own(db, &who, world.inspection, world.jinji, later).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)));
        }
        let early = ask(NOW - Duration::days(30)).await;
        assert!(matches!(early, Err(StoreError::Refused(_))), "not before it begins");
    }
}

#[tokio::test]
async fn the_office_looks_at_a_reminder_before_it_is_sent() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let db = &place.db;
        let shiina = actor(db, world.shiina).await;
        db.execute("UPDATE person SET email = NULL WHERE name = '西川 拓也'").await.unwrap();
        let all = preview(db, &shiina, world.inspection, None, NOW).await.unwrap();
        assert_eq!(all.to.len(), 4);
        assert_eq!(all.to[3].department, "市民課", "in 組織順");
        assert!(
            outbox::Entity::find().all(db.read()).await.unwrap().is_empty(),
            "nothing is sent by looking"
        );
        remind(db, &shiina, world.inspection, Some(&[world.jinji]), NOW).await.unwrap();
        let one = preview(db, &shiina, world.inspection, Some(&[world.jinji]), NOW).await.unwrap();
        assert_eq!((one.to.len(), one.today()), (3, 3));
        assert!(one.to.iter().any(|to| to.name == "西川 拓也" && !to.by_mail));
        let (_, subject, _) = one.example.unwrap();
        assert!(subject.contains("令和8年度情報セキュリティ自己点検"), "{subject}");
        let elsewhere = preview(db, &shiina, world.inspection, Some(&[world.somu]), NOW).await;
        assert!(matches!(elsewhere, Err(StoreError::NotFound)), "not part of this inspection");
        let head = actor(db, world.tachibana).await;
        let refused = preview(db, &head, world.inspection, Some(&[world.jinji]), NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn looking_at_a_reminder_takes_as_many_statements_for_many_as_for_one() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let statements = Statements::of(place.db.read_mut());
        let db = &place.db;
        let (one, three) = (world.shimin, world.jinji);
        for (departments, people, expected) in [
            (Some(vec![one]), 1, 10),
            (Some(vec![three]), 3, 10),
            (Some(vec![one, three]), 4, 10),
            (None, 4, 9),
        ] {
            statements.taken();
            let seen = preview(db, &shiina, world.inspection, departments.as_deref(), NOW).await.unwrap();
            assert_eq!((seen.to.len(), statements.taken()), (people, expected), "{departments:?}");
        }
    }
}
