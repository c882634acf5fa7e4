//! Loads what the rule of independence asks about.

use crate::entity::{inspection_department, post, role_grant, role_withdrawal};
use crate::error::StoreResult;
use domain::Refusal;
use domain::audit::{Held, independent};
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::Date;
use uuid::Uuid;

/// May this person audit this department for this year? All posts count, former and concurrent ones as well.
pub(super) async fn require<C: ConnectionTrait>(
    connection: &C,
    auditor: Uuid,
    place: &inspection_department::Model,
    fiscal_year: i32,
    today: Date,
) -> StoreResult<()> {
    let posts: Vec<Held> = post::Entity::find()
        .filter(post::Column::PersonId.eq(auditor))
        .all(connection)
        .await?
        .into_iter()
        .map(|post| Held { department: post.department_id, from: post.valid_from, to: post.valid_to })
        .collect();
    Ok(independent(&posts, &[place.department_id, place.division_id], fiscal_year, today)?)
}

/// Grants of the role that hold on a day.
pub(super) async fn auditors<C: ConnectionTrait>(connection: &C, today: Date) -> StoreResult<Vec<Uuid>> {
    let withdrawn =
        Query::select().column(role_withdrawal::Column::GrantId).from(role_withdrawal::Entity).to_owned();
    let grants = role_grant::Entity::find()
        .filter(role_grant::Column::Role.eq(Role::Auditor.key()))
        .filter(crate::access::grant_holds(today))
        .filter(role_grant::Column::Id.not_in_subquery(withdrawn))
        .all(connection)
        .await?;
    Ok(grants.into_iter().map(|grant| grant.person_id).collect())
}

/// The auditor must hold the role.
pub(super) async fn require_auditor<C: ConnectionTrait>(
    connection: &C,
    person: Uuid,
    today: Date,
) -> StoreResult<()> {
    if auditors(connection, today).await?.contains(&person) {
        return Ok(());
    }
    Err(Refusal::field("auditor", "監査人の役割を持つ人を選んでください。役割は事務局が付与します。").into())
}
