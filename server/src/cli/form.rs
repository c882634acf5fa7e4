//! `minaoshi form read FILE`

use super::roster::{UNREADABLE, read_file};
use clap::Subcommand;
use documents::Unreadable;
use documents::form::legacy::{FormFile, bundle, read_form};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum FormCommand {
    /// 記入した点検票を読み取り、回答、問題及び読み取った場所をJSONで標準出力に書く
    Read {
        /// 点検票のファイル（xlsx、xlsm、xls、ods、csv、tsv）、それらのzipファイル又はフォルダー
        file: PathBuf,
    },
}

/// Runs `form ...`. Exit code 2 and one sentence if nothing can be read.
pub fn run(command: &FormCommand) -> anyhow::Result<ExitCode> {
    let FormCommand::Read { file } = command;
    if file.is_dir() {
        return many(folder(file)?);
    }
    let Some((name, bytes)) = read_file(file) else { return Ok(ExitCode::from(UNREADABLE)) };
    if bundle::is_bundle(&bytes) {
        return match bundle::open(&bytes) {
            Ok(bundle) => many(bundle.map(|(name, bytes)| {
                let read = bytes.and_then(|bytes| read_form(&name, &bytes));
                (name, read)
            })),
            Err(unreadable) => refused(&unreadable),
        };
    }
    match read_form(&name, &bytes) {
        Ok(read) => {
            println!("{}", serde_json::to_string_pretty(&read.to_json())?);
            Ok(ExitCode::SUCCESS)
        }
        Err(unreadable) => refused(&unreadable),
    }
}

fn refused(unreadable: &Unreadable) -> anyhow::Result<ExitCode> {
    eprintln!("{unreadable}");
    Ok(ExitCode::from(UNREADABLE))
}

type OneFile = (String, Result<FormFile, Unreadable>);

/// The files of a folder and of the folders in it, by name.
fn folder(path: &Path) -> anyhow::Result<impl Iterator<Item = OneFile>> {
    let (mut open, mut files) = (vec![path.to_path_buf()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            match entry.file_type()? {
                kind if kind.is_dir() => open.push(entry.path()),
                kind if kind.is_file() => files.push(entry.path()),
                // Links may lead in circles.
                _ => {}
            }
        }
    }
    files.sort();
    let path = path.to_path_buf();
    Ok(files.into_iter().map(move |file| {
        let name = file.strip_prefix(&path).unwrap_or(&file).to_string_lossy().into_owned();
        let unreadable = |_| Unreadable::new("ファイルを開けません。権限を確かめてください。");
        let read = std::fs::read(&file).map_err(unreadable).and_then(|bytes| read_form(&name, &bytes));
        (name, read)
    }))
}

/// All files as one JSON; what cannot be read stands there with its sentence.
fn many(files: impl Iterator<Item = OneFile>) -> anyhow::Result<ExitCode> {
    let mut any = false;
    let files: Vec<Value> = files
        .map(|(name, read)| match read {
            Ok(read) => {
                any = true;
                read.to_json()
            }
            Err(unreadable) => json!({ "file": name, "error": unreadable.text }),
        })
        .collect();
    println!("{}", serde_json::to_string_pretty(&json!({ "files": files }))?);
    Ok(if any { ExitCode::SUCCESS } else { ExitCode::from(UNREADABLE) })
}
