//! Rosters: reading one in, seeing what it would change, taking it over.

pub mod api;
pub mod changes;
pub mod columns_page;
pub mod preview_page;
pub mod problems;
pub mod upload_page;
