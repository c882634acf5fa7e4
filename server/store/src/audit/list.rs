//! The list of audits, and what can be chosen for a new one.

use super::independence::{Candidate, auditors, candidates};
use crate::Db;
use crate::access::{require, require_city};
use crate::entity::{audit, audit_report, finding, inspection, inspection_department, mark, person};
use crate::error::StoreResult;
use crate::inspection::counting;
use domain::actor::Actor;
use domain::permission::{Action, sees_audit};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// One audit in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    pub id: Uuid,
    pub label: String,
    pub fiscal_year: i32,
    pub division: String,
    pub department: String,
    pub auditor: String,
    pub held_on: Date,
    /// 文書番号 of the issued report.
    pub issued: Option<String>,
    pub marks: i64,
    pub findings: i64,
    /// The reader is its auditor.
    pub mine: bool,
}

/// What can be chosen for a new audit: (key, name).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choices {
    pub inspections: Vec<(Uuid, String)>,
    /// Departments of all those inspections, not yet audited in the newest one.
    pub departments: Vec<(Uuid, String)>,
    pub auditors: Vec<(Uuid, String)>,
    /// Heads of departments audited the year before, who may be asked to become auditors.
    pub candidates: Vec<Candidate>,
}

/// The audits within reach: all for auditors, their own for those from outside, for others those whose report was
/// issued.
///
/// # Errors
/// `Forbidden` without permission.
pub async fn list(db: &Db, actor: &Actor) -> StoreResult<Vec<AuditLine>> {
    require(actor, Action::SeeFindings)?;
    let connection = db.read();
    let rows = audit::Entity::find().order_by_desc(audit::Column::Label).all(connection).await?;
    let reports: BTreeMap<Uuid, String> = audit_report::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|report| (report.audit_id, report.number))
        .collect();
    let rows: Vec<audit::Model> = rows
        .into_iter()
        .filter(|row| sees_audit(actor, row.auditor_id, row.department_id, reports.contains_key(&row.id)))
        .collect();
    let names = Names::load(connection, &rows).await?;
    let marks = count::<mark::Entity, _, _>(connection, mark::Column::AuditId).await?;
    let findings = count::<finding::Entity, _, _>(connection, finding::Column::AuditId).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (division, department) = names.place(&row);
            AuditLine {
                fiscal_year: names.years.get(&row.inspection_id).copied().unwrap_or_default(),
                auditor: names.people.get(&row.auditor_id).cloned().unwrap_or_default(),
                issued: reports.get(&row.id).cloned(),
                marks: marks.get(&row.id).copied().unwrap_or_default(),
                findings: findings.get(&row.id).copied().unwrap_or_default(),
                mine: row.auditor_id == actor.person_id,
                id: row.id,
                label: row.label,
                held_on: row.held_on,
                division,
                department,
            }
        })
        .collect())
}

async fn count<E, L, C>(connection: &C, of: L) -> StoreResult<BTreeMap<Uuid, i64>>
where
    E: EntityTrait,
    L: ColumnTrait,
    C: ConnectionTrait,
{
    let rows: Vec<(Uuid, i64)> = E::find()
        .select_only()
        .column(of)
        .column_as(of.count(), "number")
        .group_by(of)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

struct Names {
    years: BTreeMap<Uuid, i32>,
    places: BTreeMap<(Uuid, Uuid), (String, String)>,
    people: BTreeMap<Uuid, String>,
}

impl Names {
    async fn load<C: ConnectionTrait>(connection: &C, rows: &[audit::Model]) -> StoreResult<Names> {
        let years = inspection::Entity::find()
            .filter(inspection::Column::Id.is_in(rows.iter().map(|row| row.inspection_id)))
            .all(connection)
            .await?;
        let places = inspection_department::Entity::find()
            .filter(
                inspection_department::Column::InspectionId.is_in(rows.iter().map(|row| row.inspection_id)),
            )
            .filter(
                inspection_department::Column::DepartmentId.is_in(rows.iter().map(|row| row.department_id)),
            )
            .all(connection)
            .await?;
        let people = person::Entity::find()
            .filter(person::Column::Id.is_in(rows.iter().map(|row| row.auditor_id)))
            .all(connection)
            .await?;
        Ok(Names {
            years: years.into_iter().map(|row| (row.id, row.fiscal_year)).collect(),
            places: places
                .into_iter()
                .map(|row| ((row.inspection_id, row.department_id), (row.division_name, row.name)))
                .collect(),
            people: people.into_iter().map(|row| (row.id, row.name)).collect(),
        })
    }

    fn place(&self, row: &audit::Model) -> (String, String) {
        self.places.get(&(row.inspection_id, row.department_id)).cloned().unwrap_or_default()
    }
}

/// What can be chosen for a new audit.
///
/// # Errors
/// `Forbidden` for others than auditors of the city.
pub async fn choices(db: &Db, actor: &Actor, today: Date) -> StoreResult<Choices> {
    require_city(actor, Action::OpenAudit)?;
    let connection = db.read();
    let inspections = counting().order_by_desc(inspection::Column::BaseOn).all(connection).await?;
    let Some(newest) = inspections.first() else { return Ok(Choices::default()) };
    let departments = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(newest.id))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?;
    let people = person::Entity::find()
        .filter(person::Column::Id.is_in(auditors(connection, today).await?))
        .order_by_asc(person::Column::Kana)
        .all(connection)
        .await?;
    let full_name = |row: inspection_department::Model| {
        let name = if row.division_id == row.department_id {
            row.name
        } else {
            format!("{}　{}", row.division_name, row.name)
        };
        (row.department_id, name)
    };
    Ok(Choices {
        candidates: candidates(connection, newest.fiscal_year, today).await?,
        departments: departments.into_iter().map(full_name).collect(),
        auditors: people.into_iter().map(|row| (row.id, row.name)).collect(),
        inspections: inspections.into_iter().map(|row| (row.id, row.name)).collect(),
    })
}
