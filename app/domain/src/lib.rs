//! The field in plain Rust: nouns, rules, permissions, wording. No I/O, no clock, no framework.
//!
//! Every rule takes the actor and the time as arguments and answers with data or a [`Refusal`].

pub mod actor;
pub mod amendment;
pub mod answer;
pub mod approval;
pub mod audit;
pub mod bank;
pub mod calendar;
pub mod carry;
pub mod clause;
pub mod department;
pub mod directory;
pub mod duty;
pub mod evidence;
pub mod finding;
pub mod form;
pub mod improvement;
pub mod inspection;
pub mod intake;
pub mod layout;
pub mod lineage;
pub mod permission;
pub mod person;
pub mod policy;
pub mod post;
pub mod question;
pub mod rate;
pub mod receipt;
pub mod record;
pub mod refusal;
pub mod response;
pub mod results;
pub mod retention;
pub mod review;
pub mod role;
pub mod roster;
pub mod second_factor;
pub mod session;
pub mod sheet;
pub mod sheet_code;
pub mod system;
pub mod topic;

pub use refusal::Refusal;
