//! Sheets: the questions of a role in a fiscal year, put together and then frozen as an edition.

mod arrange;
mod edition;
mod freeze;
mod show;

pub use arrange::{create, leave_out, move_item, take_in};
pub use edition::{EditionItemView, EditionView, edition};
pub use freeze::freeze;
pub use show::{EditionLine, ItemView, RoleLine, SheetView, list, show};
