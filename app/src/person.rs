//! People: the list, one person with roles, one-time codes.

pub mod api;
pub mod codes_page;
pub mod list_page;
pub mod person_page;
