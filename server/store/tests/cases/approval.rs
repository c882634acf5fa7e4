//! From the heads' confirmations to the approvals of 部長 and 統括, and back again.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, Statements, World, actor, places};
use crate::transfer_common::{hand_in_target, post, put};
use domain::actor::Actor;
use domain::approval::Level;
use domain::calendar::office::Hours;
use domain::inspection::{Start, Visibility};
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use store::approval::{
    Happened, Place, Word, approve, city, division, send_back, send_department_back, withdraw,
};
use store::department::{confirm, page, return_sheet, withdraw_confirmation};
use store::entity::{approval, approval_withdrawal, concern, confirmation, event, outbox, target};
use store::inspection::haste::hasty;
use store::inspection::start;
use store::landing::landing;
use store::ledger::Author;
use store::notice::{Settled, send_due_unless};
use store::{Db, StoreError, StoreResult};
use time::Duration;
use time::macros::{date, datetime};
use uuid::Uuid;

/// The small city with 部長 of 総務部 (椎名 is none of it: 久保田), 統括 髙梨, and an inspection with both steps.
struct City {
    world: World,
    inspection: Uuid,
    /// 部長 of 総務部.
    bucho: Uuid,
    /// 統括.
    chief: Uuid,
}

impl City {
    async fn build(db: &Db, levels: &[Level]) -> City {
        let world = World::build(db).await;
        post(db, world.kubota, world.somu, "responsible", "main").await;
        let txn = db.begin().await.unwrap();
        store::access::grant(&txn, &Author::console(), world.takanashi, Role::Chief, None, NOW)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let new = Start {
            about: domain::inspection::About::default(),
            fiscal_year: 2026,
            name: "令和8年度情報セキュリティ自己点検（秋）".into(),
            base_on: date!(2026 - 10 - 01),
            opens_on: date!(2026 - 11 - 02),
            due_on: date!(2026 - 11 - 27),
            visibility: Visibility::Named,
            contact: "情報政策課（内線2341）".into(),
            editions: vec![(Role::Staff, world.staff_edition)],
            levels: levels.to_vec(),
        };
        let officer = actor(db, world.shiina).await;
        let inspection = start(db, &officer, new, NOW).await.unwrap();
        City { inspection, bucho: world.kubota, chief: world.takanashi, world }
    }

    /// Everybody of a department hands in.
    async fn all_hand_in(&self, db: &Db, department: Uuid) {
        let targets = target::Entity::find()
            .filter(target::Column::InspectionId.eq(self.inspection))
            .filter(target::Column::DepartmentId.eq(department))
            .all(db.read())
            .await
            .unwrap();
        for row in targets {
            hand_in_target(
                db,
                &crate::transfer_common::City {
                    world: self.world.clone(),
                    inspection: self.inspection,
                    name: String::new(),
                },
                row.person_id,
                row.id,
            )
            .await;
        }
    }

    async fn head(&self, db: &Db) -> Actor {
        actor(db, self.world.tachibana).await
    }

    fn somu(&self) -> Place {
        Place::Division(self.world.somu)
    }

    /// 人事課 confirms; the head handed in a sheet of the own, too.
    async fn jinji_confirms(&self, db: &Db) {
        let word =
            store::department::Word { note: "確認した。".into(), own_reason: "一人のため".into() };
        confirm(db, &self.head(db).await, self.inspection, self.world.jinji, word, NOW).await.unwrap();
    }
}

fn word(note: &str) -> Word {
    Word { note: note.into(), own_reason: String::new() }
}

fn refused<T: std::fmt::Debug>(result: StoreResult<T>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("{other:?}"),
    }
}

async fn mails(db: &Db, kind: &str) -> Vec<String> {
    let rows = outbox::Entity::find().filter(outbox::Column::Kind.eq(kind)).all(db.read()).await.unwrap();
    rows.into_iter().map(|row| row.to_name).collect()
}

