//! `minaoshi serve`

use super::{Place, open};
use crate::http::{Service, router};
use crate::jobs;
use crate::settings::{Clock, Settings};
use anyhow::Context;
use std::net::SocketAddr;
use std::process::ExitCode;
use tokio::task::JoinHandle;
use tracing_subscriber::EnvFilter;

/// Serves until the process is told to stop; requests under way are finished.
pub async fn serve(
    place: &Place,
    listen: &str,
    settings: Settings,
    clock: Clock,
) -> anyhow::Result<ExitCode> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let db = open(place)
        .await
        .context("データベースを開けません。データフォルダの場所と権限を確かめてください。")?;
    let listener = tokio::net::TcpListener::bind(listen).await.with_context(|| {
        format!("{listen} で待ち受けられません。ほかのプログラムが使っていないか確かめてください。")
    })?;
    let service = Service { db, settings, clock };
    let jobs = jobs::start(service.clone());
    println!("http://{} で提供しています。終了するには Ctrl+C を押してください。", listener.local_addr()?);
    let app = router(service).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(told_to_stop()).await?;
    jobs.iter().for_each(JoinHandle::abort);
    Ok(ExitCode::SUCCESS)
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
