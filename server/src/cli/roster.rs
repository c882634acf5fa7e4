//! `minaoshi roster check FILE` and the nightly `minaoshi roster import FILE`

use super::{Place, open};
use crate::settings::Clock;
use clap::{Args, Subcommand};
use domain::calendar::{iso, parse_day};
use domain::roster::Roster;
use domain::roster::check::Expected;
use domain::roster::line::Line;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use time::Date;

/// The exit code for an input that can't be read.
pub(super) const UNREADABLE: u8 = 2;

#[derive(Subcommand)]
pub enum RosterCommand {
    /// 名簿を読み取り、各行の値、扱い及び問題をJSONで標準出力に書く
    Check(Check),
    /// 名簿を取り込み、変更をJSONで標準出力に書く（夜間の自動取込み用）
    Import(Import),
}

#[derive(Args)]
pub struct Import {
    #[command(flatten)]
    place: Place,
    /// 名簿のファイル（xlsx、xls、ods、csv）。全職員が載っていること
    file: PathBuf,
    /// 発令日（2026-04-01、令和8年4月1日など）。新しい発令はこの日から有効になる
    #[arg(long, value_parser = a_day)]
    since: Date,
    /// 組織の一覧のファイル（組織コード、部、課、廃止日）
    #[arg(long)]
    organisations: Option<PathBuf>,
    /// 何も変えずに、変更だけを書く
    #[arg(long)]
    dry_run: bool,
    /// 名簿にない職員がこの人数を超えるときは、取り込まない
    #[arg(long, default_value_t = 20)]
    max_changes: usize,
    /// 名簿にない職員の発令を終えずに残す
    #[arg(long)]
    keep_missing: bool,
}

#[derive(Args)]
pub struct Check {
    /// 名簿のファイル（xlsx、xls、ods、csv）
    file: PathBuf,
    /// 基準日（2026-04-01、令和8年4月1日など）。指定したときは、着任日、退職日及び廃止日をこの日で判断する
    #[arg(long, value_parser = a_day)]
    as_of: Option<Date>,
    /// 雇用区分（「正規,再任用」のようにコンマで区切る）
    #[arg(long, value_delimiter = ',')]
    employment: Vec<String>,
    /// 組織の一覧のファイル（組織コード、部、課、廃止日）
    #[arg(long)]
    organisations: Option<PathBuf>,
    /// 職員番号の桁数。名簿から分からないときに、先頭の0を補うために使う
    #[arg(long, default_value_t = 6)]
    digits: usize,
}

fn a_day(text: &str) -> Result<Date, String> {
    parse_day(text).ok_or_else(|| "「2026-04-01」又は「令和8年4月1日」のように入力してください。".to_string())
}

/// Runs `roster ...`. Exit code 2 and one sentence if the file can't be read.
pub async fn run(command: RosterCommand, clock: Clock) -> anyhow::Result<ExitCode> {
    match command {
        RosterCommand::Check(check) => self::check(check),
        RosterCommand::Import(import) => take(import, clock).await,
    }
}

/// The nightly file. 0: done, or nothing to do; 2: refused, and nothing has changed.
async fn take(import: Import, clock: Clock) -> anyhow::Result<ExitCode> {
    let mut expected = Expected { as_of: Some(import.since), ..Expected::default() };
    if let Some(list) = &import.organisations {
        let Some((name, bytes)) = read_file(list) else { return Ok(ExitCode::from(UNREADABLE)) };
        match documents::roster::organisations(&name, &bytes) {
            Ok(list) => expected.organisations = list,
            Err(unreadable) => return Ok(refused(&unreadable)),
        }
    }
    let Some((file_name, bytes)) = read_file(&import.file) else { return Ok(ExitCode::from(UNREADABLE)) };
    let db = open(&import.place).await?;
    let reading = match read_as_remembered(&db, &file_name, &bytes, &expected).await? {
        Ok(reading) => reading,
        Err(unreadable) => return Ok(refused(&unreadable)),
    };
    let roster = reading.roster();
    let problems = roster.problems.clone();
    let command = store::roster::Command {
        file_name,
        since: import.since,
        keep_missing: import.keep_missing,
        max_changes: import.max_changes,
        dry_run: import.dry_run,
    };
    match store::roster::by_command(&db, roster, command, clock()).await {
        Ok(outcome) => {
            let report = json!({
                "changed": outcome.changed, "dry_run": import.dry_run, "applied": outcome.applied,
                "difference": outcome.difference, "problems": problems,
            });
            println!("{}", serde_json::to_string_pretty(&report)?);
            Ok(ExitCode::SUCCESS)
        }
        Err(store::StoreError::Refused(refusal)) => {
            eprintln!("{refusal}");
            Ok(ExitCode::from(UNREADABLE))
        }
        Err(error) => Err(error.into()),
    }
}

/// Reads a file with the columns an officer put right for its headings, if somebody did.
async fn read_as_remembered(
    db: &store::Db,
    name: &str,
    bytes: &[u8],
    expected: &Expected,
) -> anyhow::Result<Result<documents::roster::Reading, documents::Unreadable>> {
    let opened = documents::roster::Opened::open(name, bytes);
    let opened = match opened.and_then(|opened| Ok((opened.layout(None)?, opened))) {
        Ok(opened) => opened,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let (layout, opened) = opened;
    let known = store::roster::remembered(db, &layout.headings()).await?;
    Ok(opened.read(expected, known.as_ref()))
}

fn check(check: Check) -> anyhow::Result<ExitCode> {
    let mut expected = Expected {
        as_of: check.as_of,
        employment: check.employment,
        digits: Some(check.digits.clamp(1, 20)),
        ..Expected::default()
    };
    if let Some(list) = &check.organisations {
        let Some((name, bytes)) = read_file(list) else { return Ok(ExitCode::from(UNREADABLE)) };
        match documents::roster::organisations(&name, &bytes) {
            Ok(list) => expected.organisations = list,
            Err(unreadable) => return Ok(refused(&unreadable)),
        }
    }
    let Some((name, bytes)) = read_file(&check.file) else { return Ok(ExitCode::from(UNREADABLE)) };
    match documents::roster::read_lines(&name, &bytes, &expected) {
        Ok(reading) => {
            let rows: Vec<Value> = reading.lines.iter().map(row).collect();
            let problems = Roster::of(&reading.lines, reading.remarks, &reading.layout).problems;
            println!("{}", serde_json::to_string_pretty(&json!({ "rows": rows, "problems": problems }))?);
            Ok(ExitCode::SUCCESS)
        }
        Err(unreadable) => Ok(refused(&unreadable)),
    }
}

fn refused(unreadable: &documents::Unreadable) -> ExitCode {
    eprintln!("{unreadable}");
    ExitCode::from(UNREADABLE)
}

fn row(line: &Line) -> Value {
    json!({
        "row": line.row, "status": line.status(), "org_code": line.org_code, "bu": line.bu, "ka": line.ka,
        "kakari": line.kakari, "staff_no": line.staff_no, "name": line.name, "kana": line.kana,
        "position": line.position, "employment": line.employment, "start_date": line.start_date.map(iso),
        "mail": line.mail, "concurrent": line.concurrent, "rules": line.rules(),
    })
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
