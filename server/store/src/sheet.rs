//! Sheets: the questions of a role in a fiscal year, put together and then frozen as an edition.

mod arrange;
mod copy;
mod edition;
mod freeze;
mod preview;
mod row;
mod set;
mod show;
mod supplement;

pub use arrange::{create, leave_out, move_item, take_in};
pub use copy::{Compared, Comparison, compare, create_from};
pub use edition::{EditionItemView, EditionView, edition};
pub use freeze::freeze;
pub use preview::preview;
pub(crate) use row::{setting_of, setting_text};
pub use set::{SettingView, Settings, question, set};
pub use show::{EditionLine, ItemView, RoleLine, SheetView, list, show};
pub(crate) use supplement::supplements;
pub use supplement::{Supplement, add_supplement};
