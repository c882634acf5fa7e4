//! Retention: classes, lists of disposal with their decision, holds.

pub mod api;
pub mod disposals;
mod holds;
pub mod disposal_page;
pub mod kind_page;
pub mod page;
