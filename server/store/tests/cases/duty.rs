//! Separation of duties: what is forbidden, and what passes with a reason that the audit report tells.

use crate::common::{NOW, TODAY, World, actor, places};
use crate::transfer_common::{City, hand_in, put};
use domain::duty::Warning;
use sea_orm::EntityTrait;
use store::audit::{self, NewAudit, open, report};
use store::department::{Word, confirm, return_sheet, withdraw_confirmation};
use store::entity::{audit as audit_table, concern, inspection, role_grant};
use store::inspection::haste::hasty;
use store::response::{Draft, Source, read, save};
use store::{Db, StoreError};
use time::Duration;
use time::macros::date;
use uuid::Uuid;

fn audit_of(world: &World, inspection: Uuid, department: Uuid, reason: &str) -> NewAudit {
    NewAudit {
        inspection,
        department,
        auditor: world.kubota,
        purpose: "端末の管理の状況を確かめる。".into(),
        held_on: date!(2026 - 12 - 08),
        reason: reason.into(),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("{other:?}"),
    }
}

async fn grants(db: &Db, person_id: Uuid, role: &str, ends_on: Option<time::Date>) {
    let id = Uuid::now_v7();
    let row = role_grant::Model { id, person_id, role: role.into(), at: NOW, by_person_id: None, ends_on };
    put::<_, role_grant::ActiveModel>(db, row).await;
}

async fn audited_by(db: &Db, inspection: Uuid, department: Uuid, auditor: Uuid) {
    let row = audit_table::Model {
        id: Uuid::now_v7(),
        inspection_id: inspection,
        department_id: department,
        label: "R8-監-90".into(),
        purpose: "相互監査".into(),
        held_on: TODAY,
        auditor_id: auditor,
        at: NOW,
        by_person_id: auditor,
    };
    put::<_, audit_table::ActiveModel>(db, row).await;
}

#[tokio::test]
async fn rule_1_who_manages_a_system_of_the_department_does_not_audit_it() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let system = store::entity::information_system::Model {
            id: Uuid::now_v7(),
            name: "住民記録".into(),
            department_id: world.shimin,
            valid_from: date!(2020 - 04 - 01),
            valid_to: None,
        };
        put::<_, store::entity::information_system::ActiveModel>(db, system).await;
        // The post is held in 会計課, the system belongs to 市民課.
        let post = store::entity::post::Model {
            id: Uuid::now_v7(),
            person_id: world.kubota,
            department_id: world.kaikei,
            role: "system_manager".into(),
            kind: "main".into(),
            title: "主幹".into(),
            system: Some("住民記録".into()),
            valid_from: date!(2024 - 04 - 01),
            valid_to: None,
        };
        put::<_, store::entity::post::ActiveModel>(db, post).await;
        let kubota = actor(db, world.kubota).await;
        let text =
            refused(open(db, &kubota, audit_of(world, city.inspection, world.shimin, "理由"), NOW).await);
        assert!(text.contains("情報システムの管理者"), "{text}");
        open(db, &kubota, audit_of(world, city.inspection, world.jinji, ""), NOW).await.unwrap();
    }
}

#[tokio::test]
async fn rule_2_a_head_confirms_own_sheets_with_a_reason_that_the_report_tells() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let head = actor(db, world.tachibana).await;
        hand_in(db, &city, world.tachibana).await;
        let word = |own_reason: &str| Word { note: "2件は督促中".into(), own_reason: own_reason.into() };
        let text = refused(confirm(db, &head, city.inspection, world.jinji, word(" "), NOW).await);
        assert!(text.contains("あなたが提出した点検票"), "{text}");
        confirm(db, &head, city.inspection, world.jinji, word("代わる者がいないため"), NOW).await.unwrap();
        let kubota = actor(db, world.kubota).await;
        let id = open(db, &kubota, audit_of(world, city.inspection, world.jinji, ""), NOW).await.unwrap();
        let told = report(db, &kubota, id).await.unwrap().concerns;
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].warning, told[0].person.as_str()), (Warning::OwnSheet, "立花 由美子"));
        assert_eq!(told[0].reason, "代わる者がいないため");
    }
}

#[tokio::test]
async fn rule_3_the_head_of_audit_opens_one_of_the_own_department_with_a_reason_only() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        grants(db, world.nishikawa, "audit_chief", None).await;
        let chief = actor(db, world.nishikawa).await;
        let own = |reason: &str| audit_of(world, city.inspection, world.jinji, reason);
        let text = refused(open(db, &chief, own(""), NOW).await);
        assert!(text.contains("外部の監査人"), "{text}");
        let id = open(db, &chief, own("外部の監査人を頼む予算がないため"), NOW).await.unwrap();
        let told = report(db, &chief, id).await.unwrap().concerns;
        assert_eq!(told.iter().map(|one| one.warning).collect::<Vec<_>>(), [Warning::OwnDepartment]);
        // Another department's audit asks for nothing and tells nothing.
        let other = audit_of(world, city.inspection, world.shimin, "");
        let id = open(db, &chief, other, NOW).await.unwrap();
        assert_eq!(report(db, &chief, id).await.unwrap().concerns, []);
    }
}

