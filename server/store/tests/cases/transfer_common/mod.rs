//! An inspection started from the small city's posts, and changes of its roster.

#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes)]

use crate::common::{NOW, World, actor};
use domain::answer::{Value, Written};
use domain::inspection::{Start, Visibility};
use domain::role::Role;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use store::Db;
use store::entity::*;
use store::inspection::start;
use store::response::{Draft, Source, save_all, submit};
use time::Date;
use time::macros::date;
use uuid::Uuid;

/// The small city with a second inspection whose targets come from its posts.
pub struct City {
    pub world: World,
    pub inspection: Uuid,
    pub name: String,
}

impl City {
    pub async fn build(db: &Db) -> City {
        let world = World::build(db).await;
        let shiina = actor(db, world.shiina).await;
        let name = "令和8年度情報セキュリティ自己点検（秋）".to_string();
        let new = Start {
            about: domain::inspection::About::default(),
            fiscal_year: 2026,
            name: name.clone(),
            base_on: date!(2026 - 10 - 01),
            opens_on: date!(2026 - 11 - 02),
            due_on: date!(2026 - 11 - 27),
            visibility: Visibility::Named,
            contact: "情報政策課（内線2341）".into(),
            editions: vec![(Role::Staff, world.staff_edition), (Role::Manager, world.manager_edition)],
            levels: Vec::new(),
        };
        let inspection = start(db, &shiina, new, NOW).await.unwrap();
        City { world, inspection, name }
    }

    /// Somebody's sheet.
    pub async fn target(&self, db: &Db, person: Uuid, role: &str) -> target::Model {
        target::Entity::find()
            .filter(target::Column::InspectionId.eq(self.inspection))
            .filter(target::Column::PersonId.eq(person))
            .filter(target::Column::Role.eq(role))
            .one(db.read())
            .await
            .unwrap()
            .unwrap()
    }
}

pub async fn put<M, A>(db: &Db, model: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let txn = db.begin().await.unwrap();
    let active = model.into_active_model().reset_all();
    <A::Entity as EntityTrait>::insert(active).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

fn draft(item: Uuid) -> Draft {
    Draft {
        item,
        written: Written::choice(Value::Done.key()),
        evidence: String::new(),
        comment: String::new(),
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    }
}

/// One answer of the staff's sheet, not handed in.
pub async fn save_one(db: &Db, city: &City, person: Uuid) {
    let who = actor(db, person).await;
    let target = city.target(db, person, "staff").await;
    let saved = save_all(db, &who, target.id, vec![draft(city.world.items[0])], NOW).await.unwrap();
    assert_eq!(saved.changed, 1);
}

/// The staff's sheet, answered and handed in.
pub async fn hand_in(db: &Db, city: &City, person: Uuid) {
    let target = city.target(db, person, "staff").await;
    hand_in_target(db, city, person, target.id).await;
}

pub async fn hand_in_target(db: &Db, city: &City, person: Uuid, target: Uuid) {
    let who = actor(db, person).await;
    let drafts = city.world.items[..2].iter().map(|item| draft(*item)).collect();
    save_all(db, &who, target, drafts, NOW).await.unwrap();
    submit(db, &who, target, NOW).await.unwrap();
}

/// The day of the change.
pub const CHANGE: Date = date!(2026 - 11 - 16);

/// All posts end on the day of the change.
pub async fn ends(db: &Db, person: Uuid) {
    let ids = format!("{}", person.as_simple());
    let txn = db.begin().await.unwrap();
    let active = post::ActiveModel { valid_to: sea_orm::Set(Some(CHANGE)), ..Default::default() };
    let changed = post::Entity::update_many()
        .set(active)
        .filter(post::Column::PersonId.eq(person))
        .filter(post::Column::ValidTo.is_null())
        .exec(&txn)
        .await
        .unwrap();
    assert!(changed.rows_affected > 0, "{ids}");
    txn.commit().await.unwrap();
}

/// All posts end, and one as staff begins elsewhere.
pub async fn moves(db: &Db, person: Uuid, to: Uuid) {
    ends(db, person).await;
    post(db, person, to, "staff", "main").await;
}

pub async fn post(db: &Db, person_id: Uuid, department_id: Uuid, role: &str, kind: &str) {
    let row = post::Model {
        id: Uuid::now_v7(),
        person_id,
        department_id,
        role: role.into(),
        kind: kind.into(),
        title: if role == "manager" { "課長" } else { "主事" }.into(),
        system: None,
        valid_from: CHANGE,
        valid_to: None,
    };
    put::<_, post::ActiveModel>(db, row).await;
}

pub async fn absent(db: &Db, person_id: Uuid, reason: &str) {
    let row = absence::Model {
        id: Uuid::now_v7(),
        person_id,
        reason: reason.into(),
        valid_from: CHANGE,
        valid_to: None,
        at: NOW,
        by_person_id: None,
    };
    put::<_, absence::ActiveModel>(db, row).await;
}

pub async fn new_person(db: &Db, staff_no: &str, name: &str, department: Uuid) -> Uuid {
    let id = Uuid::now_v7();
    let row = person::Model {
        id,
        staff_no: staff_no.into(),
        name: name.into(),
        kana: "かな".into(),
        employment: "正規".into(),
        email: None,
        since: NOW,
    };
    put::<_, person::ActiveModel>(db, row).await;
    post(db, id, department, "staff", "main").await;
    id
}

pub async fn new_department(db: &Db, name: &str, parent: Uuid, position: i32) -> Uuid {
    let id = Uuid::now_v7();
    let row = department::Model {
        id,
        parent_id: Some(parent),
        code: format!("{position:05}9"),
        name: name.into(),
        kind: "department".into(),
        position,
        valid_from: CHANGE,
        valid_to: None,
    };
    put::<_, department::ActiveModel>(db, row).await;
    id
}

pub async fn succeeds(db: &Db, predecessor_id: Uuid, successor_id: Uuid, kind: &str) {
    let row = department_succession::Model {
        id: Uuid::now_v7(),
        predecessor_id,
        successor_id,
        kind: kind.into(),
        on_date: CHANGE,
        at: NOW,
        by_person_id: None,
    };
    put::<_, department_succession::ActiveModel>(db, row).await;
    let txn = db.begin().await.unwrap();
    let active = department::ActiveModel {
        id: sea_orm::Set(predecessor_id),
        valid_to: sea_orm::Set(Some(CHANGE)),
        ..Default::default()
    };
    department::Entity::update(active).exec(&txn).await.unwrap();
    txn.commit().await.unwrap();
}
