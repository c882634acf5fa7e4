//! 取込み: workbooks of departments, brought in together, settled and taken.

pub mod api;
mod departures;
pub mod form_page;
pub mod form_rows;
pub mod list_page;
mod owner_panel;
pub mod show_page;
pub mod taking_page;
mod together_buttons;
