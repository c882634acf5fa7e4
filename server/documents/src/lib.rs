//! Files in and out: policies, rosters, forms and results.

pub mod policy;
pub mod unreadable;

pub use unreadable::Unreadable;
