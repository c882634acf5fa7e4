//! What the same people answered in the fiscal year before, for a whole department at once.

use crate::entity::{answer, inspection, target};
use crate::error::StoreResult;
use crate::inspection::target::withdrawn_targets;
use crate::response::asked;
use domain::answer::Value;
use domain::question::setting::Setting;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An answer of last year with the setting it was given under.
pub(super) struct Then {
    pub value: Value,
    pub setting: Setting,
}

/// Last year's answers by this year's target and the question's identity: of the newest inspection of an earlier
/// fiscal year, on the same person's sheet of the same role (and system).
pub(super) async fn answers<C: ConnectionTrait>(
    connection: &C,
    targets: &[&target::Model],
    fiscal_year: i32,
) -> StoreResult<BTreeMap<(Uuid, Uuid), Then>> {
    let earlier = earlier(connection, targets, fiscal_year).await?;
    if earlier.is_empty() {
        return Ok(BTreeMap::new());
    }
    let editions: BTreeSet<Uuid> = earlier.values().map(|target| target.edition_id).collect();
    let items: BTreeMap<Uuid, _> =
        asked(connection, editions).await?.into_iter().map(|asked| (asked.row.id, asked)).collect();
    let now: BTreeMap<Uuid, Uuid> = earlier.iter().map(|(now, then)| (then.id, *now)).collect();
    let rows = answer::Entity::find()
        .filter(answer::Column::TargetId.is_in(now.keys().copied()))
        .filter(answer::Column::Value.is_not_null())
        .all(connection)
        .await?;
    let then = |row: answer::Model| {
        let asked = items.get(&row.item_id)?;
        let value = Value::from_key(row.value.as_deref()?)?;
        let key = (*now.get(&row.target_id)?, asked.row.question_id);
        Some((key, Then { value, setting: asked.setting.clone() }))
    };
    Ok(rows.into_iter().filter_map(then).collect())
}

/// The earlier sheet of each target.
async fn earlier<C: ConnectionTrait>(
    connection: &C,
    targets: &[&target::Model],
    fiscal_year: i32,
) -> StoreResult<BTreeMap<Uuid, target::Model>> {
    let before = Query::select()
        .column(inspection::Column::Id)
        .from(inspection::Entity)
        .and_where(sea_orm::sea_query::Expr::col(inspection::Column::FiscalYear).lt(fiscal_year))
        .to_owned();
    let rows = target::Entity::find()
        .filter(target::Column::PersonId.is_in(targets.iter().map(|target| target.person_id)))
        .filter(target::Column::InspectionId.in_subquery(before))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .all(connection)
        .await?;
    let inspections: BTreeMap<Uuid, (i32, time::OffsetDateTime)> = inspection::Entity::find()
        .filter(inspection::Column::Id.is_in(rows.iter().map(|row| row.inspection_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, (row.fiscal_year, row.at)))
        .collect();
    let of = |now: &target::Model| {
        let same = rows
            .iter()
            .filter(|row| (row.person_id, &row.role, &row.system) == (now.person_id, &now.role, &now.system));
        same.max_by_key(|row| inspections.get(&row.inspection_id).copied()).cloned()
    };
    Ok(targets.iter().filter_map(|now| Some((now.id, of(now)?))).collect())
}
