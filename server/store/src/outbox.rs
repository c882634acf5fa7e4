//! Outgoing messages, written in the transaction of the act they tell of and sent by a job.

mod alone;
mod list;
mod retry;
mod send;

pub use alone::{Alone, alone};
pub use list::{Box, Entry, Pile, all, list};
pub use retry::retry;
pub use send::{Due, Failure, TRIES, due, note};

use crate::entity::{outbox, person};
use crate::error::StoreResult;
use sea_orm::{ConnectionTrait, Set};
use time::OffsetDateTime;
use uuid::Uuid;

/// A message to one person.
#[derive(Debug, Clone)]
pub struct Message {
    /// What it is about: reminder, return, improvement ...
    pub kind: &'static str,
    pub person: person::Model,
    pub subject: String,
    pub body: String,
}

/// Puts messages into the outbox inside the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn put<C: ConnectionTrait>(
    connection: &C,
    now: OffsetDateTime,
    messages: Vec<Message>,
) -> StoreResult<()> {
    put_with_ids(connection, now, messages).await.map(|_| ())
}

/// The same; gives the keys in the order of the messages.
///
/// # Errors
/// When the database fails.
pub async fn put_with_ids<C: ConnectionTrait>(
    connection: &C,
    now: OffsetDateTime,
    messages: Vec<Message>,
) -> StoreResult<Vec<Uuid>> {
    let ids: Vec<Uuid> = messages.iter().map(|_| Uuid::now_v7()).collect();
    let rows = messages
        .into_iter()
        .zip(&ids)
        .map(|(message, id)| outbox::ActiveModel {
            id: Set(*id),
            kind: Set(message.kind.to_string()),
            person_id: Set(Some(message.person.id)),
            to_name: Set(message.person.name),
            to_address: Set(message.person.email),
            subject: Set(message.subject),
            body: Set(message.body),
            at: Set(now),
        })
        .collect();
    crate::ledger::insert_in_portions::<outbox::Entity, _, _>(connection, rows).await?;
    Ok(ids)
}
