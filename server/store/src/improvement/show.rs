//! One improvement with its whole course and whose turn it is.

use super::{Rows, department_names, find, person_names, source};
use crate::Db;
use crate::access::{require, require_department};
use crate::department::succession;
use crate::entity::{answer, clause, edition_item, finding, inspection, plan, target};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::answer::Value;
use domain::calendar::fiscal_year;
use domain::finding::Grade;
use domain::improvement::{Source, Stage, may_be_verifier};
use domain::permission::{Action, allows, sees_answers};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    Opened,
    Planned,
    Completed,
    Verified,
    SentBack,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Step {
    pub kind: StepKind,
    pub at: OffsetDateTime,
    pub by: String,
    pub text: String,
    /// The cause in a plan.
    pub cause: String,
    /// The due date in a plan.
    pub due_on: Option<Date>,
    id: Uuid,
}

/// What the actor can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nothing; somebody else is next, or it is finished.
    Nobody,
    /// Plan.
    Plan,
    /// Report completion, or change the plan.
    Complete,
    /// Verify this completion.
    Verify(Uuid),
}

/// Where it comes from, with what is needed to link there.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pub finding: Option<(Uuid, String, String)>,
    /// Target, question, value, person; only for those who may see individual answers.
    pub answer: Option<(Uuid, String, Option<Value>, String)>,
    /// Revision, clause, path, text.
    pub clause: Option<(Uuid, Uuid, String, String)>,
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct Course {
    pub id: Uuid,
    pub label: String,
    pub title: String,
    pub fact: String,
    pub rule_change: bool,
    pub source: Source,
    pub department: Uuid,
    pub department_name: String,
    /// What the department is called today, if it was reorganised since; several after a split.
    pub department_now: Vec<String>,
    pub fiscal_year: i32,
    pub stage: Stage,
    pub due_on: Option<Date>,
    pub overdue_days: Option<i64>,
    pub years_open: i32,
    pub steps: Vec<Step>,
    pub turn: Turn,
    /// Why the actor, who could otherwise verify, may not.
    pub not_verifier: Option<String>,
    /// The newest plan, for changing it.
    pub plan: Option<(String, String, Date)>,
    pub from: Links,
}

/// One improvement.
///
/// # Errors
/// `Forbidden` without the permission, `NotFound` outside the actor's reach.
pub async fn show(db: &Db, actor: &Actor, id: Uuid, today: Date) -> StoreResult<Course> {
    require(actor, Action::SeeImprovements)?;
    let rows = find(db.read(), id).await?;
    let improvement = rows.improvement.clone();
    require_department(actor, Action::SeeImprovements, improvement.department_id)?;
    let standing = rows.standing();
    let names = department_names(db.read(), [improvement.department_id]).await?;
    let (turn, not_verifier) = turn(actor, &rows);
    Ok(Course {
        id,
        source: source(&improvement),
        department: improvement.department_id,
        department_name: names.into_values().next().map(|(_, name)| name).unwrap_or_default(),
        department_now: succession::names_now(db.read(), improvement.department_id, today).await?,
        fiscal_year: improvement.fiscal_year,
        stage: standing.stage(),
        due_on: standing.due_on,
        overdue_days: standing.overdue_days(today),
        years_open: standing.years_open(fiscal_year(today)),
        steps: steps(db, &rows).await?,
        turn,
        not_verifier,
        plan: rows.plans.last().map(|plan| (plan.cause.clone(), plan.measure.clone(), plan.due_on)),
        from: from(db.read(), actor, &rows).await?,
        label: improvement.label,
        title: improvement.title,
        fact: improvement.fact,
        rule_change: improvement.rule_change,
    })
}

