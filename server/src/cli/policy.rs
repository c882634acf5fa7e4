//! `minaoshi policy read` and `minaoshi policy questions`: what a document amounts to, as JSON.

use clap::Subcommand;
use documents::policy::{questions_json, read, to_json};
use domain::policy::PolicyText;
use domain::question::propose;
use serde_json::Value;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum PolicyCommand {
    /// ポリシーの条項を読み取り、JSONで書き出す
    Read {
        /// ポリシーのファイル（.docx、.html、.txt、.md）
        file: PathBuf,
    },
    /// ポリシーから作られる設問の案を、JSONで書き出す
    Questions {
        /// ポリシーのファイル（.docx、.html、.txt、.md）
        file: PathBuf,
    },
}

/// Runs `policy ...`. Exit code 2 if the file can't be read.
pub fn run(command: &PolicyCommand) -> anyhow::Result<ExitCode> {
    let (file, print): (&Path, fn(&PolicyText) -> Value) = match command {
        PolicyCommand::Read { file } => (file, to_json),
        PolicyCommand::Questions { file } => (file, |policy| questions_json(policy, &propose(policy))),
    };
    match load(file) {
        Ok(policy) => {
            let text = serde_json::to_string_pretty(&print(&policy))?;
            // A reader such as `head` may have had enough; that is not a failure of ours.
            match writeln!(std::io::stdout(), "{text}") {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
                _ => Ok(ExitCode::SUCCESS),
            }
        }
        Err(reason) => {
            eprintln!("{reason}");
            Ok(ExitCode::from(2))
        }
    }
}

fn load(file: &Path) -> Result<PolicyText, String> {
    let shown = file.display();
    let bytes = std::fs::read(file)
        .map_err(|_| format!("ファイル {shown} を開けません。場所と読取りの権限を確かめてください。"))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    read(&name, &bytes).map_err(|unreadable| unreadable.text)
}
