//! Approval (承認) over the heads' confirmations: what stands where, approving, giving back, withdrawing.

mod act;
pub(crate) mod course;
pub(crate) mod history;
pub(crate) mod message;
mod page;
mod step;

pub use act::{Place, Word, approve, send_back, send_department_back, withdraw};
pub(crate) use act::{above_department, tell_next};
pub use history::{Happened, Step};
pub use page::{
    CityPage, DepartmentLine, DivisionPage, Given, ImprovementLine, QuestionGap, Unit, city, division,
};
pub(crate) use step::{put, withdrawn};
