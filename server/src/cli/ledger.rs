//! `minaoshi ledger verify`

use super::{Place, open};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// 記録の連鎖と封印をすべて検証し、最初に壊れている箇所を示す
    Verify {
        #[command(flatten)]
        place: Place,
    },
}

/// Runs `ledger ...`. Exit code 1 if a link is broken.
pub async fn run(command: LedgerCommand) -> anyhow::Result<ExitCode> {
    let LedgerCommand::Verify { place } = command;
    let db = open(&place).await?;
    let proof = store::ledger::verify::verify(&db).await?;
    match proof.broken {
        Some(fault) => {
            eprintln!("記録が壊れています。最初の箇所: {fault}");
            Ok(ExitCode::FAILURE)
        }
        None => {
            println!(
                "記録 {} 件（{} 系列、封印 {} 件）の連鎖を確かめました。書換え、削除、並べ替えはありません。",
                proof.events, proof.streams, proof.seals
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}
