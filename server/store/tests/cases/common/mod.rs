//! A small city for the tests of use cases, on SQLite and (where the runner started one) on PostgreSQL.
//!
//! 総務部: 人事課 (head 立花, staff 平野, 西川), 情報政策課 (officer 椎名). 市民部: 市民課 (head 沢村, staff 髙梨).
//! 監査人 久保田 belongs to 会計課. One policy with three clauses; one running inspection with two questions on
//! the staff's sheet (the second offers 該当なし) and one on the heads'.

#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes)]

mod rows;

use domain::actor::Actor;
use rows::{clause, department, edition, grant, person, put, target};
use sea_orm::DatabaseConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::Db;
use store::entity::*;
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The moment at which all tests happen: 2026-11-23 10:00 in Japan.
pub const NOW: OffsetDateTime = datetime!(2026-11-23 01:00 UTC);
/// The day of the tests.
pub const TODAY: Date = date!(2026 - 11 - 23);

/// A database of its own for one test.
pub struct Place {
    pub db: Db,
    folder: Option<tempfile::TempDir>,
    url: String,
}

impl Place {
    /// Another way to the same database, as a second server process has it.
    pub async fn again(&self) -> Db {
        match &self.folder {
            Some(folder) => Db::sqlite(&folder.path().join("test.db")).await.unwrap(),
            None => Db::server(&self.url).await.unwrap(),
        }
    }
}

impl Drop for Place {
    /// Hundreds of databases would fill the runner's disk. A thread of its own, as a drop can't wait for the server.
    fn drop(&mut self) {
        let Some((server, name)) = self.url.rsplit_once('/') else { return };
        let (server, drop) = (format!("{server}/postgres"), format!("DROP DATABASE {name} WITH (FORCE)"));
        let gone = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { Db::server(&server).await.unwrap().execute(&drop).await })
        });
        assert!(std::thread::panicking() || matches!(gone.join(), Ok(Ok(_))), "{} is still there", self.url);
    }
}

/// An empty, migrated database of each kind.
pub async fn places() -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::sqlite(&folder.path().join("test.db")).await.unwrap();
    let mut places = vec![Place { db, folder: Some(folder), url: String::new() }];
    if let Ok(server) = std::env::var("MINAOSHI_TEST_POSTGRES") {
        let name = format!("t{}", Uuid::now_v7().simple());
        Db::server(&format!("{server}/postgres"))
            .await
            .unwrap()
            .execute(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        let url = format!("{server}/{name}");
        places.push(Place { db: Db::server(&url).await.unwrap(), folder: None, url });
    }
    for place in &places {
        place.db.migrate().await.unwrap();
    }
    places
}

/// The keys of what the small city holds.
#[derive(Clone, Debug)]
pub struct World {
    pub jinji: Uuid,
    pub joho: Uuid,
    pub shimin: Uuid,
    pub kaikei: Uuid,
    /// 総務部
    pub somu: Uuid,
    pub tachibana: Uuid,
    pub hirano: Uuid,
    pub nishikawa: Uuid,
    pub shiina: Uuid,
    pub sawamura: Uuid,
    pub takanashi: Uuid,
    pub kubota: Uuid,
    pub revision: Uuid,
    /// Paths 1, 1-(1), 1-(2).
    pub clauses: [Uuid; 3],
    pub questions: [Uuid; 3],
    pub staff_edition: Uuid,
    pub manager_edition: Uuid,
    /// Two of the staff's sheet, one of the heads'.
    pub items: [Uuid; 3],
    pub inspection: Uuid,
    /// Target of 平野 (人事課, staff).
    pub hirano_target: Uuid,
    pub nishikawa_target: Uuid,
    pub takanashi_target: Uuid,
    /// Target of 立花 (人事課, head).
    pub tachibana_target: Uuid,
}

