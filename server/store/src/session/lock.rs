//! The lock-out: tries are counted before they are looked at, so that a thousand at once are not a thousand guesses.

use crate::Db;
use crate::entity::{credential, person, sign_in_address, sign_in_failure};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, Author, NewEvent};
use domain::session::{Door, Failures, WINDOW, closed, closing};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, Set, Statement,
};
use serde_json::json;
use std::net::IpAddr;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An address counts as known so long after the last sign-in from it.
pub const KNOWN_FOR: Duration = Duration::days(30);

/// The same for every login, whether it exists or not.
const LOCKED: &str = "サインインの失敗が続いたため、この端末からのサインインを一時的に停止しています。15分ほど待ってから、もう一度お試しください。急ぐときは、事務局に連絡してください。";

/// A try that was let in and is counted as a failure until it succeeds.
#[derive(Debug)]
#[must_use = "a try that succeeded has to be taken back, one that failed may have closed a door"]
pub struct Attempt {
    id: Uuid,
    login: String,
    address: String,
    /// The doors it closes if it fails.
    closes: Vec<Door>,
}

/// What is counted by: an IPv6 client chooses among the addresses of its network, so the network counts.
fn counted(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_string(),
    }
}

/// Lets a try in and counts it, or refuses it without any further work.
///
/// # Errors
/// Refused while a door is closed, with the same sentence for every login.
pub async fn admit(db: &Db, login: &str, address: &str, now: OffsetDateTime) -> StoreResult<Attempt> {
    let address = counted(address);
    let txn = db.begin().await?;
    one_at_a_time(&txn, login, &address).await?;
    let failures = failures(&txn, login, &address, now).await?;
    if closed(failures, is_known(&txn, login, &address, now).await?).is_some() {
        return Err(StoreError::refused(LOCKED));
    }
    let mut closes = Vec::new();
    for door in closing(failures) {
        if !closed_lately(&txn, door, login, &address, now).await? {
            closes.push(door);
        }
    }
    let id = Uuid::now_v7();
    let row = sign_in_failure::ActiveModel {
        id: Set(id),
        login: Set(login.to_string()),
        address: Set(address.clone()),
        at: Set(now),
        closed: Set(String::new()),
    };
    sign_in_failure::Entity::insert(row).exec_without_returning(&txn).await?;
    txn.commit().await?;
    Ok(Attempt { id, login: login.to_string(), address, closes })
}

/// Counting and adding must not be interleaved with another try that is counted by the same login or address, or
/// both see room for one more. SQLite has one writer at a time; PostgreSQL holds these two locks until the end of the
/// transaction. They are taken in the order of their numbers, so that two tries never wait for each other.
async fn one_at_a_time<C: ConnectionTrait>(connection: &C, login: &str, address: &str) -> StoreResult<()> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let mut numbers = [number("login", login), number("address", address)];
    numbers.sort_unstable();
    for number in numbers {
        let lock = "SELECT pg_advisory_xact_lock($1)";
        let lock = Statement::from_sql_and_values(DbBackend::Postgres, lock, [number.into()]);
        connection.execute_raw(lock).await?;
    }
    Ok(())
}

/// The number of a lock.
fn number(of: &str, text: &str) -> i64 {
    let hash = ledger::digest(&["sign_in", of, text]);
    let first = hash.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok());
    first.unwrap_or_default().cast_signed()
}

