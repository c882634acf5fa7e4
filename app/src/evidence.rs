//! Evidence (証跡): the files beside an answer.

pub mod files;
pub mod proof;
