//! 様式: workbooks of departments. Which of its questions is which of an edition, and where an answer goes.

pub mod file;
pub mod head;
pub mod matching;
pub mod old;
pub mod placing;