impl World {
    /// Fills an empty database.
    pub async fn build(db: &Db) -> World {
        let txn = db.begin().await.unwrap();
        let somu = department(&txn, "総務部", None, 1).await;
        let jinji = department(&txn, "人事課", Some(somu), 2).await;
        let joho = department(&txn, "情報政策課", Some(somu), 3).await;
        let shiminbu = department(&txn, "市民部", None, 4).await;
        let shimin = department(&txn, "市民課", Some(shiminbu), 5).await;
        let kaikei = department(&txn, "会計課", None, 6).await;
        let tachibana = person(&txn, "000101", "立花 由美子", jinji, &["staff", "manager"]).await;
        let hirano = person(&txn, "000102", "平野 智子", jinji, &["staff"]).await;
        let nishikawa = person(&txn, "000103", "西川 拓也", jinji, &["staff"]).await;
        let shiina = person(&txn, "000201", "椎名 航平", joho, &["staff"]).await;
        let sawamura = person(&txn, "000301", "沢村 浩司", shimin, &["staff", "manager"]).await;
        let takanashi = person(&txn, "000302", "髙梨 直美", shimin, &["staff"]).await;
        let kubota = person(&txn, "000401", "久保田 千尋", kaikei, &["staff"]).await;
        grant(&txn, shiina, "secretariat").await;
        grant(&txn, kubota, "auditor").await;
        let (policy_id, revision) = (Uuid::now_v7(), Uuid::now_v7());
        put::<_, policy::ActiveModel>(
            &txn,
            policy::Model { id: policy_id, title: "ポリシー".into(), at: NOW },
        )
        .await;
        let row = revision::Model {
            id: revision,
            policy_id,
            number: 1,
            title: "凪原市情報セキュリティポリシー".into(),
            file_name: "policy.md".into(),
            file_sha256: store::ledger::START.into(),
            history: "[]".into(),
            remarks: "[]".into(),
            signature: None,
            at: NOW,
            by_person_id: shiina,
        };
        put::<_, revision::ActiveModel>(&txn, row).await;
        let first = clause(&txn, revision, None, 1, "1", "").await;
        let second =
            clause(&txn, revision, Some(first), 2, "1-(1)", "職員等は、端末を施錠しなければならない。").await;
        let third = clause(
            &txn,
            revision,
            Some(first),
            3,
            "1-(2)",
            "職員等は、端末を持ち出す場合は、許可を得なければならない。",
        )
        .await;
        let questions = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
        for (id, role) in questions.iter().zip(["staff", "staff", "manager"]) {
            let row = question::Model { id: *id, role: role.into(), topic: 5, at: NOW, by_person_id: None };
            put::<_, question::ActiveModel>(&txn, row).await;
        }
        for (question_id, clause_id) in questions.iter().zip([second, third, second]) {
            let row = question_clause::Model { id: Uuid::now_v7(), question_id: *question_id, clause_id };
            put::<_, question_clause::ActiveModel>(&txn, row).await;
        }
        let [q1, q2, q3] = questions;
        let staff = [
            (q1, second, "席を離れるとき、端末を施錠していますか。", None),
            (q2, third, "端末を持ち出すとき、許可を得ていますか。", Some("持出しなし")),
        ];
        let (staff_edition, staff_items) = edition(&txn, "staff", &staff).await;
        let manager = [(q3, second, "所属では、端末の施錠を確認していますか。", None)];
        let (manager_edition, manager_items) = edition(&txn, "manager", &manager).await;
        let inspection = Uuid::now_v7();
        let row = inspection::Model {
            id: inspection,
            fiscal_year: 2026,
            name: "令和8年度情報セキュリティ自己点検".into(),
            base_on: date!(2026 - 10 - 01),
            opens_on: date!(2026 - 11 - 02),
            due_on: date!(2026 - 11 - 27),
            visibility: "named".into(),
            contact: "情報政策課（内線2341）".into(),
            at: NOW,
            by_person_id: Some(shiina),
        };
        put::<_, inspection::ActiveModel>(&txn, row).await;
        for (edition_id, role) in [(staff_edition, "staff"), (manager_edition, "manager")] {
            let row = inspection_edition::Model {
                id: Uuid::now_v7(),
                inspection_id: inspection,
                edition_id,
                role: role.into(),
            };
            put::<_, inspection_edition::ActiveModel>(&txn, row).await;
        }
        for (department_id, name, division_id, division, position) in [
            (jinji, "人事課", somu, "総務部", 2),
            (joho, "情報政策課", somu, "総務部", 3),
            (shimin, "市民課", shiminbu, "市民部", 5),
            (kaikei, "会計課", kaikei, "会計課", 6),
        ] {
            let row = inspection_department::Model {
                id: Uuid::now_v7(),
                inspection_id: inspection,
                department_id,
                name: name.into(),
                division_id,
                division_name: division.into(),
                position,
            };
            put::<_, inspection_department::ActiveModel>(&txn, row).await;
        }
        let hirano_target =
            target(&txn, inspection, jinji, hirano, "平野 智子", staff_edition, "staff").await;
        let nishikawa_target =
            target(&txn, inspection, jinji, nishikawa, "西川 拓也", staff_edition, "staff").await;
        let takanashi_target =
            target(&txn, inspection, shimin, takanashi, "髙梨 直美", staff_edition, "staff").await;
        let tachibana_target =
            target(&txn, inspection, jinji, tachibana, "立花 由美子", manager_edition, "manager").await;
        txn.commit().await.unwrap();
        World {
            jinji,
            joho,
            shimin,
            kaikei,
            somu,
            tachibana,
            hirano,
            nishikawa,
            shiina,
            sawamura,
            takanashi,
            kubota,
            revision,
            clauses: [first, second, third],
            questions,
            staff_edition,
            manager_edition,
            items: [staff_items[0], staff_items[1], manager_items[0]],
            inspection,
            hirano_target,
            nishikawa_target,
            takanashi_target,
            tachibana_target,
        }
    }
}

/// The person as an actor today.
pub async fn actor(db: &Db, person: Uuid) -> Actor {
    store::access::actor(db.read(), person, TODAY).await.unwrap()
}

/// Counts the statements of a connection.
pub struct Statements(Arc<AtomicUsize>);

impl Statements {
    /// From now on.
    pub fn of(connection: &mut DatabaseConnection) -> Statements {
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = statements.clone();
        connection.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Statements(statements)
    }

    /// How many there were since this was asked last.
    pub fn taken(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }
}