#[tokio::test]
async fn rule_4_a_mutual_audit_is_warned_of() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        // 会計課, where 久保田 works, is audited by 髙梨 of 市民課.
        audited_by(db, city.inspection, world.kaikei, world.takanashi).await;
        let kubota = actor(db, world.kubota).await;
        let back = |reason: &str| audit_of(world, city.inspection, world.shimin, reason);
        assert!(refused(open(db, &kubota, back(""), NOW).await).contains("相互監査"));
        let id = open(db, &kubota, back("監査人が二人しかいないため"), NOW).await.unwrap();
        let rows = concern::Entity::find().all(db.read()).await.unwrap();
        assert_eq!((rows.len(), rows[0].rule.as_str(), rows[0].audit_id), (1, "mutual", Some(id)));
    }
}

#[tokio::test]
async fn rule_5_after_the_confirmation_nothing_changes_without_a_return() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        hand_in(db, &city, world.hirano).await;
        let head = actor(db, world.tachibana).await;
        confirm(db, &head, city.inspection, world.jinji, "督促中", NOW).await.unwrap();
        let hirano = actor(db, world.hirano).await;
        let target = city.target(db, world.hirano, "staff").await.id;
        let draft = || Draft {
            item: world.items[0],
            written: domain::answer::Written::choice("not_done"),
            evidence: String::new(),
            comment: "訂正".into(),
            planned_on: None,
            seen_version: Some(1),
            source: Source::Web,
        };
        assert!(refused(save(db, &hirano, None, target, draft(), NOW).await).contains("差戻し"));
        refused(return_sheet(db, &head, target, "直してください", NOW).await);
        withdraw_confirmation(db, &head, city.inspection, world.jinji, NOW).await.unwrap();
        return_sheet(db, &head, target, "直してください", NOW).await.unwrap();
        save(db, &hirano, None, target, draft(), NOW).await.unwrap();
    }
}

#[tokio::test]
async fn rule_8_a_confirmation_without_a_look_is_noted_for_the_office_only() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let head = actor(db, world.sawamura).await;
        let mut targets = Vec::new();
        for number in 0..5 {
            let name = format!("職員 {number}");
            let person =
                crate::transfer_common::new_person(db, &format!("0008{number}"), &name, world.shimin).await;
            let shiina = actor(db, world.shiina).await;
            let by = store::inspection::transfer::ByHand {
                inspection: city.inspection,
                staff_no: format!("0008{number}"),
                role: domain::role::Role::Staff,
                department: Some(world.shimin),
                reason: "追加".into(),
            };
            store::inspection::transfer::add(db, &shiina, by, NOW).await.unwrap();
            hand_in(db, &city, person).await;
            targets.push(city.target(db, person, "staff").await.id);
        }
        confirm(db, &head, city.inspection, world.shimin, "ほかは督促中", NOW).await.unwrap();
        let shiina = actor(db, world.shiina).await;
        let noted = hasty(db, &shiina, city.inspection).await.unwrap();
        assert_eq!(noted.len(), 1);
        assert_eq!((noted[0].department.as_str(), noted[0].head.as_str()), ("市民課", "沢村 浩司"));
        assert!(matches!(hasty(db, &head, city.inspection).await, Err(StoreError::Forbidden)));
        // Looked at for minutes, it is no longer noted.
        withdraw_confirmation(db, &head, city.inspection, world.shimin, NOW).await.unwrap();
        for target in targets {
            read(db, &head, target, NOW).await.unwrap();
        }
        let later = NOW + Duration::minutes(10);
        confirm(db, &head, city.inspection, world.shimin, "ほかは督促中", later).await.unwrap();
        assert_eq!(hasty(db, &shiina, city.inspection).await.unwrap(), []);
    }
}

#[tokio::test]
async fn rule_9_heads_audited_last_year_are_suggested_as_auditors() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let last = inspection::Model {
            id: Uuid::now_v7(),
            fiscal_year: 2025,
            name: "令和7年度情報セキュリティ自己点検".into(),
            base_on: date!(2025 - 10 - 01),
            opens_on: date!(2025 - 11 - 01),
            due_on: date!(2025 - 11 - 28),
            visibility: "named".into(),
            contact: String::new(),
            at: NOW,
            by_person_id: None,
        };
        let id = last.id;
        put::<_, inspection::ActiveModel>(db, last).await;
        audited_by(db, id, world.shimin, world.kubota).await;
        let kubota = actor(db, world.kubota).await;
        let found = audit::choices(db, &kubota, TODAY).await.unwrap().candidates;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].is_auditor), ("沢村 浩司", false));
    }
}

#[tokio::test]
async fn rule_10_an_auditor_from_outside_comes_for_a_time() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db).await;
        let world = &city.world;
        let outsider = |number: usize| store::entity::person::Model {
            id: Uuid::now_v7(),
            staff_no: format!("X{number}"),
            name: format!("外部 監査人{number}"),
            kana: "がいぶ".into(),
            employment: "外部".into(),
            email: None,
            since: NOW,
        };
        let kubota = actor(db, world.kubota).await;
        for (number, ends_on, allowed) in [
            (1, None, false),
            (2, Some(date!(2026 - 11 - 23)), false),
            (3, Some(date!(2027 - 03 - 31)), true),
        ] {
            let person = outsider(number);
            let id = person.id;
            put::<_, store::entity::person::ActiveModel>(db, person).await;
            grants(db, id, "auditor", ends_on).await;
            let new = NewAudit { auditor: id, ..audit_of(world, city.inspection, world.jinji, "") };
            assert_eq!(open(db, &kubota, new, NOW).await.is_ok(), allowed, "{number}");
        }
    }
}
