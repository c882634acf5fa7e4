//! `minaoshi ledger verify` and `minaoshi ledger seal`

use super::{Place, open};
use crate::settings::Clock;
use clap::Subcommand;
use domain::calendar::wareki_time;
use std::process::ExitCode;
use store::ledger::sealing::{Checked, check};
use time::OffsetDateTime;

#[derive(Subcommand)]
pub enum LedgerCommand {
    /// 記録の連鎖と封印をすべて検証し、最初に壊れている箇所を示す
    Verify {
        #[command(flatten)]
        place: Place,
        /// 点検票の受領証に印刷された照合値（空白を含むときは引用符で囲む）。その提出が記録にあり、回答が提出の時のままであることも確かめる
        #[arg(long, value_name = "照合値")]
        receipt: Option<String>,
    },
    /// いま封印し、紙に控える番号と照合値を示す。--check を付けると、紙の照合値と照らし合わせる
    Seal {
        #[command(flatten)]
        place: Place,
        /// 紙に印刷された照合値（空白を含むときは引用符で囲む）
        #[arg(long, value_name = "照合値")]
        check: Option<String>,
        /// 紙に印刷された封印の番号
        #[arg(long, value_name = "番号", requires = "check")]
        number: Option<i64>,
    },
}

/// Runs `ledger ...`. Exit code 1 if a link is broken or a paper says something else.
pub async fn run(command: LedgerCommand, clock: Clock) -> anyhow::Result<ExitCode> {
    match command {
        LedgerCommand::Verify { place, receipt } => {
            let chain = verify(&place, &clock).await?;
            match receipt {
                Some(number) if chain == ExitCode::SUCCESS => compare(&place, &number).await,
                _ => Ok(chain),
            }
        }
        LedgerCommand::Seal { place, check: Some(hash), number } => {
            let checked = check(&open(&place).await?, number, &hash).await?;
            if matches!(checked, Checked::Same { .. }) {
                println!("{}", checked.text());
                return Ok(ExitCode::SUCCESS);
            }
            eprintln!("{}", checked.text());
            Ok(ExitCode::FAILURE)
        }
        LedgerCommand::Seal { place, .. } => seal(&place, clock()).await,
    }
}

async fn verify(place: &Place, clock: &Clock) -> anyhow::Result<ExitCode> {
    let db = open(place).await?;
    let begun = clock();
    let proof = store::ledger::verify::verify(&db).await?;
    match proof.broken {
        Some(fault) => {
            eprintln!("記録が壊れています。最初の箇所: {fault}");
            Ok(ExitCode::FAILURE)
        }
        None => {
            println!(
                "記録 {} 件（{} 系列、封印 {} 件）の連鎖を{:.1}秒で確かめました。書換え、削除、並べ替えはありません。",
                proof.events,
                proof.streams,
                proof.seals,
                (clock() - begun).as_seconds_f64()
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A number from paper: only in an unbroken chain does it say anything.
async fn compare(place: &Place, number: &str) -> anyhow::Result<ExitCode> {
    let checked = store::receipt::check(&open(place).await?, number).await?;
    if checked.holds() {
        println!("{}", checked.text());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}", checked.text());
    Ok(ExitCode::FAILURE)
}

async fn seal(place: &Place, now: OffsetDateTime) -> anyhow::Result<ExitCode> {
    let db = open(place).await?;
    match store::ledger::seal(&db, now).await? {
        Some(seal) => println!(
            "第{}号（{}）: 記録 {} 件\n{}",
            seal.number,
            wareki_time(now),
            seal.events,
            app::ledger::text::groups(&seal.hash).join(" ")
        ),
        None => println!("前の封印の後に記録がないため、新しい封印は作りませんでした。"),
    }
    Ok(ExitCode::SUCCESS)
}
