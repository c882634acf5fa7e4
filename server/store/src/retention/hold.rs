//! Holds (廃棄の停止): set and lifted with a reason, asked before anything is disposed of.

use super::names;
use super::record::Record;
use crate::Db;
use crate::access::require_city;
use crate::department::succession;
use crate::entity::{department, hold, hold_release, inspection, person};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::session::sign_in::fold_login;
use domain::Refusal;
use domain::actor::Actor;
use domain::permission::Action;
use domain::retention::{Subject, is_held, may_hold, may_release};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Holds that were not lifted, oldest first.
fn in_force() -> Select<hold::Entity> {
    let lifted = Query::select().column(hold_release::Column::HoldId).from(hold_release::Entity).to_owned();
    hold::Entity::find()
        .filter(hold::Column::Id.not_in_subquery(lifted))
        .order_by_asc(hold::Column::At)
        .order_by_asc(hold::Column::Id)
}

/// A hold in force with everything it reaches.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub id: Uuid,
    label: String,
    reason: String,
    /// A department with those it follows: their records are its own now.
    subjects: Vec<Subject>,
}

impl Held {
    /// Why a record is kept, in words.
    pub fn told(&self) -> String {
        format!("{}（{}）", self.label, self.reason)
    }
}

/// All holds in force.
pub(crate) struct Holds(Vec<Held>);

impl Holds {
    pub async fn load<C: ConnectionTrait>(connection: &C, today: Date) -> StoreResult<Holds> {
        let rows = in_force().all(connection).await?;
        let departments = rows.iter().filter(|row| row.noun == "department").map(|row| row.object_id);
        let before = succession::before(connection, departments.collect(), today).await?;
        let held = |row: hold::Model| {
            let subject = Subject::of(&row.noun, row.object_id)?;
            let mut subjects = vec![subject];
            if let (Subject::Department(id), Some(earlier)) = (subject, before.get(&row.object_id)) {
                subjects
                    .extend(earlier.iter().filter(|one| **one != id).map(|one| Subject::Department(*one)));
            }
            Some(Held { id: row.id, label: row.label, reason: row.reason, subjects })
        };
        Ok(Holds(rows.into_iter().filter_map(held).collect()))
    }

    /// The first hold that keeps a record.
    pub fn keeping(&self, record: &Record) -> Option<&Held> {
        let keeps = |subject: &Subject| is_held(record.kind, &record.found, *subject);
        self.0.iter().find(|held| held.subjects.iter().any(keeps))
    }
}

/// A hold as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub id: Uuid,
    pub subject: Subject,
    /// Its name on the day the hold was set.
    pub label: String,
    pub reason: String,
    pub at: OffsetDateTime,
    pub by: String,
    /// When it was lifted, by whom and why.
    pub lifted: Option<(OffsetDateTime, String, String)>,
}

/// All holds, those in force first.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor) -> StoreResult<Vec<Line>> {
    require_city(actor, Action::SeeRetention)?;
    let rows = hold::Entity::find().order_by_desc(hold::Column::At).all(db.read()).await?;
    let lifted: BTreeMap<Uuid, hold_release::Model> = hold_release::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| (row.hold_id, row))
        .collect();
    let people = rows.iter().map(|row| row.by_person_id).chain(lifted.values().map(|row| row.by_person_id));
    let names = names(db.read(), people).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let line = |row: hold::Model| {
        Some(Line {
            id: row.id,
            subject: Subject::of(&row.noun, row.object_id)?,
            label: row.label,
            reason: row.reason,
            at: row.at,
            by: name(row.by_person_id),
            lifted: lifted.get(&row.id).map(|end| (end.at, name(end.by_person_id), end.reason.clone())),
        })
    };
    let mut lines: Vec<Line> = rows.into_iter().filter_map(line).collect();
    lines.sort_by_key(|line| line.lifted.is_some());
    Ok(lines)
}

