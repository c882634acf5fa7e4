//! Questions: settling what the rules proposed, adding by hand, rewording, retiring, and what is covered.

mod accept;
pub(crate) mod act;
mod bench;
mod book;
mod combine;
mod coverage;
mod exempt;
mod filter;
mod index;
mod links;
mod matrix;
mod page;
mod settle;
mod write;

pub(crate) use accept::Rows;
pub use accept::{accept, accept_all, accept_edited};
pub use act::{ActView, Done, acts, withdraw, withdraw_last};
pub use bench::{Bench, Branch, Line, Progress, Step, bench, bench_after, lines};
pub use book::{Book, QuestionNow, Tally, active, tallies};
pub use combine::{merge, split};
pub use coverage::{Coverage, Exempt, RoleCount, TopicCount, Uncovered};
pub use exempt::{ExemptView, exempt, undo_exemption};
pub use filter::{Filter, Order, Show};
pub use matrix::{Loose, Matrix, MatrixLine, Share};
pub use page::{ClausePage, ProposalView, QuestionView, SentenceView, SettledView, UsedView, clause};
pub use settle::{Next, next, reject, undo};
pub(crate) use write::{Words, put_retirement, put_wording};
pub use write::{add, retire, reword};
