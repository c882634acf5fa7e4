//! A file that can't be read.

/// Why a file could not be read: one Japanese sentence for the user, saying what to do.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Unreadable {
    /// What the user reads.
    pub text: String,
}

impl Unreadable {
    /// A file that can't be read, for this reason.
    pub fn new(text: impl Into<String>) -> Unreadable {
        Unreadable { text: text.into() }
    }
}
