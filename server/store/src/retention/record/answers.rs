//! The answers of closed inspections, sheet by sheet.

use super::{Record, closings};
use crate::entity::{answer, evidence, inspection, inspection_department, target};
use crate::error::StoreResult;
use domain::calendar::day;
use domain::retention::{Found, Kind};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// Sheets with an answer or a file.
fn answered() -> Select<target::Entity> {
    let own = Query::select()
        .expr(Expr::val(1))
        .from(answer::Entity)
        .and_where(
            Expr::col((answer::Entity, answer::Column::TargetId))
                .equals((target::Entity, target::Column::Id)),
        )
        .to_owned();
    let files = Query::select()
        .expr(Expr::val(1))
        .from(evidence::Entity)
        .and_where(
            Expr::col((evidence::Entity, evidence::Column::TargetId))
                .equals((target::Entity, target::Column::Id)),
        )
        .to_owned();
    let any = Condition::any().add(Expr::exists(own)).add(Expr::exists(files));
    target::Entity::find().filter(any)
}

/// How many sheets of which closed inspection hold answers, by the day of its closing.
pub(super) async fn ends<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<(Date, usize)>> {
    let counts: Vec<(Uuid, i64)> = answered()
        .select_only()
        .column(target::Column::InspectionId)
        .column_as(target::Column::Id.count(), "number")
        .group_by(target::Column::InspectionId)
        .into_tuple()
        .all(connection)
        .await?;
    let closed = closings(connection).await?;
    let end = |(id, number)| Some((day(*closed.get(&id)?), usize::try_from(number).ok()?));
    Ok(counts.into_iter().filter_map(end).collect())
}

/// Sheets with answers of inspections whose closing is wanted.
pub(super) async fn records<C: ConnectionTrait>(
    connection: &C,
    wanted: impl Fn(Date) -> bool,
) -> StoreResult<Vec<Record>> {
    let mut closed: BTreeMap<Uuid, Date> =
        closings(connection).await?.into_iter().map(|(id, at)| (id, day(at))).collect();
    closed.retain(|_, ended| wanted(*ended));
    let names: BTreeMap<Uuid, String> = inspection::Entity::find()
        .filter(inspection::Column::Id.is_in(closed.keys().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let places: BTreeMap<(Uuid, Uuid), (String, Uuid)> = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.is_in(closed.keys().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| ((row.inspection_id, row.department_id), (row.name, row.division_id)))
        .collect();
    let sheets: Vec<(Uuid, Uuid, Uuid, Uuid)> = answered()
        .select_only()
        .columns([
            target::Column::Id,
            target::Column::InspectionId,
            target::Column::DepartmentId,
            target::Column::PersonId,
        ])
        .filter(target::Column::InspectionId.is_in(closed.keys().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let record = |(id, inspection, department, person)| {
        let (place, division) = places.get(&(inspection, department)).cloned().unwrap_or_default();
        Some(Record {
            kind: Kind::Answers,
            object_id: id,
            label: format!("{}　{place}の回答", names.get(&inspection)?),
            ended_on: *closed.get(&inspection)?,
            found: Found {
                inspections: vec![inspection],
                departments: vec![department, division],
                people: vec![person],
            },
        })
    };
    Ok(sheets.into_iter().filter_map(record).collect())
}
