//! Handing a sheet in. Handing it in twice is one submission.

use super::asked::{given, year_of};
use super::load::answers;
use super::own;
use super::standing::standing;
use crate::Db;
use crate::access::require;
use crate::entity::{omission, submission, target};
use crate::error::{StoreError, StoreResult};
use crate::evidence::{File, attached};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::receipt::{SUBMITTED, handed, stated};
use crate::tally::{self, Counted, Sign};
use domain::actor::Actor;
use domain::permission::Action;
use domain::question::setting::Attribute;
use domain::response::{Given, may_submit};
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// A submission that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    pub at: OffsetDateTime,
    /// It was handed in before; nothing was written now.
    pub before: bool,
}

/// Hands the actor's own sheet in and adds its answers to the tallies.
///
/// # Errors
/// `NotFound` for somebody else's sheet; a refusal that names the gaps, or that the inspection is closed.
pub async fn submit(db: &Db, actor: &Actor, target: Uuid, now: OffsetDateTime) -> StoreResult<Submitted> {
    require(actor, Action::AnswerSheet)?;
    let txn = db.begin().await?;
    let target = own(&txn, actor, target, true).await?;
    let submitted = hand_in(db, &txn, actor, &target, now).await?;
    txn.commit().await?;
    Ok(submitted)
}

/// Hands in a sheet whose answers came in a workbook, if it lacks nothing; false leaves it unfinished. Whose it is was
/// settled before.
pub(crate) async fn submit_complete(
    db: &Db,
    txn: &DatabaseTransaction,
    actor: &Actor,
    target: &target::Model,
    now: OffsetDateTime,
) -> StoreResult<bool> {
    match hand_in(db, txn, actor, target, now).await {
        Ok(_) => Ok(true),
        Err(StoreError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A rule refuses before anything is written.
async fn hand_in(
    db: &Db,
    txn: &DatabaseTransaction,
    actor: &Actor,
    target: &target::Model,
    now: OffsetDateTime,
) -> StoreResult<Submitted> {
    let facts = standing(txn, target).await?;
    if let Some((_, at)) = facts.submission {
        return Ok(Submitted { at, before: true });
    }
    let edition = db.editions().get(txn, target.edition_id).await?;
    let answers = answers(txn, target.id).await?;
    let attributes = Attribute::list(&target.attributes);
    let files = attached(txn, [target.id]).await?;
    let counts = files.iter().map(|((_, item), files)| (*item, files.len())).collect();
    let given = given(&edition.asked, &answers, &counts, &attributes, year_of(txn, target).await?);
    let (hidden, owed): (Vec<_>, Vec<_>) = given.into_iter().partition(|(_, given)| given.hidden);
    let owed: Vec<Given> = owed.into_iter().map(|(_, given)| given).collect();
    may_submit(facts.standing, &owed)?;
    let id = Uuid::now_v7();
    let row = submission::ActiveModel {
        id: Set(id),
        target_id: Set(target.id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    submission::Entity::insert(row).exec_without_returning(txn).await?;
    // Answers to hidden questions are kept and not counted; what was hidden is written down with the submission.
    let omitted: Vec<_> = hidden.into_iter().map(|(item, _)| item).collect();
    let rows = omitted.iter().map(|item| omission::ActiveModel {
        id: Set(Uuid::now_v7()),
        submission_id: Set(id),
        item_id: Set(*item),
    });
    insert_in_portions::<omission::Entity, _, _>(txn, rows.collect()).await?;
    tally::add(txn, target, &Counted::new(answers.values(), omitted), Sign::Plus).await?;
    let digests = |files: Vec<File>| files.into_iter().map(|file| file.sha256).collect();
    let files = files.into_iter().map(|((_, item), files)| (item, digests(files))).collect();
    let (before, after) = (json!({ "submitted": false }), json!({ "submitted": true }));
    let event = NewEvent::changed("target", target.id, SUBMITTED, before, after).beside(json!({
        "submission": id, "answers": owed.len(), "again": facts.standing.returned,
        "answers_digest": stated(&handed(answers.values(), files)),
    }));
    ledger::record(txn, actor, now, event).await?;
    Ok(Submitted { at: now, before: false })
}
