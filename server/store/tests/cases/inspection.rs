//! An inspection starts with a snapshot, shows its board and closes.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, Statements, World, actor, places};
use domain::inspection::{Start, Visibility};
use domain::role::Role;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use store::StoreError;
use store::entity::{
    confirmation, department, event, inspection_department, post, sheet_return, submission, target,
};
use store::inspection::{beginning, board, choices, close, newest, start};
use time::Duration;
use time::macros::date;
use uuid::Uuid;

fn second(world: &World) -> Start {
    Start {
        about: domain::inspection::About::default(),
        fiscal_year: 2026,
        name: "令和8年度情報セキュリティ自己点検（第2回）".into(),
        base_on: date!(2026 - 11 - 01),
        opens_on: date!(2026 - 11 - 23),
        due_on: date!(2026 - 12 - 18),
        visibility: Visibility::Totals,
        contact: "情報政策課".into(),
        editions: vec![(Role::Staff, world.staff_edition), (Role::Manager, world.manager_edition)],
        levels: Vec::new(),
    }
}

async fn targets(db: &store::Db, id: Uuid) -> Vec<target::Model> {
    target::Entity::find().filter(target::Column::InspectionId.eq(id)).all(db.read()).await.unwrap()
}

#[tokio::test]
async fn starting_hands_a_sheet_to_everybody_and_freezes_the_organisation() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let id = start(&place.db, &shiina, second(&world), NOW).await.unwrap();
        let owed = targets(&place.db, id).await;
        let of = |role: &str| owed.iter().filter(|target| target.role == role).count();
        assert_eq!((of("staff"), of("manager")), (7, 2));
        let rows =
            inspection_department::Entity::find().filter(inspection_department::Column::InspectionId.eq(id));
        assert_eq!(rows.count(place.db.read()).await.unwrap(), 4, "部 without people of their own stay out");

        let mut renamed: department::ActiveModel = department::Entity::find_by_id(world.jinji)
            .one(place.db.read())
            .await
            .unwrap()
            .unwrap()
            .into_active_model();
        renamed.name = sea_orm::Set("職員課".into());
        let txn = place.db.begin().await.unwrap();
        renamed.update(&txn).await.unwrap();
        txn.commit().await.unwrap();
        let board = board(&place.db, &shiina, id, NOW).await.unwrap();
        assert_eq!(board.divisions[0].lines[0].name, "人事課", "past is past");
        assert_eq!(newest(&place.db, &shiina).await.unwrap(), Some(id));
        let events = event::Entity::find().filter(event::Column::Kind.eq("inspection.started"));
        assert_eq!(events.count(place.db.read()).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn each_system_owes_a_sheet_and_those_who_came_later_owe_none() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let txn = place.db.begin().await.unwrap();
        for (system, from) in [
            ("住民記録", date!(2026 - 04 - 01)),
            ("税務", date!(2026 - 04 - 01)),
            ("新システム", date!(2026 - 11 - 20)),
        ] {
            let row = post::ActiveModel {
                id: sea_orm::Set(Uuid::now_v7()),
                person_id: sea_orm::Set(world.sawamura),
                department_id: sea_orm::Set(world.shimin),
                role: sea_orm::Set("system_manager".into()),
                kind: sea_orm::Set("main".into()),
                title: sea_orm::Set("課長".into()),
                system: sea_orm::Set(Some(system.into())),
                valid_from: sea_orm::Set(from),
                valid_to: sea_orm::Set(None),
            };
            post::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        }
        txn.commit().await.unwrap();
        let wrong = Start { editions: vec![(Role::SystemManager, world.staff_edition)], ..second(&world) };
        let refused = start(&place.db, &shiina, wrong, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "an edition of another role");
        place.db.execute("UPDATE edition SET role = 'system_manager' WHERE role = 'manager'").await.unwrap();
        let editions = vec![(Role::SystemManager, world.manager_edition)];
        let id = start(&place.db, &shiina, Start { editions, ..second(&world) }, NOW).await.unwrap();
        let mut systems: Vec<_> =
            targets(&place.db, id).await.into_iter().filter_map(|target| target.system).collect();
        systems.sort();
        assert_eq!(systems, ["住民記録", "税務"]);
    }
}

