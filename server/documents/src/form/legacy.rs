//! Forms of departments, each in its own layout: found by structure and wording, read cell by cell.
//!
//! Invariant: nothing is guessed. Two marks, no mark, an unknown word become a [`Fault`] with its cell;
//! what is read keeps its [`Origin`]; what the reading was unsure of is a [`Doubt`].

pub mod filled;

pub use filled::{
    Confidence, Doubt, Excluded, Fault, FilledForm, FilledItem, FormFile, Head, Ignored, Origin, Read, Rule,
};
