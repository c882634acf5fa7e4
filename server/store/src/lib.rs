//! Use cases on the database: plain functions, one transaction each.
//!
//! A changing use case loads through a query limited to the actor's reach, asks the rule in `domain`,
//! writes its rows together with the ledger event and any outgoing message, and commits.

pub mod access;
pub mod amendment;
pub mod backup;
pub mod db;
pub mod entity;
pub mod error;
pub mod improvement;
pub mod ledger;
pub mod outbox;
pub mod review;
pub mod session;

pub use db::Db;
pub use error::{StoreError, StoreResult};
