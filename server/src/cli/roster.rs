//! `minaoshi roster check FILE`

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
pub fn run(command: RosterCommand) -> anyhow::Result<ExitCode> {
    let RosterCommand::Check(check) = command;
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
            let problems = Roster::of(&reading.lines, reading.remarks).problems;
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
