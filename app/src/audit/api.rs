//! Server functions of audits.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::answer::Value;
use domain::calendar::parse_day;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::audit::NewAudit;
use uuid::Uuid;

/// Opens an audit of a department.
#[server(endpoint = "audit/open")]
pub async fn open_audit(
    inspection: Uuid,
    department: Uuid,
    auditor: String,
    held_on: String,
    purpose: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let held_on = parse_day(&held_on)
        .ok_or_else(|| Refusal::field("held_on", "往査日を入力してください（例：令和8年12月8日）。"))?;
    let auditor = auditor.parse().map_err(|_| Refusal::field("auditor", "監査人を選んでください。"))?;
    let new = NewAudit { inspection, department, auditor, purpose, held_on, reason };
    let id = store::audit::open(&ask.db, &ask.actor, new, ask.now).await?;
    redirect(&format!("/audits/{id}"));
    Ok(())
}

/// Sets the auditor's own mark beside a department's answers.
#[server(endpoint = "audit/mark")]
pub async fn mark_item(
    audit: Uuid,
    item: Uuid,
    #[server(default)] value: String,
    note: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let value = Value::from_key(&value)
        .ok_or_else(|| Refusal::field("value", "監査評価を選んでください。"))?;
    store::audit::mark(&ask.db, &ask.actor, audit, item, value, &note, ask.now).await?;
    redirect(&format!("/audits/{audit}?item={item}"));
    Ok(())
}

/// Issues the report, once.
#[server(endpoint = "audit/issue_report")]
pub async fn issue_report(audit: Uuid, number: String, opinion: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::audit::issue_report(&ask.db, &ask.actor, audit, &number, &opinion, ask.now).await?;
    redirect(&format!("/audits/{audit}/report"));
    Ok(())
}
