//! The outbox: messages waiting, sent, failed.

pub mod list_page;
