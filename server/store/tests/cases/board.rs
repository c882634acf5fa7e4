//! The board as it is asked for, and whether anything on it changed.

use crate::common::{NOW, Statements, World, actor, places};
use crate::transfer_common::put;
use domain::inspection::board::{Asked, Show, Sort};
use sea_orm::EntityTrait;
use store::entity::{confirmation, event, reminder, sheet_return, submission};
use store::extension::{NewExtension, extend};
use store::inspection::board::{Row, pulse};
use store::inspection::{board, close, transfer};
use store::reminder::remind;
use store::{Db, StoreError};
use time::Duration;
use time::macros::date;
use uuid::Uuid;

async fn hand_in(db: &Db, target_id: Uuid, by_person_id: Uuid) -> Uuid {
    let id = Uuid::now_v7();
    put::<_, submission::ActiveModel>(db, submission::Model { id, target_id, at: NOW, by_person_id }).await;
    id
}

async fn confirmed(db: &Db, world: &World, department_id: Uuid) {
    let row = confirmation::Model {
        id: Uuid::now_v7(),
        inspection_id: world.inspection,
        department_id,
        note: String::new(),
        at: NOW,
        by_person_id: world.sawamura,
        capacity: String::new(),
    };
    put::<_, confirmation::ActiveModel>(db, row).await;
}

#[tokio::test]
async fn the_pulse_changes_with_everything_the_board_shows_and_with_nothing_else() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let statements = Statements::of(place.db.read_mut());
        let (db, id) = (&place.db, world.inspection);
        let now = || pulse(db, &shiina, id, NOW);
        let mut seen = vec![now().await.unwrap()];
        assert_eq!(statements.taken(), 2);
        assert_eq!(now().await.unwrap(), seen[0]);

        let handed = hand_in(db, world.hirano_target, world.hirano).await;
        seen.push(now().await.unwrap());
        let row = sheet_return::Model {
            id: Uuid::now_v7(),
            submission_id: handed,
            reason: "理由".into(),
            at: NOW,
            by_person_id: world.tachibana,
        };
        put::<_, sheet_return::ActiveModel>(db, row).await;
        seen.push(now().await.unwrap());
        confirmed(db, &world, world.shimin).await;
        seen.push(now().await.unwrap());
        db.execute("DELETE FROM confirmation").await.unwrap();
        confirmed(db, &world, world.shimin).await;
        seen.push(now().await.unwrap());
        remind(db, &shiina, id, Some(&[world.jinji]), NOW).await.unwrap();
        seen.push(now().await.unwrap());
        let longer = NewExtension {
            inspection: id,
            department: None,
            staff_no: String::new(),
            due_on: Some(date!(2026 - 12 - 11)),
            reason: "台風".into(),
        };
        extend(db, &shiina, longer, NOW).await.unwrap();
        seen.push(now().await.unwrap());
        transfer::add_department(db, &shiina, id, world.kaikei, "漏れ", NOW).await.unwrap();
        seen.push(now().await.unwrap());
        seen.push(pulse(db, &shiina, id, NOW + Duration::DAY).await.unwrap());
        close(db, &shiina, id, NOW).await.unwrap();
        seen.push(now().await.unwrap());
        let different: std::collections::BTreeSet<&String> = seen.iter().collect();
        assert_eq!(different.len(), seen.len(), "{seen:?}");

        let head = actor(db, world.tachibana).await;
        assert!(matches!(pulse(db, &head, id, NOW).await, Err(StoreError::Forbidden)));
        assert!(matches!(pulse(db, &shiina, Uuid::now_v7(), NOW).await, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn the_board_shows_what_was_asked_in_the_order_that_was_asked() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let shiina = actor(db, world.shiina).await;
        hand_in(db, world.hirano_target, world.hirano).await;
        let later = NOW + Duration::days(10);
        let shown = board(db, &shiina, world.inspection, later).await.unwrap();
        let names = |asked: Asked| -> Vec<String> {
            let name = |row: Row<'_>| match row {
                Row::Division(division) => format!("［{}］", division.name),
                Row::Department(_, line) => line.name.clone(),
            };
            shown.rows(&asked).into_iter().map(name).collect()
        };
        let all = names(Asked::default());
        assert_eq!(all.iter().filter(|name| !name.starts_with('［')).count(), 4, "{all:?}");
        let late = names(Asked { show: Show::Overdue, ..Asked::default() });
        assert_eq!(
            late.iter().filter(|name| !name.starts_with('［')).collect::<Vec<_>>(),
            ["人事課", "市民課"]
        );
        assert_eq!(late.len(), 4, "each below its 部: {late:?}");
        let by_rate = names(Asked { show: Show::Missing, sort: Sort::Rate, ..Asked::default() });
        assert_eq!(by_rate, ["市民課", "人事課"], "the worst of the city first, without 部");
        let by_number = names(Asked { show: Show::Missing, sort: Sort::Missing, ..Asked::default() });
        assert_eq!(by_number, ["人事課", "市民課"]);
        let asked = Asked { show: Show::Missing, sort: Sort::Missing, turned: true, division: None };
        assert_eq!(names(asked), ["市民課", "人事課"], "pressed again: the other way round");
        let one =
            shown.divisions.iter().find(|one| one.lines.iter().any(|line| line.name == "市民課")).unwrap();
        let only =
            names(Asked { division: Some(one.id), show: Show::Missing, sort: Sort::Rate, turned: false });
        assert_eq!(only, ["市民課"]);
        assert_eq!((one.overdue, one.departments), (1, 1));
        assert_eq!(shown.count(&Asked { division: Some(one.id), ..Asked::default() }, Show::Overdue), 1);
    }
}

#[tokio::test]
async fn those_who_are_shown_are_reminded_each_once() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let shiina = actor(db, world.shiina).await;
        let shown = board(db, &shiina, world.inspection, NOW).await.unwrap();
        let asked = Asked { show: Show::Missing, ..Asked::default() };
        let (departments, people) = shown.missing(&asked);
        assert_eq!((departments.len(), people), (2, 4));
        assert_eq!(remind(db, &shiina, world.inspection, Some(&departments), NOW).await.unwrap(), 4);
        let rows = reminder::Entity::find().all(db.read()).await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.department_id.is_some(), row.people)).collect();
        assert_eq!(told.iter().filter(|(one, _)| *one).count(), 2, "one row for each department: {told:?}");
        let events = event::Entity::find().all(db.read()).await.unwrap();
        let sent = events.iter().find(|event| event.kind == "reminder.sent").unwrap();
        assert!(sent.payload.contains("人事課") && sent.payload.contains("市民課"), "{}", sent.payload);
        let foreign = remind(db, &shiina, world.inspection, Some(&[world.jinji, Uuid::now_v7()]), NOW).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
    }
}
