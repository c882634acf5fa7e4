//! Use cases on the database: plain functions, one transaction each.
//!
//! A changing use case loads through a query limited to the actor's reach, asks the rule in `domain`,
//! writes its rows together with the ledger event and any outgoing message, and commits.

pub mod access;
pub mod audit;
pub mod db;
pub mod entity;
pub mod error;
pub mod finding;
pub mod ledger;
pub mod outbox;
pub mod results;
pub mod session;

pub use db::Db;
pub use error::{StoreError, StoreResult};
