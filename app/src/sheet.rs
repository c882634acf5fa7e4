//! Sheets and editions.

pub mod api;
pub mod edition_page;
pub mod list_page;
pub mod sheet_page;
