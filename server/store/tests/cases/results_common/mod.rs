//! Rows for the tests of results and audits: sheets handed in with their counts, a year before.

#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes)]

use crate::common::{NOW, World};
use domain::answer::Value;
use domain::rate::Tally;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use store::Db;
use store::entity::*;
use time::macros::date;
use uuid::Uuid;

pub async fn put<M, A>(db: &impl ConnectionTrait, model: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let active = model.into_active_model().reset_all();
    <A::Entity as EntityTrait>::insert(active).exec_without_returning(db).await.unwrap();
}

pub async fn grant(db: &Db, person_id: Uuid, role: &str) {
    let txn = db.begin().await.unwrap();
    let row = role_grant::Model {
        id: Uuid::now_v7(),
        person_id,
        role: role.into(),
        at: NOW,
        by_person_id: None,
        ends_on: None,
    };
    put::<_, role_grant::ActiveModel>(&txn, row).await;
    txn.commit().await.unwrap();
}

/// That many more employees of a department, each owing the staff's sheet.
pub async fn crowd(db: &Db, world: &World, department_id: Uuid, number: usize) -> Vec<Uuid> {
    let txn = db.begin().await.unwrap();
    let mut targets = Vec::new();
    for index in 0..number {
        let person_id = Uuid::now_v7();
        let row = person::Model {
            id: person_id,
            staff_no: person_id.to_string(),
            name: format!("職員 {index}"),
            kana: "しょくいん".into(),
            employment: "正規".into(),
            email: None,
            since: NOW,
        };
        put::<_, person::ActiveModel>(&txn, row).await;
        let row = target::Model {
            id: Uuid::now_v7(),
            inspection_id: world.inspection,
            department_id,
            person_id,
            edition_id: world.staff_edition,
            role: "staff".into(),
            system: None,
            person_name: format!("職員 {index}"),
            person_kana: "しょくいん".into(),
            title: "主事".into(),
            attributes: String::new(),
        };
        targets.push(row.id);
        put::<_, target::ActiveModel>(&txn, row).await;
    }
    txn.commit().await.unwrap();
    targets
}

/// A staff sheet answered and handed in, with its counts.
pub async fn answered(db: &Db, world: &World, department: Uuid, target_id: Uuid, values: &[Value]) {
    let txn = db.begin().await.unwrap();
    for (item_id, value) in world.items.iter().zip(values) {
        let row = answer::Model {
            id: Uuid::now_v7(),
            target_id,
            item_id: *item_id,
            value: Some(value.key().into()),
            raw: None,
            evidence: String::new(),
            comment: if value.is_gap() { "理由".into() } else { String::new() },
            planned_on: None,
            version: 1,
            source: "web".into(),
            source_cell: None,
            at: NOW,
            by_person_id: world.hirano,
        };
        put::<_, answer::ActiveModel>(&txn, row).await;
        count(&txn, world.inspection, department, *item_id, *value).await;
    }
    put::<_, submission::ActiveModel>(
        &txn,
        submission::Model { id: Uuid::now_v7(), target_id, at: NOW, by_person_id: world.hirano },
    )
    .await;
    txn.commit().await.unwrap();
}

async fn count(
    db: &impl ConnectionTrait,
    inspection_id: Uuid,
    department_id: Uuid,
    item_id: Uuid,
    value: Value,
) {
    let before = tally::Entity::find()
        .filter(tally::Column::InspectionId.eq(inspection_id))
        .filter(tally::Column::DepartmentId.eq(department_id))
        .filter(tally::Column::ItemId.eq(item_id))
        .one(db)
        .await
        .unwrap();
    let mut counts = Tally::default();
    counts.add(value);
    let n = |number: i64| i32::try_from(number).unwrap();
    match before {
        Some(row) => {
            let active = tally::ActiveModel {
                id: Set(row.id),
                done: Set(row.done + n(counts.done)),
                partial: Set(row.partial + n(counts.partial)),
                not_done: Set(row.not_done + n(counts.not_done)),
                na: Set(row.na + n(counts.na)),
                ..Default::default()
            };
            tally::Entity::update(active).exec(db).await.unwrap();
        }
        None => {
            let row = tally::Model {
                id: Uuid::now_v7(),
                inspection_id,
                department_id,
                item_id,
                done: n(counts.done),
                partial: n(counts.partial),
                not_done: n(counts.not_done),
                na: n(counts.na),
                told: 0,
                omitted: 0,
            };
            put::<_, tally::ActiveModel>(db, row).await;
        }
    }
}

