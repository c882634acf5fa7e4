//! Transfers in the middle of an inspection: the eight rules on real rows, every figure afterwards, changes by hand,
//! and closed inspections that nothing touches.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, TODAY, World, actor, places};
use crate::transfer_common::{
    City, absent, ends, hand_in, moves, new_department, new_person, post, save_one, succeeds,
};
use domain::inspection::transfer::{Act, Rule};
use domain::permission::Action;
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::BTreeMap;
use store::entity::{answer, event, inspection_department, outbox, person, target, target_addition};
use store::inspection::transfer::{
    self, ByHand, add, leave, move_to, pending, restore, take, transfers, withdraw,
};
use store::inspection::{board, close};
use store::reminder::remind;
use store::results::{Filter, results};
use store::{Db, StoreError, department, landing, response, tally};
use uuid::Uuid;

/// Everybody's roster changes in another way; gives the department that took the place of 情報政策課.
async fn autumn(db: &Db, city: &City) -> Uuid {
    let world = &city.world;
    save_one(db, city, world.hirano).await;
    hand_in(db, city, world.nishikawa).await;
    hand_in(db, city, world.kubota).await;
    moves(db, world.hirano, world.shimin).await;
    moves(db, world.nishikawa, world.shimin).await;
    absent(db, world.takanashi, "leave").await;
    ends(db, world.kubota).await;
    new_person(db, "000900", "新井 採子", world.kaikei).await;
    post(db, world.sawamura, world.kaikei, "manager", "additional").await;
    let digital = new_department(db, "デジタル推進課", world.somu, 3).await;
    succeeds(db, world.joho, digital, "renamed").await;
    moves(db, world.shiina, digital).await;
    digital
}

async fn acts(db: &Db, city: &City) -> Vec<(Rule, Act, String)> {
    let shiina = actor(db, city.world.shiina).await;
    let shown = transfers(db, &shiina, city.inspection, NOW).await.unwrap();
    shown
        .groups
        .into_iter()
        .flat_map(|(rule, lines)| lines.into_iter().map(move |line| (rule, line.act, line.person)))
        .collect()
}

async fn take_all(db: &Db, city: &City) -> usize {
    let shiina = actor(db, city.world.shiina).await;
    let shown = transfers(db, &shiina, city.inspection, NOW).await.unwrap();
    let keys: Vec<String> =
        shown.groups.iter().flat_map(|(_, lines)| lines).map(|line| line.key.clone()).collect();
    take(db, &shiina, city.inspection, &keys, NOW).await.unwrap()
}

#[tokio::test]
async fn an_autumn_of_changes_is_proposed_by_rule_and_taken_over_at_once() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let shiina = actor(db, city.world.shiina).await;
        assert_eq!(pending(db, &shiina, city.inspection, NOW).await.unwrap(), 0, "nothing changed yet");
        let digital = autumn(db, &city).await;
        let line = |rule, act, person: &str| (rule, act, person.to_string());
        let expected = vec![
            line(Rule::Joined, Act::Add, "新井 採子"),
            line(Rule::AnsweredStays, Act::Keep, "西川 拓也"),
            line(Rule::UnansweredMoves, Act::Move, "平野 智子"),
            line(Rule::UnansweredMoves, Act::Move, "椎名 航平"),
            line(Rule::Absent, Act::Withdraw, "髙梨 直美"),
            line(Rule::Left, Act::Keep, "久保田 千尋"),
            line(Rule::PerPost, Act::Add, "沢村 浩司"),
        ];
        assert_eq!(acts(db, &city).await, expected);
        assert_eq!(pending(db, &shiina, city.inspection, NOW).await.unwrap(), 5);
        assert_eq!(take_all(db, &city).await, 5);
        assert_eq!(pending(db, &shiina, city.inspection, NOW).await.unwrap(), 0);
        // The draft went along; who answered stayed; the new department stands beside the old.
        let hirano = city.target(db, city.world.hirano, "staff").await;
        assert_eq!(hirano.department_id, city.world.shimin);
        let kept = answer::Entity::find().filter(answer::Column::TargetId.eq(hirano.id));
        assert_eq!(kept.count(db.read()).await.unwrap(), 1);
        assert_eq!(city.target(db, city.world.nishikawa, "staff").await.department_id, city.world.jinji);
        let organisation: Vec<Uuid> = inspection_department::Entity::find()
            .filter(inspection_department::Column::InspectionId.eq(city.inspection))
            .all(db.read())
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.department_id)
            .collect();
        assert!(organisation.contains(&digital) && organisation.contains(&city.world.joho));
        // Told: 新井, 平野, 椎名, 沢村; not 髙梨, who is away.
        let told =
            outbox::Entity::find().filter(outbox::Column::Kind.eq("transfer")).all(db.read()).await.unwrap();
        let mut names: Vec<&str> = told.iter().map(|row| row.to_name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["平野 智子", "新井 採子", "椎名 航平", "沢村 浩司"]);
        for kind in ["target.added", "target.moved", "target.withdrawn", "transfer.applied"] {
            let found =
                event::Entity::find().filter(event::Column::Kind.eq(kind)).count(db.read()).await.unwrap();
            assert!(found > 0, "{kind}");
        }
        let history = transfers(db, &shiina, city.inspection, NOW).await.unwrap().history;
        assert_eq!(history.len(), 5);
        assert!(
            history.iter().any(|one| one.what == "所属を移す（職員、情報政策課→デジタル推進課）"),
            "{history:?}"
        );
    }
}

