//! Sign-ins under way at the OpenID Connect provider: what has to be known again when its answer comes.

use super::{Entry, Origin, hash_token, new_token, open_for};
use crate::Db;
use crate::directory::{Found, admit};
use crate::entity::oidc_attempt;
use crate::error::StoreResult;
use domain::session::Way;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// So long a person may stay on the provider's pages.
pub const HOLDS: Duration = Duration::minutes(10);

/// What is sent along, and what is kept until the answer.
#[derive(Debug, Clone)]
pub struct NewAttempt {
    /// Comes back with the answer.
    pub state: String,
    /// Has to stand in the ID token.
    pub nonce: String,
    /// The secret of PKCE.
    pub verifier: String,
    /// The page to go to afterwards; only paths of this server.
    pub next: String,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub nonce: String,
    pub verifier: String,
    pub next: String,
}

/// Keeps an attempt and gives the token for the cookie of the browser that began it. Old ones go.
///
/// # Errors
/// When the database fails.
pub async fn begin(db: &Db, new: NewAttempt, now: OffsetDateTime) -> StoreResult<String> {
    let cookie = new_token();
    let row = oidc_attempt::ActiveModel {
        id: Set(Uuid::now_v7()),
        state_hash: Set(hash_token(&new.state)),
        cookie_hash: Set(hash_token(&cookie)),
        nonce: Set(new.nonce),
        verifier: Set(new.verifier),
        next: Set(new.next),
        at: Set(now),
    };
    let txn = db.begin().await?;
    oidc_attempt::Entity::delete_many().filter(oidc_attempt::Column::At.lte(now - HOLDS)).exec(&txn).await?;
    oidc_attempt::Entity::insert(row).exec_without_returning(&txn).await?;
    txn.commit().await?;
    Ok(cookie)
}

/// The attempt an answer belongs to. Each is given once; `None` for an unknown state, another browser, an answer that
/// comes too late, or a second time.
///
/// # Errors
/// When the database fails.
pub async fn take(db: &Db, state: &str, cookie: &str, now: OffsetDateTime) -> StoreResult<Option<Attempt>> {
    let txn = db.begin().await?;
    let row = oidc_attempt::Entity::find()
        .filter(oidc_attempt::Column::StateHash.eq(hash_token(state)))
        .one(&txn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let gone = oidc_attempt::Entity::delete_by_id(row.id).exec(&txn).await?;
    txn.commit().await?;
    let fits = gone.rows_affected == 1 && row.cookie_hash == hash_token(cookie) && row.at + HOLDS > now;
    Ok(fits.then_some(Attempt { nonce: row.nonce, verifier: row.verifier, next: row.next }))
}

/// Opens a session for somebody the provider has recognised and gives its token. The provider has asked for its own
/// second factor.
///
/// # Errors
/// Refused when the roster does not have the person.
pub async fn finish(db: &Db, found: &Found, origin: &Origin, now: OffsetDateTime) -> StoreResult<String> {
    let person = admit(db, found, now).await?;
    let entry = Entry { login: person.staff_no, way: Way::Provider, origin: origin.clone() };
    open_for(db, person.id, &entry, now).await
}
