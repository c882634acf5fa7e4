//! Audits: the list, the work of the auditor, the report.

pub mod api;
pub mod list_page;
pub mod page;
pub mod questions;
pub mod report_page;
mod report_text;
mod trio;
