//! Audits of a department: opening one, the auditor's own marks, the report.

mod independence;
pub mod list;
mod report;
pub mod show;

pub use independence::Candidate;
pub use list::{choices, list};
pub use report::{ReportPage, issue_report, report};
pub use show::{look_at, show};

use crate::Db;
use crate::access::{require, require_city};
use crate::concern;
use crate::entity::{
    audit, audit_report, edition_item, inspection, inspection_department, inspection_edition, mark,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::inspection::is_rehearsal;
use crate::ledger::{self, NewEvent};
use domain::Refusal;
use domain::actor::Actor;
use domain::answer::Value;
use domain::audit::{by_its_auditor, label, still_open};
use domain::calendar::{day, iso};
use domain::duty::{Warning, may_go_on};
use domain::inspection::draft::may_count;
use domain::permission::{Action, audits};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What is entered to open an audit.
#[derive(Debug, Clone)]
pub struct NewAudit {
    pub inspection: Uuid,
    pub department: Uuid,
    pub auditor: Uuid,
    /// 監査の目的
    pub purpose: String,
    /// 往査日
    pub held_on: Date,
    /// Why it is done in spite of a warning; blank where there is none.
    pub reason: String,
}

/// Opens an audit of a department.
///
/// # Errors
/// `Forbidden` for others than auditors; refused for the auditor's own department, now or during the audited
/// year, and for a department that is audited already.
pub async fn open(db: &Db, actor: &Actor, new: NewAudit, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::OpenAudit)?;
    if new.purpose.trim().is_empty() {
        return Err(Refusal::field("purpose", "監査の目的を入力してください。").into());
    }
    let txn = db.begin().await?;
    let (inspection, place) = place(&txn, new.inspection, new.department).await?;
    may_count(is_rehearsal(&txn, new.inspection).await?)?;
    let (year, today) = (inspection.fiscal_year, day(now));
    independence::require_auditor(&txn, new.auditor, today).await?;
    independence::require(&txn, new.auditor, &place, year, today).await?;
    let warnings = independence::warnings(&txn, actor, new.auditor, &place, year, today).await?;
    may_go_on(&warnings, "reason", &new.reason)?;
    let id = Uuid::now_v7();
    let name = next_label(&txn, inspection.fiscal_year).await?;
    let row = audit::ActiveModel {
        id: Set(id),
        inspection_id: Set(new.inspection),
        department_id: Set(new.department),
        label: Set(name.clone()),
        purpose: Set(new.purpose.trim().to_string()),
        held_on: Set(new.held_on),
        auditor_id: Set(new.auditor),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = audit::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この所属の監査は既に登録されています。監査の一覧から開いてください。")?;
    let after = json!({
        "label": name, "department": place.name, "auditor": new.auditor, "purpose": new.purpose.trim(),
        "held_on": iso(new.held_on),
    });
    let event = NewEvent::created("audit", id, "audit.opened", after).beside(json!({
        "inspection": new.inspection, "warnings": warnings.iter().map(|one| one.key()).collect::<Vec<_>>(),
        "reason": new.reason.trim(),
    }));
    let about = concern::About { inspection: new.inspection, department: new.department, audit: Some(id) };
    for warning in warnings {
        let whose = if warning == Warning::Mutual { new.auditor } else { actor.person_id };
        concern::put(&txn, actor, about, warning, whose, &new.reason, now).await?;
    }
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

/// The inspection and the department as it stood in it.
pub(crate) async fn place<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<(inspection::Model, inspection_department::Model)> {
    let inspection =
        inspection::Entity::find_by_id(inspection).one(connection).await?.ok_or(StoreError::NotFound)?;
    let place = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection.id))
        .filter(inspection_department::Column::DepartmentId.eq(department))
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok((inspection, place))
}

/// The next free number of the year.
async fn next_label<C: ConnectionTrait>(connection: &C, fiscal_year: i32) -> StoreResult<String> {
    let labels: Vec<String> =
        audit::Entity::find().select_only().column(audit::Column::Label).into_tuple().all(connection).await?;
    Ok(free_label(&labels, |number| label(fiscal_year, number)))
}

