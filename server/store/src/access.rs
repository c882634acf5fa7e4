//! Who a person is today: posts and grants, and the granting of roles.

use crate::Db;
use crate::department::succession;
use crate::directory;
use crate::entity::{audit, department, person, post, role_grant, role_withdrawal};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, Author, NewEvent};
use crate::session::{password, sign_in};
use domain::actor::{Actor, ActorPost};
use domain::permission::{Action, Reach, reach};
use domain::post::Kind as PostKind;
use domain::role::Role;
use domain::session::{Owner, check_password};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Select, Set};
use serde_json::json;
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The person with everything held on a day.
///
/// # Errors
/// `NotFound` for an unknown person.
pub async fn actor<C: ConnectionTrait>(connection: &C, person_id: Uuid, today: Date) -> StoreResult<Actor> {
    let person = person::Entity::find_by_id(person_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let posts = posts(connection, person_id, today).await?;
    let grants = grants(connection, person_id, today).await?;
    let assigned = assigned(connection, person_id, &grants).await?;
    Ok(Actor { person_id, name: person.name, posts, grants, assigned, origin: String::new(), sheet: None })
}

/// The departments an auditor was assigned to.
async fn assigned<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    grants: &[Role],
) -> StoreResult<Vec<Uuid>> {
    if !grants.contains(&Role::Auditor) {
        return Ok(Vec::new());
    }
    let audits = audit::Entity::find().filter(audit::Column::AuditorId.eq(person_id)).all(connection).await?;
    Ok(audits.into_iter().map(|audit| audit.department_id).collect())
}

/// Posts that hold on a day.
pub fn post_holds(today: Date) -> Condition {
    Condition::all()
        .add(post::Column::ValidFrom.lte(today))
        .add(Condition::any().add(post::Column::ValidTo.is_null()).add(post::Column::ValidTo.gt(today)))
}

async fn posts<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    today: Date,
) -> StoreResult<Vec<ActorPost>> {
    let posts = post::Entity::find()
        .find_also_related(department::Entity)
        .filter(post::Column::PersonId.eq(person_id))
        .filter(post_holds(today))
        .all(connection)
        .await?;
    let held = posts.into_iter().filter_map(|(post, department)| actor_post(post, department?.name));
    let mut posts: Vec<ActorPost> = held.collect();
    let here: BTreeSet<Uuid> = posts.iter().map(|post| post.department_id).collect();
    let before = succession::before(connection, here, today).await?;
    for post in &mut posts {
        post.before = before.get(&post.department_id).cloned().unwrap_or_default();
        if post.role == Role::Responsible {
            post.below = below(connection, post.departments().collect()).await?;
        }
    }
    Ok(posts)
}

/// All departments below some, however deep; a circle in the data ends the search.
async fn below<C: ConnectionTrait>(connection: &C, tops: Vec<Uuid>) -> StoreResult<Vec<Uuid>> {
    let mut found: BTreeSet<Uuid> = BTreeSet::new();
    let mut level = tops.clone();
    while !level.is_empty() {
        let children = department::Entity::find()
            .filter(department::Column::ParentId.is_in(level))
            .all(connection)
            .await?;
        level = children.into_iter().map(|child| child.id).filter(|id| found.insert(*id)).collect();
    }
    found.retain(|id| !tops.contains(id));
    Ok(found.into_iter().collect())
}

fn actor_post(post: post::Model, department: String) -> Option<ActorPost> {
    Some(ActorPost {
        below: Vec::new(),
        before: Vec::new(),
        kind: PostKind::from_key(&post.kind).unwrap_or_default(),
        department_id: post.department_id,
        department,
        role: Role::from_key(&post.role)?,
        title: post.title,
    })
}

/// Grants that have not ended by themselves on a day.
pub fn grant_holds(today: Date) -> Condition {
    Condition::any().add(role_grant::Column::EndsOn.is_null()).add(role_grant::Column::EndsOn.gt(today))
}

