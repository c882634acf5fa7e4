//! Information systems: the register.

pub mod api;
pub mod list_page;
