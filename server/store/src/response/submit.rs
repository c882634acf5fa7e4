//! Handing a sheet in. Handing it in twice is one submission.

use super::load::{answers, items};
use super::own;
use super::standing::standing;
use crate::Db;
use crate::access::require;
use crate::entity::{answer, edition_item, submission};
use crate::error::StoreResult;
use crate::ledger::{self, NewEvent};
use crate::tally::{self, Sign};
use domain::actor::Actor;
use domain::answer::Value;
use domain::permission::Action;
use domain::response::{Given, may_submit};
use sea_orm::{EntityTrait, Set};
use serde_json::json;
use std::collections::BTreeMap;
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
    let facts = standing(&txn, &target).await?;
    if let Some((_, at)) = facts.submission {
        return Ok(Submitted { at, before: true });
    }
    let items = items(&txn, target.edition_id).await?;
    let answers = answers(&txn, target.id).await?;
    may_submit(facts.standing, &given(&items, &answers))?;
    let id = Uuid::now_v7();
    let row = submission::ActiveModel {
        id: Set(id),
        target_id: Set(target.id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    submission::Entity::insert(row).exec_without_returning(&txn).await?;
    tally::add(&txn, &target, answers.values(), Sign::Plus).await?;
    let payload = json!({ "submission": id, "answers": answers.len(), "again": facts.standing.returned });
    ledger::record(&txn, actor, now, NewEvent::new("target", target.id, "response.submitted", payload))
        .await?;
    txn.commit().await?;
    Ok(Submitted { at: now, before: false })
}

fn given(items: &[edition_item::Model], answers: &BTreeMap<Uuid, answer::Model>) -> Vec<Given> {
    items
        .iter()
        .map(|item| {
            let answer = answers.get(&item.id);
            Given {
                no: item.no,
                may_be_na: item.not_applicable.is_some(),
                value: answer.and_then(|row| row.value.as_deref()).and_then(Value::from_key),
                comment: answer.map(|row| row.comment.clone()).unwrap_or_default(),
            }
        })
        .collect()
}
