//! Longer periods of an inspection (期限の延長), and until which day everybody has time.

use crate::Db;
use crate::access::require_city;
use crate::entity::{extension, extension_withdrawal, inspection, inspection_department, person, target};
use crate::error::{StoreError, StoreResult, on_double};
use crate::inspection::{board, is_closed};
use crate::ledger::{self, NewEvent};
use crate::outbox::{self, Message};
use crate::session::sign_in::fold_login;
use domain::Refusal;
use domain::actor::Actor;
use domain::calendar::{day, iso, wareki};
use domain::inspection::extension::{DueDays, Scope, may_extend, may_take_back};
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The scope of a longer period for all.
const EVERYBODY: &str = "全員";

fn scope_of(row: &extension::Model) -> Scope {
    match (row.person_id, row.department_id) {
        (Some(person), _) => Scope::Person(person),
        (None, Some(department)) => Scope::Department(department),
        (None, None) => Scope::All,
    }
}

/// Until which day everybody has time, for some inspections; one statement.
pub(crate) async fn due_days_of<C: ConnectionTrait>(
    connection: &C,
    inspections: &[inspection::Model],
) -> StoreResult<BTreeMap<Uuid, DueDays>> {
    let taken_back = Query::select()
        .column(extension_withdrawal::Column::ExtensionId)
        .from(extension_withdrawal::Entity)
        .to_owned();
    let rows = extension::Entity::find()
        .filter(extension::Column::InspectionId.is_in(inspections.iter().map(|row| row.id)))
        .filter(extension::Column::Id.not_in_subquery(taken_back))
        .all(connection)
        .await?;
    let of = |id: Uuid| rows.iter().filter(move |row| row.inspection_id == id);
    let days = inspections
        .iter()
        .map(|one| (one.id, DueDays::new(one.due_on, of(one.id).map(|row| (scope_of(row), row.due_on)))));
    Ok(days.collect())
}

/// The same for one inspection.
pub(crate) async fn due_days<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
) -> StoreResult<DueDays> {
    let mut found = due_days_of(connection, std::slice::from_ref(inspection)).await?;
    Ok(found.remove(&inspection.id).unwrap_or_else(|| DueDays::new(inspection.due_on, [])))
}

/// What is entered for a longer period.
#[derive(Debug, Clone, Default)]
pub struct NewExtension {
    pub inspection: Uuid,
    pub department: Option<Uuid>,
    /// 職員番号; empty for a department or all.
    pub staff_no: String,
    pub due_on: Option<Date>,
    pub reason: String,
}

