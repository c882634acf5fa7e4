//! One process sends at a time, so that nobody gets a message twice where several serve one database.

use crate::Db;
use crate::error::StoreResult;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

/// Any number, the same in every process.
const LOCK: i64 = 0x6d61_696c;

/// Holds the turn until it is dropped; a process that dies gives it back.
#[derive(Debug)]
pub struct Alone {
    _held: Option<DatabaseTransaction>,
}

/// The turn to send; none while another process has it. SQLite is one process's own.
///
/// # Errors
/// When the database fails.
pub async fn alone(db: &Db) -> StoreResult<Option<Alone>> {
    if db.read().get_database_backend() != DbBackend::Postgres {
        return Ok(Some(Alone { _held: None }));
    }
    let txn = db.begin().await?;
    let ask = "SELECT pg_try_advisory_xact_lock($1) AS free";
    let ask = Statement::from_sql_and_values(DbBackend::Postgres, ask, [LOCK.into()]);
    let free = match txn.query_one_raw(ask).await? {
        Some(row) => row.try_get("", "free")?,
        None => false,
    };
    Ok(free.then_some(Alone { _held: Some(txn) }))
}