#[tokio::test]
async fn nothing_below_an_approval_changes_until_it_is_withdrawn() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &Level::ALL).await;
        let (id, jinji) = (city.inspection, city.world.jinji);
        city.all_hand_in(db, jinji).await;
        city.jinji_confirms(db).await;
        let bucho = actor(db, city.bucho).await;
        // 情報政策課 of the same 部 is not confirmed.
        assert!(refused(approve(db, &bucho, id, city.somu(), word(""), NOW).await).contains("所属が1"));
        approve(db, &bucho, id, city.somu(), word("情報政策課は後日確認する。"), NOW).await.unwrap();
        assert!(
            refused(approve(db, &bucho, id, city.somu(), word("再"), NOW).await).contains("済んでいます")
        );

        let head = city.head(db).await;
        let text = refused(withdraw_confirmation(db, &head, id, jinji, NOW).await);
        assert!(text.contains("部長の承認"), "{text}");
        let text = refused(send_department_back(db, &bucho, id, jinji, "見直し", NOW).await);
        assert!(text.contains("部長の承認"), "{text}");

        let chief = actor(db, city.chief).await;
        approve(db, &chief, id, Place::City, word("残りは督促中"), NOW).await.unwrap();
        let text = refused(withdraw(db, &bucho, id, city.somu(), "誤り", NOW).await);
        assert!(text.contains("統括"), "{text}");
        assert!(refused(withdraw(db, &chief, id, Place::City, " ", NOW).await).contains("理由"));
        withdraw(db, &chief, id, Place::City, "数え直す", NOW).await.unwrap();

        // The 統括 gives the 部's approval back, the 部長 the confirmation, the head the sheet: each step is told.
        send_back(db, &chief, id, city.world.somu, "改善策がない", NOW).await.unwrap();
        send_department_back(db, &bucho, id, jinji, "問2の改善策を求める", NOW).await.unwrap();
        let hirano = target::Entity::find()
            .filter(target::Column::InspectionId.eq(id))
            .filter(target::Column::PersonId.eq(city.world.hirano))
            .one(db.read())
            .await
            .unwrap()
            .unwrap();
        return_sheet(db, &head, hirano.id, "問2を直す", NOW).await.unwrap();
        assert_eq!(mails(db, "approval").await, ["久保田 千尋"], "the 部長 is told of the return");
        assert_eq!(mails(db, "return").await, ["立花 由美子", "平野 智子"]);
        assert_eq!(approval::Entity::find().all(db.read()).await.unwrap().len(), 2, "nothing is deleted");
        assert_eq!(approval_withdrawal::Entity::find().all(db.read()).await.unwrap().len(), 2);
        assert!(confirmation::Entity::find().all(db.read()).await.unwrap().is_empty());
        let recorded: Vec<String> =
            event::Entity::find().all(db.read()).await.unwrap().into_iter().map(|row| row.kind).collect();
        for kind in [
            "approval.given",
            "approval.withdrawn",
            "approval.sent_back",
            "department.confirmation_sent_back",
        ] {
            assert!(recorded.iter().any(|one| one == kind), "{kind}");
        }
    }
}

#[tokio::test]
async fn the_chain_is_read_from_the_rows_in_its_order() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &[Level::Division]).await;
        let (id, jinji) = (city.inspection, city.world.jinji);
        city.all_hand_in(db, jinji).await;
        let (head, bucho) = (city.head(db).await, actor(db, city.bucho).await);
        let at = |minutes: i64| NOW + Duration::minutes(minutes);
        let own = || store::department::Word { note: String::new(), own_reason: "一人のため".into() };
        confirm(db, &head, id, jinji, own(), at(1)).await.unwrap();
        send_department_back(db, &bucho, id, jinji, "問2", at(2)).await.unwrap();
        confirm(db, &head, id, jinji, own(), at(3)).await.unwrap();
        approve(db, &bucho, id, city.somu(), word("残りは後日"), at(4)).await.unwrap();
        withdraw(db, &bucho, id, city.somu(), "誤り", at(5)).await.unwrap();
        withdraw_confirmation(db, &head, id, jinji, at(6)).await.unwrap();
        let shown = page(db, &head, id, jinji, at(7)).await.unwrap();
        let steps: Vec<(Happened, &str)> = shown
            .history
            .iter()
            .filter(|step| step.target.is_none())
            .map(|step| (step.what, step.by.as_str()))
            .collect();
        assert_eq!(
            steps,
            [
                (Happened::Confirmed, "立花 由美子"),
                (Happened::ConfirmationSentBack(Level::Division), "久保田 千尋"),
                (Happened::Confirmed, "立花 由美子"),
                (Happened::Approved(Level::Division), "久保田 千尋"),
                (Happened::ApprovalWithdrawn(Level::Division), "久保田 千尋"),
                (Happened::ConfirmationWithdrawn, "立花 由美子"),
            ]
        );
        let handed_in = shown.history.iter().filter(|step| step.target.is_some()).count();
        assert_eq!(handed_in, 3, "everybody's sheet");
    }
}

