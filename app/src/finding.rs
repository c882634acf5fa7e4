//! Findings of an audit.

pub mod api;
pub mod form;
pub mod page;
