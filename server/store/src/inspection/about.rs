//! What an inspection is part of, how it is scored, and whether it counts at all.

use crate::entity::{inspection, inspection_about, rehearsal};
use crate::error::StoreResult;
use domain::inspection::About;
use domain::rate::Scoring;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};
use uuid::Uuid;

/// Inspections that are only tried out.
pub(crate) fn rehearsals() -> SelectStatement {
    Query::select().column(rehearsal::Column::InspectionId).from(rehearsal::Entity).to_owned()
}

/// Inspections that count: where one is chosen from all, rehearsals are not among them.
pub(crate) fn counting() -> Select<inspection::Entity> {
    inspection::Entity::find().filter(inspection::Column::Id.not_in_subquery(rehearsals()))
}

/// Whether an inspection is only tried out.
pub(crate) async fn is_rehearsal<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<bool> {
    let rows = rehearsal::Entity::find().filter(rehearsal::Column::InspectionId.eq(id));
    Ok(rows.count(connection).await? > 0)
}

/// What was frozen with the start; an inspection from before is scored as usual.
pub(crate) async fn about<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<About> {
    let row = inspection_about::Entity::find()
        .filter(inspection_about::Column::InspectionId.eq(id))
        .one(connection)
        .await?;
    Ok(row.map_or_else(About::default, |row| About {
        programme: row.programme,
        covers: row.covers,
        scoring: Scoring { partial: row.partial, threshold: row.threshold },
    }))
}
