//! Signing in, out, and who a cookie belongs to.

pub mod directory;
pub mod oidc;
pub mod password;
pub mod sign_in;

use crate::Db;
use crate::access;
use crate::entity::{person, session};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, hex};
use domain::actor::Actor;
use domain::calendar::day;
use rand::RngCore;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A session ends for certain after a working day.
pub const ABSOLUTE: Duration = Duration::hours(12);
/// And after this time without a request.
pub const IDLE: Duration = Duration::hours(2);
/// Last use is written down at most this often, so that reading pages does not write.
const TOUCH: Duration = Duration::minutes(5);

/// Who a cookie belongs to.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub actor: Actor,
    /// Opened by a one-time code: only the page for setting a password is open.
    pub must_set_password: bool,
}

/// The SHA-256 of a token or one-time code, in hex. Only this is stored.
pub fn hash_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// A random token of 256 bits, in hex.
pub fn new_token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

/// Who a token belongs to, if the session still holds.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, token: &str, now: OffsetDateTime) -> StoreResult<Option<SignedIn>> {
    let row = session::Entity::find()
        .filter(session::Column::TokenHash.eq(hash_token(token)))
        .one(db.read())
        .await?;
    let Some(row) = row.filter(|row| row.ends_at > now && row.last_seen_at + IDLE > now) else {
        return Ok(None);
    };
    if row.last_seen_at + TOUCH < now {
        touch(db, row.id, now).await?;
    }
    match access::actor(db.read(), row.person_id, day(now)).await {
        Ok(actor) => Ok(Some(SignedIn { actor, must_set_password: row.must_set_password })),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn touch(db: &Db, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    let txn = db.begin().await?;
    let active = session::ActiveModel { id: Set(id), last_seen_at: Set(now), ..Default::default() };
    session::Entity::update(active).exec(&txn).await?;
    Ok(txn.commit().await?)
}

/// Opens a session inside the caller's transaction and gives its token.
///
/// # Errors
/// When the database fails.
pub async fn open<C: ConnectionTrait>(
    connection: &C,
    person: &person::Model,
    must_set_password: bool,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let token = new_token();
    let row = session::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        token_hash: Set(hash_token(&token)),
        at: Set(now),
        last_seen_at: Set(now),
        ends_at: Set(now + ABSOLUTE),
        must_set_password: Set(must_set_password),
    };
    session::Entity::insert(row).exec_without_returning(connection).await?;
    let author = ledger::Author { id: Some(person.id), name: person.name.clone() };
    let event = NewEvent::new("person", person.id, "session.opened", json!({ "by_code": must_set_password }));
    ledger::append(connection, &author, now, vec![event]).await?;
    Ok(token)
}

/// Signs out: the session of this token ends.
///
/// # Errors
/// When the database fails.
pub async fn end(db: &Db, actor: &Actor, token: &str, now: OffsetDateTime) -> StoreResult<()> {
    let txn = db.begin().await?;
    session::Entity::delete_many()
        .filter(session::Column::TokenHash.eq(hash_token(token)))
        .exec(&txn)
        .await?;
    let event = NewEvent::new("person", actor.person_id, "session.ended", json!({}));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
