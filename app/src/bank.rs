//! The bank of supplementary questions.

pub mod api;
pub mod list_page;
pub mod question_page;
