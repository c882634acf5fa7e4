//! `minaoshi export results FILE`

use super::{Place, open};
use crate::http::results_book::book;
use crate::settings::Clock;
use clap::Subcommand;
use domain::actor::Actor;
use domain::role::Role;
use std::path::PathBuf;
use std::process::ExitCode;
use store::ledger::{Author, NewEvent};
use store::results::{Filter, newest, results};
use uuid::Uuid;

#[derive(Subcommand)]
pub enum ExportCommand {
    /// 最新の点検の結果を、画面と同じ数値のExcelに書き出す
    Results {
        #[command(flatten)]
        place: Place,
        /// 書き出すファイル（xlsx）
        file: PathBuf,
    },
}

/// Runs `export ...`. Whoever may run commands on the server sees what the 事務局 sees.
pub async fn run(command: ExportCommand, clock: Clock) -> anyhow::Result<ExitCode> {
    let ExportCommand::Results { place, file } = command;
    let db = open(&place).await?;
    let console = Actor {
        person_id: Uuid::nil(),
        name: Author::console().name,
        posts: Vec::new(),
        grants: vec![Role::Secretariat],
        assigned: Vec::new(),
        origin: String::new(),
        sheet: None,
    };
    let Some(inspection) = newest(&db, &console).await? else {
        eprintln!("まだ点検がありません。点検を始めてから書き出してください。");
        return Ok(ExitCode::FAILURE);
    };
    let results = results(&db, &console, inspection, Filter::default()).await?;
    let told = serde_json::json!({ "scope": results.scope().name, "form": "xlsx" });
    let event = NewEvent::new("inspection", inspection, "results.exported", told);
    store::ledger::look::export(&db, &Author::console(), clock(), event).await?;
    std::fs::write(&file, documents::results::write(&book(&results, clock()))?)?;
    println!("「{}」の結果を {} に書き出しました。", results.heading.name, file.display());
    Ok(ExitCode::SUCCESS)
}
