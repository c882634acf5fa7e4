//! Findings of an audit.

mod show;

pub(crate) use show::of_audit;
pub use show::{FindingPage, FindingText, show};

use crate::Db;
use crate::access::require;
use crate::audit::{free_label, item_of, writable};
use crate::entity::{clause, finding};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::finding::{Words, complete, label};
use domain::permission::Action;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;
use uuid::Uuid;

/// What an auditor writes down.
#[derive(Debug, Clone)]
pub struct NewFinding {
    pub words: Words,
    pub clause: Option<Uuid>,
    /// The question it goes back to, as it stands in the edition.
    pub item: Option<Uuid>,
    /// The rule itself should change.
    pub rule_change: bool,
}

/// Records a finding of an audit.
///
/// # Errors
/// `Forbidden` for others than auditors; refused if it is incomplete, the audit another auditor's, or the report
/// issued; `NotFound` for a question or clause that is not there.
pub async fn record(
    db: &Db,
    actor: &Actor,
    audit: Uuid,
    new: NewFinding,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require(actor, Action::Audit)?;
    let txn = db.begin().await?;
    let (audit, inspection) = writable(&txn, actor, audit, now).await?;
    complete(&new.words)?;
    let clause = checked_clause(&txn, inspection.id, &new).await?;
    let labels: Vec<String> =
        finding::Entity::find().select_only().column(finding::Column::Label).into_tuple().all(&txn).await?;
    let row = finding::Model {
        id: Uuid::now_v7(),
        audit_id: audit.id,
        label: free_label(&labels, |number| label(inspection.fiscal_year, number)),
        at: now,
        by_person_id: actor.person_id,
        ..written(&new, clause)
    };
    let event = NewEvent::created("finding", row.id, "finding.recorded", told(&row));
    let id = row.id;
    let active = sea_orm::IntoActiveModel::into_active_model(row);
    let active = sea_orm::ActiveModelTrait::reset_all(active);
    let inserted = finding::Entity::insert(active).exec_without_returning(&txn).await;
    on_double(inserted, "指摘の番号がほかの記録と重なりました。もう一度記録してください。")?;
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

/// Corrects a finding while the report is a draft; the ledger keeps what it said before.
///
/// # Errors
/// As [`record`].
pub async fn revise(
    db: &Db,
    actor: &Actor,
    finding: Uuid,
    new: NewFinding,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require(actor, Action::Audit)?;
    let txn = db.begin().await?;
    let before = finding::Entity::find_by_id(finding).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let (_, inspection) = writable(&txn, actor, before.audit_id, now).await?;
    complete(&new.words)?;
    let clause = checked_clause(&txn, inspection.id, &new).await?;
    let row = finding::Model {
        id: before.id,
        audit_id: before.audit_id,
        label: before.label.clone(),
        at: before.at,
        by_person_id: before.by_person_id,
        ..written(&new, clause)
    };
    if row == before {
        return Ok(());
    }
    let event = NewEvent::changed("finding", finding, "finding.revised", told(&before), told(&row));
    let active = sea_orm::IntoActiveModel::into_active_model(row);
    finding::Entity::update(sea_orm::ActiveModelTrait::reset_all(active)).exec(&txn).await?;
    ledger::record(&txn, actor, now, event.beside(json!({ "label": before.label }))).await?;
    Ok(txn.commit().await?)
}

/// The words of a finding as a row; keys, label and author are the caller's.
fn written(new: &NewFinding, clause: Option<Uuid>) -> finding::Model {
    let text = |text: &str| text.trim().to_string();
    finding::Model {
        id: Uuid::nil(),
        audit_id: Uuid::nil(),
        label: String::new(),
        grade: new.words.grade.key().to_string(),
        title: text(&new.words.title),
        fact: text(&new.words.fact),
        criterion: text(&new.words.criterion),
        effect: text(&new.words.effect),
        recommendation: text(&new.words.recommendation),
        clause_id: clause,
        item_id: new.item,
        rule_change: new.rule_change,
        at: OffsetDateTime::UNIX_EPOCH,
        by_person_id: Uuid::nil(),
    }
}

fn told(row: &finding::Model) -> Json {
    json!({
        "label": row.label, "audit": row.audit_id, "grade": row.grade, "title": row.title, "fact": row.fact,
        "criterion": row.criterion, "effect": row.effect, "recommendation": row.recommendation,
        "clause": row.clause_id, "item": row.item_id, "rule_change": row.rule_change,
    })
}

/// The clause: the chosen one, or that of the question.
async fn checked_clause<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    new: &NewFinding,
) -> StoreResult<Option<Uuid>> {
    let of_item = match new.item {
        Some(item) => item_of(connection, inspection, item).await?.clause_id,
        None => None,
    };
    match new.clause {
        Some(id) => {
            let clause = clause::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
            Ok(Some(clause.id))
        }
        None => Ok(of_item),
    }
}
