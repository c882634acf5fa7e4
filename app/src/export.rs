//! Tables as files: what is asked back before one is written.

pub mod characters_page;
