//! Plays a city on its last day against the release executable over loopback. `bin/bench answering` and
//! `bin/bench crash` call it; nothing here is part of the product.

mod answering;
mod client;
mod crash;
mod exports;
mod forms;
mod machine;
mod raw;
mod seed;
mod visit;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use tokio::runtime::Builder;

/// The server's own: readers are measured in this process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What is measured.
#[derive(Args, Clone)]
pub struct Setting {
    /// The executable.
    #[arg(long)]
    program: PathBuf,
    /// An empty PostgreSQL database instead of SQLite.
    #[arg(long)]
    database_url: Option<String>,
    /// Respondents with a sheet each.
    #[arg(long, default_value_t = 1200)]
    people: usize,
    /// Questions on the sheet.
    #[arg(long, default_value_t = 40)]
    questions: usize,
    /// Browsers at work at the same time, each with a connection of its own.
    #[arg(long, default_value_t = 32)]
    browsers: usize,
    /// Server processes that share the work in turn (PostgreSQL).
    #[arg(long, default_value_t = 1)]
    servers: usize,
}

#[derive(Subcommand)]
enum Command {
    /// Everybody opens the page, answers question by question and hands in.
    Answering {
        #[command(flatten)]
        setting: Setting,
        /// One of several servers is killed half-way; its browsers go on with another.
        #[arg(long)]
        kill_one: bool,
    },
    /// The server is killed again and again in the middle of it; then every acknowledged answer is looked for.
    Crash {
        #[command(flatten)]
        setting: Setting,
        #[arg(long, default_value_t = 50)]
        kills: usize,
    },
    /// So many filled forms read by the product and by others.
    Forms {
        #[arg(long, default_value_t = 1000)]
        files: usize,
        #[arg(long, default_value_t = 40)]
        questions: usize,
    },
    /// A whole inspection taken out as CSV and as a workbook.
    Exports {
        #[arg(long)]
        program: PathBuf,
        #[arg(long, default_value_t = 1_000_000)]
        answers: usize,
    },
    /// One reader over a folder of forms; what `forms` starts.
    ReadForms {
        #[arg(long, value_enum)]
        by: forms::By,
        folder: PathBuf,
    },
    /// The same rows in a plain loop without anything around it.
    Raw {
        #[arg(long, default_value_t = 20_000)]
        saves: usize,
    },
}

fn main() -> Result<()> {
    // One thread, so that the client takes as little as it can of what it measures.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match Cli::parse().command {
            Command::Answering { setting, kill_one } => answering::run(&setting, kill_one).await,
            Command::Crash { setting, kills } => crash::run(&setting, kills).await,
            Command::Exports { program, answers } => exports::run(&program, answers).await,
            Command::Forms { files, questions } => forms::run(files, questions),
            Command::ReadForms { by, folder } => forms::read(&folder, by),
            Command::Raw { saves } => raw::run(saves).await,
        }
    })
}
