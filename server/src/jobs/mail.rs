//! Sends what waits in the outbox. Without a mail server messages stay readable on their page.

mod failure;

use crate::http::Service;
use anyhow::Context;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;
use store::outbox::{Due, alone, due, note};

/// At most so many messages in a round, so that a slow mail server does not hold up the other jobs for long.
const PER_ROUND: usize = 500;
/// A round is over after this time, however many are left.
const ROUND: time::Duration = time::Duration::seconds(25);
/// How long one conversation with the mail server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends waiting messages in the hours of mail; does nothing without a mail server.
///
/// # Errors
/// When the setting is wrong or the database fails; a message that can't be sent is noted beside it and tried
/// again.
pub async fn send_waiting(service: &Service) -> anyhow::Result<()> {
    let Some(address) = &service.settings.smtp else { return Ok(()) };
    let calendar = store::closed_day::calendar(service.db.read()).await?;
    if !service.settings.mail_hours.are_open(&calendar, (service.clock)()) {
        return Ok(());
    }
    // Another process that serves the same database may be sending.
    let Some(_turn) = alone(&service.db).await? else { return Ok(()) };
    let begun = (service.clock)();
    let waiting = due(&service.db, PER_ROUND, (service.clock)()).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let transport = transport(address, service.settings.smtp_ca.as_deref())?;
    let from: Mailbox =
        service.settings.mail_from.parse().context("差出人のメールアドレスが正しくありません。")?;
    for one in waiting {
        let result = match message(&one, from.clone(), (service.clock)()) {
            Ok(message) => transport.send(message).await.map(|_| ()).map_err(|error| failure::of(&error)),
            Err(error) => Err(failure::of_address(&error)),
        };
        if let Err(error) = &result {
            tracing::warn!(error = %error.text, message = %one.message.id, "a message could not be sent");
        }
        note(&service.db, one.message.id, result, (service.clock)()).await?;
        if (service.clock)() - begun > ROUND {
            break;
        }
    }
    Ok(())
}

const NO_CERTIFICATE: &str = "メールサーバーの認証局の証明書（PEM）を読み取れません。";
const WRONG: &str = "メールの送信先が正しくありません。smtp://ホスト名:25 のように指定してください。";

/// `smtp://host:25`, `smtps://user:password@host`, `smtp://host:587?tls=required`; with the city's own certificate
/// authority, if it has one.
fn transport(address: &str, ca: Option<&[u8]>) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address).context(WRONG)?;
    let builder = match ca {
        None => builder,
        Some(ca) => {
            let certificate = Certificate::from_pem(ca).context(NO_CERTIFICATE)?;
            // A file without any is read as an empty list, and every connection would fail later.
            anyhow::ensure!(String::from_utf8_lossy(ca).contains("BEGIN CERTIFICATE"), NO_CERTIFICATE);
            let parameters =
                TlsParameters::builder(host(address)).add_root_certificate(certificate).build_rustls()?;
            builder.tls(if address.starts_with("smtps:") {
                Tls::Wrapper(parameters)
            } else {
                Tls::Required(parameters)
            })
        }
    };
    Ok(builder.timeout(Some(PATIENCE)).build())
}

/// The name of the host in an address.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    place.split(':').next().unwrap_or_default().to_string()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_found_in_every_address() {
        for address in [
            "smtp://mail.city.lan:25",
            "smtps://user:p@ss@mail.city.lan",
            "smtp://mail.city.lan?tls=required",
        ] {
            assert_eq!(host(address), "mail.city.lan", "{address}");
            assert!(transport(address, None).is_ok() || address.contains("p@ss"), "{address}");
        }
        assert!(transport("mail.city.lan", None).is_err());
        assert!(transport("smtps://mail.city.lan", Some(b"no certificate")).is_err());
    }
}
