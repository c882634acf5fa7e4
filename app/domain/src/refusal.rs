//! The word of a rule that says no.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rule refused. The text is one Japanese sentence for the person who tried; it says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{text}")]
pub struct Refusal {
    /// What the person reads.
    pub text: String,
    /// The name of the form field it concerns, if it concerns one.
    pub field: Option<String>,
}

impl Refusal {
    /// A refusal that concerns the whole act.
    pub fn new(text: impl Into<String>) -> Refusal {
        Refusal { text: text.into(), field: None }
    }

    /// A refusal that concerns one field of the form.
    pub fn field(field: &str, text: impl Into<String>) -> Refusal {
        Refusal { text: text.into(), field: Some(field.to_string()) }
    }
}