#[tokio::test]
async fn a_step_that_was_not_chosen_is_none_and_other_places_are_not_found() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &[Level::Chief]).await;
        let id = city.inspection;
        let (bucho, chief) = (actor(db, city.bucho).await, actor(db, city.chief).await);
        assert!(
            refused(approve(db, &bucho, id, city.somu(), word("理由"), NOW).await).contains("行いません")
        );
        let other = Place::Division(city.world.shimin);
        let result = approve(db, &bucho, id, other, word("理由"), NOW).await;
        assert!(matches!(result, Err(StoreError::NotFound)), "{result:?}");
        let result = approve(db, &bucho, id, Place::City, word("理由"), NOW).await;
        assert!(matches!(result, Err(StoreError::Forbidden)), "{result:?}");
        let head = city.head(db).await;
        let result = division(db, &head, id, city.world.somu, NOW).await;
        assert!(matches!(result, Err(StoreError::Forbidden)), "{:?}", result.err());
        // Without the 部長's step the 統括 gives confirmations back directly.
        city.all_hand_in(db, city.world.jinji).await;
        city.jinji_confirms(db).await;
        send_back(db, &chief, id, city.world.jinji, "問2", NOW).await.unwrap();
        assert!(confirmation::Entity::find().all(db.read()).await.unwrap().is_empty());
        let seen = city_page(db, &chief, id).await;
        assert!(seen.may_act && seen.stand.open == seen.stand.units);
        let before = landing(db, &chief, NOW).await.unwrap().approvals;
        assert_eq!((before.len(), before[0].division.clone()), (1, None));
        assert!(landing(db, &bucho, NOW).await.unwrap().approvals.is_empty());
    }
}

async fn city_page(db: &Db, chief: &Actor, id: Uuid) -> store::approval::CityPage {
    city(db, chief, id, NOW).await.unwrap()
}

#[tokio::test]
async fn who_confirmed_approves_with_a_reason_that_the_audit_report_tells() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &Level::ALL).await;
        let (id, jinji) = (city.inspection, city.world.jinji);
        city.all_hand_in(db, jinji).await;
        city.jinji_confirms(db).await;
        // The head is 部長 as well, in the place of another (事務取扱).
        post(db, city.world.tachibana, city.world.somu, "responsible", "acting").await;
        let both = city.head(db).await;
        assert!(
            refused(approve(db, &both, id, city.somu(), word("残りは後日"), NOW).await).contains("確認し")
        );
        let given =
            Word { note: "残りは後日".into(), own_reason: "部長が欠けているため".into() };
        approve(db, &both, id, city.somu(), given, NOW).await.unwrap();
        let rows = concern::Entity::find().filter(concern::Column::Rule.eq("own_step")).all(db.read()).await;
        let rows = rows.unwrap();
        assert_eq!((rows.len(), rows[0].department_id), (1, jinji));
        let shown = division(db, &both, id, city.world.somu, NOW).await.unwrap();
        let capacity = shown.unit.approved.unwrap().capacity;
        assert_eq!(capacity, Some(domain::post::Kind::Acting));
    }
}

#[tokio::test]
async fn the_next_step_is_told_when_everything_below_is_through() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &Level::ALL).await;
        let id = city.inspection;
        let shown = division(db, &actor(db, city.bucho).await, id, city.world.somu, NOW).await.unwrap();
        let open: BTreeMap<String, bool> =
            shown.unit.lines.iter().map(|line| (line.name.clone(), line.confirmed.is_some())).collect();
        assert_eq!(open, BTreeMap::from([("人事課".into(), false), ("情報政策課".into(), false)]));
        post(db, city.world.tachibana, city.world.joho, "manager", "acting").await;
        city.all_hand_in(db, city.world.jinji).await;
        city.all_hand_in(db, city.world.joho).await;
        city.jinji_confirms(db).await;
        assert!(mails(db, "approval").await.is_empty(), "one department is still open");
        confirm(db, &city.head(db).await, id, city.world.joho, "", NOW).await.unwrap();
        assert_eq!(mails(db, "approval").await, ["久保田 千尋"]);
        let waiting = landing(db, &actor(db, city.bucho).await, NOW).await.unwrap().approvals;
        assert_eq!((waiting.len(), waiting[0].stand.open, waiting[0].stand.units), (1, 0, 2));
    }
}

