//! `minaoshi roster check FILE`

use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code for an input that can't be read.
const UNREADABLE: u8 = 2;

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
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Ok(bytes) = std::fs::read(&file) else {
        eprintln!("ファイル「{}」を開けません。名前と権限を確かめてください。", file.display());
        return Ok(ExitCode::from(UNREADABLE));
    };
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
