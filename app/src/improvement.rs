//! Improvements: the list, one with its course, and opening one.

pub mod api;
pub mod list_page;
pub mod new_page;
pub mod next_step;
pub mod show_page;
pub mod text;
