//! The kit: what all pages are made of.

pub mod badge;
pub mod done;
pub mod export;
pub mod figure;
pub mod form;
pub mod icon;
pub mod page;
pub mod pager;
pub mod sort;
pub mod text_area;

pub use badge::{Chip, Tone};
pub use done::{Done, back};
pub use export::Export;
pub use figure::{Bar, Rate};
pub use form::{Field, FileForm, Hidden, PostForm, Select, Submit};
pub use icon::{Icon, Sign};
pub use page::{Crumb, Empty, Page, page, page_for};
pub use pager::Pager;
pub use sort::{Direction, SortHead};
pub use text_area::TextArea;
