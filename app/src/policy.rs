//! Policies: importing documents, and a revision's clauses.

pub mod list_page;
pub mod revision_page;
mod side;
mod tree;
