//! 様式: sheets as workbooks, and answers into a department's own workbook.

pub mod original_form;
pub mod original_old;
pub mod original_page;
pub mod page;
pub mod sheets;
