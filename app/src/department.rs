//! A department in an inspection: who is missing, returning, confirming.

pub mod api;
pub mod attribute_page;
pub mod page;
