//! How many questions of each sheet are answered; four statements, however many sheets.

use crate::entity::{answer, inspection, target};
use crate::error::StoreResult;
use crate::evidence::attached;
use crate::response::{Asked, asked, given};
use domain::question::setting::Attribute;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Answered of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that need nothing more.
    pub answered: i64,
    /// Questions that are owed; hidden ones are not.
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
    let asked = asked(connection, editions).await?;
    let inspections: BTreeSet<Uuid> = targets.iter().map(|target| target.inspection_id).collect();
    let years: BTreeMap<Uuid, i32> = inspection::Entity::find()
        .filter(inspection::Column::Id.is_in(inspections))
        .all(connection)
        .await?
        .into_iter()
        .map(|inspection| (inspection.id, inspection.fiscal_year))
        .collect();
    let mut answers: BTreeMap<Uuid, BTreeMap<Uuid, answer::Model>> = BTreeMap::new();
    let rows = answer::Entity::find()
        .filter(answer::Column::TargetId.is_in(targets.iter().map(|target| target.id)))
        .all(connection)
        .await?;
    for row in rows {
        answers.entry(row.target_id).or_default().insert(row.item_id, row);
    }
    let mut files: BTreeMap<Uuid, BTreeMap<Uuid, usize>> = BTreeMap::new();
    for ((target, item), beside) in attached(connection, targets.iter().map(|target| target.id)).await? {
        files.entry(target).or_default().insert(item, beside.len());
    }
    let (none, bare) = (BTreeMap::new(), BTreeMap::new());
    let of = |target: &target::Model| {
        let year = years.get(&target.inspection_id).copied().unwrap_or_default();
        let given = (answers.get(&target.id).unwrap_or(&none), files.get(&target.id).unwrap_or(&bare));
        count(&asked, given, target, year)
    };
    Ok(targets.iter().map(|target| (target.id, of(target))).collect())
}

fn count(
    asked: &[Asked],
    (answers, files): (&BTreeMap<Uuid, answer::Model>, &BTreeMap<Uuid, usize>),
    target: &target::Model,
    year: i32,
) -> Progress {
    let own = asked.iter().filter(|asked| asked.row.edition_id == target.edition_id);
    let given = given(own, answers, files, &Attribute::list(&target.attributes), year);
    let mut progress = Progress::default();
    for (_, given) in given.iter().filter(|(_, given)| !given.hidden) {
        progress.total += 1;
        progress.answered += i64::from(given.is_complete());
    }
    progress
}
