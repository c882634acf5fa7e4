//! A department in an inspection: who is missing, returning, confirming.

pub mod api;
pub mod attribute_page;
pub mod page;
pub mod reorganise_api;
pub mod show_page;
pub mod tree_page;
