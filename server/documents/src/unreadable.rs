//! A file that could not be read.

use thiserror::Error;

/// Why a file could not be read: one Japanese sentence for the user that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text}")]
pub struct Unreadable {
    /// What the user reads.
    pub text: String,
}

impl Unreadable {
    /// With the sentence for the user.
    pub fn new(text: impl Into<String>) -> Unreadable {
        Unreadable { text: text.into() }
    }
}
