//! Signing in and out, setting one's password, where one is signed in.

pub mod account_page;
pub mod api;
pub mod devices_page;
pub mod kiosk_page;
pub mod password_page;
pub mod sign_in_page;
