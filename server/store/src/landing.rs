//! What a person owes today. A small, fixed number of statements, whoever asks.

use crate::Db;
use crate::approval::course::courses;
use crate::department::progress::{Progress, progress};
use crate::entity::{
    audit, audit_report, closing, completion, department, edition, improvement, inspection,
    inspection_department, proposal, rehearsal, revision, settlement, target, verification,
};
use crate::error::StoreResult;
use crate::extension::due_days_of;
use crate::inspection::target::withdrawn_targets;
use crate::lineage::left_by_revision;
use crate::response::standing::{Facts, standings};
use domain::actor::Actor;
use domain::approval::Stand;
use domain::inspection::extension::DueDays;
use domain::permission::{Action, Reach, allows, reach};
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Everything the landing page shows.
#[derive(Debug, Clone)]
pub struct Landing {
    pub sheets: Vec<OwnSheet>,
    pub departments: Vec<HeadDuty>,
    /// Inspections whose confirmations and approvals the person sees without approving (CISO); the newest first.
    pub overviews: Vec<(Uuid, String, Date)>,
    /// What the person approves as 部長 or 統括, in running inspections that have the step.
    pub approvals: Vec<ApprovalDuty>,
    pub improvements: Vec<OpenImprovements>,
    pub audits: Vec<OpenAudit>,
    /// For the 事務局 only.
    pub office: Option<Office>,
}

/// A sheet of the person's own.
#[derive(Debug, Clone)]
pub struct OwnSheet {
    pub target: Uuid,
    pub title: String,
    pub inspection_name: String,
    pub system: Option<String>,
    pub opens_on: Date,
    pub due_on: Date,
    pub facts: Facts,
    pub progress: Progress,
}

/// A department the person heads or helps as 推進員, in a running inspection.
#[derive(Debug, Clone)]
pub struct HeadDuty {
    pub inspection: Uuid,
    pub inspection_name: String,
    pub department: Uuid,
    pub name: String,
    pub due_on: Date,
    /// Whether the person confirms it; a 推進員 sees who is missing and enters answers for others.
    pub confirms: bool,
    pub submitted: usize,
    pub total: usize,
    pub confirmed_at: Option<OffsetDateTime>,
}

/// What somebody approves.
#[derive(Debug, Clone)]
pub struct ApprovalDuty {
    pub inspection: Uuid,
    pub inspection_name: String,
    /// The 部 and its name; none for the city.
    pub division: Option<(Uuid, String)>,
    pub stand: Stand,
    pub approved_at: Option<OffsetDateTime>,
}

/// Improvements of a department that nobody verified as effective yet.
#[derive(Debug, Clone)]
pub struct OpenImprovements {
    pub department: String,
    pub count: usize,
}

/// An audit of the person's without a report.
#[derive(Debug, Clone)]
pub struct OpenAudit {
    pub audit: Uuid,
    pub label: String,
    pub department: String,
    pub held_on: Date,
}

/// What the 事務局 looks after.
#[derive(Debug, Clone)]
pub struct Office {
    /// Keys, names and due days of the running inspections, newest first.
    pub running: Vec<(Uuid, String, Date)>,
    /// Proposed questions nobody settled yet.
    pub open_proposals: u64,
    /// Revisions with questions that have to be looked at again: key, title, number of questions.
    pub to_reconsider: Vec<(Uuid, String, usize)>,
}

/// What the person owes.
///
/// # Errors
/// When the database fails.
pub async fn landing(db: &Db, actor: &Actor, _now: OffsetDateTime) -> StoreResult<Landing> {
    let connection = db.read();
    let running = running(connection).await?;
    let due = if running.is_empty() { BTreeMap::new() } else { due_days_of(connection, &running).await? };
    // Heads confirm nothing of a rehearsal, and the office's own list is of what counts.
    let tried = if running.is_empty() { BTreeSet::new() } else { tried(connection).await? };
    let counting: Vec<_> = running.iter().filter(|row| !tried.contains(&row.id)).cloned().collect();
    Ok(Landing {
        sheets: sheets(connection, actor, &running, &due).await?,
        departments: duties(connection, actor, &counting, &due).await?,
        overviews: overviews(actor, &counting, &due),
        approvals: approvals(connection, actor, &counting).await?,
        improvements: improvements(connection, actor).await?,
        audits: audits(connection, actor).await?,
        office: office(connection, actor, &counting, &due).await?,
    })
}

/// Inspections that are not closed, newest first.
async fn running<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<inspection::Model>> {
    let closed = Query::select().column(closing::Column::InspectionId).from(closing::Entity).to_owned();
    Ok(inspection::Entity::find()
        .filter(inspection::Column::Id.not_in_subquery(closed))
        .order_by_desc(inspection::Column::At)
        .all(connection)
        .await?)
}

