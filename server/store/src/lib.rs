//! Use cases on the database: plain functions, one transaction each.
//!
//! A changing use case loads through a query limited to the actor's reach, asks the rule in `domain`,
//! writes its rows together with the ledger event and any outgoing message, and commits.

pub mod access;
pub mod clause;
pub mod audit;
pub mod db;
pub mod department;
pub mod entity;
pub mod error;
pub mod inspection;
pub mod ledger;
pub mod outbox;
pub mod person;
pub mod reminder;
pub mod roster;
pub mod policy;
pub mod question;
pub mod finding;
pub mod ledger;
pub mod outbox;
pub mod results;
pub mod session;
pub mod sheet;
pub mod landing;
pub mod ledger;
pub mod outbox;
pub mod response;
pub mod session;
pub mod tally;

pub use db::Db;
pub use error::{StoreError, StoreResult};