#[tokio::test]
async fn a_start_that_makes_no_sense_is_refused_and_leaves_nothing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let good = second(&world);
        let cases = [
            Start { name: "令和8年度情報セキュリティ自己点検".into(), ..good.clone() },
            Start { due_on: date!(2026 - 11 - 22), ..good.clone() },
            Start { editions: vec![], ..good.clone() },
            Start { editions: vec![(Role::Staff, Uuid::now_v7())], ..good.clone() },
            Start { base_on: date!(2019 - 01 - 01), ..good.clone() },
        ];
        for case in cases {
            let refused = start(&place.db, &shiina, case.clone(), NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{case:?}");
        }
        assert_eq!(newest(&place.db, &shiina).await.unwrap(), Some(world.inspection));
        for person in [world.tachibana, world.kubota, world.hirano] {
            let other = actor(&place.db, person).await;
            let db = &place.db;
            assert!(matches!(start(db, &other, good.clone(), NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(board(db, &other, world.inspection, NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(close(db, &other, world.inspection, NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(choices(db, &other, crate::common::TODAY).await, Err(StoreError::Forbidden)));
            assert!(matches!(beginning(db, &other, crate::common::TODAY).await, Err(StoreError::Forbidden)));
        }
    }
}

#[tokio::test]
async fn closing_happens_once() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        close(&place.db, &shiina, world.inspection, NOW).await.unwrap();
        assert!(board(&place.db, &shiina, world.inspection, NOW).await.unwrap().closed);
        let twice = close(&place.db, &shiina, world.inspection, NOW).await;
        assert!(matches!(twice, Err(StoreError::Refused(_))));
        let unknown = close(&place.db, &shiina, Uuid::now_v7(), NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let events = event::Entity::find().filter(event::Column::Kind.eq("inspection.closed"));
        assert_eq!(events.count(place.db.read()).await.unwrap(), 1);
    }
}

async fn submit(db: &store::Db, target: Uuid, by: Uuid, returned: bool) {
    let txn = db.begin().await.unwrap();
    let id = Uuid::now_v7();
    let row = submission::Model { id, target_id: target, at: NOW, by_person_id: by };
    submission::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&txn)
        .await
        .unwrap();
    if returned {
        let row = sheet_return::Model {
            id: Uuid::now_v7(),
            submission_id: id,
            reason: "根拠を書いてください。".into(),
            at: NOW,
            by_person_id: by,
        };
        sheet_return::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(&txn)
            .await
            .unwrap();
    }
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn the_board_counts_sheets_per_department_with_ten_statements() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        // 平野: returned and handed in again; 西川: returned; 立花: missing; 髙梨: handed in and confirmed.
        submit(&place.db, world.hirano_target, world.hirano, true).await;
        submit(&place.db, world.hirano_target, world.hirano, false).await;
        submit(&place.db, world.nishikawa_target, world.nishikawa, true).await;
        submit(&place.db, world.takanashi_target, world.takanashi, false).await;
        let row = confirmation::Model {
            id: Uuid::now_v7(),
            inspection_id: world.inspection,
            department_id: world.shimin,
            note: String::new(),
            at: NOW,
            by_person_id: world.sawamura,
            capacity: String::new(),
        };
        let txn = place.db.begin().await.unwrap();
        confirmation::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();

        let statements = Statements::of(place.db.read_mut());
        let board = board(&place.db, &shiina, world.inspection, NOW + Duration::DAY).await.unwrap();
        assert_eq!(statements.taken(), 10);

        assert_eq!((board.coverage.targets, board.coverage.submitted), (4, 2));
        assert_eq!((board.returned, board.confirmed, board.departments), (1, 1, 2));
        assert_eq!(board.days_left, 3);
        let jinji = &board.divisions[0].lines[0];
        assert_eq!(domain::rate::percent(jinji.coverage.rate()), "33.3");
        assert_eq!((jinji.returned, jinji.missing_people, jinji.awaits_confirmation()), (1, 2, false));
        let shimin = &board.divisions[1].lines[0];
        assert_eq!(shimin.confirmed.as_ref().map(|(_, name)| name.as_str()), Some("沢村 浩司"));
        let kaikei = &board.divisions[2].lines[0];
        assert_eq!(domain::rate::percent(kaikei.coverage.rate()), "―");
        assert_eq!(board.by_day.values().sum::<i64>(), 2);
    }
}

#[tokio::test]
async fn the_form_proposes_what_is_usual() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let offered = choices(&place.db, &shiina, crate::common::TODAY).await.unwrap();
        assert_eq!(offered.name, "令和8年度情報セキュリティ自己点検（第2回）");
        assert_eq!(offered.contact, "情報政策課（内線2341）");
        let counts: Vec<_> = offered.editions.iter().map(|(_, people, list)| (*people, list.len())).collect();
        assert_eq!(counts, [(7, 1), (2, 1), (0, 0)]);
        let steps = beginning(&place.db, &shiina, crate::common::TODAY).await.unwrap();
        assert_eq!((steps.revisions, steps.editions, steps.people, steps.inspections), (1, 2, 7, 1));
    }
}
