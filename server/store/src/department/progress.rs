//! How many questions of each sheet are answered; two statements, however many sheets.

use crate::entity::{answer, edition_item, target};
use crate::error::StoreResult;
use domain::answer::Value;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Answered of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that need nothing more.
    pub answered: i64,
    pub total: i64,
}

/// The progress of targets.
///
/// # Errors
/// When the database fails.
pub async fn progress<C: ConnectionTrait>(
    connection: &C,
    targets: &[target::Model],
) -> StoreResult<BTreeMap<Uuid, Progress>> {
    let editions: BTreeSet<Uuid> = targets.iter().map(|target| target.edition_id).collect();
    let totals: BTreeMap<Uuid, i64> = edition_item::Entity::find()
        .select_only()
        .column(edition_item::Column::EditionId)
        .column_as(edition_item::Column::Id.count(), "number")
        .filter(edition_item::Column::EditionId.is_in(editions))
        .group_by(edition_item::Column::EditionId)
        .into_tuple::<(Uuid, i64)>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let answered: BTreeMap<Uuid, i64> = answer::Entity::find()
        .select_only()
        .column(answer::Column::TargetId)
        .column_as(answer::Column::Id.count(), "number")
        .filter(answer::Column::TargetId.is_in(targets.iter().map(|target| target.id)))
        .filter(complete())
        .group_by(answer::Column::TargetId)
        .into_tuple::<(Uuid, i64)>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let of = |target: &target::Model| Progress {
        answered: answered.get(&target.id).copied().unwrap_or_default(),
        total: totals.get(&target.edition_id).copied().unwrap_or_default(),
    };
    Ok(targets.iter().map(|target| (target.id, of(target))).collect())
}

/// The same as the rule `Given::is_complete`; comments are stored without blanks at their ends.
fn complete() -> Condition {
    let keys = |reason: bool| Value::ALL.into_iter().filter(move |value| value.needs_reason() == reason);
    Condition::any().add(answer::Column::Value.is_in(keys(false).map(Value::key))).add(
        Condition::all()
            .add(answer::Column::Value.is_in(keys(true).map(Value::key)))
            .add(answer::Column::Comment.ne("")),
    )
}
