//! What separation of duties warned of and was done all the same: kept with the reason, told in the audit report.

use crate::entity::{concern, person};
use crate::error::StoreResult;
use domain::actor::Actor;
use domain::duty::Warning;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Where it happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    pub inspection: Uuid,
    pub department: Uuid,
    /// None for a confirmation.
    pub audit: Option<Uuid>,
}

/// One of them in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Concern {
    pub warning: Warning,
    /// Whose hands or department are on both sides.
    pub person: String,
    pub reason: String,
    pub at: OffsetDateTime,
}

/// Writes one down inside the caller's transaction.
pub(crate) async fn put<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    about: About,
    warning: Warning,
    whose: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = concern::ActiveModel {
        id: Set(Uuid::now_v7()),
        rule: Set(warning.key().to_string()),
        inspection_id: Set(about.inspection),
        department_id: Set(about.department),
        audit_id: Set(about.audit),
        person_id: Set(whose),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    concern::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// What an audit's report has to tell: of the audit itself and of the department's confirmation.
pub(crate) async fn of_audit<C: ConnectionTrait>(connection: &C, about: About) -> StoreResult<Vec<Concern>> {
    let rows = concern::Entity::find()
        .filter(concern::Column::InspectionId.eq(about.inspection))
        .filter(concern::Column::DepartmentId.eq(about.department))
        .filter(
            Condition::any()
                .add(concern::Column::AuditId.is_null())
                .add(concern::Column::AuditId.eq(about.audit)),
        )
        .order_by_asc(concern::Column::At)
        .all(connection)
        .await?;
    let names: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.person_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Concern {
                warning: Warning::from_key(&row.rule)?,
                person: names.get(&row.person_id).cloned().unwrap_or_default(),
                reason: row.reason,
                at: row.at,
            })
        })
        .collect())
}
