//! 様式: pointing at the cells of a workbook, keeping how it is read, and what words mean in it.

pub mod api;
pub mod list_page;
pub mod picture;
pub mod point_page;
pub mod show_page;
pub mod words;
