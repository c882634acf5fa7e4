//! The executable `minaoshi`. It owns the one clock of the process.

use clap::Parser;
use server::cli::{Cli, run};
use std::process::ExitCode;
use std::sync::Arc;

/// A third of the time of saving on the last day went into the system's allocator, and its arenas kept what pages
/// had used (`bin/bench answering`: 283 MB).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    let clock = Arc::new(time::OffsetDateTime::now_utc);
    run(Cli::parse(), clock).await
}
