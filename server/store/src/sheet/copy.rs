//! Beginning this year's sheet from an edition of before, and what became of each of its questions.

use super::arrange::begin;
use super::freeze::{changes, earlier_edition, items_of, on_sheet};
use super::row::setting_of;
use crate::Db;
use crate::access::require_city;
use crate::entity::{edition, sheet};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use crate::question::active;
use domain::actor::Actor;
use domain::permission::Action;
use domain::question::setting::Setting;
use domain::role::Role;
use domain::sheet::Change;
use sea_orm::EntityTrait;
use serde_json::json;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// Begins the sheet of a year with the questions of an edition of before, in its order. Questions that are no
/// longer in use stay out. Gives the sheet.
///
/// # Errors
/// Refused when the role has a sheet for the year, or none of the questions is in use any more; `NotFound` for an
/// unknown edition.
pub async fn create_from(
    db: &Db,
    actor: &Actor,
    edition: Uuid,
    fiscal_year: i32,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let from = edition::Entity::find_by_id(edition).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let role = Role::from_key(&from.role).ok_or(StoreError::NotFound)?;
    let in_use = active(&txn).await?;
    let items = items_of(&txn, edition).await?;
    let questions: Vec<Uuid> =
        items.iter().map(|item| item.question_id).filter(|id| in_use.contains_key(id)).collect();
    if questions.is_empty() {
        return Err(StoreError::refused(format!(
            "{}の設問は、全て使用をやめています。使用中の設問から点検票を作成してください。",
            from.label
        )));
    }
    let id = begin(&txn, actor, role, fiscal_year, &questions, now).await?;
    let gone = items.len() - questions.len();
    let payload = json!({ "from": from.label, "questions": questions.len(), "left_out": gone });
    ledger::record(&txn, actor, now, NewEvent::new("sheet", id, "sheet.copied", payload)).await?;
    txn.commit().await?;
    Ok(id)
}

/// A question of the sheet beside the one of before.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Number and words in the edition of before.
    pub before: Option<(i32, String, Setting)>,
    /// Number and words on the sheet.
    pub now: Option<(i32, String, Setting)>,
    /// None: the question is no longer asked (廃止).
    pub change: Option<Change>,
}

/// A sheet beside the edition its changes are counted from.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub sheet: Uuid,
    pub title: String,
    /// The edition of before; none in the first year.
    pub edition: Option<(Uuid, String)>,
    /// In the order of the sheet; what is gone stands at the end.
    pub lines: Vec<Compared>,
}

/// Compares a sheet with the edition of before.
///
/// # Errors
/// `NotFound` for an unknown sheet.
pub async fn compare(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Comparison> {
    require_city(actor, Action::EditPolicy)?;
    let found = sheet::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let role = Role::from_key(&found.role).ok_or(StoreError::NotFound)?;
    let questions = on_sheet(db.read(), id).await?;
    let changes = changes(db.read(), role, found.fiscal_year, &questions).await?;
    let earlier = earlier_edition(db.read(), role, found.fiscal_year).await?;
    let items = match &earlier {
        Some(edition) => items_of(db.read(), edition.id).await?,
        None => Vec::new(),
    };
    let mut then = Vec::new();
    for item in items {
        then.push((item.question_id, (item.no, item.text, setting_of(&item.setting)?)));
    }
    let on: BTreeSet<Uuid> = questions.iter().map(|question| question.id).collect();
    let mut lines: Vec<Compared> = (1..)
        .zip(&questions)
        .map(|(no, question)| Compared {
            before: then.iter().find(|(id, _)| *id == question.id).map(|(_, before)| before.clone()),
            now: Some((no, question.text.clone(), question.setting.clone())),
            change: Some(changes.get(&question.id).copied().unwrap_or(Change::New)),
        })
        .collect();
    let gone = then.into_iter().filter(|(id, _)| !on.contains(id));
    lines.extend(gone.map(|(_, before)| Compared { before: Some(before), now: None, change: None }));
    Ok(Comparison {
        sheet: id,
        title: found.title,
        edition: earlier.map(|edition| (edition.id, edition.label)),
        lines,
    })
}
