//! Where targets stand, derived from the rows of submissions, returns, confirmations and closings.

use crate::entity::{closing, confirmation, person, sheet_return, submission, target};
use crate::error::StoreResult;
use domain::response::Standing;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// The newest return of a sheet.
#[derive(Debug, Clone)]
pub struct Return {
    pub reason: String,
    pub at: OffsetDateTime,
    /// Name of the head.
    pub by: String,
}

/// Everything known about where a target stands.
#[derive(Debug, Clone)]
pub struct Facts {
    pub standing: Standing,
    /// The submission that holds, and when.
    pub submission: Option<(Uuid, OffsetDateTime)>,
    /// The last submission was returned; none while one holds.
    pub returned: Option<Return>,
    /// When the head confirmed.
    pub confirmed_at: Option<OffsetDateTime>,
}

/// The facts of targets in five statements, however many they are.
///
/// # Errors
/// When the database fails.
pub async fn standings<C: ConnectionTrait>(
    connection: &C,
    targets: &[target::Model],
) -> StoreResult<BTreeMap<Uuid, Facts>> {
    let newest = newest_submissions(connection, targets).await?;
    let returns = returns_of(connection, newest.values().map(|row| row.id)).await?;
    let inspections: BTreeSet<Uuid> = targets.iter().map(|target| target.inspection_id).collect();
    let departments: BTreeSet<Uuid> = targets.iter().map(|target| target.department_id).collect();
    let confirmed: BTreeMap<(Uuid, Uuid), OffsetDateTime> = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.is_in(inspections.iter().copied()))
        .filter(confirmation::Column::DepartmentId.is_in(departments))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| ((row.inspection_id, row.department_id), row.at))
        .collect();
    let closed: BTreeSet<Uuid> = closing::Entity::find()
        .filter(closing::Column::InspectionId.is_in(inspections))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.inspection_id)
        .collect();
    let facts = |target: &target::Model| {
        let submission = newest.get(&target.id);
        let returned = submission.and_then(|row| returns.get(&row.id)).cloned();
        let holds = submission.filter(|_| returned.is_none()).map(|row| (row.id, row.at));
        let confirmed_at = confirmed.get(&(target.inspection_id, target.department_id)).copied();
        let standing = Standing {
            submitted: holds.is_some(),
            returned: returned.is_some(),
            confirmed: confirmed_at.is_some(),
            closed: closed.contains(&target.inspection_id),
        };
        Facts { standing, submission: holds, returned, confirmed_at }
    };
    Ok(targets.iter().map(|target| (target.id, facts(target))).collect())
}

/// The facts of one target.
///
/// # Errors
/// When the database fails.
pub async fn standing<C: ConnectionTrait>(connection: &C, target: &target::Model) -> StoreResult<Facts> {
    let mut all = standings(connection, std::slice::from_ref(target)).await?;
    all.remove(&target.id).ok_or(crate::StoreError::NotFound)
}

async fn newest_submissions<C: ConnectionTrait>(
    connection: &C,
    targets: &[target::Model],
) -> StoreResult<BTreeMap<Uuid, submission::Model>> {
    let rows = submission::Entity::find()
        .filter(submission::Column::TargetId.is_in(targets.iter().map(|target| target.id)))
        .order_by_asc(submission::Column::At)
        .order_by_asc(submission::Column::Id)
        .all(connection)
        .await?;
    // Later rows replace earlier ones.
    Ok(rows.into_iter().map(|row| (row.target_id, row)).collect())
}

async fn returns_of<C: ConnectionTrait>(
    connection: &C,
    submissions: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, Return>> {
    let submissions: Vec<Uuid> = submissions.into_iter().collect();
    if submissions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = sheet_return::Entity::find()
        .filter(sheet_return::Column::SubmissionId.is_in(submissions))
        .all(connection)
        .await?;
    let names = names(connection, rows.iter().map(|row| row.by_person_id)).await?;
    let by = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| (row.submission_id, Return { by: by(&row.by_person_id), reason: row.reason, at: row.at }))
        .collect())
}

/// Names of people.
pub(crate) async fn names<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(connection).await?;
    Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
}
