//! Work beside the requests: handing out sheets, sealing the ledger, writing notices, sending mail, reading workbooks, throwing away sessions that are over.

pub mod intake;
pub mod mail;
pub mod workbooks;

use crate::http::Service;
use std::time::Duration;
use store::inspection::hand_out::hand_out_left;
use store::notice::send_due_unless;
use tokio::task::JoinHandle;

/// How often there is a look at what there is to do.
const EVERY: Duration = Duration::from_secs(30);

/// Starts the loops; they end with the process.
pub fn start(service: Service) -> [JoinHandle<()>; 2] {
    [hand_out(service.clone()), rounds(service)]
}

/// Hands out sheets as soon as an inspection starts, and what a server that ended left to be handed out.
fn hand_out(service: Service) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = hand_out_left(&service.db, (service.clock)()).await {
                tracing::error!(%error, "handing out sheets failed");
            }
            // Another process may have started one and ended.
            tokio::time::timeout(EVERY, service.db.hand_out_wanted()).await.ok();
        }
    })
}

fn rounds(service: Service) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(EVERY);
        tick.tick().await; // the first one is immediate; starting up comes first
        let mut rounds: u32 = 0;
        let mut settled = store::notice::Settled::default();
        loop {
            tick.tick().await;
            rounds = rounds.wrapping_add(1);
            let (hours, now) = (service.settings.mail_hours, (service.clock)());
            if let Err(error) = send_due_unless(&service.db, &mut settled, hours, now).await {
                tracing::error!(%error, "writing notices failed");
            }
            if let Err(error) = mail::send_waiting(&service).await {
                tracing::error!(%error, "sending mail failed");
            }
            // What a server that ended left unread.
            if let Err(error) = intake::read_left(&service).await {
                tracing::error!(%error, "reading workbooks failed");
            }
            // Every ten minutes.
            if rounds.is_multiple_of(20) {
                if let Err(error) = store::ledger::seal(&service.db, (service.clock)()).await {
                    tracing::error!(%error, "sealing the ledger failed");
                }
                if let Err(error) = store::session::sweep(&service.db, (service.clock)()).await {
                    tracing::error!(%error, "throwing away sessions that are over failed");
                }
                if let Err(error) = store::form::original::sweep(&service.db, (service.clock)()).await {
                    tracing::error!(%error, "throwing away working copies of workbooks failed");
                }
            }
        }
    })
}
