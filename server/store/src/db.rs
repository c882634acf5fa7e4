//! The database: SQLite in the data folder, or PostgreSQL.

use crate::error::StoreResult;
use crate::response::{Editions, Lane};
use crate::session::recent::Recent;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Readers and the writer. With PostgreSQL both are the same pool.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    saves: Lane,
    editions: Editions,
    recent: Recent,
    hand_out: Arc<Notify>,
    snapshots: Arc<Semaphore>,
}

/// So many long readings go on at once: each holds a connection for as long as it takes.
const SNAPSHOTS: usize = 2;

/// One state of the database for everything that is read through it, however long that takes. Nobody waits for it:
/// SQLite's write-ahead log and PostgreSQL keep the older state beside what is written meanwhile.
#[derive(Debug)]
pub struct Snapshot {
    transaction: DatabaseTransaction,
    _turn: OwnedSemaphorePermit,
}

impl Snapshot {
    /// The connection for reading.
    pub fn read(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl Db {
    /// Opens `minaoshi.db` in the data folder and makes it if it is not there.
    ///
    /// # Errors
    /// When the file can't be opened.
    pub async fn sqlite(file: &Path) -> StoreResult<Db> {
        let url = format!("sqlite://{}?mode=rwc", file.display());
        // One writer: SQLite has one anyway, and so nobody waits inside a transaction.
        let write = Database::connect(sqlite_options(&url, 1)).await?;
        let read = Database::connect(sqlite_options(&url, 4)).await?;
        Ok(Db::new(read, write))
    }

    /// Connects to a server by its address, e.g. `postgres://...`.
    ///
    /// # Errors
    /// When the server can't be reached.
    pub async fn server(url: &str) -> StoreResult<Db> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(10).sqlx_logging(false).acquire_timeout(Duration::from_secs(10));
        let pool = Database::connect(options).await?;
        Ok(Db::new(pool.clone(), pool))
    }

    fn new(read: DatabaseConnection, write: DatabaseConnection) -> Db {
        Db {
            read,
            write,
            saves: Lane::default(),
            editions: Editions::default(),
            recent: Recent::default(),
            hand_out: Arc::default(),
            snapshots: Arc::new(Semaphore::new(SNAPSHOTS)),
        }
    }

    /// Brings the database to the newest step.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn migrate(&self) -> StoreResult<()> {
        Ok(Migrator::up(&self.write, None).await?)
    }

    /// Closes all connections, so that everything is in the one file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> StoreResult<()> {
        self.read.close().await?;
        Ok(self.write.close().await?)
    }

    /// The connection for reading.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The reading connection for a test that counts statements.
    pub fn read_mut(&mut self) -> &mut DatabaseConnection {
        &mut self.read
    }

    /// Where saves of answers wait for one another.
    pub(crate) fn save_lane(&self) -> &Lane {
        &self.saves
    }

    /// Editions read before.
    pub(crate) fn editions(&self) -> &Editions {
        &self.editions
    }

    /// Tells the job that an inspection waits for its sheets.
    pub(crate) fn wake_hand_out(&self) {
        self.hand_out.notify_one();
    }

    /// Waits until an inspection was started by this process.
    pub async fn hand_out_wanted(&self) {
        self.hand_out.notified().await;
    }

    /// Who was signed in a moment ago.
    pub(crate) fn recent(&self) -> &Recent {
        &self.recent
    }

    /// The same for statements that write.
    pub fn write_mut(&mut self) -> &mut DatabaseConnection {
        &mut self.write
    }

    /// Begins a writing transaction. On SQLite it takes the write lock at once, so that reading first and
    /// writing later can't fail half-way.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = SqliteTransactionMode::Immediate;
        self.write
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(mode),
                ..Default::default()
            })
            .await
    }

    /// Begins a long reading of one state; waits while too many others go on. It ends when it is let go.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn snapshot(&self) -> Result<Snapshot, DbErr> {
        let turn = self.snapshots.clone().acquire_owned().await;
        let turn = turn.map_err(|closed| DbErr::Custom(closed.to_string()))?;
        let options = match self.read.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
            // A deferred transaction keeps the state of its first reading.
            _ => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..Default::default()
            },
        };
        let transaction = self.read.begin_with_options(options).await?;
        Ok(Snapshot { transaction, _turn: turn })
    }

    /// Runs one statement as it stands; for maintenance and for tests that play the intruder.
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn execute(&self, sql: &str) -> StoreResult<u64> {
        Ok(self.write.execute_unprepared(sql).await?.rows_affected())
    }
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full) // an answer that was confirmed on the screen survives a power cut
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(15))
    });
    options
}
