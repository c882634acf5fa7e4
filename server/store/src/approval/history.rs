//! The visible chain: what happened to a department's sheets and confirmation, in order of time, read from the rows.

use crate::entity::{
    approval, approval_withdrawal, confirmation, confirmation_withdrawal, sheet_return, submission, target,
};
use crate::error::StoreResult;
use crate::response::standing::names;
use domain::approval::Level;
use domain::post::Kind;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Handed in, the first time or again.
    Submitted { again: bool },
    /// 差戻し.
    Returned,
    /// The head confirmed.
    Confirmed,
    /// The head withdrew it.
    ConfirmationWithdrawn,
    /// 部長 or 統括 gave it back.
    ConfirmationSentBack(Level),
    /// Approved.
    Approved(Level),
    /// The approval was withdrawn, or given back from above.
    ApprovalWithdrawn(Level),
}

/// One step with who and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub at: OffsetDateTime,
    pub what: Happened,
    pub by: String,
    /// 事務取扱 or 代理, if so.
    pub capacity: Option<Kind>,
    /// The reason or the note; may be empty.
    pub text: String,
    /// Whose sheet; none for steps of the department.
    pub target: Option<Uuid>,
}

/// A step whose person is still a key.
struct Raw {
    at: OffsetDateTime,
    what: Happened,
    by: Uuid,
    capacity: String,
    text: String,
    target: Option<Uuid>,
}

impl Raw {
    fn new(at: OffsetDateTime, what: Happened, by: Uuid, text: String) -> Raw {
        Raw { at, what, by, capacity: String::new(), text, target: None }
    }
}

/// Everything about a department (and its 部) and these of its sheets, oldest first. A fixed number of statements.
pub(crate) async fn history<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    (department, division): (Option<Uuid>, Option<Uuid>),
    targets: &[target::Model],
) -> StoreResult<Vec<Step>> {
    let mut raw = Vec::new();
    sheets(connection, targets, &mut raw).await?;
    if let Some(department) = department {
        confirmations(connection, inspection, department, &mut raw).await?;
    }
    approvals(connection, inspection, division, &mut raw).await?;
    raw.sort_by_key(|one| one.at);
    let names = names(connection, raw.iter().map(|one| one.by)).await?;
    let step = |one: Raw| Step {
        at: one.at,
        what: one.what,
        by: names.get(&one.by).cloned().unwrap_or_default(),
        capacity: Kind::from_key(&one.capacity),
        text: one.text,
        target: one.target,
    };
    Ok(raw.into_iter().map(step).collect())
}

async fn sheets<C: ConnectionTrait>(
    connection: &C,
    targets: &[target::Model],
    raw: &mut Vec<Raw>,
) -> StoreResult<()> {
    if targets.is_empty() {
        return Ok(());
    }
    let mut handed_in = submission::Entity::find()
        .filter(submission::Column::TargetId.is_in(targets.iter().map(|target| target.id)))
        .all(connection)
        .await?;
    handed_in.sort_by_key(|row| (row.at, row.id));
    let of: BTreeMap<Uuid, Uuid> = handed_in.iter().map(|row| (row.id, row.target_id)).collect();
    let mut before = BTreeSet::new();
    for row in handed_in {
        let what = Happened::Submitted { again: !before.insert(row.target_id) };
        let step = Raw::new(row.at, what, row.by_person_id, String::new());
        raw.push(Raw { target: Some(row.target_id), ..step });
    }
    let returns = sheet_return::Entity::find()
        .filter(sheet_return::Column::SubmissionId.is_in(of.keys().copied()))
        .all(connection)
        .await?;
    for row in returns {
        let target = of.get(&row.submission_id).copied();
        raw.push(Raw { target, ..Raw::new(row.at, Happened::Returned, row.by_person_id, row.reason) });
    }
    Ok(())
}

async fn confirmations<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
    raw: &mut Vec<Raw>,
) -> StoreResult<()> {
    let held = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.eq(inspection))
        .filter(confirmation::Column::DepartmentId.eq(department))
        .all(connection)
        .await?;
    for row in held {
        let step = Raw::new(row.at, Happened::Confirmed, row.by_person_id, row.note);
        raw.push(Raw { capacity: row.capacity, ..step });
    }
    let gone = confirmation_withdrawal::Entity::find()
        .filter(confirmation_withdrawal::Column::InspectionId.eq(inspection))
        .filter(confirmation_withdrawal::Column::DepartmentId.eq(department))
        .all(connection)
        .await?;
    for row in gone {
        let step = Raw::new(row.confirmed_at, Happened::Confirmed, row.confirmed_by_id, row.note);
        raw.push(Raw { capacity: row.capacity, ..step });
        let level = row.level.as_deref().and_then(Level::from_key);
        let what = level.map_or(Happened::ConfirmationWithdrawn, Happened::ConfirmationSentBack);
        raw.push(Raw::new(row.at, what, row.by_person_id, row.reason));
    }
    Ok(())
}

async fn approvals<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    division: Option<Uuid>,
    raw: &mut Vec<Raw>,
) -> StoreResult<()> {
    let place = Condition::any()
        .add(approval::Column::DepartmentId.is_null())
        .add_option(division.map(|id| approval::Column::DepartmentId.eq(id)));
    let rows = approval::Entity::find()
        .filter(approval::Column::InspectionId.eq(inspection))
        .filter(place)
        .all(connection)
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let ends = approval_withdrawal::Entity::find()
        .filter(approval_withdrawal::Column::ApprovalId.is_in(rows.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    for row in rows {
        let Some(level) = Level::from_key(&row.level) else { continue };
        if let Some(end) = ends.iter().find(|end| end.approval_id == row.id) {
            let what = Happened::ApprovalWithdrawn(level);
            raw.push(Raw::new(end.at, what, end.by_person_id, end.reason.clone()));
        }
        let step = Raw::new(row.at, Happened::Approved(level), row.by_person_id, row.note);
        raw.push(Raw { capacity: row.capacity, ..step });
    }
    Ok(())
}
