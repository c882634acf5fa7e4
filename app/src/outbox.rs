//! The outbox: messages waiting, sent, failed.

pub mod api;
pub mod list_page;