async fn tried<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeSet<Uuid>> {
    let rows = rehearsal::Entity::find().all(connection).await?;
    Ok(rows.into_iter().map(|row| row.inspection_id).collect())
}

async fn sheets<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    running: &[inspection::Model],
    due: &BTreeMap<Uuid, DueDays>,
) -> StoreResult<Vec<OwnSheet>> {
    if !allows(actor, Action::AnswerSheet) || running.is_empty() {
        return Ok(Vec::new());
    }
    let targets = target::Entity::find()
        .filter(target::Column::PersonId.eq(actor.person_id))
        .filter(Condition::all().add_option(actor.sheet.map(|sheet| target::Column::Id.eq(sheet))))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .filter(target::Column::InspectionId.is_in(running.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    let editions: BTreeSet<Uuid> = targets.iter().map(|target| target.edition_id).collect();
    let titles: BTreeMap<Uuid, String> = edition::Entity::find()
        .filter(edition::Column::Id.is_in(editions))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.title))
        .collect();
    let mut facts = standings(connection, &targets).await?;
    let progress = progress(connection, &targets).await?;
    let mut sheets: Vec<(Role, OwnSheet)> = targets
        .into_iter()
        .filter_map(|target| {
            let inspection = running.iter().find(|row| row.id == target.inspection_id)?;
            let sheet = OwnSheet {
                target: target.id,
                title: titles.get(&target.edition_id).cloned().unwrap_or_default(),
                inspection_name: inspection.name.clone(),
                system: target.system,
                opens_on: inspection.opens_on,
                due_on: due.get(&inspection.id)?.of(target.department_id, target.person_id),
                facts: facts.remove(&target.id)?,
                progress: progress.get(&target.id).copied().unwrap_or_default(),
            };
            Some((Role::from_key(&target.role)?, sheet))
        })
        .collect();
    sheets.sort_by_key(|(role, sheet)| (sheet.facts.standing.submitted, sheet.due_on, *role));
    Ok(sheets.into_iter().map(|(_, sheet)| sheet).collect())
}

async fn duties<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    running: &[inspection::Model],
    due: &BTreeMap<Uuid, DueDays>,
) -> StoreResult<Vec<HeadDuty>> {
    let departments = |action| match reach(actor, action) {
        Some(Reach::Departments(departments)) => departments,
        _ => Vec::new(),
    };
    let headed = departments(Action::ConfirmDepartment);
    let seen: BTreeSet<Uuid> = headed.iter().copied().chain(departments(Action::EnterForOthers)).collect();
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let frozen = inspection_department::Entity::find()
        .filter(inspection_department::Column::DepartmentId.is_in(seen.iter().copied()))
        .filter(inspection_department::Column::InspectionId.is_in(running.iter().map(|row| row.id)))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?;
    let targets = target::Entity::find()
        .filter(target::Column::DepartmentId.is_in(seen))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .filter(target::Column::InspectionId.is_in(running.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    let facts = standings(connection, &targets).await?;
    Ok(frozen
        .into_iter()
        .filter_map(|row| {
            let inspection = running.iter().find(|running| running.id == row.inspection_id)?;
            let of = |target: &&target::Model| {
                target.inspection_id == row.inspection_id && target.department_id == row.department_id
            };
            let facts: Vec<&Facts> =
                targets.iter().filter(of).filter_map(|target| facts.get(&target.id)).collect();
            Some(HeadDuty {
                inspection: inspection.id,
                inspection_name: inspection.name.clone(),
                department: row.department_id,
                name: row.name,
                due_on: due.get(&inspection.id)?.of_department(row.department_id),
                confirms: headed.contains(&row.department_id),
                submitted: facts.iter().filter(|facts| facts.standing.submitted).count(),
                total: facts.len(),
                confirmed_at: facts.iter().find_map(|facts| facts.confirmed_at),
            })
        })
        .filter(|duty| duty.total > 0)
        .collect())
}

/// Approvals of the 部 within reach, and of the city.
async fn approvals<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    running: &[inspection::Model],
) -> StoreResult<Vec<ApprovalDuty>> {
    let (divisions, city) = (reach(actor, Action::ApproveDivision), allows(actor, Action::ApproveCity));
    if running.is_empty() || (divisions.is_none() && !city) {
        return Ok(Vec::new());
    }
    let courses = courses(connection, &running.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let mut duties = Vec::new();
    for row in running {
        let Some(course) = courses.get(&row.id) else { continue };
        let covered = |id: &Uuid| divisions.as_ref().is_some_and(|reach| reach.covers(*id));
        let own = course.divisions().into_iter().filter(|(id, _)| covered(id)).map(Some);
        for division in own.chain(city.then_some(None)) {
            let key = division.as_ref().map(|(id, _)| *id);
            let stand = course.stand(key);
            if stand.asked {
                duties.push(ApprovalDuty {
                    inspection: row.id,
                    inspection_name: row.name.clone(),
                    division,
                    stand,
                    approved_at: course.approval(key).map(|row| row.at),
                });
            }
        }
    }
    Ok(duties)
}

/// Whoever sees the city's confirmations (CISO) but neither approves them nor runs the inspection.
fn overviews(
    actor: &Actor,
    running: &[inspection::Model],
    due: &BTreeMap<Uuid, DueDays>,
) -> Vec<(Uuid, String, Date)> {
    let sees = allows(actor, Action::SeeApproval);
    if !sees || allows(actor, Action::ApproveCity) || allows(actor, Action::RunInspection) {
        return Vec::new();
    }
    let line = |row: &inspection::Model| {
        (row.id, row.name.clone(), due.get(&row.id).map_or(row.due_on, DueDays::of_all))
    };
    running.iter().map(line).collect()
}

async fn improvements<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
) -> StoreResult<Vec<OpenImprovements>> {
    let Some(Reach::Departments(own)) = reach(actor, Action::MendImprovement) else {
        return Ok(Vec::new());
    };
    let ended = Query::select()
        .column((completion::Entity, completion::Column::ImprovementId))
        .from(completion::Entity)
        .inner_join(
            verification::Entity,
            sea_orm::sea_query::Expr::col((verification::Entity, verification::Column::CompletionId))
                .equals((completion::Entity, completion::Column::Id)),
        )
        .and_where(verification::Column::Effective.eq(true))
        .to_owned();
    let rows = improvement::Entity::find()
        .filter(improvement::Column::DepartmentId.is_in(own.iter().copied()))
        .filter(improvement::Column::Id.not_in_subquery(ended))
        .all(connection)
        .await?;
    let mut counts: BTreeMap<Uuid, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.department_id).or_default() += 1;
    }
    let name = |id: Uuid| {
        actor.posts.iter().find(|post| post.department_id == id).map(|post| post.department.clone())
    };
    Ok(counts
        .into_iter()
        .map(|(id, count)| OpenImprovements { department: name(id).unwrap_or_default(), count })
        .collect())
}

