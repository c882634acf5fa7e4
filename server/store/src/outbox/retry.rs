//! Sending a message again that was given up, at the officer's word.

use super::list::Pile;
use crate::Db;
use crate::access::require_city;
use crate::entity::{outbox, outbox_retry, person};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::Refusal;
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// So many in one go; the button can be pressed again.
const AT_ONCE: u64 = 2000;

/// Lets one failed message, or all, be sent again, to the address the roster has now; gives how many.
///
/// # Errors
/// `Forbidden`; `NotFound` for a message that did not fail; refused where there is still no address.
pub async fn retry(db: &Db, actor: &Actor, one: Option<Uuid>, now: OffsetDateTime) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let failed = outbox::Entity::find()
        .filter(Pile::Failed.condition())
        .filter(Condition::all().add_option(one.map(|id| outbox::Column::Id.eq(id))))
        .order_by_asc(outbox::Column::At)
        .limit(AT_ONCE)
        .all(&txn)
        .await?;
    if one.is_some() && failed.is_empty() {
        return Err(StoreError::NotFound);
    }
    let rows = rows(&txn, actor, failed, now).await?;
    if rows.is_empty() {
        let text = "宛先のメールアドレスが、まだ名簿にありません。名簿に加えてから、もう一度送ってください。";
        return Err(Refusal::new(text).into());
    }
    let number = rows.len();
    let events = rows.iter().map(|(id, _)| NewEvent::new("outbox", *id, "message.retried", json!({})));
    ledger::append(&txn, &actor.into(), now, events.collect()).await?;
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    insert_in_portions::<outbox_retry::Entity, _, _>(&txn, rows).await?;
    txn.commit().await?;
    Ok(number)
}

/// A row for each message that has an address by now.
async fn rows(
    txn: &DatabaseTransaction,
    actor: &Actor,
    failed: Vec<outbox::Model>,
    now: OffsetDateTime,
) -> StoreResult<Vec<(Uuid, outbox_retry::ActiveModel)>> {
    let ids = failed.iter().filter_map(|message| message.person_id).collect();
    let people: BTreeMap<Uuid, person::Model> =
        crate::person::people(txn, ids).await?.into_iter().map(|row| (row.id, row)).collect();
    let address = |message: &outbox::Model| {
        let known = message.person_id.and_then(|id| people.get(&id)).and_then(|row| row.email.clone());
        known.filter(|address| !address.is_empty()).or_else(|| message.to_address.clone())
    };
    let row = |message: outbox::Model| {
        let row = outbox_retry::ActiveModel {
            id: Set(Uuid::now_v7()),
            outbox_id: Set(message.id),
            to_address: Set(address(&message)?),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        };
        Some((message.id, row))
    };
    Ok(failed.into_iter().filter_map(row).collect())
}
