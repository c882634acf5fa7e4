//! Evidence (証跡): files beside answers. They stand in the database: so the row, its content and its event are one
//! transaction, `minaoshi backup` holds them, and several servers share them without a folder of their own.

use crate::Db;
use crate::access::require;
use crate::entity::{evidence, evidence_content, evidence_removal, inspection, submission, target};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::look::look;
use crate::ledger::{self, NewEvent, hex};
use crate::response::own;
use crate::response::standing::standing;
use domain::actor::Actor;
use domain::evidence::{Kind, Unfit, may_attach, tidy_name};
use domain::permission::{Action, sees_answers};
use domain::response::may_change;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A file beside an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub id: Uuid,
    pub name: String,
    pub size: i64,
    pub sha256: String,
    pub at: OffsetDateTime,
}

/// A file as it came; what its content is was looked at before.
#[derive(Debug, Clone)]
pub struct Upload {
    pub name: String,
    pub found: Result<Kind, Unfit>,
    pub content: Vec<u8>,
}

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub name: String,
    pub kind: Kind,
    pub content: Vec<u8>,
}

/// SHA-256 of a content in hex.
pub(crate) fn sha256(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn removed() -> SelectStatement {
    Query::select().column(evidence_removal::Column::EvidenceId).from(evidence_removal::Entity).to_owned()
}

async fn rows<C: ConnectionTrait>(connection: &C, targets: Vec<Uuid>) -> StoreResult<Vec<evidence::Model>> {
    let rows = evidence::Entity::find()
        .filter(evidence::Column::TargetId.is_in(targets))
        .filter(evidence::Column::Id.not_in_subquery(removed()))
        .order_by_asc(evidence::Column::At)
        .order_by_asc(evidence::Column::Id);
    Ok(rows.all(connection).await?)
}

/// The files of targets by target and question, oldest first.
pub(crate) async fn attached<C: ConnectionTrait>(
    connection: &C,
    targets: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<(Uuid, Uuid), Vec<File>>> {
    let mut files: BTreeMap<(Uuid, Uuid), Vec<File>> = BTreeMap::new();
    for row in rows(connection, targets.into_iter().collect()).await? {
        let file = File { id: row.id, name: row.name, size: row.size, sha256: row.sha256, at: row.at };
        files.entry((row.target_id, row.item_id)).or_default().push(file);
    }
    Ok(files)
}

/// SHA-256 of the content of each file of a target as it is stored now, by question; what can't be found is blank.
pub(crate) async fn contents<C: ConnectionTrait>(
    connection: &C,
    target: Uuid,
) -> StoreResult<BTreeMap<Uuid, Vec<String>>> {
    let mut found: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for row in rows(connection, vec![target]).await? {
        let digest = content_of(connection, row.id).await?.map(|content| sha256(&content));
        found.entry(row.item_id).or_default().push(digest.unwrap_or_default());
    }
    Ok(found)
}

async fn content_of<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Option<Vec<u8>>> {
    let row = evidence_content::Entity::find().filter(evidence_content::Column::EvidenceId.eq(id));
    Ok(row.one(connection).await?.map(|row| row.content))
}

/// Attaches a file to a question of the actor's own sheet. The same file again is the one that is there.
///
/// # Errors
/// `NotFound` for somebody else's sheet or a question of another; a refusal when the file is not taken or the sheet
/// may not be changed any more.
pub async fn attach(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    item: Uuid,
    upload: Upload,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require(actor, Action::AnswerSheet)?;
    let digest = sha256(&upload.content);
    let txn = db.begin().await?;
    let target = own(&txn, actor, target, true).await?;
    may_change(standing(&txn, &target).await?.standing)?;
    let edition = db.editions().get(&txn, target.edition_id).await?;
    let no = edition.asked.iter().find(|one| one.row.id == item).ok_or(StoreError::NotFound)?.row.no;
    let there = attached(&txn, [target.id]).await?.remove(&(target.id, item)).unwrap_or_default();
    let name = tidy_name(&upload.name);
    if there.iter().any(|file| file.sha256 == digest) {
        return Ok(());
    }
    let kind = may_attach(&name, upload.content.len(), upload.found, there.len())?;
    let row = evidence::Model {
        id: Uuid::now_v7(),
        target_id: target.id,
        item_id: item,
        name,
        kind: kind.key().to_string(),
        size: i64::try_from(upload.content.len()).unwrap_or(i64::MAX),
        sha256: digest,
        at: now,
        by_person_id: actor.person_id,
    };
    let event = NewEvent::created("target", target.id, "evidence.attached", words(&row))
        .beside(json!({ "evidence": row.id, "item": item, "no": no }));
    put(&txn, row, upload.content).await?;
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// How the ledger has a file.
fn words(row: &evidence::Model) -> serde_json::Value {
    json!({ "name": row.name, "kind": row.kind, "size": row.size, "sha256": row.sha256 })
}

async fn put<C: ConnectionTrait>(connection: &C, row: evidence::Model, content: Vec<u8>) -> StoreResult<()> {
    let content = evidence_content::ActiveModel {
        id: Set(Uuid::now_v7()),
        evidence_id: Set(row.id),
        content: Set(content),
    };
    evidence::Entity::insert(evidence::ActiveModel::from(row)).exec_without_returning(connection).await?;
    evidence_content::Entity::insert(content).exec_without_returning(connection).await?;
    Ok(())
}

/// Takes a file off the actor's own sheet. Its content goes, unless it was handed in once: what others were given
/// to see is kept.
///
/// # Errors
/// As [`attach`].
pub async fn remove(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require(actor, Action::AnswerSheet)?;
    let txn = db.begin().await?;
    let row = evidence::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let target = own(&txn, actor, row.target_id, true).await?;
    may_change(standing(&txn, &target).await?.standing)?;
    let edition = db.editions().get(&txn, target.edition_id).await?;
    let no = edition.asked.iter().find(|one| one.row.id == row.item_id).map(|one| one.row.no);
    let removal = evidence_removal::ActiveModel {
        id: Set(Uuid::now_v7()),
        evidence_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = evidence_removal::Entity::insert(removal).exec_without_returning(&txn).await;
    on_double(inserted, "このファイルは、既に外しました。")?;
    if !was_handed_in(&txn, &row).await? {
        let content = evidence_content::Column::EvidenceId.eq(id);
        evidence_content::Entity::delete_many().filter(content).exec(&txn).await?;
    }
    let event = NewEvent::removed("target", target.id, "evidence.removed", words(&row))
        .beside(json!({ "evidence": id, "item": row.item_id, "no": no }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

async fn was_handed_in<C: ConnectionTrait>(connection: &C, row: &evidence::Model) -> StoreResult<bool> {
    let later = submission::Entity::find()
        .filter(submission::Column::TargetId.eq(row.target_id))
        .filter(submission::Column::At.gte(row.at));
    Ok(later.count(connection).await? > 0)
}

/// A file of the actor's own sheet.
///
/// # Errors
/// `NotFound` for somebody else's and for one that was taken off.
pub async fn own_file(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Sent> {
    require(actor, Action::AnswerSheet)?;
    let row = present(db, id).await?;
    let target = own(db.read(), actor, row.target_id, false).await?;
    send(db, actor, row, &target, now).await
}

/// A file of somebody's sheet that was handed in, for those who may see its answers.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` outside the actor's reach, where answers are not shown, and before the
/// sheet was handed in.
pub async fn file(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Sent> {
    let reach = require(actor, Action::SeeAnswers)?;
    let row = present(db, id).await?;
    let target =
        target::Entity::find_by_id(row.target_id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(db.read()).await?;
    let visibility = inspection.ok_or(StoreError::NotFound)?.visible();
    let seen = reach.covers(target.department_id) && sees_answers(actor, visibility, target.department_id);
    if !seen || !standing(db.read(), &target).await?.standing.submitted {
        return Err(StoreError::NotFound);
    }
    send(db, actor, row, &target, now).await
}

async fn present(db: &Db, id: Uuid) -> StoreResult<evidence::Model> {
    let row = evidence::Entity::find_by_id(id).filter(evidence::Column::Id.not_in_subquery(removed()));
    row.one(db.read()).await?.ok_or(StoreError::NotFound)
}

/// Whoever opens a file is written down; what can't be written down is not sent.
async fn send(
    db: &Db,
    actor: &Actor,
    row: evidence::Model,
    target: &target::Model,
    now: OffsetDateTime,
) -> StoreResult<Sent> {
    let content = content_of(db.read(), row.id).await?.ok_or(StoreError::NotFound)?;
    let payload = json!({ "evidence": row.id, "name": row.name, "person": target.person_name });
    look(db, actor, now, NewEvent::new("target", target.id, "evidence.read", payload)).await?;
    let kind = Kind::from_key(&row.kind).ok_or(StoreError::NotFound)?;
    Ok(Sent { name: row.name, kind, content })
}

/// Files go with their answers when these are disposed of.
pub(crate) async fn dispose<C: ConnectionTrait>(connection: &C, targets: &[Uuid]) -> StoreResult<()> {
    let own = || {
        Query::select()
            .column(evidence::Column::Id)
            .from(evidence::Entity)
            .and_where(evidence::Column::TargetId.is_in(targets.iter().copied()))
            .to_owned()
    };
    let content = evidence_content::Column::EvidenceId.in_subquery(own());
    evidence_content::Entity::delete_many().filter(content).exec(connection).await?;
    let removal = evidence_removal::Column::EvidenceId.in_subquery(own());
    evidence_removal::Entity::delete_many().filter(removal).exec(connection).await?;
    let files = evidence::Column::TargetId.is_in(targets.iter().copied());
    evidence::Entity::delete_many().filter(files).exec(connection).await?;
    Ok(())
}
