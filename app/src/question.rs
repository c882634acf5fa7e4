//! Questions: settling what the rules proposed at the workbench, and what is covered.

pub mod accept_all_page;
pub mod acts_page;
pub mod address;
pub mod api;
mod bar;
pub mod bench_page;
pub mod corrections_page;
pub mod coverage_page;
pub mod fields;
mod filter_form;
mod keyed;
mod proposal_card;
pub mod proposals_page;
mod question_card;
mod reply;
mod sentence_block;
pub mod text;
mod tree;