fn turn(actor: &Actor, rows: &Rows) -> (Turn, Option<String>) {
    let standing = rows.standing();
    let heads = actor.heads(standing.department);
    match standing.stage() {
        Stage::Unplanned if heads => (Turn::Plan, None),
        Stage::Planned | Stage::SentBack if heads => (Turn::Complete, None),
        Stage::Reported if allows(actor, Action::VerifyImprovement) => {
            match (may_be_verifier(actor, &standing), rows.completions.last()) {
                (Ok(()), Some(completion)) => (Turn::Verify(completion.id), None),
                (Err(refusal), _) => (Turn::Nobody, Some(refusal.text)),
                (Ok(()), None) => (Turn::Nobody, None),
            }
        }
        _ => (Turn::Nobody, None),
    }
}

async fn steps(db: &Db, rows: &Rows) -> StoreResult<Vec<Step>> {
    let improvement = &rows.improvement;
    let people = rows
        .plans
        .iter()
        .map(|row| row.by_person_id)
        .chain(rows.completions.iter().map(|row| row.by_person_id))
        .chain(rows.verifications.values().map(|row| row.by_person_id))
        .chain([improvement.by_person_id]);
    let names = person_names(db.read(), people.collect::<Vec<_>>()).await?;
    let opened = step(StepKind::Opened, improvement.id, improvement.at, &improvement.fact);
    let mut steps = vec![Step { by: name(&names, improvement.by_person_id), ..opened }];
    for plan in &rows.plans {
        steps.push(planned(plan, &names));
    }
    for row in &rows.completions {
        let step = step(StepKind::Completed, row.id, row.at, &row.report);
        steps.push(Step { by: name(&names, row.by_person_id), ..step });
    }
    for row in rows.verifications.values() {
        let kind = if row.effective { StepKind::Verified } else { StepKind::SentBack };
        steps.push(Step { by: name(&names, row.by_person_id), ..step(kind, row.id, row.at, &row.note) });
    }
    steps.sort_by_key(|step| (step.at, step.id));
    Ok(steps)
}

fn step(kind: StepKind, id: Uuid, at: OffsetDateTime, text: &str) -> Step {
    Step { kind, at, by: String::new(), text: text.to_string(), cause: String::new(), due_on: None, id }
}

fn planned(plan: &plan::Model, names: &BTreeMap<Uuid, String>) -> Step {
    Step {
        by: name(names, plan.by_person_id),
        cause: plan.cause.clone(),
        due_on: Some(plan.due_on),
        ..step(StepKind::Planned, plan.id, plan.at, &plan.measure)
    }
}

fn name(names: &BTreeMap<Uuid, String>, id: Uuid) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

async fn from<C: ConnectionTrait>(connection: &C, actor: &Actor, rows: &Rows) -> StoreResult<Links> {
    let improvement = &rows.improvement;
    let mut from = Links::default();
    if let Some(id) = improvement.finding_id {
        let row = finding::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
        let grade = Grade::from_key(&row.grade).map_or("", Grade::label);
        from.finding = Some((id, row.label, grade.to_string()));
    }
    if let (Some(target), Some(item)) = (improvement.target_id, improvement.item_id) {
        from.answer = taken_answer(connection, actor, target, item).await?;
    }
    if let Some(id) = improvement.clause_id
        && let Some(row) = clause::Entity::find_by_id(id).one(connection).await?
    {
        from.clause = Some((row.revision_id, id, row.short_path, row.text));
    }
    Ok(from)
}

async fn taken_answer<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    target_id: Uuid,
    item_id: Uuid,
) -> StoreResult<Option<(Uuid, String, Option<Value>, String)>> {
    let target = target::Entity::find_by_id(target_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    let inspection = inspection.ok_or(StoreError::NotFound)?;
    if !sees_answers(actor, inspection.visible(), target.department_id) {
        return Ok(None);
    }
    let item = edition_item::Entity::find_by_id(item_id).one(connection).await?;
    let answer = answer::Entity::find()
        .filter(answer::Column::TargetId.eq(target_id))
        .filter(answer::Column::ItemId.eq(item_id))
        .one(connection)
        .await?;
    let value = answer.and_then(|answer| Value::from_key(answer.value.as_deref()?));
    Ok(item.map(|item| (target_id, format!("問{} {}", item.no, item.text), value, target.person_name)))
}