/// What a hold can be set on: inspections and departments, with those that ended.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn choices(db: &Db, actor: &Actor) -> StoreResult<Vec<(Subject, String)>> {
    require_city(actor, Action::ManageRetention)?;
    let inspections =
        inspection::Entity::find().order_by_desc(inspection::Column::BaseOn).all(db.read()).await?;
    let departments =
        department::Entity::find().order_by_asc(department::Column::Position).all(db.read()).await?;
    let ended = |row: &department::Model| if row.valid_to.is_some() { "（廃止）" } else { "" };
    let departments = departments
        .into_iter()
        .map(|row| (Subject::Department(row.id), format!("{}{}", row.name, ended(&row))));
    let inspections = inspections.into_iter().map(|row| (Subject::Inspection(row.id), row.name));
    Ok(inspections.chain(departments).collect())
}

/// What is to be held.
#[derive(Debug, Clone)]
pub enum Named {
    Thing(Subject),
    /// A person by staff number.
    StaffNo(String),
}

/// Sets a hold.
///
/// # Errors
/// `Forbidden`; `NotFound` for an unknown thing; refused for an unknown number, without a reason, or the second time.
pub async fn place(
    db: &Db,
    actor: &Actor,
    named: Named,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRetention)?;
    let txn = db.begin().await?;
    let (subject, label) = find(&txn, named).await?;
    let same = in_force()
        .filter(hold::Column::Noun.eq(subject.noun()))
        .filter(hold::Column::ObjectId.eq(subject.id()));
    may_hold(same.one(&txn).await?.is_some(), reason)?;
    let id = Uuid::now_v7();
    let row = hold::ActiveModel {
        id: Set(id),
        noun: Set(subject.noun().to_string()),
        object_id: Set(subject.id()),
        label: Set(label.clone()),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    hold::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "name": label, "reason": reason.trim(), "noun": subject.noun() });
    let event = NewEvent::created("hold", id, "hold.placed", after);
    ledger::record(&txn, actor, now, event.beside(json!({ "of": subject.id() }))).await?;
    txn.commit().await?;
    Ok(id)
}

async fn find<C: ConnectionTrait>(connection: &C, named: Named) -> StoreResult<(Subject, String)> {
    let (subject, name) = match named {
        Named::StaffNo(number) => {
            let row = person::Entity::find()
                .filter(person::Column::StaffNo.eq(fold_login(&number)))
                .one(connection)
                .await?;
            let row = row.ok_or_else(|| {
                Refusal::field("staff_no", "この職員番号の職員は登録されていません。番号を確かめてください。")
            })?;
            (Subject::Person(row.id), row.name)
        }
        Named::Thing(subject) => (subject, name_of(connection, subject).await?.ok_or(StoreError::NotFound)?),
    };
    Ok((subject, format!("{}：{name}", subject.label())))
}

async fn name_of<C: ConnectionTrait>(connection: &C, subject: Subject) -> StoreResult<Option<String>> {
    Ok(match subject {
        Subject::Inspection(id) => {
            inspection::Entity::find_by_id(id).one(connection).await?.map(|row| row.name)
        }
        Subject::Department(id) => {
            department::Entity::find_by_id(id).one(connection).await?.map(|row| row.name)
        }
        Subject::Person(id) => person::Entity::find_by_id(id).one(connection).await?.map(|row| row.name),
    })
}

/// Lifts a hold.
///
/// # Errors
/// `Forbidden`; `NotFound` for an unknown hold; refused without a reason, or the second time.
pub async fn release(db: &Db, actor: &Actor, id: Uuid, reason: &str, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ManageRetention)?;
    may_release(reason)?;
    let txn = db.begin().await?;
    let held = hold::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let row = hold_release::ActiveModel {
        id: Set(Uuid::now_v7()),
        hold_id: Set(id),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = hold_release::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この廃棄の停止は、既に解除されています。")?;
    let before = json!({ "name": held.label, "reason": held.reason, "noun": held.noun });
    let event = NewEvent::removed("hold", id, "hold.released", before);
    ledger::record(&txn, actor, now, event.beside(json!({ "reason": reason.trim() }))).await?;
    Ok(txn.commit().await?)
}

/// The names of holds, for lists that were made with them.
pub(super) async fn told<C: ConnectionTrait>(
    connection: &C,
    ids: impl Iterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, String>> {
    let rows = hold::Entity::find().filter(hold::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, format!("{}（{}）", row.label, row.reason))).collect())
}
