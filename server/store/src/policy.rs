//! Policies: importing a document as a revision, and what has been imported.

mod list;
pub(crate) mod rows;
mod tree;

pub use list::{PolicyLine, RevisionLine, list};
pub use tree::{ClauseLine, RevisionView, revision};

use crate::Db;
use crate::access::require_city;
use crate::correction;
use crate::entity::{clause, proposal, revision, sentence};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::lineage::{NewRevision, Origin, begin};
use domain::actor::Actor;
use domain::calendar::iso;
use domain::permission::Action;
use domain::policy::PolicyText;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Stores a document that was read: its revision, clauses, sentences and proposed questions. A document with
/// the title of a known policy becomes the policy's next revision. Gives the revision.
///
/// # Errors
/// As [`import_as`].
pub async fn import(
    db: &Db,
    actor: &Actor,
    text: &PolicyText,
    file_name: &str,
    sha256: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let new = NewRevision { text, file_name, sha256, origin: Origin::ByTitle, effective_on: None };
    import_as(db, actor, &new, now).await
}

/// The same, with the officer's word about which policy it revises. What was decided about clauses whose words
/// stayed is taken over; questions about changed clauses are put down to be looked at again.
///
/// # Errors
/// Refused when the same file was imported before, or when it has another title but the words of a known policy
/// and the officer did not say what it is.
pub async fn import_as(
    db: &Db,
    actor: &Actor,
    new: &NewRevision<'_>,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let text = new.text;
    let txn = db.begin().await?;
    refuse_known(&txn, new.sha256).await?;
    let place = begin::place(&txn, new, title(&text.title), now).await?;
    let id = Uuid::now_v7();
    let row = revision::ActiveModel {
        id: Set(id),
        policy_id: Set(place.policy),
        number: Set(place.number),
        title: Set(title(&text.title).to_string()),
        file_name: Set(new.file_name.to_string()),
        file_sha256: Set(new.sha256.to_string()),
        history: Set(serde_json::to_string(&text.history)?),
        remarks: Set(serde_json::to_string(&text.remarks)?),
        signature: Set(text.signature.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = revision::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "同じポリシーがほかの画面で取り込まれました。一覧を確かめてください。")?;
    let corrected = correction::corrected(&txn, text).await?;
    let rows = rows::rows(&corrected.text, id)?;
    let sentences = rows.sentence_ids.clone();
    let after = json!({
        "number": place.number, "title": text.title, "file_name": new.file_name, "sha256": new.sha256,
        "effective_on": new.effective_on.map(iso),
    });
    let event = NewEvent::created("revision", id, "policy.imported", after).beside(json!({
        "policy": place.policy, "previous": place.previous, "clauses": rows.clauses.len(),
        "sentences": rows.sentences.len(), "proposals": rows.proposals.len(), "corrections": corrected.count(),
    }));
    insert_in_portions::<clause::Entity, _, _>(&txn, rows.clauses).await?;
    insert_in_portions::<sentence::Entity, _, _>(&txn, rows.sentences).await?;
    corrected.record(&txn, &sentences, now).await?;
    insert_in_portions::<proposal::Entity, _, _>(&txn, rows.proposals).await?;
    let carried = begin::follow(&txn, actor, id, &place, new.effective_on, now).await?;
    let carried = json!({
        "links": carried.links, "settlements": carried.settlements, "reconsiderations": carried.reconsiderations,
    });
    ledger::record(&txn, actor, now, event.beside(json!({ "carried": carried }))).await?;
    txn.commit().await?;
    Ok(id)
}

/// A document without a title still needs a name on the screen.
fn title(text: &str) -> &str {
    if text.trim().is_empty() { "（表題なし）" } else { text.trim() }
}

async fn refuse_known<C: ConnectionTrait>(connection: &C, sha256: &str) -> StoreResult<()> {
    let known =
        revision::Entity::find().filter(revision::Column::FileSha256.eq(sha256)).one(connection).await?;
    match known {
        None => Ok(()),
        Some(known) => Err(StoreError::refused(format!(
            "このファイルは第{}版「{}」として取込み済みです。改定した本文のファイルを選んでください。",
            known.number, known.title
        ))),
    }
}
