//! Inspections: starting one, its board, reminding, closing.

pub mod api;
pub mod board_page;
pub mod board_filter;
pub mod board_table;
pub mod board_text;
pub mod day_chart;
pub mod draft_page;
pub mod first_steps;
pub mod letter_page;
pub mod new_page;
pub mod notices_page;
pub mod projector_page;
pub mod reminder_page;
pub mod reminder_parts;
pub mod sending_api;
pub mod settings_page;
pub mod slips_page;
pub mod start_form;
pub mod transfer_api;
pub mod transfers_page;
