//! The report of an audit: what it says, and issuing it.

use super::show::{AuditPage, for_report};
use super::writable;
use crate::Db;
use crate::access::{post_holds, require};
use crate::concern::{self, Concern};
use crate::entity::{audit_report, person, post};
use crate::error::{StoreResult, on_double};
use crate::finding::{self, FindingText};
use crate::ledger::{self, NewEvent};
use crate::outbox::{self, Message};
use domain::actor::Actor;
use domain::audit::may_issue;
use domain::calendar::day;
use domain::permission::Action;
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Everything the report says.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPage {
    pub audit: AuditPage,
    /// Findings in full.
    pub findings: Vec<FindingText>,
    /// What separation of duties warned of, with the reasons.
    pub concerns: Vec<Concern>,
}

/// The report; a draft for auditors until it is issued.
///
/// # Errors
/// `Forbidden` without permission; `NotFound` out of reach or before it was issued.
pub async fn report(db: &Db, actor: &Actor, audit: Uuid) -> StoreResult<ReportPage> {
    let page = for_report(db, actor, audit).await?;
    let findings = finding::of_audit(db.read(), audit).await?;
    let (inspection, department) = (page.head.inspection, page.head.department);
    let about = concern::About { inspection, department, audit: Some(audit) };
    let concerns = concern::of_audit(db.read(), about).await?;
    Ok(ReportPage { audit: page, findings, concerns })
}

/// Issues the report, once. From then on others read it, and nothing in the audit changes. The heads of the
/// department are told.
///
/// # Errors
/// `Forbidden` for others than auditors; refused if it was issued, is another auditor's, or if the number or the
/// opinion is missing.
pub async fn issue_report(
    db: &Db,
    actor: &Actor,
    audit: Uuid,
    number: &str,
    opinion: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require(actor, Action::Audit)?;
    let txn = db.begin().await?;
    super::within_reach(&txn, actor, audit).await?;
    may_issue(super::issued(&txn, audit).await?.is_some(), number, opinion)?;
    let (row, inspection) = writable(&txn, actor, audit, now).await?;
    let report = audit_report::ActiveModel {
        id: Set(Uuid::now_v7()),
        audit_id: Set(audit),
        number: Set(number.trim().to_string()),
        opinion: Set(opinion.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = audit_report::Entity::insert(report).exec_without_returning(&txn).await;
    on_double(inserted, "この監査の報告書は既に発行されています。")?;
    let after = json!({ "number": number.trim(), "opinion": opinion.trim() });
    let event = NewEvent::created("audit", audit, "report.issued", after);
    ledger::record(&txn, actor, now, event.beside(json!({ "label": row.label }))).await?;
    let messages = heads(&txn, row.department_id, now)
        .await?
        .into_iter()
        .map(|person| Message {
            kind: "audit_report",
            subject: format!("監査報告書（{}）が発行されました", number.trim()),
            body: format!(
                "{}について、監査{}の報告書が発行されました。\n「監査」の画面で内容を確認し、指摘のあるときは改善の計画を登録してください。",
                inspection.name, row.label
            ),
            person,
        })
        .collect();
    outbox::put(&txn, now, messages).await?;
    Ok(txn.commit().await?)
}

/// The heads of a department today.
async fn heads<C: ConnectionTrait>(
    connection: &C,
    department: Uuid,
    now: OffsetDateTime,
) -> StoreResult<Vec<person::Model>> {
    let posts = post::Entity::find()
        .filter(post::Column::DepartmentId.eq(department))
        .filter(post::Column::Role.eq(Role::Manager.key()))
        .filter(post_holds(day(now)))
        .all(connection)
        .await?;
    let ids = posts.iter().map(|post| post.person_id);
    Ok(person::Entity::find().filter(person::Column::Id.is_in(ids)).all(connection).await?)
}