#[tokio::test]
async fn an_approval_within_seconds_is_noted_for_the_office_and_a_considered_one_is_not() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &Level::ALL).await;
        let id = city.inspection;
        let (bucho, officer) = (actor(db, city.bucho).await, actor(db, city.world.shiina).await);
        division(db, &bucho, id, city.world.somu, NOW).await.unwrap();
        let soon = NOW + Duration::seconds(3);
        approve(db, &bucho, id, city.somu(), word("督促中"), soon).await.unwrap();
        let noted = hasty(db, &officer, id).await.unwrap();
        assert_eq!((noted.len(), noted[0].department.as_str()), (1, "総務部"));
        assert!(noted[0].told.contains("3秒"), "{}", noted[0].told);
        withdraw(db, &bucho, id, city.somu(), "誤り", soon).await.unwrap();
        let later = NOW + Duration::minutes(5);
        approve(db, &bucho, id, city.somu(), word("督促中"), later).await.unwrap();
        assert_eq!(hasty(db, &officer, id).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_pages_take_as_many_statements_for_many_departments_as_for_few() {
    for mut place in places().await {
        let world = City::build(&place.db, &Level::ALL).await;
        let statements = Statements::of(place.db.read_mut());
        let db = &place.db;
        let officer = actor(db, world.world.shiina).await;
        let mut counts = Vec::new();
        for round in 0..2 {
            if round == 1 {
                world.all_hand_in(db, world.world.jinji).await;
                world.all_hand_in(db, world.world.shimin).await;
                world.jinji_confirms(db).await;
            }
            statements.taken();
            city(db, &officer, world.inspection, NOW).await.unwrap();
            let whole = statements.taken();
            division(db, &officer, world.inspection, world.world.somu, NOW).await.unwrap();
            let part = statements.taken();
            page(db, &officer, world.inspection, world.world.jinji, NOW).await.unwrap();
            counts.push((whole, part, statements.taken()));
        }
        println!("city, division, department: {counts:?}");
        assert!(counts[1].0 <= 25 && counts[1].1 <= 25 && counts[1].2 <= 45, "{counts:?}");
        // The names of who confirmed are one more; nothing else grows.
        assert!(counts[1].0 <= counts[0].0 + 2 && counts[1].1 <= counts[0].1 + 2, "{counts:?}");
    }
}

#[tokio::test]
async fn what_waits_is_told_once_each_open_day_and_a_head_appointed_meanwhile_the_same_day() {
    for place in places().await {
        let db = &place.db;
        let city = City::build(db, &Level::ALL).await;
        let (jinji, joho) = (city.world.jinji, city.world.joho);
        let mut settled = Settled::default();
        let mut told = async |now| {
            send_due_unless(db, &mut settled, Hours::default(), now).await.unwrap();
            let rows = outbox::Entity::find().filter(outbox::Column::Kind.eq("notice_waiting"));
            let mut rows: Vec<(String, String)> =
                rows.all(db.read()).await.unwrap().into_iter().map(|row| (row.to_name, row.body)).collect();
            rows.sort();
            rows
        };
        let tuesday = datetime!(2026-11-24 01:00 UTC);
        assert!(told(tuesday).await.is_empty(), "nothing waits");
        city.all_hand_in(db, jinji).await;
        let first = told(tuesday + Duration::minutes(1)).await;
        assert!(first.len() == 1 && first[0].1.contains("人事課：全員が提出しました"), "{first:?}");
        assert_eq!(told(tuesday + Duration::minutes(2)).await.len(), 1, "once a day");
        // Nothing changed but who leads.
        post(db, city.world.nishikawa, jinji, "manager", "additional").await;
        let both = told(tuesday + Duration::hours(4)).await;
        assert!(both.len() == 2 && both.iter().any(|(name, _)| name == "西川 拓也"), "{both:?}");

        city.jinji_confirms(db).await;
        city.all_hand_in(db, joho).await;
        let row = confirmation::Model {
            id: Uuid::now_v7(),
            inspection_id: city.inspection,
            department_id: joho,
            note: String::new(),
            at: NOW,
            by_person_id: city.world.tachibana,
            capacity: String::new(),
        };
        put::<_, confirmation::ActiveModel>(db, row).await;
        let wednesday = told(tuesday + Duration::DAY).await;
        let new: Vec<_> = wednesday.iter().filter(|one| !both.contains(one)).collect();
        assert!(new.len() == 1 && new[0].0 == "久保田 千尋", "{wednesday:?}");
        assert!(new[0].1.contains("部長の承認を待っています"), "{new:?}");
    }
}