/// Makes the period longer and tells those who are missing; gives how many were told.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when the inspection is closed, without a later day or a reason, for a department
/// or person that owes nothing, and for both a department and a person.
pub async fn extend(db: &Db, actor: &Actor, new: NewExtension, now: OffsetDateTime) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let wanted = new.due_on.ok_or_else(|| Refusal::field("due_on", "新しい回答期限を入力してください。"))?;
    let txn = db.begin().await?;
    let inspection = locked(&txn, new.inspection).await?;
    let (scope, name) = scope(&txn, &new).await?;
    let before = due_days(&txn, &inspection).await?.of_scope(scope);
    may_extend(is_closed(&txn, inspection.id).await?, before, wanted, day(now), &new.reason)?;
    let row = extension::Model {
        id: Uuid::now_v7(),
        inspection_id: inspection.id,
        department_id: new.department.filter(|_| matches!(scope, Scope::Department(_))),
        person_id: match scope {
            Scope::Person(person) => Some(person),
            _ => None,
        },
        due_on: wanted,
        reason: new.reason.trim().to_string(),
        at: now,
        by_person_id: actor.person_id,
    };
    let after = json!({ "scope": name, "due_on": iso(wanted), "reason": row.reason });
    extension::Entity::insert(extension::ActiveModel::from(row.clone())).exec_without_returning(&txn).await?;
    let messages = messages(&txn, &inspection, scope, &row).await?;
    let told = messages.len();
    outbox::put(&txn, now, messages).await?;
    let event = NewEvent::created("inspection", inspection.id, "extension.made", after)
        .beside(json!({ "previous": iso(before), "people": told }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(told)
}

/// Takes a longer period back; what held before holds again.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when the inspection is closed, without a reason, and the second time.
pub async fn take_back(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let row = extension::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let inspection = locked(&txn, row.inspection_id).await?;
    may_take_back(is_closed(&txn, inspection.id).await?, reason)?;
    let back = extension_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        extension_id: Set(id),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = extension_withdrawal::Entity::insert(back).exec_without_returning(&txn).await;
    on_double(inserted, "この延長は、既に取り消されています。")?;
    let before = json!({ "scope": name_of(&txn, &row).await?, "due_on": iso(row.due_on) });
    let event = NewEvent::removed("inspection", inspection.id, "extension.taken_back", before)
        .beside(json!({ "reason": reason.trim() }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(inspection.id)
}

async fn locked(txn: &DatabaseTransaction, id: Uuid) -> StoreResult<inspection::Model> {
    inspection::Entity::find_by_id(id).lock_exclusive().one(txn).await?.ok_or(StoreError::NotFound)
}

/// Whom it is for, and the name.
async fn scope<C: ConnectionTrait>(connection: &C, new: &NewExtension) -> StoreResult<(Scope, String)> {
    match (new.staff_no.trim(), new.department) {
        ("", None) => Ok((Scope::All, EVERYBODY.to_string())),
        ("", Some(department)) => {
            let part = inspection_department::Entity::find()
                .filter(inspection_department::Column::InspectionId.eq(new.inspection))
                .filter(inspection_department::Column::DepartmentId.eq(department))
                .one(connection)
                .await?
                .ok_or(StoreError::NotFound)?;
            Ok((Scope::Department(department), part.name))
        }
        (_, Some(_)) => {
            Err(Refusal::field("staff_no", "所属と職員番号のどちらか一方だけを指定してください。").into())
        }
        (staff_no, None) => {
            let found = person::Entity::find()
                .filter(person::Column::StaffNo.eq(fold_login(staff_no)))
                .one(connection)
                .await?;
            let unknown = || Refusal::field("staff_no", "この職員番号の対象者は、この点検にいません。");
            let person = found.ok_or_else(unknown)?;
            let owes = target::Entity::find()
                .filter(target::Column::InspectionId.eq(new.inspection))
                .filter(target::Column::PersonId.eq(person.id))
                .one(connection)
                .await?;
            owes.ok_or_else(unknown)?;
            Ok((Scope::Person(person.id), person.name))
        }
    }
}

async fn name_of<C: ConnectionTrait>(connection: &C, row: &extension::Model) -> StoreResult<String> {
    Ok(match scope_of(row) {
        Scope::All => EVERYBODY.to_string(),
        Scope::Department(id) => inspection_department::Entity::find()
            .filter(inspection_department::Column::InspectionId.eq(row.inspection_id))
            .filter(inspection_department::Column::DepartmentId.eq(id))
            .one(connection)
            .await?
            .map(|row| row.name)
            .unwrap_or_default(),
        Scope::Person(id) => {
            person::Entity::find_by_id(id).one(connection).await?.map(|row| row.name).unwrap_or_default()
        }
    })
}

/// To everybody in the scope who has not handed in.
async fn messages(
    txn: &DatabaseTransaction,
    inspection: &inspection::Model,
    scope: Scope,
    row: &extension::Model,
) -> StoreResult<Vec<Message>> {
    let sheets = board::sheets(txn, inspection.id).await?;
    let concerned = |target: &&target::Model| match scope {
        Scope::All => true,
        Scope::Department(id) => target.department_id == id,
        Scope::Person(id) => target.person_id == id,
    };
    let missing: BTreeSet<Uuid> = sheets
        .targets
        .iter()
        .filter(|target| !sheets.submitted.contains_key(&target.id))
        .filter(concerned)
        .map(|target| target.person_id)
        .collect();
    let people = crate::person::people(txn, missing).await?;
    Ok(people
        .into_iter()
        .map(|person| Message {
            kind: "extension",
            subject: format!("【期限の延長】{}", inspection.name),
            body: format!(
                "{}　様\n\n{}の回答期限を、{}まで延長しました。\n\n理由：{}\n\n問合せ先：{}\n",
                person.name,
                inspection.name,
                wareki(row.due_on),
                row.reason,
                inspection.contact
            ),
            person,
        })
        .collect())
}

/// A longer period as the page shows it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    pub scope: String,
    pub due_on: Date,
    pub reason: String,
    pub at: OffsetDateTime,
    pub by: String,
    /// When it was taken back, and why.
    pub taken_back: Option<(OffsetDateTime, String)>,
}

/// Period and targets of an inspection.
#[derive(Debug, Clone)]
pub struct Settings {
    pub inspection: inspection::Model,
    pub due: DueDays,
    /// Newest first.
    pub extensions: Vec<Entry>,
    /// Departments of the inspection.
    pub departments: Vec<(Uuid, String)>,
}

/// Period and targets of an inspection.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn settings(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Settings> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let rows = extension::Entity::find()
        .filter(extension::Column::InspectionId.eq(id))
        .order_by_desc(extension::Column::At)
        .all(connection)
        .await?;
    let back = extension_withdrawal::Entity::find()
        .filter(extension_withdrawal::Column::ExtensionId.is_in(rows.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    let departments: Vec<(Uuid, String)> = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.department_id, row.name))
        .collect();
    let named = rows.iter().flat_map(|row| [Some(row.by_person_id), row.person_id]).flatten().collect();
    let people = crate::person::people(connection, named).await?;
    let people: BTreeMap<Uuid, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
    let place = |id| departments.iter().find(|(one, _)| *one == id).map(|(_, name)| name.clone());
    let extensions = rows
        .into_iter()
        .map(|row| Entry {
            scope: match scope_of(&row) {
                Scope::All => EVERYBODY.to_string(),
                Scope::Department(id) => place(id).unwrap_or_default(),
                Scope::Person(id) => people.get(&id).cloned().unwrap_or_default(),
            },
            taken_back: back
                .iter()
                .find(|one| one.extension_id == row.id)
                .map(|one| (one.at, one.reason.clone())),
            by: people.get(&row.by_person_id).cloned().unwrap_or_default(),
            id: row.id,
            due_on: row.due_on,
            reason: row.reason,
            at: row.at,
        })
        .collect();
    Ok(Settings { due: due_days(connection, &inspection).await?, inspection, extensions, departments })
}
