//! What runs in the browser. An island exists only where it gives the user something HTML can't.

pub mod autosave;
pub mod live;
pub mod workbench;

/// Referred to by `frontend`, so that the linker keeps the islands.
pub fn keep() {}
