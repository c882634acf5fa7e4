//! `minaoshi roster check FILE`

use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The exit code for an input that can't be read.
pub(super) const UNREADABLE: u8 = 2;

#[derive(Subcommand)]
pub enum RosterCommand {
    /// 名簿を読み取り、取り込む行と問題をJSONで標準出力に書く
    Check {
        /// 名簿のファイル（xlsx、xls、ods、csv）
        file: PathBuf,
    },
}

/// Runs `roster ...`. Exit code 2 and one sentence if the file can't be read.
pub fn run(command: RosterCommand) -> anyhow::Result<ExitCode> {
    let RosterCommand::Check { file } = command;
    let Some((name, bytes)) = read_file(&file) else { return Ok(ExitCode::from(UNREADABLE)) };
    match documents::roster::read(&name, &bytes) {
        Ok(roster) => {
            println!("{}", serde_json::to_string_pretty(&roster)?);
            Ok(ExitCode::SUCCESS)
        }
        Err(unreadable) => {
            eprintln!("{unreadable}");
            Ok(ExitCode::from(UNREADABLE))
        }
    }
}

/// The name and content of a file, or a sentence on standard error.
pub(super) fn read_file(file: &Path) -> Option<(String, Vec<u8>)> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match std::fs::read(file) {
        Ok(bytes) => Some((name, bytes)),
        Err(_) => {
            eprintln!("ファイル「{}」を開けません。名前と権限を確かめてください。", file.display());
            None
        }
    }
}
