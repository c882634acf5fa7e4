//! What the city's directory vouches for: who somebody is, and the roles of the groups. The roster leads: a person who
//! is not in it is turned away, nobody is made by signing in.

use crate::Db;
use crate::access;
use crate::entity::{directory_grant, directory_withdrawal, person, role_grant};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, Author, NewEvent};
use domain::calendar::day;
use domain::directory::{Change, Held, Source, change};
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, Set};
use serde_json::json;
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody the directory has recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub source: Source,
    /// 職員番号 as the directory has it; empty if it has none.
    pub staff_no: String,
    /// Roles of the groups.
    pub roles: Vec<Role>,
}

/// What a directory answers to a login and a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Known(Found),
    /// Unknown, or the password is wrong.
    Wrong,
    /// It could not be asked; the cause is in the log already.
    Away,
}

/// The future of a verdict.
pub type Verdicts = std::pin::Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// Asks the directory about a login and a password. The server gives it, as it gives the clock.
pub type AskDirectory = Arc<dyn Fn(String, String) -> Verdicts + Send + Sync>;

/// Grants of the directory that hold.
pub(crate) fn open_grants() -> Select<directory_grant::Entity> {
    let withdrawn = Query::select()
        .column(directory_withdrawal::Column::GrantId)
        .from(directory_withdrawal::Entity)
        .to_owned();
    directory_grant::Entity::find().filter(directory_grant::Column::Id.not_in_subquery(withdrawn))
}

/// Roles the directory gave to a person.
pub(crate) async fn roles<C: ConnectionTrait>(connection: &C, person_id: Uuid) -> StoreResult<Vec<Role>> {
    let grants =
        open_grants().filter(directory_grant::Column::PersonId.eq(person_id)).all(connection).await?;
    Ok(grants.iter().filter_map(|grant| Role::from_key(&grant.role)).collect())
}

/// Whether the directory gives a role to anybody.
pub(crate) async fn anybody_has<C: ConnectionTrait>(connection: &C, role: Role) -> StoreResult<bool> {
    let grants = open_grants().filter(directory_grant::Column::Role.eq(role.key()));
    Ok(grants.one(connection).await?.is_some())
}

/// The person the directory vouches for, after the roles were brought in line with the groups.
///
/// # Errors
/// Refused when the roster does not have the person.
pub async fn admit(db: &Db, found: &Found, now: OffsetDateTime) -> StoreResult<person::Model> {
    let txn = db.begin().await?;
    let person = by_staff_no(&txn, &found.staff_no).await?;
    let held = held(&txn, person.id, found.source).await?;
    let other = other_secretariat(&txn, &held, now).await?;
    let change = change(&held, &found.roles, other);
    if change.last_secretariat_stays {
        tracing::warn!(person = %person.id, "the directory no longer names the last secretariat; the role stays");
    }
    carry_out(&txn, person.id, found.source, change, now).await?;
    txn.commit().await?;
    Ok(person)
}

async fn by_staff_no<C: ConnectionTrait>(connection: &C, staff_no: &str) -> StoreResult<person::Model> {
    if staff_no.is_empty() {
        return Err(StoreError::refused(
            "庁内の認証基盤では本人と確認できましたが、職員番号が登録されていません。事務局に連絡してください。",
        ));
    }
    let found = person::Entity::find().filter(person::Column::StaffNo.eq(staff_no)).one(connection).await?;
    found.ok_or_else(|| {
        StoreError::refused(format!(
            "庁内の認証基盤では本人と確認できましたが、職員番号「{staff_no}」は名簿に登録されていません。事務局に連絡してください。"
        ))
    })
}

async fn held<C: ConnectionTrait>(connection: &C, person: Uuid, source: Source) -> StoreResult<Vec<Held>> {
    let grants = open_grants()
        .filter(directory_grant::Column::PersonId.eq(person))
        .filter(directory_grant::Column::Source.eq(source.key()))
        .order_by_asc(directory_grant::Column::Id)
        .all(connection)
        .await?;
    Ok(grants
        .into_iter()
        .filter_map(|grant| Some(Held { id: grant.id, role: Role::from_key(&grant.role)? }))
        .collect())
}

/// Whether the role of 事務局 is held by another grant than these, whoever gave it.
async fn other_secretariat<C: ConnectionTrait>(
    connection: &C,
    held: &[Held],
    now: OffsetDateTime,
) -> StoreResult<bool> {
    let role = Role::Secretariat.key();
    let by_hand = access::open_grants(day(now)).filter(role_grant::Column::Role.eq(role));
    if by_hand.one(connection).await?.is_some() {
        return Ok(true);
    }
    let others = Condition::all()
        .add(directory_grant::Column::Role.eq(role))
        .add(directory_grant::Column::Id.is_not_in(held.iter().map(|one| one.id)));
    Ok(open_grants().filter(others).one(connection).await?.is_some())
}

async fn carry_out<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    source: Source,
    change: Change,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let mut events = Vec::new();
    let (said, from) = (|role: Role| json!({ "role": role.key() }), json!({ "source": source.key() }));
    for held in change.take_back {
        let row = directory_withdrawal::ActiveModel {
            id: Set(Uuid::now_v7()),
            grant_id: Set(held.id),
            at: Set(now),
        };
        directory_withdrawal::Entity::insert(row).exec_without_returning(connection).await?;
        let event = NewEvent::removed("person", person_id, "role.withdrawn", said(held.role));
        events.push(event.beside(from.clone()));
    }
    for role in change.give {
        let row = directory_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person_id),
            role: Set(role.key().to_string()),
            source: Set(source.key().to_string()),
            at: Set(now),
        };
        directory_grant::Entity::insert(row).exec_without_returning(connection).await?;
        let event = NewEvent::created("person", person_id, "role.granted", said(role));
        events.push(event.beside(from.clone()));
    }
    ledger::append(connection, &Author::directory(), now, events).await
}
