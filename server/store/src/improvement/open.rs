//! Opening an improvement: the head picks an answer, or the auditor or the 事務局 takes up a finding.

use super::to_heads;
use crate::Db;
use crate::access::{require, require_department};
use crate::entity::{
    answer, audit, audit_report, edition_item, finding, improvement, inspection, inspection_department,
    sheet_return, submission, target,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::inspection::is_rehearsal;
use crate::ledger::{self, NewEvent};
use crate::outbox;
use crate::response::is_omitted;
use domain::actor::Actor;
use domain::answer::Value;
use domain::calendar::day;
use domain::finding::Grade;
use domain::improvement::{Source, may_open, next_label};
use domain::inspection::Visibility;
use domain::inspection::draft::may_count;
use domain::permission::{Action, Reach, allows};
use domain::refusal::Refusal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// What the form says.
#[derive(Debug, Clone)]
pub struct Draft {
    pub title: String,
    pub fact: String,
    /// The rule itself should change.
    pub rule_change: bool,
}

/// What an improvement is opened from, for the form and for the row.
#[derive(Debug, Clone)]
pub struct Origin {
    pub source: Source,
    pub department: Uuid,
    /// As it was called in the inspection.
    pub department_name: String,
    pub fiscal_year: i32,
    pub finding: Option<Uuid>,
    pub target: Option<Uuid>,
    pub item: Option<Uuid>,
    pub clause: Option<Uuid>,
    /// The question or the finding's title.
    pub title: String,
    /// The comment of the answer or the finding's fact.
    pub fact: String,
    /// In words where it comes from, e.g. 「問3 未実施（平野 智子）」.
    pub label: String,
    /// 根拠条文 with its path; empty without one.
    pub clause_text: String,
    /// The recommendation of a finding.
    pub recommendation: String,
    pub rule_change: bool,
    /// The improvement that was opened from it already.
    pub taken: Option<Uuid>,
}

/// The answer an improvement can be opened from.
///
/// # Errors
/// `Forbidden` to all but heads, `NotFound` for other departments; a refusal if the answer is 実施 or 該当なし, is
/// not handed in, or is not for the head's eyes.
pub async fn origin_answer<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    target_id: Uuid,
    item_id: Uuid,
) -> StoreResult<Origin> {
    require(actor, Action::MendImprovement)?;
    let target = target::Entity::find_by_id(target_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    require_department(actor, Action::MendImprovement, target.department_id)?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id)
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    if inspection.visible() != Visibility::Named && target.person_id != actor.person_id {
        return Err(StoreError::NotFound);
    }
    may_count(is_rehearsal(connection, inspection.id).await?)?;
    let answer = answer::Entity::find()
        .filter(answer::Column::TargetId.eq(target_id))
        .filter(answer::Column::ItemId.eq(item_id))
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    let item =
        edition_item::Entity::find_by_id(item_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let value = may_be_taken_up(&answer, handed_in(connection, target_id).await?)?;
    if is_omitted(connection, answer.id).await? {
        return Err(
            Refusal::new("この設問は、提出の時点で対象外でした。改善としては取り上げられません。").into()
        );
    }
    let taken = improvement::Entity::find()
        .filter(improvement::Column::TargetId.eq(target_id))
        .filter(improvement::Column::ItemId.eq(item_id))
        .one(connection)
        .await?;
    Ok(Origin {
        source: Source::Inspection,
        department: target.department_id,
        department_name: department_name(connection, inspection.id, target.department_id).await?,
        fiscal_year: inspection.fiscal_year,
        finding: None,
        target: Some(target_id),
        item: Some(item_id),
        clause: item.clause_id,
        label: format!("{} 問{} {}（{}）", inspection.name, item.no, value.label(), target.person_name),
        title: item.text,
        fact: answer.comment,
        clause_text: clause_text(&item.clause_path, &item.clause_text),
        recommendation: String::new(),
        rule_change: false,
        taken: taken.map(|row| row.id),
    })
}

fn clause_text(path: &str, text: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{path}　{text}") }
}

fn may_be_taken_up(answer: &answer::Model, handed_in: bool) -> Result<Value, Refusal> {
    if !handed_in {
        return Err(Refusal::new("この回答はまだ提出されていません。提出された後に取り上げてください。"));
    }
    match answer.value.as_deref().and_then(Value::from_key) {
        Some(value @ (Value::Partial | Value::NotDone)) => Ok(value),
        _ => {
            Err(Refusal::new("「一部実施」又は「未実施」の回答だけを、改善として取り上げることができます。"))
        }
    }
}

async fn handed_in<C: ConnectionTrait>(connection: &C, target_id: Uuid) -> StoreResult<bool> {
    let newest = submission::Entity::find()
        .filter(submission::Column::TargetId.eq(target_id))
        .order_by_desc(submission::Column::At)
        .order_by_desc(submission::Column::Id)
        .one(connection)
        .await?;
    let Some(newest) = newest else { return Ok(false) };
    let returned = sheet_return::Entity::find()
        .filter(sheet_return::Column::SubmissionId.eq(newest.id))
        .one(connection)
        .await?;
    Ok(returned.is_none())
}

async fn department_name<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<String> {
    let row = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection))
        .filter(inspection_department::Column::DepartmentId.eq(department))
        .one(connection)
        .await?;
    Ok(row.map(|row| row.name).unwrap_or_default())
}