#[tokio::test]
async fn board_department_results_landing_and_reminders_agree_after_a_mixed_set_of_changes() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        autumn(db, &city).await;
        take_all(db, &city).await;
        let by = ByHand {
            inspection: city.inspection,
            staff_no: "000301".into(),
            role: Role::Staff,
            department: None,
            reason: "12月末まで研修派遣のため".into(),
        };
        let shiina = actor(db, city.world.shiina).await;
        withdraw(db, &shiina, by, NOW).await.unwrap();
        let board = board(db, &shiina, city.inspection, NOW).await.unwrap();
        let shown = results(db, &shiina, city.inspection, Filter::default()).await.unwrap();
        // 平野, 西川, 立花 (2), 椎名, 沢村 (2 as head), 久保田, 新井; without 髙梨 and the staff's sheet of 沢村.
        assert_eq!((board.coverage.targets, board.coverage.submitted), (9, 2));
        assert_eq!(shown.city.coverage, board.coverage);
        let lines: BTreeMap<Uuid, _> =
            shown.departments.iter().filter_map(|line| Some((line.id?, line.coverage))).collect();
        for line in board.divisions.iter().flat_map(|division| &division.lines) {
            assert_eq!(lines.get(&line.department_id), Some(&line.coverage), "{}", line.name);
            let page = department::page(db, &shiina, city.inspection, line.department_id, NOW).await.unwrap();
            assert_eq!(i64::try_from(page.rows.len()).unwrap(), line.coverage.targets, "{}", line.name);
            assert_eq!(
                i64::try_from(page.gathering.missing).unwrap(),
                line.coverage.missing(),
                "{}",
                line.name
            );
        }
        let sawamura = actor(db, city.world.sawamura).await;
        let own = landing::landing(db, &sawamura, NOW).await.unwrap();
        let of_city = own.sheets.iter().filter(|sheet| sheet.inspection_name == city.name).count();
        assert_eq!(of_city, 2, "the withdrawn sheet is not on the landing page");
        for duty in own.departments.iter().filter(|duty| duty.inspection == city.inspection) {
            assert_eq!(
                Some(i64::try_from(duty.total).unwrap()),
                lines.get(&duty.department).map(|c| c.targets)
            );
        }
        let reminded = remind(db, &shiina, city.inspection, None, NOW).await.unwrap();
        assert_eq!(i64::try_from(reminded).unwrap(), board.people.missing());
        assert_eq!(tally::verify(db).await.unwrap().first, None);
        // The owner of a withdrawn sheet is told so instead of answering.
        let takanashi = actor(db, city.world.takanashi).await;
        let sheet = city.target(db, city.world.takanashi, "staff").await;
        let opened = response::open(db, &takanashi, sheet.id, NOW).await.err().unwrap();
        assert!(opened.to_string().contains("対象から外れました"), "{opened}");
    }
}

#[tokio::test]
async fn who_comes_back_finds_the_same_sheet_with_its_answers() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        save_one(db, &city, city.world.takanashi).await;
        absent(db, city.world.takanashi, "childcare").await;
        assert_eq!(take_all(db, &city).await, 1);
        db.execute("UPDATE absence SET valid_to = '2026-11-20'").await.unwrap();
        let line = (Rule::Joined, Act::Restore, "髙梨 直美".to_string());
        assert_eq!(acts(db, &city).await, [line]);
        assert_eq!(take_all(db, &city).await, 1);
        let takanashi = actor(db, city.world.takanashi).await;
        let sheet = city.target(db, city.world.takanashi, "staff").await;
        let opened = response::open(db, &takanashi, sheet.id, NOW).await.unwrap();
        assert!(opened.items().any(|item| item.answer.is_some()));
        assert_eq!(acts(db, &city).await, []);
    }
}

