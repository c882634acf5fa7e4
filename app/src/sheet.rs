//! Sheets and editions.

pub mod api;
pub mod compare_page;
pub mod edition_page;
pub mod freeze_page;
pub mod list_page;
pub mod preview_page;
pub mod question_page;
pub mod setting_api;
pub mod setting_fields;
pub mod sheet_page;
