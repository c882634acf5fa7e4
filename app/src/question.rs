//! Questions: settling what the rules proposed, clause by clause.

pub mod accept_all_page;
pub mod api;
pub mod clause_page;
pub mod fields;
mod proposal_card;
mod question_card;
mod sentence_block;