#[tokio::test]
async fn a_proposal_is_left_with_a_reason_and_not_made_again() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        moves(db, city.world.hirano, city.world.shimin).await;
        let shiina = actor(db, city.world.shiina).await;
        let shown = transfers(db, &shiina, city.inspection, NOW).await.unwrap();
        let keys = vec![shown.groups[0].1[0].key.clone()];
        assert!(matches!(
            leave(db, &shiina, city.inspection, &keys, "　", NOW).await,
            Err(StoreError::Refused(_))
        ));
        leave(db, &shiina, city.inspection, &keys, "年内は前の課の業務を続けるため", NOW).await.unwrap();
        assert_eq!(pending(db, &shiina, city.inspection, NOW).await.unwrap(), 0);
        assert_eq!(city.target(db, city.world.hirano, "staff").await.department_id, city.world.jinji);
        for keys in [keys, vec![], vec!["move:nobody::".to_string()]] {
            let refused = take(db, &shiina, city.inspection, &keys, NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{keys:?}");
        }
        let history = transfers(db, &shiina, city.inspection, NOW).await.unwrap().history;
        assert!(history[0].what.starts_with("見送り") && history[0].person == "平野 智子", "{history:?}");
    }
}

#[tokio::test]
async fn by_hand_a_sheet_leaves_comes_back_moves_and_is_added_each_with_its_reason() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let shiina = actor(db, city.world.shiina).await;
        let by = |staff_no: &str, department: Option<Uuid>, reason: &str| ByHand {
            inspection: city.inspection,
            staff_no: staff_no.into(),
            role: Role::Staff,
            department,
            reason: reason.into(),
        };
        let somewhere = Some(city.world.kaikei);
        withdraw(db, &shiina, by("000102", None, "長期の研修"), NOW).await.unwrap();
        // The roster says that 平野 owes the sheet; what was settled by hand stays.
        assert_eq!(acts(db, &city).await, []);
        restore(db, &shiina, by("０００１０２", None, "研修が取りやめになった"), NOW).await.unwrap();
        move_to(db, &shiina, by("000102", somewhere, "応援"), NOW).await.unwrap();
        assert_eq!(city.target(db, city.world.hirano, "staff").await.department_id, city.world.kaikei);
        hand_in(db, &city, city.world.nishikawa).await;
        let refused = [
            withdraw(db, &shiina, by("000102", None, " "), NOW).await,
            withdraw(db, &shiina, by("999999", None, "不明"), NOW).await,
            withdraw(db, &shiina, by("000103", None, "提出済み"), NOW).await,
            restore(db, &shiina, by("000102", None, "外れていない"), NOW).await,
            move_to(db, &shiina, by("000102", somewhere, "同じ所属"), NOW).await,
            add(db, &shiina, by("000102", somewhere, "二重"), NOW).await,
            add(db, &shiina, by("000102", None, "所属なし"), NOW).await,
        ];
        for (index, result) in refused.into_iter().enumerate() {
            assert!(matches!(result, Err(StoreError::Refused(_))), "{index}: {result:?}");
        }
        let visitor = new_person(db, "000950", "派遣 太郎", city.world.kaikei).await;
        add(db, &shiina, by("000950", Some(city.world.jinji), "窓口の応援"), NOW).await.unwrap();
        assert_eq!(city.target(db, visitor, "staff").await.department_id, city.world.jinji);
    }
}

