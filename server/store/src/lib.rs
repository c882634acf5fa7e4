//! Use cases on the database.
pub mod entity;
