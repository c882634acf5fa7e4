//! Roles that require the second factor.

use crate::Db;
use crate::access::{post_holds, require_city};
use crate::entity::{post, second_factor, second_factor_release, second_factor_requirement};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::person::open_grants;
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select, Set};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

const RELEASED: &str = "この役割は、既に必須ではなくなっています。";

/// A role with its holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub role: Role,
    /// Since when it requires the second factor.
    pub since: Option<OffsetDateTime>,
    /// People who hold the role today.
    pub holders: usize,
    /// Of these, with a second factor.
    pub enrolled: usize,
}

/// Requirements that were not released.
fn in_force() -> Select<second_factor_requirement::Entity> {
    let released = Query::select()
        .column(second_factor_release::Column::RequirementId)
        .from(second_factor_release::Entity)
        .to_owned();
    second_factor_requirement::Entity::find()
        .filter(second_factor_requirement::Column::Id.not_in_subquery(released))
}

/// Whether one of these roles requires the second factor.
///
/// # Errors
/// When the database fails.
pub async fn is_required<C: ConnectionTrait>(connection: &C, roles: &[Role]) -> StoreResult<bool> {
    let keys = roles.iter().map(|role| role.key());
    let required = in_force().filter(second_factor_requirement::Column::Role.is_in(keys));
    Ok(required.one(connection).await?.is_some())
}

/// Every role, with whether it requires the second factor and how far its holders are.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn requirements(db: &Db, actor: &Actor, now: OffsetDateTime) -> StoreResult<Vec<Line>> {
    require_city(actor, Action::ManageAccess)?;
    let since: BTreeMap<String, OffsetDateTime> =
        in_force().all(db.read()).await?.into_iter().map(|row| (row.role, row.at)).collect();
    let holders = holders(db, now).await?;
    let enrolled: BTreeSet<Uuid> = second_factor::Entity::find()
        .select_only()
        .column(second_factor::Column::PersonId)
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let line = |role: Role| {
        let people = holders.get(role.key());
        Line {
            role,
            since: since.get(role.key()).copied(),
            holders: people.map_or(0, BTreeSet::len),
            enrolled: people.map_or(0, |people| people.intersection(&enrolled).count()),
        }
    };
    Ok(Role::ALL.into_iter().map(line).collect())
}

/// Who holds which role today, by post or by grant.
async fn holders(db: &Db, now: OffsetDateTime) -> StoreResult<BTreeMap<String, BTreeSet<Uuid>>> {
    let today = day(now);
    let posts: Vec<(String, Uuid)> = post::Entity::find()
        .filter(post_holds(today))
        .select_only()
        .columns([post::Column::Role, post::Column::PersonId])
        .into_tuple()
        .all(db.read())
        .await?;
    let grants = open_grants(db.read(), today).await?.into_iter();
    let grants = grants.map(|grant| (grant.role, grant.person_id));
    let mut holders: BTreeMap<String, BTreeSet<Uuid>> = BTreeMap::new();
    for (role, person) in posts.into_iter().chain(grants) {
        holders.entry(role).or_default().insert(person);
    }
    Ok(holders)
}

/// From now on holders of a role have to set a second factor up.
///
/// # Errors
/// `Forbidden`; refused when it is required already.
pub async fn require_role(db: &Db, actor: &Actor, role: Role, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ManageAccess)?;
    let txn = db.begin().await?;
    if is_required(&txn, &[role]).await? {
        return Err(StoreError::refused(format!("「{}」は、既に二段階認証が必須です。", role.label())));
    }
    let id = Uuid::now_v7();
    let row = second_factor_requirement::ActiveModel {
        id: Set(id),
        role: Set(role.key().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    second_factor_requirement::Entity::insert(row).exec_without_returning(&txn).await?;
    let event = NewEvent::created("second_factor", id, "second_factor.required", told(role));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// A role no longer requires a second factor; what people set up stays.
///
/// # Errors
/// `Forbidden`; refused when it is not required.
pub async fn release_role(db: &Db, actor: &Actor, role: Role, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ManageAccess)?;
    let txn = db.begin().await?;
    let of_role = in_force().filter(second_factor_requirement::Column::Role.eq(role.key()));
    let required = of_role.one(&txn).await?.ok_or_else(|| StoreError::refused(RELEASED))?;
    let row = second_factor_release::ActiveModel {
        id: Set(Uuid::now_v7()),
        requirement_id: Set(required.id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = second_factor_release::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, RELEASED)?;
    let event = NewEvent::removed("second_factor", required.id, "second_factor.released", told(role));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

fn told(role: Role) -> Json {
    json!({ "role": role.label() })
}
