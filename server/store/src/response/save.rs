//! Saving answers. An answer carries a version; a save names the version it saw.

mod content;
mod desk;
mod lane;

pub use lane::Lane;

use crate::Db;
use crate::access::require;
use crate::error::{StoreError, StoreResult};
use desk::{Desk, Put};
use domain::actor::Actor;
use domain::answer::{Raw, Written};
use domain::permission::Action;
use sea_orm::DatabaseTransaction;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Where an answer came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The answering page.
    Web,
    /// 「前年と同じ」 on the answering page.
    Carried,
    /// A workbook, with the cell.
    Form(String),
}

/// An answer that is to be saved.
#[derive(Debug, Clone)]
pub struct Draft {
    pub item: Uuid,
    /// What stands in the question's fields; its setting says what that means.
    pub written: Written,
    pub comment: String,
    /// 証跡（文書名・保管場所）
    pub evidence: String,
    pub planned_on: Option<Date>,
    /// The version the person saw, 0 for none. `None` for a workbook, which knows no versions: it replaces.
    pub seen_version: Option<i32>,
    pub source: Source,
}

/// What a save left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub version: i32,
    pub at: OffsetDateTime,
}

/// Somebody (most often the same person in another window) saved something else meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub item: Uuid,
    pub no: i32,
    pub theirs: Option<Raw>,
    pub theirs_comment: String,
    pub theirs_evidence: String,
    pub theirs_planned_on: Option<Date>,
    /// The version that is stored.
    pub version: i32,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Saved(Saved),
    /// Nothing was written; both values are to be shown.
    Clash(Clash),
}

/// What became of many saves.
#[derive(Debug, Clone, Default)]
pub struct SavedAll {
    /// Answers that were written.
    pub changed: usize,
    pub clashes: Vec<Clash>,
    /// Answers a rule refused, with their question's number.
    pub refused: Vec<(i32, String)>,
}

/// Saves one answer. It is on the disk when this returns; saves that arrive together share one transaction.
///
/// # Errors
/// `NotFound` for somebody else's sheet or a question of another sheet; a refusal when the sheet is handed in
/// or the inspection closed, or when the answer is not allowed for the question; `SignedOut` when the session named
/// ended meanwhile.
pub async fn save(
    db: &Db,
    actor: &Actor,
    session: Option<Uuid>,
    target: Uuid,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Outcome> {
    require(actor, Action::AnswerSheet)?;
    lane::save(db, lane::Wish { actor: actor.clone(), session, target, draft, now }).await
}

/// Saves a whole page of answers in one transaction. What can be saved is saved; the rest is named.
///
/// # Errors
/// `NotFound` for somebody else's sheet; a refusal when it may not be changed any more.
pub async fn save_all(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    drafts: Vec<Draft>,
    now: OffsetDateTime,
) -> StoreResult<SavedAll> {
    require(actor, Action::AnswerSheet)?;
    let txn = db.begin().await?;
    let items = drafts.iter().map(|draft| draft.item).collect();
    let mut desk = Desk::open(&txn, db.editions(), [target].into(), items).await?;
    desk.check(target, actor).await?;
    let mut all = SavedAll::default();
    for draft in drafts {
        match desk.put(actor, target, &draft, true, now).await {
            Ok(Put::Written(_)) => all.changed += 1,
            Ok(Put::Clash(clash)) => all.clashes.push(clash),
            Ok(Put::Same(_) | Put::Nothing) => {}
            Err(StoreError::Refused(refusal)) => {
                all.refused.push((desk.number(target, draft.item), refusal.text));
            }
            Err(error) => return Err(error),
        }
    }
    all.clashes.sort_by_key(|clash| clash.no);
    all.refused.sort();
    desk.write().await?;
    txn.commit().await?;
    Ok(all)
}

/// Writes the answers of a workbook inside the caller's transaction; each replaces what is stored. Gives for each the
/// version that was written, none where the same was stored already.
///
/// # Errors
/// `NotFound` for a question of another sheet; a refusal when the sheet may not be changed any more or an answer is not
/// one to its question.
pub(crate) async fn take_form(
    db: &Db,
    txn: &DatabaseTransaction,
    actor: &Actor,
    target: Uuid,
    drafts: &[Draft],
    now: OffsetDateTime,
) -> StoreResult<Vec<Option<i32>>> {
    let items = drafts.iter().map(|draft| draft.item).collect();
    let mut desk = Desk::open(txn, db.editions(), [target].into(), items).await?;
    desk.check_open(target)?;
    let mut versions = Vec::with_capacity(drafts.len());
    for draft in drafts {
        versions.push(match desk.put(actor, target, draft, false, now).await? {
            Put::Written(row) => Some(row.version),
            Put::Same(_) | Put::Nothing | Put::Clash(_) => None,
        });
    }
    desk.write().await?;
    Ok(versions)
}
