//! What was disposed of: asked where the content would have been.

use crate::entity::{disposal_approval, disposal_item, target};
use crate::error::StoreResult;
use domain::retention::Kind;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;
use uuid::Uuid;

/// Keys of the things of a kind that were disposed of.
pub(crate) fn disposed(kind: Kind) -> SelectStatement {
    Query::select()
        .column((disposal_item::Entity, disposal_item::Column::ObjectId))
        .from(disposal_item::Entity)
        .inner_join(
            disposal_approval::Entity,
            Expr::col((disposal_approval::Entity, disposal_approval::Column::DisposalId))
                .equals((disposal_item::Entity, disposal_item::Column::DisposalId)),
        )
        .and_where(Expr::col((disposal_item::Entity, disposal_item::Column::Kind)).eq(kind.key()))
        .and_where(Expr::col((disposal_item::Entity, disposal_item::Column::HoldId)).is_null())
        .to_owned()
}

/// Sheets whose answers were disposed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// The last time.
    pub at: OffsetDateTime,
    pub sheets: u64,
}

/// When a thing was disposed of, if it was.
///
/// # Errors
/// When the database fails.
pub async fn is_gone<C: ConnectionTrait>(
    connection: &C,
    kind: Kind,
    id: Uuid,
) -> StoreResult<Option<OffsetDateTime>> {
    let lists = Query::select()
        .column(disposal_item::Column::DisposalId)
        .from(disposal_item::Entity)
        .and_where(Expr::col(disposal_item::Column::Kind).eq(kind.key()))
        .and_where(Expr::col(disposal_item::Column::ObjectId).eq(id))
        .and_where(Expr::col(disposal_item::Column::HoldId).is_null())
        .to_owned();
    let approval = disposal_approval::Entity::find()
        .filter(disposal_approval::Column::DisposalId.in_subquery(lists))
        .one(connection)
        .await?;
    Ok(approval.map(|approval| approval.at))
}

/// The sheets of some departments of an inspection whose answers were disposed of; none if all are there.
///
/// # Errors
/// When the database fails.
pub async fn gone<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    departments: impl Iterator<Item = Uuid>,
) -> StoreResult<Option<Gone>> {
    let sheets: Vec<Uuid> = target::Entity::find()
        .select_only()
        .column(target::Column::Id)
        .filter(target::Column::InspectionId.eq(inspection))
        .filter(target::Column::DepartmentId.is_in(departments))
        .filter(target::Column::Id.in_subquery(disposed(Kind::Answers)))
        .into_tuple()
        .all(connection)
        .await?;
    let Some(any) = sheets.first() else { return Ok(None) };
    let at = match is_gone(connection, Kind::Answers, *any).await? {
        Some(at) => at,
        None => return Ok(None),
    };
    Ok(Some(Gone { at, sheets: sheets.len() as u64 }))
}
