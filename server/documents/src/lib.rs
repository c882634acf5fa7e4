//! Documents in and out: Excel, CSV, policy files. Knows nothing of the database or the screen.

pub mod archive;
pub mod comparison;
pub mod evidence;
pub mod form;
pub mod policy;
pub mod results;
pub mod roster;
pub mod table;
pub mod unreadable;
pub mod workbook;
mod xml;

pub use unreadable::Unreadable;
