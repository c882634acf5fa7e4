//! Amendments of clauses, their grounds, and the committee's decisions.

mod read;

use crate::Db;
use crate::access::require_city;
use crate::entity::{amendment, amendment_ground, clause, decision, finding, improvement};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::amendment::{may_decide, may_draft};
use domain::calendar::{day, iso};
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub(crate) use read::heading_above;
pub use read::{Amendment, Decision, Ground, Table, list, show, table};

/// What the officer proposes.
#[derive(Debug, Clone, Default)]
pub struct NewAmendment {
    pub new_text: String,
    pub reason: String,
    /// Findings and improvements it rests on.
    pub findings: Vec<Uuid>,
    pub improvements: Vec<Uuid>,
    /// A figure or a fact it rests on; may be empty.
    pub note: String,
}

/// What the committee decided.
#[derive(Debug, Clone)]
pub struct NewDecision {
    pub adopted: bool,
    /// `None` if the day could not be read.
    pub decided_on: Option<Date>,
    pub meeting: String,
    pub note: String,
}

/// Proposes new words for a clause. The old ones are copied, so that the table stays as it was decided.
///
/// # Errors
/// `Forbidden` to all but the 事務局; `NotFound` for an unknown clause or ground; a refusal of
/// `domain::amendment::may_draft`.
pub async fn draft(
    db: &Db,
    actor: &Actor,
    clause_id: Uuid,
    new: NewAmendment,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::DraftAmendment)?;
    let txn = db.begin().await?;
    let clause = clause::Entity::find_by_id(clause_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let (new_text, note) = (new.new_text.replace("\r\n", "\n").trim().to_string(), new.note.trim());
    let grounds = new.findings.len() + new.improvements.len() + usize::from(!note.is_empty());
    may_draft(&clause.text, &new_text, &new.reason, grounds)?;
    all_there(&txn, &new).await?;
    let id = Uuid::now_v7();
    let row = amendment::ActiveModel {
        id: Set(id),
        revision_id: Set(clause.revision_id),
        clause_id: Set(clause_id),
        old_text: Set(clause.text.clone()),
        new_text: Set(new_text.clone()),
        reason: Set(new.reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    amendment::Entity::insert(row).exec_without_returning(&txn).await?;
    put_grounds(&txn, id, &new).await?;
    let (before, after) = (json!({ "text": clause.text }), json!({ "text": new_text }));
    let event = NewEvent::changed("amendment", id, "amendment.drafted", before, after).beside(json!({
        "clause": clause.short_path, "reason": new.reason.trim(),
        "findings": new.findings, "improvements": new.improvements, "note": note,
    }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

async fn all_there<C: ConnectionTrait>(connection: &C, new: &NewAmendment) -> StoreResult<()> {
    let findings: BTreeSet<Uuid> = new.findings.iter().copied().collect();
    let found = finding::Entity::find()
        .filter(finding::Column::Id.is_in(findings.iter().copied()))
        .all(connection)
        .await?;
    let improvements: BTreeSet<Uuid> = new.improvements.iter().copied().collect();
    let there = improvement::Entity::find()
        .filter(improvement::Column::Id.is_in(improvements.iter().copied()))
        .all(connection)
        .await?;
    if found.len() == findings.len() && there.len() == improvements.len() {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}

async fn put_grounds<C: ConnectionTrait>(
    connection: &C,
    amendment_id: Uuid,
    new: &NewAmendment,
) -> StoreResult<()> {
    let ground =
        |finding: Option<Uuid>, improvement: Option<Uuid>, note: &str| amendment_ground::ActiveModel {
            id: Set(Uuid::now_v7()),
            amendment_id: Set(amendment_id),
            finding_id: Set(finding),
            improvement_id: Set(improvement),
            note: Set(note.to_string()),
        };
    let findings: BTreeSet<Uuid> = new.findings.iter().copied().collect();
    let improvements: BTreeSet<Uuid> = new.improvements.iter().copied().collect();
    let mut rows: Vec<amendment_ground::ActiveModel> =
        findings.into_iter().map(|id| ground(Some(id), None, "")).collect();
    rows.extend(improvements.into_iter().map(|id| ground(None, Some(id), "")));
    if !new.note.trim().is_empty() {
        rows.push(ground(None, None, new.note.trim()));
    }
    ledger::insert_in_portions::<amendment_ground::Entity, _, _>(connection, rows).await
}

/// Records the committee's decision, once and for good.
///
/// # Errors
/// `Forbidden` to all but the 事務局; `NotFound` for an unknown amendment; a refusal of
/// `domain::amendment::may_decide`.
pub async fn decide(
    db: &Db,
    actor: &Actor,
    amendment_id: Uuid,
    new: NewDecision,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::RecordDecision)?;
    let txn = db.begin().await?;
    let row = amendment::Entity::find_by_id(amendment_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let decided =
        decision::Entity::find().filter(decision::Column::AmendmentId.eq(amendment_id)).one(&txn).await?;
    let decided_on = may_decide(decided.is_some(), &new.meeting, new.decided_on, day(now))?;
    let decision = decision::ActiveModel {
        id: Set(Uuid::now_v7()),
        amendment_id: Set(amendment_id),
        adopted: Set(new.adopted),
        decided_on: Set(decided_on),
        meeting: Set(new.meeting.trim().to_string()),
        note: Set(new.note.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = decision::Entity::insert(decision).exec_without_returning(&txn).await;
    on_double(inserted, "この改正案は決定済みです。")?;
    let after = json!({
        "adopted": new.adopted, "decided_on": iso(decided_on), "meeting": new.meeting.trim(),
        "note": new.note.trim(),
    });
    let event = NewEvent::created("amendment", amendment_id, "amendment.decided", after)
        .beside(json!({ "old_text": row.old_text, "new_text": row.new_text }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
