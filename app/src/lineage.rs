//! The lineage of a policy: what the next revision changed, what has to be looked at again, how two revisions
//! differ, and the history.

pub mod alignment_page;
pub mod api;
pub mod changes_page;
mod correction_form;
pub mod history_page;
pub mod import_form;
pub mod line;
mod question_card;
pub mod redline_page;
pub mod table_page;
pub mod tabs;
