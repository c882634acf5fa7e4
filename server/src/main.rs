//! The executable `minaoshi`. It owns the one clock of the process.

use clap::Parser;
use server::cli::{Cli, run};
use std::process::ExitCode;
use std::sync::Arc;

/// A third of the time of saving on the last day went into the system's allocator. What is freed by another thread than
/// the one that took it, as every row of the database is, has to come back: with mimalloc 2.2 the memory of 12,000
/// respondents grew to 1.5 GB, with this one it stays where it was after the first hundreds (`bin/bench answering`).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    let clock = Arc::new(time::OffsetDateTime::now_utc);
    run(Cli::parse(), clock).await
}
