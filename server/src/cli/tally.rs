//! `minaoshi tally verify`

use super::{Place, open};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum TallyCommand {
    /// 集計を提出済みの回答から数え直し、最初の違いを示す
    Verify {
        #[command(flatten)]
        place: Place,
    },
}

/// Runs `tally ...`. Exit code 1 if a count differs.
pub async fn run(command: TallyCommand) -> anyhow::Result<ExitCode> {
    let TallyCommand::Verify { place } = command;
    let check = store::tally::verify(&open(&place).await?).await?;
    match check.first {
        Some(difference) => {
            eprintln!("集計が回答と合いません。最初の違い: {difference}");
            Ok(ExitCode::FAILURE)
        }
        None => {
            println!("{}件の集計を確かめました。", check.checked);
            Ok(ExitCode::SUCCESS)
        }
    }
}
