//! Results: figures with their formulas, and the answers behind them.

pub mod answers_page;
mod formula;
pub mod heat;
pub mod link;
pub mod page;
mod questions;
mod stats;
mod units;
