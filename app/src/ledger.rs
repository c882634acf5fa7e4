//! The ledger: who did what when and from where, the proof that nothing was altered, and seals on paper.

pub mod check_page;
mod entries;
mod payload;
pub mod page;
pub mod seal_page;
pub mod seals_page;
mod search_form;
pub mod text;
mod words;