/// Grants given by hand, not withdrawn and not ended.
pub(crate) fn open_grants(today: Date) -> Select<role_grant::Entity> {
    let withdrawn =
        Query::select().column(role_withdrawal::Column::GrantId).from(role_withdrawal::Entity).to_owned();
    role_grant::Entity::find()
        .filter(grant_holds(today))
        .filter(role_grant::Column::Id.not_in_subquery(withdrawn))
}

/// Roles granted to a person, by hand or by the directory.
async fn grants<C: ConnectionTrait>(connection: &C, person_id: Uuid, today: Date) -> StoreResult<Vec<Role>> {
    let granted =
        open_grants(today).filter(role_grant::Column::PersonId.eq(person_id)).all(connection).await?;
    let mut roles: Vec<Role> = granted
        .into_iter()
        .filter_map(|grant| Role::from_key(&grant.role))
        .chain(directory::roles(connection, person_id).await?)
        .collect();
    roles.sort();
    roles.dedup();
    Ok(roles)
}

/// The reach of an actor, or the refusal to act at all. The first line of every use case.
///
/// # Errors
/// `Forbidden` if no role of the actor allows the action.
pub fn require(actor: &Actor, action: Action) -> StoreResult<Reach> {
    reach(actor, action).ok_or(StoreError::Forbidden)
}

/// The whole city, or nothing.
///
/// # Errors
/// `Forbidden` if the actor's reach is less than the city.
pub fn require_city(actor: &Actor, action: Action) -> StoreResult<()> {
    match reach(actor, action) {
        Some(Reach::City) => Ok(()),
        _ => Err(StoreError::Forbidden),
    }
}

/// A department within reach.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for a department out of reach, so that nothing is revealed.
pub fn require_department(actor: &Actor, action: Action, department: Uuid) -> StoreResult<()> {
    if require(actor, action)?.covers(department) { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Whether anybody can sign in yet; an empty database shows how to make the first account.
///
/// # Errors
/// When the database fails.
pub async fn anybody(db: &Db) -> StoreResult<bool> {
    Ok(crate::entity::credential::Entity::find().one(db.read()).await?.is_some())
}

/// A user made on the command line.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub login: String,
    pub name: String,
    pub password: String,
    pub role: Role,
}

/// Makes a user with a granted role: the first one, or the way back in.
///
/// # Errors
/// When it may not be a password or the login is taken.
pub async fn add_user(db: &Db, user: NewUser, now: OffsetDateTime) -> StoreResult<()> {
    let owner = Owner { login: &user.login, staff_no: &user.login, name: &user.name, kana: "" };
    check_password(&user.password, &user.password, owner)?;
    let hash = password::hash(user.password).await?;
    let txn = db.begin().await?;
    let person = person::Model {
        id: Uuid::now_v7(),
        staff_no: sign_in::fold_login(&user.login),
        name: user.name,
        kana: String::new(),
        employment: "職員".to_string(),
        email: None,
        since: now,
    };
    let inserted =
        person::Entity::insert(person::ActiveModel::from(person.clone())).exec_without_returning(&txn).await;
    on_double(inserted, "その職員番号は既に登録されています。")?;
    sign_in::put_credential(&txn, &person, &user.login, hash, now).await?;
    grant(&txn, &Author::console(), person.id, user.role, None, now).await?;
    Ok(txn.commit().await?)
}

/// Grants a role inside the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn grant<C: ConnectionTrait>(
    connection: &C,
    author: &Author,
    person_id: Uuid,
    role: Role,
    ends_on: Option<Date>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        role: Set(role.key().to_string()),
        at: Set(now),
        by_person_id: Set(author.id),
        ends_on: Set(ends_on),
    };
    role_grant::Entity::insert(row).exec_without_returning(connection).await?;
    let after = json!({ "role": role.key(), "ends_on": ends_on.map(|day| day.to_string()) });
    let event = NewEvent::created("person", person_id, "role.granted", after);
    ledger::append(connection, author, now, vec![event]).await
}
