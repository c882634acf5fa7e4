//! Loads what the rule of independence asks about.

use crate::access::{grant_holds, post_holds};
use crate::directory;
use crate::entity::{
    audit, department, directory_grant, information_system, inspection, inspection_department, person, post,
    role_grant, role_withdrawal,
};
use crate::error::StoreResult;
use domain::Refusal;
use domain::actor::Actor;
use domain::audit::{Held, independent, independent_of_systems, may_audit_from_outside};
use domain::duty::Warning;
use domain::role::Role;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use std::collections::BTreeMap;
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
    let rows = post::Entity::find().filter(post::Column::PersonId.eq(auditor)).all(connection).await?;
    let units = [place.department_id, place.division_id];
    let held =
        |post: &post::Model, department: Uuid| Held { department, from: post.valid_from, to: post.valid_to };
    let posts: Vec<Held> = rows.iter().map(|post| held(post, post.department_id)).collect();
    independent(&posts, &units, fiscal_year, today)?;
    let systems: Vec<&str> = rows.iter().filter_map(|post| post.system.as_deref()).collect();
    if systems.is_empty() {
        return Ok(());
    }
    let owners = information_system::Entity::find()
        .filter(information_system::Column::Name.is_in(systems))
        .all(connection)
        .await?;
    let managed: Vec<Held> = owners
        .iter()
        .flat_map(|owner| {
            let of = |post: &&post::Model| post.system.as_deref() == Some(owner.name.as_str());
            rows.iter().filter(of).map(|post| held(post, owner.department_id)).collect::<Vec<_>>()
        })
        .collect();
    Ok(independent_of_systems(&managed, &units, fiscal_year, today)?)
}

/// What separation of duties warns of when this person opens an audit by that auditor.
pub(super) async fn warnings<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    auditor: Uuid,
    place: &inspection_department::Model,
    fiscal_year: i32,
    today: Date,
) -> StoreResult<Vec<Warning>> {
    let mut warnings = Vec::new();
    if actor.belongs_to(place.department_id) || actor.belongs_to(place.division_id) {
        warnings.push(Warning::OwnDepartment);
    }
    if is_mutual(connection, auditor, place.department_id, fiscal_year, today).await? {
        warnings.push(Warning::Mutual);
    }
    Ok(warnings)
}

/// Whether the auditor's own department was audited in the same year by somebody of this department.
async fn is_mutual<C: ConnectionTrait>(
    connection: &C,
    auditor: Uuid,
    department: Uuid,
    fiscal_year: i32,
    today: Date,
) -> StoreResult<bool> {
    let own: Vec<Uuid> = post::Entity::find()
        .filter(post::Column::PersonId.eq(auditor))
        .filter(post_holds(today))
        .all(connection)
        .await?
        .into_iter()
        .map(|post| post.department_id)
        .collect();
    let of_year = Query::select()
        .column(inspection::Column::Id)
        .from(inspection::Entity)
        .and_where(Expr::col(inspection::Column::FiscalYear).eq(fiscal_year))
        .to_owned();
    let auditors: Vec<Uuid> = audit::Entity::find()
        .filter(audit::Column::DepartmentId.is_in(own))
        .filter(audit::Column::InspectionId.in_subquery(of_year))
        .all(connection)
        .await?
        .into_iter()
        .map(|audit| audit.auditor_id)
        .collect();
    let from_here = post::Entity::find()
        .filter(post::Column::PersonId.is_in(auditors))
        .filter(post::Column::DepartmentId.eq(department))
        .filter(post_holds(today))
        .count(connection)
        .await?;
    Ok(from_here > 0)
}

/// Everybody who holds the role, given by hand or by the directory.
pub(super) async fn auditors<C: ConnectionTrait>(connection: &C, today: Date) -> StoreResult<Vec<Uuid>> {
    let by_hand = grants(connection, today).await?.into_iter().map(|grant| grant.person_id);
    let by_directory = directory::open_grants()
        .filter(directory_grant::Column::Role.eq(Role::Auditor.key()))
        .all(connection)
        .await?;
    Ok(by_hand.chain(by_directory.into_iter().map(|grant| grant.person_id)).collect())
}

/// Grants of the role by hand that were not withdrawn and have not ended.
async fn grants<C: ConnectionTrait>(connection: &C, today: Date) -> StoreResult<Vec<role_grant::Model>> {
    let withdrawn =
        Query::select().column(role_withdrawal::Column::GrantId).from(role_withdrawal::Entity).to_owned();
    Ok(role_grant::Entity::find()
        .filter(role_grant::Column::Role.eq(Role::Auditor.key()))
        .filter(role_grant::Column::Id.not_in_subquery(withdrawn))
        .filter(grant_holds(today))
        .all(connection)
        .await?)
}

/// The auditor must hold the role; one without a post in the city holds it for a time only.
pub(super) async fn require_auditor<C: ConnectionTrait>(
    connection: &C,
    person: Uuid,
    today: Date,
) -> StoreResult<()> {
    if !auditors(connection, today).await?.contains(&person) {
        let text = "監査人の役割を持つ人を選んでください。役割は事務局が付与します。";
        return Err(Refusal::field("auditor", text).into());
    }
    let posts = post::Entity::find().filter(post::Column::PersonId.eq(person)).filter(post_holds(today));
    let has_post = posts.count(connection).await? > 0;
    let held = grants(connection, today).await?.into_iter().filter(|grant| grant.person_id == person);
    let ends: Vec<bool> = held.map(|grant| grant.ends_on.is_some()).collect();
    // A role that comes from the directory has no end of its own.
    Ok(may_audit_from_outside(has_post, !ends.is_empty() && ends.into_iter().all(|ends| ends))?)
}

/// A head of a department that was audited in the year before: somebody who knows the other side.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub name: String,
    pub department: String,
    /// Holds the role already.
    pub is_auditor: bool,
}

/// The heads of today of the departments that were audited in the fiscal year before this one.
pub(super) async fn candidates<C: ConnectionTrait>(
    connection: &C,
    fiscal_year: i32,
    today: Date,
) -> StoreResult<Vec<Candidate>> {
    let of_year = Query::select()
        .column(inspection::Column::Id)
        .from(inspection::Entity)
        .and_where(Expr::col(inspection::Column::FiscalYear).eq(fiscal_year - 1))
        .to_owned();
    let audited = Query::select()
        .column(audit::Column::DepartmentId)
        .from(audit::Entity)
        .and_where(Expr::col(audit::Column::InspectionId).in_subquery(of_year))
        .to_owned();
    let heads = post::Entity::find()
        .filter(post::Column::Role.eq(Role::Manager.key()))
        .filter(post::Column::DepartmentId.in_subquery(audited))
        .filter(post_holds(today))
        .all(connection)
        .await?;
    let names: BTreeMap<Uuid, String> = department::Entity::find()
        .filter(department::Column::Id.is_in(heads.iter().map(|head| head.department_id)))
        .order_by_asc(department::Column::Position)
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let people: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(heads.iter().map(|head| head.person_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let auditors = auditors(connection, today).await?;
    let mut candidates: Vec<Candidate> = heads
        .iter()
        .filter_map(|head| {
            Some(Candidate {
                name: people.get(&head.person_id)?.clone(),
                department: names.get(&head.department_id)?.clone(),
                is_auditor: auditors.contains(&head.person_id),
            })
        })
        .collect();
    candidates.sort_by(|a, b| (&a.department, &a.name).cmp(&(&b.department, &b.name)));
    Ok(candidates)
}
