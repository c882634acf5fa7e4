//! The second factor: one's own, giving it when signing in, the roles that require it.

pub mod api;
pub mod give_page;
pub mod own_page;
pub mod requirements_page;
