//! The second factor: setting it up, giving it, taking it away, and the roles that require it.

mod check;
mod enrol;
mod key;
mod requirement;

pub use check::{give, new_recovery_codes, remove};
pub use enrol::{Confirmed, confirm, offer};
pub use key::{Drawn, Key};
pub use requirement::{Line, is_required, release_role, require_role, requirements};

use crate::Db;
use crate::access::require_city;
use crate::entity::{person, recovery_code, second_factor, second_factor_offer};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::person::codes::new_code;
use crate::session::sign_in::normal_code;
use crate::session::{device, hash_token};
use domain::actor::Actor;
use domain::permission::Action;
use domain::second_factor::RECOVERY_CODES;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A key that was shown may be confirmed so long.
const OFFER_HOLDS: Duration = Duration::hours(1);

/// How it stands with one's own second factor.
#[derive(Debug, Clone)]
pub struct State {
    /// Since when there is one.
    pub since: Option<OffsetDateTime>,
    /// Recovery codes that were not used yet.
    pub recovery_codes: u64,
    /// A role requires it.
    pub required: bool,
    /// A key that waits for its first code.
    pub offer: Option<Drawn>,
}

/// One's own second factor.
///
/// # Errors
/// When the database or the drawing fails.
pub async fn show(db: &Db, actor: &Actor, site: &str, now: OffsetDateTime) -> StoreResult<State> {
    let set = of(db.read(), actor.person_id).await?;
    let codes = recovery_code::Entity::find().filter(recovery_code::Column::PersonId.eq(actor.person_id));
    let offer = match set {
        Some(_) => None,
        None => offer_of(db.read(), actor.person_id, now).await?,
    };
    let person =
        person::Entity::find_by_id(actor.person_id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    Ok(State {
        since: set.map(|row| row.at),
        recovery_codes: codes.count(db.read()).await?,
        required: is_required(db.read(), &actor.roles()).await?,
        offer: match offer {
            Some(offer) => Some(Key::stored(&offer.secret)?.draw(site, &person.staff_no)?),
            None => None,
        },
    })
}

/// The event of a second factor that is set or gone; of the key nothing is said.
fn switched(person_id: Uuid, kind: &'static str, on: bool) -> NewEvent {
    let (before, after) = (json!({ "second_factor": !on }), json!({ "second_factor": on }));
    NewEvent::changed("person", person_id, kind, before, after)
}

/// How many recovery codes are left.
async fn left<C: ConnectionTrait>(connection: &C, person_id: Uuid) -> StoreResult<u64> {
    let own = recovery_code::Entity::find().filter(recovery_code::Column::PersonId.eq(person_id));
    Ok(own.count(connection).await?)
}

/// The event of recovery codes that were made or used: how many were left, and are now.
fn counted(person_id: Uuid, kind: &'static str, before: u64, after: u64) -> NewEvent {
    let (before, after) = (json!({ "recovery_codes": before }), json!({ "recovery_codes": after }));
    NewEvent::changed("person", person_id, kind, before, after)
}

/// Whether a person has a second factor.
///
/// # Errors
/// When the database fails.
pub async fn is_set<C: ConnectionTrait>(connection: &C, person_id: Uuid) -> StoreResult<bool> {
    Ok(of(connection, person_id).await?.is_some())
}

async fn of<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
) -> StoreResult<Option<second_factor::Model>> {
    let own = second_factor::Entity::find().filter(second_factor::Column::PersonId.eq(person_id));
    Ok(own.one(connection).await?)
}

async fn offer_of<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<Option<second_factor_offer::Model>> {
    let own = second_factor_offer::Entity::find()
        .filter(second_factor_offer::Column::PersonId.eq(person_id))
        .filter(second_factor_offer::Column::At.gt(now - OFFER_HOLDS));
    Ok(own.one(connection).await?)
}

/// Takes a second factor away with everything that belongs to it.
async fn clear<C: ConnectionTrait>(connection: &C, person_id: Uuid) -> StoreResult<bool> {
    clear_offer(connection, person_id).await?;
    clear_recovery_codes(connection, person_id).await?;
    let gone = second_factor::Entity::delete_many()
        .filter(second_factor::Column::PersonId.eq(person_id))
        .exec(connection)
        .await?;
    Ok(gone.rows_affected > 0)
}

async fn clear_offer<C: ConnectionTrait>(connection: &C, person_id: Uuid) -> StoreResult<()> {
    second_factor_offer::Entity::delete_many()
        .filter(second_factor_offer::Column::PersonId.eq(person_id))
        .exec(connection)
        .await?;
    Ok(())
}

async fn clear_recovery_codes<C: ConnectionTrait>(connection: &C, person_id: Uuid) -> StoreResult<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::PersonId.eq(person_id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Makes recovery codes in place of earlier ones. They are given once; only hashes are stored.
async fn put_recovery_codes<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<Vec<String>> {
    clear_recovery_codes(connection, person_id).await?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_code()).collect();
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        code_hash: Set(hash_token(&normal_code(code))),
        at: Set(now),
    });
    insert_in_portions::<recovery_code::Entity, _, _>(connection, rows.collect()).await?;
    Ok(codes)
}

/// Takes the second factor of somebody who lost the device away, and ends the sessions.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused for one's own and where there is none.
pub async fn reset(db: &Db, actor: &Actor, person_id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ManageAccess)?;
    domain::second_factor::may_reset(actor.person_id == person_id)?;
    let txn = db.begin().await?;
    person::Entity::find_by_id(person_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    if !clear(&txn, person_id).await? {
        return Err(StoreError::refused("この職員には、二段階認証が設定されていません。"));
    }
    device::end_others_of(&txn, person_id, Uuid::nil()).await?;
    let event = switched(person_id, "second_factor.reset", false);
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
