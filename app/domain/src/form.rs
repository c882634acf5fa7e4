//! 様式: workbooks of departments. Which of its questions is which of an edition.

pub mod matching;
