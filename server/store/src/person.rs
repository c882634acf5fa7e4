//! People: who they are, what they hold, whether they can sign in; roles given and withdrawn.

mod add;
pub mod codes;
mod list;
mod posts;

pub use add::{NewPerson, add};
pub(crate) use posts::spans;
pub use posts::{Absent, Appointment, begin_absence, begin_post, end_absence, end_post};

pub use codes::{Code, Recipients, issue_codes};
pub use list::{Filter, Line, Order, People, list};

use crate::Db;
use crate::access::{self, require_city};
use crate::department::tree;
use crate::directory;
use crate::entity::{
    absence, credential, department, person, post, role_grant, role_withdrawal, sign_in_code,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, Author, NewEvent};
use crate::session::sign_in::CODE_HOLDS;
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::post::{AbsenceReason, Kind as PostKind};
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Has a password.
    Ready,
    /// Has a code that still holds, but no password yet.
    Code(OffsetDateTime),
    /// Neither.
    None,
}

/// Some people, however many.
pub(crate) async fn people<C: ConnectionTrait>(
    connection: &C,
    ids: BTreeSet<Uuid>,
) -> StoreResult<Vec<person::Model>> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut people = Vec::with_capacity(ids.len());
    for portion in ids.chunks(500) {
        let rows = person::Entity::find().filter(person::Column::Id.is_in(portion.iter().copied()));
        people.extend(rows.all(connection).await?);
    }
    Ok(people)
}

/// Grants of people that hold on a day: neither withdrawn nor ended, with the key of the grant.
pub(crate) async fn open_grants<C: ConnectionTrait>(
    connection: &C,
    today: Date,
) -> StoreResult<Vec<role_grant::Model>> {
    let withdrawn: BTreeSet<Uuid> = role_withdrawal::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|withdrawal| withdrawal.grant_id)
        .collect();
    let granted = role_grant::Entity::find()
        .filter(access::grant_holds(today))
        .order_by_asc(role_grant::Column::At)
        .all(connection)
        .await?;
    Ok(granted.into_iter().filter(|grant| !withdrawn.contains(&grant.id)).collect())
}

/// A person with everything the 事務局 may change.
#[derive(Debug, Clone)]
pub struct Profile {
    pub id: Uuid,
    pub staff_no: String,
    pub name: String,
    pub kana: String,
    pub employment: String,
    pub email: Option<String>,
    pub sign_in: SignIn,
    /// Has a second factor.
    pub second_factor: bool,
    /// Newest first, ended ones included.
    pub posts: Vec<Post>,
    /// Newest first, ended ones included.
    pub absences: Vec<Absence>,
    /// Departments somebody can be posted to today, with their full names.
    pub departments: Vec<(Uuid, String)>,
    /// Grants that hold.
    pub grants: Vec<Grant>,
    /// Roles that the directory's groups give; they end at the sign-in that no longer shows the group.
    pub by_directory: Vec<Role>,
}

/// A post of a person.
#[derive(Debug, Clone)]
pub struct Post {
    pub id: Uuid,
    pub department_id: Uuid,
    pub department: String,
    pub role: Role,
    pub kind: PostKind,
    pub title: String,
    pub system: Option<String>,
    pub from: Date,
    /// The first day on which it no longer holds.
    pub to: Option<Date>,
}

/// Away for long.
#[derive(Debug, Clone)]
pub struct Absence {
    pub id: Uuid,
    pub reason: AbsenceReason,
    pub from: Date,
    /// The first day back.
    pub to: Option<Date>,
}

/// A granted role.
#[derive(Debug, Clone)]
pub struct Grant {
    pub id: Uuid,
    pub role: Role,
    pub at: OffsetDateTime,
    /// The first day on which it no longer holds.
    pub ends_on: Option<Date>,
}