/// The label after the highest number in use.
pub(crate) fn free_label(used: &[String], label: impl Fn(usize) -> String) -> String {
    let prefix = label(0).trim_end_matches('0').to_string();
    let highest = used
        .iter()
        .filter_map(|used| used.strip_prefix(&prefix).and_then(|number| number.parse::<usize>().ok()))
        .max();
    label(highest.unwrap_or(0) + 1)
}

/// An audit the actor reaches as an auditor; that of another is not there for one from outside.
async fn within_reach<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
) -> StoreResult<audit::Model> {
    require(actor, Action::Audit)?;
    let found = audit::Entity::find_by_id(id).one(connection).await?;
    found.filter(|audit| audits(actor, audit.auditor_id)).ok_or(StoreError::NotFound)
}

/// An audit the actor may write into, with its inspection.
///
/// # Errors
/// `Forbidden` for others than auditors; refused if it is another auditor's, if the report was issued, or if the
/// auditor has meanwhile come into the department.
pub(crate) async fn writable<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<(audit::Model, inspection::Model)> {
    let audit = within_reach(connection, actor, id).await?;
    by_its_auditor(audit.auditor_id, actor.person_id)?;
    still_open(issued(connection, id).await?.is_some())?;
    let (inspection, place) = place(connection, audit.inspection_id, audit.department_id).await?;
    independence::require(connection, audit.auditor_id, &place, inspection.fiscal_year, day(now)).await?;
    Ok((audit, inspection))
}

/// The issued report of an audit.
pub(crate) async fn issued<C: ConnectionTrait>(
    connection: &C,
    audit: Uuid,
) -> StoreResult<Option<audit_report::Model>> {
    Ok(audit_report::Entity::find().filter(audit_report::Column::AuditId.eq(audit)).one(connection).await?)
}

/// A question asked in an inspection.
pub(crate) async fn item_of<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    item: Uuid,
) -> StoreResult<edition_item::Model> {
    let editions = Query::select()
        .column(inspection_edition::Column::EditionId)
        .from(inspection_edition::Entity)
        .and_where(Expr::col(inspection_edition::Column::InspectionId).eq(inspection))
        .to_owned();
    edition_item::Entity::find_by_id(item)
        .filter(edition_item::Column::EditionId.in_subquery(editions))
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)
}

/// The auditor's own mark beside a department's answers. Marking again replaces the mark; the ledger keeps both.
///
/// # Errors
/// As [`writable`]; `NotFound` for a question that was not asked.
pub async fn mark(
    db: &Db,
    actor: &Actor,
    audit: Uuid,
    item: Uuid,
    value: Value,
    note: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require(actor, Action::Audit)?;
    let txn = db.begin().await?;
    let (audit, inspection) = writable(&txn, actor, audit, now).await?;
    item_of(&txn, inspection.id, item).await?;
    let before = mark::Entity::find()
        .filter(mark::Column::AuditId.eq(audit.id))
        .filter(mark::Column::ItemId.eq(item))
        .one(&txn)
        .await?;
    let same = |before: &mark::Model| before.value == value.key() && before.note == note.trim();
    if before.as_ref().is_some_and(same) {
        return Ok(());
    }
    let row = mark::ActiveModel {
        id: Set(before.as_ref().map_or_else(Uuid::now_v7, |before| before.id)),
        audit_id: Set(audit.id),
        item_id: Set(item),
        value: Set(value.key().to_string()),
        note: Set(note.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    match &before {
        Some(_) => {
            mark::Entity::update(row).exec(&txn).await?;
        }
        None => {
            let inserted = mark::Entity::insert(row).exec_without_returning(&txn).await;
            on_double(inserted, "この設問の評価は、ほかの画面で記録されました。画面を開き直してください。")?;
        }
    }
    let told = |value: &str, note: &str| json!({ "value": value, "note": note });
    let after = told(value.key(), note.trim());
    let event = match before.map(|before| told(&before.value, &before.note)) {
        Some(before) => NewEvent::changed("audit", audit.id, "mark.changed", before, after),
        None => NewEvent::created("audit", audit.id, "mark.set", after),
    };
    ledger::record(&txn, actor, now, event.beside(json!({ "item": item }))).await?;
    Ok(txn.commit().await?)
}
