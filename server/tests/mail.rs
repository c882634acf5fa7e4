//! Messages leave through a real SMTP conversation on this machine.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{NOW, Site};
use sea_orm::{EntityTrait, Set};
use server::http::Service;
use server::jobs::mail::send_waiting;
use server::settings::Settings;
use std::sync::Arc;
use store::entity::{delivery, outbox};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

/// Plays the mail server for one connection; gives the message.
async fn take(stream: TcpStream, word_for_recipient: &str) -> String {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example\r\n").await.unwrap();
    let (mut message, mut in_data, mut line) = (String::new(), false, String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap() == 0 {
            return message;
        }
        let answer = match (in_data, line.get(..4).unwrap_or_default()) {
            (true, _) if line == ".\r\n" => {
                in_data = false;
                "250 taken\r\n"
            }
            (true, _) => {
                message.push_str(&line);
                continue;
            }
            (false, "DATA") => {
                in_data = true;
                "354 go on\r\n"
            }
            (false, "EHLO") => "250-mail.example\r\n250 8BITMIME\r\n",
            (false, "RCPT") => word_for_recipient,
            (false, "QUIT") => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

async fn waiting(site: &Site) -> Uuid {
    let id = Uuid::now_v7();
    let row = outbox::ActiveModel {
        id: Set(id),
        kind: Set("reminder".into()),
        person_id: Set(None),
        to_name: Set("髙梨 直美".into()),
        to_address: Set(Some("takanashi@nagihara.example".into())),
        subject: Set("点検票の提出について".into()),
        body: Set("期限は11月27日（金）です。".into()),
        at: Set(NOW),
    };
    let txn = site.db.begin().await.unwrap();
    outbox::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
    txn.commit().await.unwrap();
    id
}

/// One round of the job against a mail server that says this to the recipient; gives what arrived.
async fn round(site: &Site, word_for_recipient: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let smtp = Some(format!("smtp://{}", listener.local_addr().unwrap()));
    let settings = Settings {
        data: "unused".into(),
        city: "凪原市".into(),
        secure_cookie: false,
        smtp,
        smtp_ca: None,
        mail_hours: domain::calendar::office::Hours::Always,
        mail_from: "joho@nagihara.example".into(),
        trusted_proxies: Vec::new(),
        directory: Default::default(),
    };
    let service = Service { db: site.db.clone(), settings, clock: Arc::new(|| NOW) };
    let server =
        tokio::spawn(async move { take(listener.accept().await.unwrap().0, word_for_recipient).await });
    send_waiting(&service).await.unwrap();
    drop(service);
    server.await.unwrap()
}

#[tokio::test]
async fn a_waiting_message_arrives_and_is_noted_as_delivered() {
    let site = Site::new().await;
    let id = waiting(&site).await;
    let message = round(&site, "250 ok\r\n").await;
    assert!(message.contains("To: ") && message.contains("takanashi@nagihara.example"), "{message}");
    assert!(message.contains("From: joho@nagihara.example"), "{message}");
    let tries = delivery::Entity::find().all(site.db.read()).await.unwrap();
    assert_eq!(tries.iter().map(|one| (one.outbox_id, one.delivered)).collect::<Vec<_>>(), [(id, true)]);
}

#[tokio::test]
async fn a_refused_recipient_is_noted_and_not_tried_again_at_once() {
    let site = Site::new().await;
    let id = waiting(&site).await;
    round(&site, "550 no such user\r\n").await;
    let tries = delivery::Entity::find().all(site.db.read()).await.unwrap();
    assert_eq!(tries.iter().map(|one| (one.outbox_id, one.delivered)).collect::<Vec<_>>(), [(id, false)]);
    assert!(tries.iter().all(|one| one.detail.contains("550")), "{tries:?}");
    assert!(store::outbox::due(&site.db, 10, NOW).await.unwrap().is_empty(), "the next try waits");
}