/// One person.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown person.
pub async fn show(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Profile> {
    require_city(actor, Action::ManageRoster)?;
    let person = person::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let grants = open_grants(db.read(), day(now)).await?;
    Ok(Profile {
        id,
        sign_in: sign_in_of(db.read(), id, now).await?,
        by_directory: directory::roles(db.read(), id).await?,
        second_factor: crate::second_factor::is_set(db.read(), id).await?,
        posts: posts_of(db.read(), id).await?,
        absences: absences_of(db.read(), id).await?,
        departments: tree::choices(db.read(), day(now)).await?,
        grants: grants
            .into_iter()
            .filter(|grant| grant.person_id == id)
            .filter_map(|grant| {
                Some(Grant {
                    id: grant.id,
                    role: Role::from_key(&grant.role)?,
                    at: grant.at,
                    ends_on: grant.ends_on,
                })
            })
            .collect(),
        staff_no: person.staff_no,
        name: person.name,
        kana: person.kana,
        employment: person.employment,
        email: person.email,
    })
}

async fn sign_in_of<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<SignIn> {
    let set = credential::Entity::find().filter(credential::Column::PersonId.eq(id)).one(connection).await?;
    if set.is_some() {
        return Ok(SignIn::Ready);
    }
    let code = sign_in_code::Entity::find()
        .filter(sign_in_code::Column::PersonId.eq(id))
        .order_by_desc(sign_in_code::Column::At)
        .one(connection)
        .await?;
    let holds = code.filter(|code| code.at + CODE_HOLDS > now);
    Ok(holds.map_or(SignIn::None, |code| SignIn::Code(code.at)))
}

async fn posts_of<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<Post>> {
    let posts = post::Entity::find()
        .filter(post::Column::PersonId.eq(id))
        .order_by_desc(post::Column::ValidFrom)
        .order_by_asc(post::Column::Id)
        .all(connection)
        .await?;
    let names: BTreeMap<Uuid, String> = department::Entity::find()
        .filter(department::Column::Id.is_in(posts.iter().map(|post| post.department_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
    Ok(posts
        .into_iter()
        .filter_map(|post| {
            Some(Post {
                id: post.id,
                department_id: post.department_id,
                kind: PostKind::from_key(&post.kind).unwrap_or_default(),
                department: names.get(&post.department_id)?.clone(),
                role: Role::from_key(&post.role)?,
                title: post.title,
                system: post.system,
                from: post.valid_from,
                to: post.valid_to,
            })
        })
        .collect())
}

async fn absences_of<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<Absence>> {
    let rows = absence::Entity::find()
        .filter(absence::Column::PersonId.eq(id))
        .order_by_desc(absence::Column::ValidFrom)
        .all(connection)
        .await?;
    let known = rows.into_iter().filter_map(|row| {
        let reason = AbsenceReason::from_key(&row.reason)?;
        Some(Absence { id: row.id, reason, from: row.valid_from, to: row.valid_to })
    });
    Ok(known.collect())
}

/// Grants a role, until before `ends_on` or for good.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused for a role that comes with a post, when it is held already, and for an auditor
/// from outside without an end.
pub async fn grant_role(
    db: &Db,
    actor: &Actor,
    person_id: Uuid,
    role: Role,
    ends_on: Option<Date>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::ManageAccess)?;
    domain::role::may_grant(role)?;
    let txn = db.begin().await?;
    person::Entity::find_by_id(person_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let posts = post::Entity::find()
        .filter(post::Column::PersonId.eq(person_id))
        .filter(access::post_holds(day(now)))
        .count(&txn)
        .await?;
    domain::role::may_grant_until(role, posts > 0, ends_on, day(now))?;
    let held = open_grants(&txn, day(now)).await?;
    if held.iter().any(|grant| grant.person_id == person_id && grant.role == role.key()) {
        return Err(StoreError::refused(format!("「{}」の役割は、既に付与されています。", role.label())));
    }
    access::grant(&txn, &Author::from(actor), person_id, role, ends_on, now).await?;
    Ok(txn.commit().await?)
}

/// Withdraws a grant and gives the person it belonged to.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused the second time, and for one's own role as 事務局 while nobody else has it.
pub async fn withdraw_role(db: &Db, actor: &Actor, grant_id: Uuid, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageAccess)?;
    let txn = db.begin().await?;
    let grant = role_grant::Entity::find_by_id(grant_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let others = open_grants(&txn, day(now))
        .await?
        .into_iter()
        .any(|other| other.id != grant_id && other.role == grant.role && other.person_id != grant.person_id);
    let role = Role::from_key(&grant.role).ok_or(StoreError::NotFound)?;
    domain::role::may_withdraw(role, others || directory::anybody_has(&txn, role).await?)?;
    let row = role_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        grant_id: Set(grant_id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = role_withdrawal::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この役割は既に取り消されています。")?;
    let before = json!({ "role": grant.role, "ends_on": grant.ends_on.map(|day| day.to_string()) });
    let event = NewEvent::removed("person", grant.person_id, "role.withdrawn", before);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(grant.person_id)
}
