//! Posts and absences written by hand, with the day from which they hold.

use crate::Db;
use crate::access::require_city;
use crate::entity::{absence, department, person, post};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use domain::post::hand::{Period, Span, may_be_absent, may_begin, may_end};
use domain::post::{AbsenceReason, Kind};
use domain::role::Role;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::{Value as Json, json};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A post to begin (発令).
#[derive(Debug, Clone)]
pub struct Appointment {
    pub person: Uuid,
    pub department: Uuid,
    pub role: Role,
    pub kind: Kind,
    pub title: String,
    /// For a 情報システム管理者.
    pub system: String,
    pub from: Date,
    /// The first day on which it no longer holds.
    pub to: Option<Date>,
}

/// Begins a post. A head, own or for another, also holds the staff's post there only if it is given apart.
///
/// # Errors
/// `Forbidden`, `NotFound`; a refusal by the rule.
pub async fn begin_post(
    db: &Db,
    actor: &Actor,
    appointment: Appointment,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let person = person::Entity::find_by_id(appointment.person).lock_exclusive().one(&txn).await?;
    let person = person.ok_or(StoreError::NotFound)?;
    let department = department::Entity::find_by_id(appointment.department).one(&txn).await?;
    let department = department.ok_or(StoreError::NotFound)?;
    let period = Period { from: appointment.from, to: appointment.to };
    let system = Some(appointment.system.trim().to_string())
        .filter(|name| appointment.role == Role::SystemManager && !name.is_empty());
    let new = Span {
        department: department.id,
        role: appointment.role,
        kind: appointment.kind,
        system: system.clone(),
        period,
    };
    let exists = Period { from: department.valid_from, to: department.valid_to };
    may_begin(&spans(&txn, person.id).await?, &new, exists)?;
    let row = post::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        department_id: Set(department.id),
        role: Set(appointment.role.key().to_string()),
        kind: Set(appointment.kind.key().to_string()),
        title: Set(appointment.title.trim().to_string()),
        system: Set(system.clone()),
        valid_from: Set(period.from),
        valid_to: Set(period.to),
    };
    post::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({
        "department": department.name, "role": appointment.role.key(),
        "kind": appointment.kind.key(), "title": appointment.title.trim(), "system": system,
        "from": period.from.to_string(), "to": period.to.map(|to| to.to_string()),
    });
    let event = NewEvent::created("person", person.id, "post.begun", after);
    ledger::record(&txn, actor, now, event.beside(json!({ "department": department.id }))).await?;
    Ok(txn.commit().await?)
}

/// Posts of a person, as the rules see them.
pub(crate) async fn spans<C: ConnectionTrait>(connection: &C, person: Uuid) -> StoreResult<Vec<Span>> {
    let rows = post::Entity::find().filter(post::Column::PersonId.eq(person)).all(connection).await?;
    let spans = rows.into_iter().filter_map(|row| {
        Some(Span {
            department: row.department_id,
            role: Role::from_key(&row.role)?,
            kind: Kind::from_key(&row.kind).unwrap_or_default(),
            system: row.system,
            period: Period { from: row.valid_from, to: row.valid_to },
        })
    });
    Ok(spans.collect())
}

/// Ends a post; `to` is the first day on which it no longer holds. Gives the person.
///
/// # Errors
/// As [`begin_post`].
pub async fn end_post(db: &Db, actor: &Actor, id: Uuid, to: Date, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let row = post::Entity::find_by_id(id).lock_exclusive().one(&txn).await?.ok_or(StoreError::NotFound)?;
    may_end(Period { from: row.valid_from, to: row.valid_to }, to)?;
    let place = department::Entity::find_by_id(row.department_id).one(&txn).await?;
    let place = place.ok_or(StoreError::NotFound)?;
    crate::department::succession::end_post(&txn, &row, to).await?;
    let event =
        NewEvent::changed("person", row.person_id, "post.ended", until(row.valid_to), until(Some(to)))
            .beside(json!({
                "post": id, "department": place.name, "role": row.role, "title": row.title,
            }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(row.person_id)
}

/// Somebody is away for long.
#[derive(Debug, Clone, Copy)]
pub struct Absent {
    pub person: Uuid,
    pub reason: AbsenceReason,
    pub from: Date,
    /// The first day back, if it is known.
    pub to: Option<Date>,
}

/// Writes an absence down.
///
/// # Errors
/// As [`begin_post`].
pub async fn begin_absence(db: &Db, actor: &Actor, new: Absent, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let person = person::Entity::find_by_id(new.person).lock_exclusive().one(&txn).await?;
    let person = person.ok_or(StoreError::NotFound)?;
    let known: Vec<Period> = absence::Entity::find()
        .filter(absence::Column::PersonId.eq(person.id))
        .all(&txn)
        .await?
        .into_iter()
        .map(|row| Period { from: row.valid_from, to: row.valid_to })
        .collect();
    may_be_absent(&known, Period { from: new.from, to: new.to })?;
    let row = absence::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        reason: Set(new.reason.key().to_string()),
        valid_from: Set(new.from),
        valid_to: Set(new.to),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    absence::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({
        "reason": new.reason.key(), "from": new.from.to_string(), "to": new.to.map(|to| to.to_string()),
    });
    ledger::record(&txn, actor, now, NewEvent::created("person", person.id, "absence.begun", after)).await?;
    Ok(txn.commit().await?)
}

/// How long something holds, for the ledger.
fn until(to: Option<Date>) -> Json {
    json!({ "to": to.map(|to| to.to_string()) })
}

/// Ends an absence; `to` is the first day back. Gives the person.
///
/// # Errors
/// As [`begin_post`].
pub async fn end_absence(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    to: Date,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let row = absence::Entity::find_by_id(id).lock_exclusive().one(&txn).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    may_end(Period { from: row.valid_from, to: row.valid_to }, to)?;
    absence::Entity::update_many()
        .col_expr(absence::Column::ValidTo, Expr::value(to))
        .filter(absence::Column::Id.eq(id))
        .exec(&txn)
        .await?;
    let event =
        NewEvent::changed("person", row.person_id, "absence.ended", until(row.valid_to), until(Some(to)))
            .beside(json!({ "absence": id, "reason": row.reason }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(row.person_id)
}
