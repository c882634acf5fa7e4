//! Signing in, out, and who a cookie belongs to.

pub mod device;
pub mod directory;
pub mod lock;
pub mod oidc;
pub mod password;
pub mod recent;
pub mod sign_in;

use crate::Db;
use crate::access;
use crate::entity::{person, session};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, hex};
use crate::second_factor;
use crate::sheet_code;
use domain::actor::Actor;
use domain::calendar::day;
use domain::session::{Pending, Standing, Way, pending};
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
/// So long one may take to give the second factor.
pub const FOR_SECOND: Duration = Duration::minutes(10);
/// Last use is written down at most this often, so that reading pages does not write.
const TOUCH: Duration = Duration::minutes(5);

/// Who a cookie belongs to.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub actor: Actor,
    /// The session itself.
    pub session: Uuid,
    /// What has still to be given; until then only the page for it is open.
    pub pending: Option<Pending>,
}

/// Where a try to sign in comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address as the server sees it.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// How somebody came in; kept with the session.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was typed as the login (folded), or the staff number: tries are counted by it.
    pub login: String,
    pub way: Way,
    pub origin: Origin,
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
    let Some(row) = row.filter(|row| holds(row, now)) else {
        return sheet_code::find(db, token, now).await;
    };
    if row.last_seen_at + TOUCH < now {
        touch(db, row.id, now).await?;
    }
    match access::actor(db.read(), row.person_id, day(now)).await {
        Ok(actor) => {
            let pending = pending(standing(db, &row, &actor).await?);
            Ok(Some(SignedIn { actor, session: row.id, pending }))
        }
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a session is neither over nor idle for too long.
pub(crate) fn holds(row: &session::Model, now: OffsetDateTime) -> bool {
    row.ends_at > now && row.last_seen_at + IDLE > now
}

async fn standing(db: &Db, row: &session::Model, actor: &Actor) -> StoreResult<Standing> {
    let required = second_factor::is_required(db.read(), &actor.roles()).await?;
    // Only who is required to have one is asked for; it is a query less for everybody else.
    let enrolled = required && second_factor::is_set(db.read(), actor.person_id).await?;
    Ok(Standing {
        way: Way::from_key(&row.way),
        must_give_second: row.must_give_second,
        must_set_password: row.must_set_password,
        required,
        enrolled,
    })
}

async fn touch(db: &Db, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    let txn = db.begin().await?;
    let active = session::ActiveModel { id: Set(id), last_seen_at: Set(now), ..Default::default() };
    session::Entity::update(active).exec(&txn).await?;
    Ok(txn.commit().await?)
}

/// Opens a session for a person who has proved who it is, and gives the token for the cookie. Whoever has a second
/// factor has to give it first, except after the identity provider, which asks for its own.
///
/// # Errors
/// `NotFound` for an unknown person.
pub async fn open_for(db: &Db, person_id: Uuid, entry: &Entry, now: OffsetDateTime) -> StoreResult<String> {
    let txn = db.begin().await?;
    let person = person::Entity::find_by_id(person_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let token = open(&txn, &person, entry, now).await?;
    txn.commit().await?;
    Ok(token)
}

/// The same inside the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn open<C: ConnectionTrait>(
    connection: &C,
    person: &person::Model,
    entry: &Entry,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let must_give_second = entry.way != Way::Provider && second_factor::is_set(connection, person.id).await?;
    let token = new_token();
    let row = session::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        token_hash: Set(hash_token(&token)),
        at: Set(now),
        last_seen_at: Set(now),
        ends_at: Set(now + if must_give_second { FOR_SECOND } else { ABSOLUTE }),
        must_set_password: Set(entry.way == Way::Code),
        login: Set(entry.login.clone()),
        way: Set(entry.way.key().to_string()),
        address: Set(entry.origin.address.clone()),
        agent: Set(entry.origin.agent.chars().take(300).collect()),
        must_give_second: Set(must_give_second),
    };
    session::Entity::insert(row).exec_without_returning(connection).await?;
    if !must_give_second {
        lock::remember(connection, &entry.login, &entry.origin.address, now).await?;
    }
    let address = entry.origin.address.clone();
    let author = ledger::Author { id: Some(person.id), name: person.name.clone(), address };
    let payload = json!({ "way": entry.way.key(), "second_factor_to_come": must_give_second });
    let event = NewEvent::new("person", person.id, "session.opened", payload);
    ledger::append(connection, &author, now, vec![event]).await?;
    Ok(token)
}

/// A session that holds, of this person.
///
/// # Errors
/// `NotFound` when it ended meanwhile.
pub async fn load<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<session::Model> {
    let row = session::Entity::find_by_id(id).one(connection).await?;
    row.filter(|row| row.person_id == actor.person_id && holds(row, now)).ok_or(StoreError::NotFound)
}

/// Gives a session another token after a change of what it may do, so that one learnt before is worth nothing.
///
/// # Errors
/// When the database fails.
pub async fn rotate<C: ConnectionTrait>(
    connection: &C,
    changed: session::ActiveModel,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let token = new_token();
    let row = session::ActiveModel { token_hash: Set(hash_token(&token)), last_seen_at: Set(now), ..changed };
    session::Entity::update(row).exec(connection).await?;
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
    sheet_code::end(&txn, token).await?;
    let event = NewEvent::new("person", actor.person_id, "session.ended", json!({}));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// Throws away what only served the moment: sessions that are over, failures and addresses that no longer count.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, now: OffsetDateTime) -> StoreResult<()> {
    let txn = db.begin().await?;
    let over = sea_orm::Condition::any()
        .add(session::Column::EndsAt.lte(now))
        .add(session::Column::LastSeenAt.lte(now - IDLE));
    session::Entity::delete_many().filter(over).exec(&txn).await?;
    lock::sweep(&txn, now).await?;
    Ok(txn.commit().await?)
}
