//! Rosters: reading one in, seeing what it would change, taking it over.

pub mod api;
pub mod preview_page;
pub mod upload_page;
