//! Use cases on the database: plain functions, one transaction each.
//!
//! A changing use case loads through a query limited to the actor's reach, asks the rule in `domain`,
//! writes its rows together with the ledger event and any outgoing message, and commits.

pub mod access;
pub mod amendment;
pub mod approval;
pub mod audit;
pub mod backup;
pub mod bank;
pub mod clause;
pub mod closed_day;
pub mod concern;
pub mod correction;
pub mod db;
pub mod department;
pub mod directory;
pub mod entity;
pub mod error;
pub mod evidence;
pub mod extension;
pub mod finding;
pub mod form;
pub mod improvement;
pub mod inspection;
pub mod intake;
pub mod landing;
pub mod layout;
pub mod ledger;
pub mod letter;
pub mod lineage;
pub mod notice;
pub mod outbox;
pub mod person;
pub mod policy;
pub mod proxy;
pub mod question;
pub mod receipt;
pub mod reminder;
pub mod response;
pub mod results;
pub mod retention;
pub mod review;
pub mod roster;
pub mod second_factor;
pub mod session;
pub mod sheet;
pub mod sheet_code;
pub mod system;
pub mod tally;

pub use db::Db;
pub use error::{StoreError, StoreResult};
