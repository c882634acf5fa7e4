//! The ledger: who did what when, and the proof that nothing was altered.

pub mod page;
pub mod text;
