//! Who may do what, for people to read.

pub mod page;
pub mod text;
