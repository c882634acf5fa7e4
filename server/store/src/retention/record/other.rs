//! Kinds that are shown with their days and never removed.

use super::{Record, closings};
use crate::entity::{audit, audit_report, completion, improvement, inspection, revision, verification};
use crate::error::StoreResult;
use domain::calendar::day;
use domain::retention::{Found, Kind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Audits whose report was issued: the papers, or the report itself.
pub(super) async fn audits<C: ConnectionTrait>(connection: &C, kind: Kind) -> StoreResult<Vec<Record>> {
    let audits: BTreeMap<Uuid, audit::Model> =
        audit::Entity::find().all(connection).await?.into_iter().map(|row| (row.id, row)).collect();
    let reports = audit_report::Entity::find().all(connection).await?;
    let record = |report: audit_report::Model| {
        let audit = audits.get(&report.audit_id)?;
        Some(Record {
            kind,
            object_id: if kind == Kind::Reports { report.id } else { audit.id },
            label: format!("{}　{}", audit.label, kind.label()),
            ended_on: day(report.at),
            found: Found {
                inspections: vec![audit.inspection_id],
                departments: vec![audit.department_id],
                people: vec![audit.auditor_id],
            },
        })
    };
    Ok(reports.into_iter().filter_map(record).collect())
}

/// Improvements that were verified as effective.
pub(super) async fn improvements<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<Record>> {
    let reported: BTreeMap<Uuid, Uuid> = completion::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.improvement_id))
        .collect();
    let mut ended: BTreeMap<Uuid, OffsetDateTime> = BTreeMap::new();
    let effective = verification::Entity::find().filter(verification::Column::Effective.eq(true));
    for row in effective.order_by_asc(verification::Column::At).all(connection).await? {
        if let Some(improvement) = reported.get(&row.completion_id) {
            ended.insert(*improvement, row.at);
        }
    }
    let rows = improvement::Entity::find().all(connection).await?;
    let record = |row: improvement::Model| {
        Some(Record {
            kind: Kind::Improvements,
            object_id: row.id,
            label: row.label,
            ended_on: day(*ended.get(&row.id)?),
            found: Found { departments: vec![row.department_id], ..Found::default() },
        })
    };
    Ok(rows.into_iter().filter_map(record).collect())
}

/// The figures of closed inspections.
pub(super) async fn results<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<Record>> {
    let closed = closings(connection).await?;
    let rows = inspection::Entity::find().all(connection).await?;
    let record = |row: inspection::Model| {
        Some(Record {
            kind: Kind::Results,
            object_id: row.id,
            label: row.name,
            ended_on: day(*closed.get(&row.id)?),
            found: Found { inspections: vec![row.id], ..Found::default() },
        })
    };
    Ok(rows.into_iter().filter_map(record).collect())
}

/// Revisions of policies that another one follows.
pub(super) async fn policies<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<Record>> {
    let rows = revision::Entity::find().order_by_asc(revision::Column::Number).all(connection).await?;
    let record = |row: &revision::Model| {
        let next = rows.iter().find(|next| next.policy_id == row.policy_id && next.number > row.number)?;
        Some(Record {
            kind: Kind::Policies,
            object_id: row.id,
            label: format!("{}　第{}版", row.title, row.number),
            ended_on: day(next.at),
            found: Found::default(),
        })
    };
    Ok(rows.iter().filter_map(record).collect())
}