/// Sheets that are owed.
pub mod owed {
    use super::*;

    /// Handed in and returned.
    pub async fn returned(db: &Db, world: &World, _department: Uuid, target_id: Uuid) {
        let txn = db.begin().await.unwrap();
        let submission_id = Uuid::now_v7();
        let row = submission::Model { id: submission_id, target_id, at: NOW, by_person_id: world.hirano };
        put::<_, submission::ActiveModel>(&txn, row).await;
        let row = sheet_return::Model {
            id: Uuid::now_v7(),
            submission_id,
            reason: "理由が不足".into(),
            at: NOW,
            by_person_id: world.tachibana,
        };
        put::<_, sheet_return::ActiveModel>(&txn, row).await;
        txn.commit().await.unwrap();
    }
}

/// Only totals are shown to heads.
pub async fn totals_only(db: &Db) {
    db.execute("UPDATE inspection SET visibility = 'totals'").await.unwrap();
}

/// The question asks the same as the year before.
pub async fn asks_the_same(db: &Db, item: Uuid) {
    let txn = db.begin().await.unwrap();
    let active =
        edition_item::ActiveModel { id: Set(item), change: Set("same".into()), ..Default::default() };
    edition_item::Entity::update(active).exec(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

/// An inspection of the year before with the same staff questions in one department: (実施, 未実施) each.
pub async fn previous_year(db: &Db, world: &World, department_id: Uuid, counts: [(i32, i32); 2]) {
    let txn = db.begin().await.unwrap();
    let (inspection_id, edition_id, sheet_id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let row = inspection::Model {
        id: inspection_id,
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
    put::<_, inspection::ActiveModel>(&txn, row).await;
    let row = inspection_department::Model {
        id: Uuid::now_v7(),
        inspection_id,
        department_id,
        name: "人事課".into(),
        division_id: world.somu,
        division_name: "総務部".into(),
        position: 2,
    };
    put::<_, inspection_department::ActiveModel>(&txn, row).await;
    let row = sheet::Model {
        id: sheet_id,
        role: "staff".into(),
        fiscal_year: 2025,
        title: "自己点検票".into(),
        at: NOW,
        by_person_id: None,
    };
    put::<_, sheet::ActiveModel>(&txn, row).await;
    let row = edition::Model {
        id: edition_id,
        sheet_id,
        role: "staff".into(),
        fiscal_year: 2025,
        label: "R7-職員-1".into(),
        title: "自己点検票".into(),
        at: NOW,
        by_person_id: None,
    };
    put::<_, edition::ActiveModel>(&txn, row).await;
    let row =
        inspection_edition::Model { id: Uuid::now_v7(), inspection_id, edition_id, role: "staff".into() };
    put::<_, inspection_edition::ActiveModel>(&txn, row).await;
    for ((item, (done, not_done)), no) in world.items.iter().zip(counts).zip(1..) {
        let now = edition_item::Entity::find_by_id(*item).one(&txn).await.unwrap().unwrap();
        let before = edition_item::Model { id: Uuid::now_v7(), edition_id, no, ..now };
        let row = tally::Model {
            id: Uuid::now_v7(),
            inspection_id,
            department_id,
            item_id: before.id,
            done,
            partial: 0,
            not_done,
            na: 0,
            told: 0,
            omitted: 0,
        };
        put::<_, edition_item::ActiveModel>(&txn, before).await;
        put::<_, tally::ActiveModel>(&txn, row).await;
    }
    txn.commit().await.unwrap();
}
