//! Signing in and out, setting one's password.

pub mod api;
pub mod password_page;
pub mod sign_in_page;
