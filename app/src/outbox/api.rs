//! Server functions of the outbox.

use crate::context::ask;
use crate::error::AppError;
use leptos::prelude::*;
use leptos_axum::redirect;

/// Sends one failed message again, or all of them.
#[server(endpoint = "outbox/retry")]
pub async fn retry_message(
    /// Empty for all.
    message: String,
    pile: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let one = match message.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| AppError::NotFound)?),
    };
    let number = store::outbox::retry(&ask.db, &ask.actor, one, ask.now).await?;
    let pile = store::outbox::Pile::from_key(&pile).map_or("failed", store::outbox::Pile::key);
    redirect(&format!("/outbox?pile={pile}&again={number}"));
    Ok(())
}
