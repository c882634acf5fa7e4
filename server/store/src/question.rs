//! Questions: settling what the rules proposed, adding by hand, rewording, retiring, and what is covered.

mod accept;
mod book;
mod coverage;
mod page;
mod settle;
mod write;

pub(crate) use accept::Rows;
pub use accept::{accept, accept_all, accept_edited};
pub use book::{Book, QuestionNow, Tally, active, tallies};
pub use coverage::{Coverage, RoleCount, TopicCount, Uncovered};
pub use page::{ClausePage, ProposalView, QuestionView, SentenceView, SettledView, clause};
pub use settle::{Next, reject, undo};
pub(crate) use write::{Words, put_retirement, put_wording};
pub use write::{add, retire, reword};
