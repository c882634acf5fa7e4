//! The steps an inspection has, and which of them was taken over a department.

use crate::entity::{approval, approval_step, approval_withdrawal};
use crate::error::StoreResult;
use crate::ledger::insert_in_portions;
use domain::approval::Level;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Keeps the steps inside the transaction of the start; they never change afterwards.
pub(crate) async fn put<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    levels: &[Level],
) -> StoreResult<()> {
    let chosen: BTreeSet<Level> = levels.iter().copied().collect();
    let row = |level: Level| approval_step::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(inspection),
        level: Set(level.key().to_string()),
    };
    let rows = chosen.into_iter().map(row).collect();
    insert_in_portions::<approval_step::Entity, _, _>(connection, rows).await
}

/// The steps of inspections; one without any is missing in the answer.
pub(crate) async fn levels<C: ConnectionTrait>(
    connection: &C,
    inspections: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, BTreeSet<Level>>> {
    let rows = approval_step::Entity::find()
        .filter(approval_step::Column::InspectionId.is_in(inspections))
        .all(connection)
        .await?;
    let mut levels: BTreeMap<Uuid, BTreeSet<Level>> = BTreeMap::new();
    for row in rows {
        if let Some(level) = Level::from_key(&row.level) {
            levels.entry(row.inspection_id).or_default().insert(level);
        }
    }
    Ok(levels)
}

/// Keys of approvals that hold no longer.
pub(crate) fn withdrawn() -> SelectStatement {
    Query::select()
        .column(approval_withdrawal::Column::ApprovalId)
        .from(approval_withdrawal::Entity)
        .to_owned()
}

/// The nearest step that was taken over the departments of a 部.
pub(crate) async fn above<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    division: Uuid,
) -> StoreResult<Option<Level>> {
    let place = Condition::any()
        .add(approval::Column::DepartmentId.eq(division))
        .add(approval::Column::DepartmentId.is_null());
    let rows = approval::Entity::find()
        .filter(approval::Column::InspectionId.eq(inspection))
        .filter(place)
        .filter(approval::Column::Id.not_in_subquery(withdrawn()))
        .all(connection)
        .await?;
    Ok(rows.iter().filter_map(|row| Level::from_key(&row.level)).min())
}