async fn failures<C: ConnectionTrait>(
    connection: &C,
    login: &str,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<Failures> {
    use sign_in_failure::Column;
    let recent = sign_in_failure::Entity::find().filter(Column::At.gt(now - WINDOW));
    let of_login = recent.clone().filter(Column::Login.eq(login));
    let from_address = recent.filter(Column::Address.eq(address));
    Ok(Failures {
        pair: of_login.clone().filter(Column::Address.eq(address)).count(connection).await?,
        login: of_login.count(connection).await?,
        address: from_address.count(connection).await?,
    })
}

async fn is_known<C: ConnectionTrait>(
    connection: &C,
    login: &str,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<bool> {
    let known = sign_in_address::Entity::find()
        .filter(sign_in_address::Column::Login.eq(login))
        .filter(sign_in_address::Column::Address.eq(address))
        .filter(sign_in_address::Column::At.gt(now - KNOWN_FOR));
    Ok(known.one(connection).await?.is_some())
}

/// Whether the same door was closed within the window: the ledger tells of a lock, not of every try.
async fn closed_lately<C: ConnectionTrait>(
    connection: &C,
    door: Door,
    login: &str,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<bool> {
    use sign_in_failure::Column;
    let mut earlier = sign_in_failure::Entity::find()
        .filter(Column::At.gt(now - WINDOW))
        .filter(Column::Closed.contains(door.key()));
    if door != Door::Address {
        earlier = earlier.filter(Column::Login.eq(login));
    }
    if door != Door::Login {
        earlier = earlier.filter(Column::Address.eq(address));
    }
    Ok(earlier.one(connection).await?.is_some())
}

impl Attempt {
    /// The try succeeded: it no longer counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn succeeded(self, db: &Db) -> StoreResult<()> {
        let txn = db.begin().await?;
        sign_in_failure::Entity::delete_by_id(self.id).exec(&txn).await?;
        Ok(txn.commit().await?)
    }

    /// The try failed: it stays counted, and if it closed a door, the ledger tells of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed(self, db: &Db, now: OffsetDateTime) -> StoreResult<()> {
        if self.closes.is_empty() {
            return Ok(());
        }
        let txn = db.begin().await?;
        let doors: Vec<&str> = self.closes.iter().map(|door| door.key()).collect();
        let row = sign_in_failure::ActiveModel {
            id: Set(self.id),
            closed: Set(doors.join(" ")),
            ..Default::default()
        };
        sign_in_failure::Entity::update(row).exec(&txn).await?;
        let person = person_of(&txn, &self.login).await?;
        // What was typed is not kept for ever: it may be a password in the wrong field.
        let payload = json!({ "doors": doors });
        let event = match person {
            Some(id) => NewEvent::new("person", id, "sign_in.locked", payload),
            None => NewEvent::new("session", Uuid::nil(), "sign_in.locked", payload),
        };
        let author =
            Author { id: None, name: "サインイン画面".to_string(), address: self.address.clone() };
        ledger::append(&txn, &author, now, vec![event]).await?;
        Ok(txn.commit().await?)
    }
}

/// Whom a login belongs to: by credential, or by staff number.
async fn person_of<C: ConnectionTrait>(connection: &C, login: &str) -> StoreResult<Option<Uuid>> {
    let credential =
        credential::Entity::find().filter(credential::Column::Login.eq(login)).one(connection).await?;
    if let Some(credential) = credential {
        return Ok(Some(credential.person_id));
    }
    let person = person::Entity::find().filter(person::Column::StaffNo.eq(login)).one(connection).await?;
    Ok(person.map(|person| person.id))
}

/// Keeps the address somebody signed in from.
///
/// # Errors
/// When the database fails.
pub async fn remember<C: ConnectionTrait>(
    connection: &C,
    login: &str,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    use sign_in_address::Column;
    let row = sign_in_address::ActiveModel {
        id: Set(Uuid::now_v7()),
        login: Set(login.to_string()),
        address: Set(counted(address)),
        at: Set(now),
    };
    let renewed = OnConflict::columns([Column::Login, Column::Address]).update_column(Column::At).to_owned();
    sign_in_address::Entity::insert(row).on_conflict(renewed).exec_without_returning(connection).await?;
    Ok(())
}

/// Throws away failures and addresses that no longer count.
///
/// # Errors
/// When the database fails.
pub async fn sweep<C: ConnectionTrait>(connection: &C, now: OffsetDateTime) -> StoreResult<()> {
    sign_in_failure::Entity::delete_many()
        .filter(sign_in_failure::Column::At.lte(now - WINDOW))
        .exec(connection)
        .await?;
    sign_in_address::Entity::delete_many()
        .filter(sign_in_address::Column::At.lte(now - KNOWN_FOR))
        .exec(connection)
        .await?;
    Ok(())
}