/// The finding an improvement can be opened from.
///
/// # Errors
/// `Forbidden` to all but 事務局 and auditors; `NotFound` for a finding whose report is not issued, except to its
/// own auditor; a refusal for a 良好事例.
pub async fn origin_finding<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    finding_id: Uuid,
) -> StoreResult<Origin> {
    let reach = crate::access::require(actor, Action::VerifyImprovement)?;
    let finding =
        finding::Entity::find_by_id(finding_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let audit =
        audit::Entity::find_by_id(finding.audit_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let report = audit_report::Entity::find()
        .filter(audit_report::Column::AuditId.eq(audit.id))
        .one(connection)
        .await?;
    let own = audit.auditor_id == actor.person_id && allows(actor, Action::Audit);
    if !own && (report.is_none() || reach != Reach::City) {
        return Err(StoreError::NotFound);
    }
    if Grade::from_key(&finding.grade) == Some(Grade::Good) {
        return Err(StoreError::refused("良好事例は、改善の対象ではありません。"));
    }
    let inspection = inspection::Entity::find_by_id(audit.inspection_id)
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    let taken = improvement::Entity::find()
        .filter(improvement::Column::FindingId.eq(finding_id))
        .one(connection)
        .await?;
    let grade = Grade::from_key(&finding.grade).map_or("", Grade::label);
    Ok(Origin {
        source: Source::Audit,
        department: audit.department_id,
        department_name: department_name(connection, inspection.id, audit.department_id).await?,
        fiscal_year: inspection.fiscal_year,
        finding: Some(finding_id),
        target: None,
        item: finding.item_id,
        clause: finding.clause_id,
        label: format!("監査 {} の指摘 {}（{grade}）", audit.label, finding.label),
        title: finding.title,
        fact: finding.fact,
        clause_text: finding.criterion,
        recommendation: finding.recommendation,
        rule_change: finding.rule_change,
        taken: taken.map(|row| row.id),
    })
}

/// The head of a department takes up a × or △ of the department.
///
/// # Errors
/// As [`origin_answer`]; a refusal if it was taken up before or the texts are missing.
pub async fn from_answer(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    item: Uuid,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let txn = db.begin().await?;
    let origin = origin_answer(&txn, actor, target, item).await?;
    let id = insert(&txn, actor, &origin, draft, now).await?;
    txn.commit().await?;
    Ok(id)
}

/// The auditor or the 事務局 takes up a finding; the heads of the department are told.
///
/// # Errors
/// As [`origin_finding`]; a refusal if it was taken up before or the texts are missing.
pub async fn from_finding(
    db: &Db,
    actor: &Actor,
    finding: Uuid,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let txn = db.begin().await?;
    let origin = origin_finding(&txn, actor, finding).await?;
    let title = draft.title.clone();
    let id = insert(&txn, actor, &origin, draft, now).await?;
    let body = format!(
        "{}により、改善「{title}」が登録されました。\n見直しにサインインし、原因、改善の内容及び期限を登録してください。",
        origin.label
    );
    let messages = to_heads(
        &txn,
        origin.department,
        day(now),
        "【情報セキュリティ】改善の計画を登録してください",
        &body,
    );
    outbox::put(&txn, now, messages.await?).await?;
    txn.commit().await?;
    Ok(id)
}

async fn insert<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    origin: &Origin,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    const TWICE: &str = "既に改善として取り上げられています。改善の一覧で確かめてください。";
    if origin.taken.is_some() {
        return Err(StoreError::refused(TWICE));
    }
    may_open(&draft.title, &draft.fact)?;
    let label = free_label(connection, origin).await?;
    let id = Uuid::now_v7();
    let row = improvement::ActiveModel {
        id: Set(id),
        label: Set(label.clone()),
        fiscal_year: Set(origin.fiscal_year),
        department_id: Set(origin.department),
        source: Set(origin.source.key().to_string()),
        finding_id: Set(origin.finding),
        target_id: Set(origin.target),
        item_id: Set(origin.item),
        clause_id: Set(origin.clause),
        title: Set(draft.title.trim().to_string()),
        fact: Set(draft.fact.trim().to_string()),
        rule_change: Set(draft.rule_change),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let after = json!({
        "label": label, "title": draft.title.trim(), "fact": draft.fact.trim(), "rule_change": draft.rule_change,
        "department": origin.department,
    });
    let event = NewEvent::created("improvement", id, "improvement.opened", after).beside(json!({
        "source": origin.source.key(), "origin": origin.label, "finding": origin.finding,
        "target": origin.target, "item": origin.item,
    }));
    on_double(improvement::Entity::insert(row).exec_without_returning(connection).await, TWICE)?;
    ledger::record(connection, actor, now, event).await?;
    Ok(id)
}

async fn free_label<C: ConnectionTrait>(connection: &C, origin: &Origin) -> StoreResult<String> {
    let taken = improvement::Entity::find()
        .filter(improvement::Column::FiscalYear.eq(origin.fiscal_year))
        .filter(improvement::Column::Source.eq(origin.source.key()))
        .all(connection)
        .await?;
    Ok(next_label(origin.fiscal_year, origin.source, taken.iter().map(|row| row.label.as_str())))
}