#[tokio::test]
async fn only_the_office_changes_targets_and_never_of_a_closed_inspection() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        moves(db, city.world.hirano, city.world.shimin).await;
        let shiina = actor(db, city.world.shiina).await;
        let shown = transfers(db, &shiina, city.inspection, NOW).await.unwrap();
        let keys = vec![shown.groups[0].1[0].key.clone()];
        for person in [city.world.tachibana, city.world.kubota, city.world.nishikawa] {
            let other = actor(db, person).await;
            assert!(!domain::permission::allows(&other, Action::RunInspection));
            assert!(matches!(transfers(db, &other, city.inspection, NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(
                take(db, &other, city.inspection, &keys, NOW).await,
                Err(StoreError::Forbidden)
            ));
            assert!(matches!(
                leave(db, &other, city.inspection, &keys, "理由", NOW).await,
                Err(StoreError::Forbidden)
            ));
        }
        let unknown = take(db, &shiina, Uuid::now_v7(), &keys, NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        close(db, &shiina, city.inspection, NOW).await.unwrap();
        assert_eq!(pending(db, &shiina, city.inspection, NOW).await.unwrap(), 0);
        assert!(transfers(db, &shiina, city.inspection, NOW).await.unwrap().groups.is_empty());
        let late = take(db, &shiina, city.inspection, &keys, NOW).await.err().unwrap();
        assert!(late.to_string().contains("締め切られた"), "{late}");
        let rows = target::Entity::find().filter(target::Column::DepartmentId.eq(city.world.shimin));
        let before = rows.count(db.read()).await.unwrap();
        assert_eq!(before, 4, "髙梨 twice, 沢村 twice: nothing moved");
        assert!(TODAY > time::macros::date!(2026 - 10 - 01));
    }
}

#[tokio::test]
async fn last_year_stays_as_it_was_through_transfers_mergers_and_new_names() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world: &World = &city.world;
        let shiina = actor(db, world.shiina).await;
        // The small city's first inspection is answered and closed: it is "last year".
        for (person, target) in
            [(world.hirano, world.hirano_target), (world.takanashi, world.takanashi_target)]
        {
            crate::transfer_common::hand_in_target(db, &city, person, target).await;
        }
        close(db, &shiina, world.inspection, NOW).await.unwrap();
        let figures = || async {
            let mut all = vec![results(db, &shiina, world.inspection, Filter::default()).await.unwrap()];
            for department in [world.jinji, world.shimin, world.joho, world.kaikei, world.somu] {
                let filter = Filter { department: Some(department) };
                all.push(results(db, &shiina, world.inspection, filter).await.unwrap());
            }
            let board = board(db, &shiina, world.inspection, NOW).await.unwrap();
            (all, format!("{board:?}"))
        };
        let before = figures().await;
        autumn(db, &city).await;
        take_all(db, &city).await;
        // 人事課 and 会計課 become one, 市民課 gets another name, 総務部 too.
        let merged = new_department(db, "人事会計課", world.somu, 2).await;
        for old in [world.jinji, world.kaikei] {
            succeeds(db, old, merged, "merged").await;
        }
        for person in [world.tachibana, world.hirano, world.nishikawa] {
            moves(db, person, merged).await;
        }
        db.execute("UPDATE department SET name = '市民窓口課' WHERE name = '市民課'").await.unwrap();
        db.execute("UPDATE department SET name = '総務企画部', position = 90 WHERE name = '総務部'")
            .await
            .unwrap();
        take_all(db, &city).await;
        assert_eq!(figures().await, before);
        assert_eq!(tally::verify(db).await.unwrap().first, None);
    }
}

#[tokio::test]
async fn a_whole_department_is_added_by_the_rules_and_nobody_twice() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let shiina = actor(db, city.world.shiina).await;
        let place_of = new_department(db, "出張所", city.world.somu, 900).await;
        for (number, name) in [("200001", "新井 花"), ("200002", "新田 実"), ("200003", "休 太郎")] {
            new_person(db, number, name, place_of).await;
        }
        let head = new_person(db, "200004", "所長 薫", place_of).await;
        post(db, head, place_of, "manager", "main").await;
        let away = person::Entity::find().filter(person::Column::StaffNo.eq("200003"));
        absent(db, away.one(db.read()).await.unwrap().unwrap().id, "childcare").await;
        let add = async |reason: &str| {
            transfer::add_department(db, &shiina, city.inspection, place_of, reason, NOW).await
        };
        assert!(matches!(add(" ").await, Err(StoreError::Refused(_))), "every change says why");
        assert_eq!(
            add("10月の設置").await.unwrap(),
            4,
            "three of the staff and the head; who is away is left out"
        );
        assert!(matches!(add("10月の設置").await, Err(StoreError::Refused(_))), "twice adds nobody");
        let shown = board(db, &shiina, city.inspection, NOW).await.unwrap();
        let line =
            shown.divisions.iter().flat_map(|one| &one.lines).find(|line| line.name == "出張所").unwrap();
        assert_eq!(line.coverage.targets, 4);
        let added = event::Entity::find().filter(event::Column::Kind.eq("target.added"));
        assert_eq!(added.count(db.read()).await.unwrap(), 4);
        let reasons = target_addition::Entity::find().all(db.read()).await.unwrap();
        assert!(reasons.iter().all(|row| row.reason == "10月の設置"));
        close(db, &shiina, city.inspection, NOW).await.unwrap();
        assert!(matches!(add("遅れて").await, Err(StoreError::Refused(_))));
    }
}
