//! People: the list, one person with roles, one-time codes.

pub mod add_page;
pub mod api;
pub mod codes_page;
pub mod list_page;
pub mod person_page;
pub mod posts;
