//! Sends what waits in the outbox. Without a mail server messages stay readable on their page.

use crate::http::Service;
use anyhow::Context;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;
use store::outbox::{Due, due, note};

/// At most so many messages in a round, so that a slow mail server does not hold up the other jobs for long.
const PER_ROUND: usize = 100;
/// How long one conversation with the mail server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends waiting messages; does nothing without a mail server.
///
/// # Errors
/// When the setting is wrong or the database fails; a message that can't be sent is noted beside it and tried
/// again.
pub async fn send_waiting(service: &Service) -> anyhow::Result<()> {
    let Some(address) = &service.settings.smtp else { return Ok(()) };
    let waiting = due(&service.db, PER_ROUND, (service.clock)()).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let transport = transport(address)?;
    let from: Mailbox =
        service.settings.mail_from.parse().context("差出人のメールアドレスが正しくありません。")?;
    for one in waiting {
        let result = match message(&one, from.clone(), (service.clock)()) {
            Ok(message) => transport.send(message).await.map(|_| ()).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = &result {
            tracing::warn!(%error, message = %one.message.id, "a message could not be sent");
        }
        note(&service.db, one.message.id, result, (service.clock)()).await?;
    }
    Ok(())
}

/// `smtp://host:25`, `smtps://user:password@host`, `smtp://host:587?tls=required`.
fn transport(address: &str) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)
        .context("メールの送信先が正しくありません。smtp://ホスト名:25 のように指定してください。")?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

fn message(due: &Due, from: Mailbox, now: time::OffsetDateTime) -> anyhow::Result<Message> {
    let name = Some(due.message.to_name.clone()).filter(|name| !name.is_empty());
    let to = Mailbox::new(name, due.address.parse()?);
    Ok(Message::builder()
        .from(from)
        .to(to)
        // The same however often it is tried, so that a second copy can be recognised.
        .message_id(Some(format!("<{}@minaoshi.invalid>", due.message.id)))
        .date(now.into())
        .subject(due.message.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(due.message.body.clone())?)
}
