//! The rows of the small city, one function for each kind.

use super::NOW;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use store::entity::*;
use time::macros::date;
use uuid::Uuid;

pub async fn put<M, A>(db: &impl ConnectionTrait, model: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    // An active model made from a model is "unchanged"; all its columns have to be written.
    let active = model.into_active_model().reset_all();
    <A::Entity as EntityTrait>::insert(active).exec_without_returning(db).await.unwrap();
}

pub async fn department(db: &impl ConnectionTrait, name: &str, parent: Option<Uuid>, position: i32) -> Uuid {
    let id = Uuid::now_v7();
    let row = department::Model {
        id,
        parent_id: parent,
        code: format!("{position:06}"),
        name: name.into(),
        kind: if parent.is_some() { "department" } else { "division" }.into(),
        position,
        valid_from: date!(2020 - 04 - 01),
        valid_to: None,
    };
    put::<_, department::ActiveModel>(db, row).await;
    id
}

pub async fn person(
    db: &impl ConnectionTrait,
    staff_no: &str,
    name: &str,
    department: Uuid,
    roles: &[&str],
) -> Uuid {
    let id = Uuid::now_v7();
    let row = person::Model {
        id,
        staff_no: staff_no.into(),
        name: name.into(),
        kana: "かな".into(),
        employment: "正規".into(),
        email: Some(format!("{staff_no}@city.example")),
        since: NOW,
    };
    put::<_, person::ActiveModel>(db, row).await;
    for role in roles {
        let row = post::Model {
            id: Uuid::now_v7(),
            person_id: id,
            department_id: department,
            role: (*role).into(),
            kind: "main".into(),
            title: if *role == "manager" { "課長" } else { "主事" }.into(),
            system: None,
            valid_from: date!(2026 - 04 - 01),
            valid_to: None,
        };
        put::<_, post::ActiveModel>(db, row).await;
    }
    id
}

pub async fn grant(db: &impl ConnectionTrait, person_id: Uuid, role: &str) {
    let row = role_grant::Model {
        id: Uuid::now_v7(),
        person_id,
        role: role.into(),
        at: NOW,
        by_person_id: None,
        ends_on: None,
    };
    put::<_, role_grant::ActiveModel>(db, row).await;
}

pub async fn clause(
    db: &impl ConnectionTrait,
    revision: Uuid,
    parent: Option<Uuid>,
    position: i32,
    path: &str,
    text: &str,
) -> Uuid {
    let id = Uuid::now_v7();
    let row = clause::Model {
        id,
        revision_id: revision,
        parent_id: parent,
        position,
        path: serde_json::to_string(&path.split('-').collect::<Vec<_>>()).unwrap(),
        short_path: path.into(),
        label: path.rsplit('-').next().unwrap().into(),
        heading: Some("端末の管理".into()),
        text: text.into(),
        kind: "item".into(),
        line: position,
        digest: store::ledger::digest(&[text]),
    };
    put::<_, clause::ActiveModel>(db, row).await;
    id
}

pub async fn edition(
    db: &impl ConnectionTrait,
    role: &str,
    items: &[(Uuid, Uuid, &str, Option<&str>)],
) -> (Uuid, Vec<Uuid>) {
    let (sheet_id, id) = (Uuid::now_v7(), Uuid::now_v7());
    let row = sheet::Model {
        id: sheet_id,
        role: role.into(),
        fiscal_year: 2026,
        title: "自己点検票".into(),
        at: NOW,
        by_person_id: None,
    };
    put::<_, sheet::ActiveModel>(db, row).await;
    let row = edition::Model {
        id,
        sheet_id,
        role: role.into(),
        fiscal_year: 2026,
        label: format!("R8-{role}-1"),
        title: "自己点検票".into(),
        at: NOW,
        by_person_id: None,
    };
    put::<_, edition::ActiveModel>(db, row).await;
    let mut ids = Vec::new();
    for ((question_id, clause_id, text, not_applicable), no) in items.iter().zip(1..) {
        let wording_id = Uuid::now_v7();
        let wording = wording::Model {
            id: wording_id,
            question_id: *question_id,
            number: 1,
            text: (*text).into(),
            not_applicable: not_applicable.map(Into::into),
            weight: 1.0,
            change: "new".into(),
            setting: String::new(),
            at: NOW,
            by_person_id: None,
        };
        put::<_, wording::ActiveModel>(db, wording).await;
        let item = edition_item::Model {
            id: Uuid::now_v7(),
            edition_id: id,
            no,
            question_id: *question_id,
            wording_id,
            topic: 4 + no,
            text: (*text).into(),
            not_applicable: not_applicable.map(Into::into),
            weight: 1.0,
            change: "new".into(),
            clause_id: Some(*clause_id),
            clause_path: "1-(1)".into(),
            clause_text: "職員等は、端末を施錠しなければならない。".into(),
            setting: String::new(),
        };
        ids.push(item.id);
        put::<_, edition_item::ActiveModel>(db, item).await;
    }
    (id, ids)
}

pub async fn target(
    db: &impl ConnectionTrait,
    inspection_id: Uuid,
    department_id: Uuid,
    person_id: Uuid,
    name: &str,
    edition_id: Uuid,
    role: &str,
) -> Uuid {
    let id = Uuid::now_v7();
    let row = target::Model {
        id,
        inspection_id,
        department_id,
        person_id,
        edition_id,
        role: role.into(),
        system: None,
        person_name: name.into(),
        person_kana: "かな".into(),
        title: "主事".into(),
        attributes: String::new(),
    };
    put::<_, target::ActiveModel>(db, row).await;
    id
}
