//! `minaoshi form read FILE`

use super::roster::{UNREADABLE, read_file};
use clap::Subcommand;
use documents::form::{self, FormReading};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum FormCommand {
    /// 記入した点検票を読み取り、回答と問題をJSONで標準出力に書く
    Read {
        /// 点検票のファイル（xlsx、xls、ods）
        file: PathBuf,
    },
}

/// Runs `form ...`. Exit code 2 and one sentence if the file can't be read.
pub fn run(command: &FormCommand) -> anyhow::Result<ExitCode> {
    let FormCommand::Read { file } = command;
    let Some((_, bytes)) = read_file(file) else { return Ok(ExitCode::from(UNREADABLE)) };
    match form::read(&bytes) {
        Ok(reading) => {
            println!("{}", serde_json::to_string_pretty(&to_json(&reading))?);
            Ok(ExitCode::SUCCESS)
        }
        Err(unreadable) => {
            eprintln!("{unreadable}");
            Ok(ExitCode::from(UNREADABLE))
        }
    }
}

fn to_json(reading: &FormReading) -> Value {
    let answers: Vec<Value> = reading
        .answers
        .iter()
        .map(|answer| {
            json!({
                "item": answer.item_key, "no": answer.no, "cell": answer.cell, "raw_answer": answer.raw,
                "answer": answer.value.as_ref().map(|raw| raw.key()), "comment": answer.comment,
                "evidence": answer.evidence,
            })
        })
        .collect();
    let problems: Vec<Value> = reading
        .problems
        .iter()
        .map(|problem| json!({ "cell": problem.cell, "text": problem.text }))
        .collect();
    json!({ "target": reading.target_key, "edition": reading.edition_label, "answers": answers, "problems": problems })
}
