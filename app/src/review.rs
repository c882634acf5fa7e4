//! The review: what the results say about the clauses.

pub mod clause_page;
pub mod list_page;
pub mod text;
