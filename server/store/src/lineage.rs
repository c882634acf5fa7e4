//! The lineage of a policy: which revision follows which, where each clause comes from, which questions have to
//! be looked at again, and how two revisions differ.

pub(crate) mod begin;
mod carry;
mod changes;
mod compare;
mod correct;
mod history;
mod load;
mod reopen;
mod settle;

pub use begin::{NewRevision, Origin};
pub use changes::{Changes, OpenClause, Reconsidered, Settled, changes, left_by_revision, waiting_questions};
pub use compare::{Comparison, ComparisonLine, Side, compare};
pub use correct::{Correction, correct};
pub use history::{History, Import, history};
pub(crate) use load::previous;
pub use load::{RevisionName, settled_before};
pub use reopen::reopen;
pub use settle::{Decision, settle};
