//! Amendments: drafting, the committee's word, the 新旧対照表.

pub mod api;
pub mod badge;
pub mod draft_form;
pub mod show_page;
pub mod sides;
pub mod table_page;
