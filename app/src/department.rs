//! A department in an inspection: who is missing, returning, confirming.

pub mod api;
mod answers;
pub mod attribute_page;
mod deputy;
pub mod people;
mod remind;
pub mod states;
mod word;
pub mod order;
pub mod page;
mod pages;
pub mod reorganise_api;
pub mod show_page;
pub mod tree_page;
