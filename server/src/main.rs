//! The executable `minaoshi`. It owns the one clock of the process.

use clap::Parser;
use server::cli::{Cli, run};
use std::process::ExitCode;
use std::sync::Arc;

#[tokio::main]
async fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    let clock = Arc::new(time::OffsetDateTime::now_utc);
    run(Cli::parse(), clock).await
}
