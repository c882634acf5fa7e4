//! The steps: plan, completion, verification. Each is a row; none is ever changed.

use super::{Rows, find, to_heads};
use crate::Db;
use crate::access::{require, require_department};
use crate::entity::{completion, plan, verification};
use crate::error::{StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::outbox;
use domain::actor::Actor;
use domain::calendar::{day, iso};
use domain::improvement::{may_complete, may_plan, may_verify};
use domain::permission::Action;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What the head writes into a plan.
#[derive(Debug, Clone)]
pub struct NewPlan {
    pub cause: String,
    pub measure: String,
    /// `None` if the day could not be read.
    pub due_on: Option<Date>,
}

/// An improvement of a department the actor heads.
async fn own<C: ConnectionTrait>(connection: &C, actor: &Actor, id: Uuid) -> StoreResult<Rows> {
    require(actor, Action::MendImprovement)?;
    let rows = find(connection, id).await?;
    require_department(actor, Action::MendImprovement, rows.improvement.department_id)?;
    Ok(rows)
}

/// The head plans how and by when it will be mended. A later plan takes the place of an earlier one.
///
/// # Errors
/// `Forbidden` to all but heads, `NotFound` for other departments, a refusal of `domain::improvement::may_plan`.
pub async fn plan(
    db: &Db,
    actor: &Actor,
    improvement: Uuid,
    new: NewPlan,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let txn = db.begin().await?;
    let rows = own(&txn, actor, improvement).await?;
    let due_on = may_plan(actor, &rows.standing(), &new.cause, &new.measure, new.due_on, day(now))?;
    let row = plan::ActiveModel {
        id: Set(Uuid::now_v7()),
        improvement_id: Set(improvement),
        cause: Set(new.cause.trim().to_string()),
        measure: Set(new.measure.trim().to_string()),
        due_on: Set(due_on),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    plan::Entity::insert(row).exec_without_returning(&txn).await?;
    let payload = json!({
        "label": rows.improvement.label,
        "before": rows.plans.last().map(|plan| told(&plan.cause, &plan.measure, plan.due_on)),
        "after": told(new.cause.trim(), new.measure.trim(), due_on),
    });
    let event = NewEvent::new("improvement", improvement, "improvement.planned", payload);
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

fn told(cause: &str, measure: &str, due_on: Date) -> Value {
    json!({ "cause": cause, "measure": measure, "due_on": iso(due_on) })
}

/// The head reports that it is done.
///
/// # Errors
/// As [`plan`], with the rule `domain::improvement::may_complete`.
pub async fn complete(
    db: &Db,
    actor: &Actor,
    improvement: Uuid,
    report: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let txn = db.begin().await?;
    let rows = own(&txn, actor, improvement).await?;
    may_complete(actor, &rows.standing(), report)?;
    let row = completion::ActiveModel {
        id: Set(Uuid::now_v7()),
        improvement_id: Set(improvement),
        report: Set(report.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    completion::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "report": report.trim() });
    let event = NewEvent::created("improvement", improvement, "improvement.completed", after)
        .beside(json!({ "label": rows.improvement.label }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// Somebody else looks: effective ends the improvement, otherwise it goes back to the department, whose heads
/// are told. `completion` is the report that was looked at; it has to be the newest.
///
/// # Errors
/// `Forbidden` to all but 事務局 and auditors; a refusal of `domain::improvement::may_verify`.
pub async fn verify(
    db: &Db,
    actor: &Actor,
    improvement: Uuid,
    completion: Uuid,
    effective: bool,
    note: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require(actor, Action::VerifyImprovement)?;
    let txn = db.begin().await?;
    let rows = find(&txn, improvement).await?;
    require_department(actor, Action::VerifyImprovement, rows.improvement.department_id)?;
    let newest = rows.completions.last().is_none_or(|row| row.id == completion);
    may_verify(actor, &rows.standing(), newest, note)?;
    let row = verification::ActiveModel {
        id: Set(Uuid::now_v7()),
        completion_id: Set(completion),
        effective: Set(effective),
        note: Set(note.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = verification::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この完了報告は既に確認されています。画面を開き直してください。")?;
    let kind = if effective { "improvement.verified" } else { "improvement.sent_back" };
    let after = json!({ "effective": effective, "note": note.trim() });
    let event = NewEvent::created("improvement", improvement, kind, after)
        .beside(json!({ "label": rows.improvement.label, "completion": completion }));
    ledger::record(&txn, actor, now, event).await?;
    if !effective {
        tell_heads(&txn, &rows, note, now).await?;
    }
    Ok(txn.commit().await?)
}

async fn tell_heads<C: ConnectionTrait>(
    connection: &C,
    rows: &Rows,
    note: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let improvement = &rows.improvement;
    let body = format!(
        "改善 {}「{}」は、次の理由により差し戻されました。\n\n{}\n\n計画を見直すか、改めて完了を報告してください。",
        improvement.label,
        improvement.title,
        note.trim()
    );
    let subject = "【情報セキュリティ】改善の完了報告が差し戻されました";
    let messages = to_heads(connection, improvement.department_id, day(now), subject, &body).await?;
    outbox::put(connection, now, messages).await
}
