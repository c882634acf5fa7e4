//! What a use case can answer besides its result.

use domain::Refusal;
use thiserror::Error;

/// The result of a use case.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why a use case did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A rule said no; the text is for the user.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It does not exist, or not for this actor.
    #[error("not found")]
    NotFound,
    /// The actor's role does not allow this at all.
    #[error("forbidden")]
    Forbidden,
    /// The session ended a moment ago.
    #[error("signed out")]
    SignedOut,
    /// The machine failed; the cause goes to the log.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// Stored JSON does not have the expected shape.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Something else of the machine failed.
    #[error("{0}")]
    Machine(String),
}

impl StoreError {
    /// A refusal with one sentence for the user.
    pub fn refused(text: impl Into<String>) -> StoreError {
        StoreError::Refused(Refusal::new(text))
    }
}

/// Gives a broken unique index the meaning it has for the user.
pub fn on_double<T>(result: Result<T, sea_orm::DbErr>, refusal: &str) -> StoreResult<T> {
    result.map_err(|error| match error.sql_err() {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => StoreError::refused(refusal),
        _ => StoreError::Database(error),
    })
}
