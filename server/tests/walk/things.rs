//! The things both departments of the city have, row by row.

use crate::small_city::{NOW, TODAY, World, actor};
use domain::evidence::Kind;
use domain::role::Role;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use store::Db;
use store::entity::*;
use store::evidence::{Upload, attach};
use time::macros::date;
use uuid::Uuid;

/// One row, in a transaction of its own.
pub async fn put<M, A>(db: &Db, model: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let txn = db.begin().await.unwrap();
    insert(&txn, model).await;
    txn.commit().await.unwrap();
}

pub async fn insert<M, A>(txn: &impl ConnectionTrait, model: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let active = model.into_active_model().reset_all();
    <A::Entity as EntityTrait>::insert(active).exec_without_returning(txn).await.unwrap();
}

/// A file beside an answer.
pub async fn with_file(db: &Db, target: Uuid, item: Uuid, person: Uuid) -> Uuid {
    let upload = Upload { name: "台帳.pdf".into(), found: Ok(Kind::Pdf), content: b"%PDF-1".to_vec() };
    let owner = actor(db, person).await;
    attach(db, &owner, target, item, upload, NOW).await.unwrap();
    evidence::Entity::find()
        .filter(evidence::Column::TargetId.eq(target))
        .one(db.read())
        .await
        .unwrap()
        .unwrap()
        .id
}

/// An answer that asks for an improvement, handed in.
pub async fn handed_in(db: &Db, target_id: Uuid, item_id: Uuid, by_person_id: Uuid) {
    let answer = answer::Model {
        id: Uuid::now_v7(),
        target_id,
        item_id,
        value: Some("not_done".into()),
        raw: None,
        evidence: String::new(),
        comment: String::new(),
        planned_on: None,
        version: 1,
        source: "web".into(),
        source_cell: None,
        at: NOW,
        by_person_id,
    };
    put::<_, answer::ActiveModel>(db, answer).await;
    let row = submission::Model { id: Uuid::now_v7(), target_id, at: NOW, by_person_id };
    put::<_, submission::ActiveModel>(db, row).await;
}

/// A 代理 for a time to come: nothing changes for who walks.
pub async fn deputised(db: &Db, department_id: Uuid, person_id: Uuid, by_person_id: Uuid) -> Uuid {
    let (id, post_id) = (Uuid::now_v7(), Uuid::now_v7());
    let held = post::Model {
        id: post_id,
        person_id,
        department_id,
        role: Role::Manager.key().into(),
        kind: "deputy".into(),
        title: String::new(),
        system: None,
        valid_from: date!(2027 - 01 - 04),
        valid_to: Some(date!(2027 - 01 - 09)),
    };
    put::<_, post::ActiveModel>(db, held).await;
    let row = deputation::Model { id, department_id, post_id, at: NOW, by_person_id };
    put::<_, deputation::ActiveModel>(db, row).await;
    id
}

/// An audit with its finding and its issued report.
pub async fn audited(
    db: &Db,
    world: &World,
    department_id: Uuid,
    auditor_id: Uuid,
    label: &str,
) -> (Uuid, Uuid) {
    let (id, finding_id) = (Uuid::now_v7(), Uuid::now_v7());
    let audit = audit::Model {
        id,
        inspection_id: world.inspection,
        department_id,
        label: format!("R8-監-{label}"),
        purpose: "端末の管理".into(),
        held_on: TODAY,
        auditor_id,
        at: NOW,
        by_person_id: auditor_id,
    };
    put::<_, audit::ActiveModel>(db, audit).await;
    let finding = finding::Model {
        id: finding_id,
        audit_id: id,
        label: format!("R8-指-{label}"),
        grade: "minor".into(),
        title: "施錠の未実施".into(),
        fact: "3台が施錠されていなかった。".into(),
        criterion: "端末を施錠しなければならない。".into(),
        effect: "閲覧されるおそれ".into(),
        recommendation: "施錠すること。".into(),
        clause_id: Some(world.clauses[1]),
        item_id: None,
        rule_change: true,
        at: NOW,
        by_person_id: auditor_id,
    };
    put::<_, finding::ActiveModel>(db, finding).await;
    let report = audit_report::Model {
        id: Uuid::now_v7(),
        audit_id: id,
        number: label.into(),
        opinion: "おおむね良好".into(),
        at: NOW,
        by_person_id: auditor_id,
    };
    put::<_, audit_report::ActiveModel>(db, report).await;
    (id, finding_id)
}