async fn audits<C: ConnectionTrait>(connection: &C, actor: &Actor) -> StoreResult<Vec<OpenAudit>> {
    if !allows(actor, Action::Audit) {
        return Ok(Vec::new());
    }
    let reported =
        Query::select().column(audit_report::Column::AuditId).from(audit_report::Entity).to_owned();
    let rows = audit::Entity::find()
        .filter(audit::Column::AuditorId.eq(actor.person_id))
        .filter(audit::Column::Id.not_in_subquery(reported))
        .order_by_asc(audit::Column::HeldOn)
        .all(connection)
        .await?;
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.department_id).collect();
    let names: BTreeMap<Uuid, String> = department::Entity::find()
        .filter(department::Column::Id.is_in(ids))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| OpenAudit {
            audit: row.id,
            label: row.label,
            department: names.get(&row.department_id).cloned().unwrap_or_default(),
            held_on: row.held_on,
        })
        .collect())
}

async fn office<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    running: &[inspection::Model],
    due: &BTreeMap<Uuid, DueDays>,
) -> StoreResult<Option<Office>> {
    if !allows(actor, Action::RunInspection) {
        return Ok(None);
    }
    let settled = Query::select().column(settlement::Column::ProposalId).from(settlement::Entity).to_owned();
    let open_proposals = proposal::Entity::find()
        .filter(proposal::Column::SameAs.is_null())
        .filter(proposal::Column::Role.is_in(Role::WITH_SHEET.map(Role::key)))
        .filter(proposal::Column::Id.not_in_subquery(settled))
        .count(connection)
        .await?;
    let running = running
        .iter()
        .map(|row| (row.id, row.name.clone(), due.get(&row.id).map_or(row.due_on, DueDays::of_all)))
        .collect();
    let mut to_reconsider = Vec::new();
    let left = left_by_revision(connection).await?;
    if !left.is_empty() {
        let revisions = revision::Entity::find()
            .filter(revision::Column::Id.is_in(left.keys().copied()))
            .order_by_desc(revision::Column::At)
            .all(connection)
            .await?;
        let count = |id: Uuid| left.get(&id).copied().unwrap_or_default();
        to_reconsider = revisions.into_iter().map(|row| (row.id, row.title, count(row.id))).collect();
    }
    Ok(Some(Office { running, open_proposals, to_reconsider }))
}
