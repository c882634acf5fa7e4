//! Answering one's own sheet, and reading somebody else's answers.

pub mod api;
pub mod done;
pub mod fields;
pub mod frame;
pub mod hand_in_page;
pub mod page;
pub mod question;
pub mod reading_page;
pub mod receipt_page;
pub mod shown;
