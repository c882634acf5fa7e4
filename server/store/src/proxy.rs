//! 代理入力: the 推進員 of a department enters the answers of somebody who can't. The answers say so, the record says
//! who.

use crate::Db;
use crate::access::{require, require_department};
use crate::entity::{inspection, person, proxy, target};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::is_withdrawn;
use crate::ledger::{self, NewEvent};
use crate::outbox::{self, Message};
use crate::response::standing::standing;
use crate::sheet_code::is_without_account;
use domain::actor::Actor;
use domain::permission::{Action, reach};
use domain::response::may_change;
use domain::sheet_code::may_enter_for;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Begins to enter the answers of another person's sheet; the person is told.
///
/// # Errors
/// `Forbidden` for all but 推進員, `NotFound` outside the own department, a refusal for the own sheet, without a reason
/// where one is due, or when the sheet can't be changed.
pub async fn begin(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require(actor, Action::EnterForOthers)?;
    let txn = db.begin().await?;
    let target = target::Entity::find_by_id(target).one(&txn).await?.ok_or(StoreError::NotFound)?;
    require_department(actor, Action::EnterForOthers, target.department_id)?;
    if is_withdrawn(&txn, target.id).await? {
        return Err(StoreError::NotFound);
    }
    let without_account = is_without_account(&txn, target.person_id).await?;
    may_enter_for(target.person_id == actor.person_id, without_account, reason)?;
    may_change(standing(&txn, &target).await?.standing)?;
    let row = proxy::ActiveModel {
        id: Set(Uuid::now_v7()),
        target_id: Set(target.id),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    proxy::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "reason": reason.trim(), "without_account": without_account });
    let event = NewEvent::created("target", target.id, "proxy.begun", after)
        .beside(json!({ "person": target.person_name }));
    ledger::record(&txn, actor, now, event).await?;
    tell(&txn, actor, &target, now).await?;
    Ok(txn.commit().await?)
}

async fn tell<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    target: &target::Model,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let person =
        person::Entity::find_by_id(target.person_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    let inspection = inspection.ok_or(StoreError::NotFound)?;
    let body = format!(
        "{}　様\n\n{}の点検票に、{}が代わって回答を入力します（代理入力）。\n心当たりのないときは、問合せ先に連絡してください。\n\n問合せ先：{}\n",
        person.name, inspection.name, actor.name, inspection.contact,
    );
    let subject = format!("【代理入力】{}", inspection.name);
    outbox::put(connection, now, vec![Message { kind: "proxy", person, subject, body }]).await
}

/// Whether the actor enters this sheet for another: begun, and still the 推進員 of the department.
pub(crate) async fn enters<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    target: &target::Model,
) -> StoreResult<bool> {
    if !reach(actor, Action::EnterForOthers).is_some_and(|reach| reach.covers(target.department_id)) {
        return Ok(false);
    }
    let begun = proxy::Entity::find()
        .filter(proxy::Column::TargetId.eq(target.id))
        .filter(proxy::Column::ByPersonId.eq(actor.person_id));
    Ok(begun.count(connection).await? > 0)
}
