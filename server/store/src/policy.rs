//! Policies: importing a document as a revision, and what has been imported.

mod list;
pub(crate) mod rows;
mod tree;

pub use list::{PolicyLine, RevisionLine, list};
pub use tree::{ClauseLine, RevisionView, revision};

use crate::Db;
use crate::access::require_city;
use crate::entity::{clause, policy, proposal, revision, sentence};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::permission::Action;
use domain::policy::PolicyText;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Stores a document that was read: its revision, clauses, sentences and proposed questions. A document with
/// the title of a known policy becomes the policy's next revision. Gives the revision.
///
/// # Errors
/// Refused when the same file was imported before.
pub async fn import(
    db: &Db,
    actor: &Actor,
    text: &PolicyText,
    file_name: &str,
    sha256: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    refuse_known(&txn, sha256).await?;
    let (policy_id, number) = place(&txn, &text.title, now).await?;
    let id = Uuid::now_v7();
    let row = revision::ActiveModel {
        id: Set(id),
        policy_id: Set(policy_id),
        number: Set(number),
        title: Set(title(&text.title).to_string()),
        file_name: Set(file_name.to_string()),
        file_sha256: Set(sha256.to_string()),
        history: Set(serde_json::to_string(&text.history)?),
        remarks: Set(serde_json::to_string(&text.remarks)?),
        signature: Set(text.signature.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = revision::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "同じポリシーがほかの画面で取り込まれました。一覧を確かめてください。")?;
    let rows = rows::rows(text, id)?;
    let payload = json!({
        "policy": policy_id, "number": number, "title": text.title, "file_name": file_name, "sha256": sha256,
        "clauses": rows.clauses.len(), "sentences": rows.sentences.len(), "proposals": rows.proposals.len(),
    });
    insert_in_portions::<clause::Entity, _, _>(&txn, rows.clauses).await?;
    insert_in_portions::<sentence::Entity, _, _>(&txn, rows.sentences).await?;
    insert_in_portions::<proposal::Entity, _, _>(&txn, rows.proposals).await?;
    let event = NewEvent::new("revision", id, "policy.imported", payload);
    ledger::record(&txn, actor, now, event).await?;
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

/// The policy of this title and the number of its next revision.
async fn place<C: ConnectionTrait>(
    connection: &C,
    text: &str,
    now: OffsetDateTime,
) -> StoreResult<(Uuid, i32)> {
    let title = title(text);
    let known = policy::Entity::find().filter(policy::Column::Title.eq(title)).one(connection).await?;
    let Some(known) = known else {
        let id = Uuid::now_v7();
        let row = policy::ActiveModel { id: Set(id), title: Set(title.to_string()), at: Set(now) };
        policy::Entity::insert(row).exec_without_returning(connection).await?;
        return Ok((id, 1));
    };
    let last = revision::Entity::find()
        .filter(revision::Column::PolicyId.eq(known.id))
        .order_by_desc(revision::Column::Number)
        .one(connection)
        .await?;
    Ok((known.id, last.map_or(1, |last| last.number + 1)))
}
