//! The command line. Every command says in one Japanese sentence what went wrong.

mod backup;
mod demo;
mod directory;
mod export;
mod form;
mod ledger;
mod policy;
mod roster;
mod serve;
mod tally;
mod user;

use crate::settings::{Clock, Settings};
use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use domain::calendar::office::Hours;
use ipnet::IpNet;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use store::Db;

/// 情報セキュリティ自己点検・監査・見直し
#[derive(Parser)]
#[command(name = "minaoshi", version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Where the data is; the same for all commands that touch it.
#[derive(Args, Clone)]
pub struct Place {
    /// データを置くフォルダ
    #[arg(long, default_value = "data", env = "MINAOSHI_DATA")]
    data: PathBuf,
    /// PostgreSQLを使うときの接続先（postgres://…）
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// 画面を提供する
    Serve {
        #[command(flatten)]
        place: Place,
        /// 待ち受けるアドレス
        #[arg(long, default_value = "127.0.0.1:3000", env = "MINAOSHI_LISTEN")]
        listen: String,
        /// 画面に表示する自治体名
        #[arg(long, default_value = "", env = "MINAOSHI_CITY")]
        city: String,
        /// HTTPSを使わない庁内網で提供する（Cookieの保護が弱くなる）
        #[arg(long, env = "MINAOSHI_PLAIN_HTTP")]
        plain_http: bool,
        /// メールの送信先サーバー（smtp://host:25 など）。指定しないときは画面で読むだけ
        #[arg(long, env = "MINAOSHI_SMTP", hide_env_values = true)]
        smtp: Option<String>,
        /// メールサーバーの証明書を発行した認証局の証明書（PEM）。庁内の認証局を使うときに指定する
        #[arg(long, env = "MINAOSHI_SMTP_CA", requires = "smtp", value_name = "FILE")]
        smtp_ca: Option<PathBuf>,
        /// 通知を作り、メールを送る時間帯（開庁日に限る）。always は夜間・閉庁日も送る
        #[arg(long, default_value = "08:30-17:15", env = "MINAOSHI_MAIL_HOURS", value_parser = hours)]
        mail_hours: Hours,
        /// 差出人のメールアドレス
        #[arg(long, default_value = "minaoshi@localhost", env = "MINAOSHI_MAIL_FROM")]
        mail_from: String,
        /// 信頼するプロキシのネットワーク（10.1.0.0/16 など。複数指定できる）
        #[arg(long = "trusted-proxy", value_name = "CIDR", env = "MINAOSHI_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
        trusted_proxies: Vec<IpNet>,
        #[command(flatten)]
        directory: Box<directory::DirectoryArgs>,
    },
    /// データベースを最新の形にする
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// 架空の市を読み込む（空のデータベースに限る）
    Demo {
        #[command(flatten)]
        place: Place,
    },
    /// 職員名簿を確かめる、又は取り込む
    Roster {
        #[command(subcommand)]
        command: roster::RosterCommand,
    },
    /// 利用者を登録する
    User {
        #[command(subcommand)]
        command: user::UserCommand,
    },
    /// ポリシーのファイルを読み取る
    Policy {
        #[command(subcommand)]
        command: policy::PolicyCommand,
    },
    /// 記入した点検票（Excel）を読み取る
    Form {
        #[command(subcommand)]
        command: form::FormCommand,
    },
    /// 結果を書き出す
    Export {
        #[command(subcommand)]
        command: export::ExportCommand,
    },
    /// 記録（監査証跡）を検証する
    Ledger {
        #[command(subcommand)]
        command: ledger::LedgerCommand,
    },
    /// 集計を検証する
    Tally {
        #[command(subcommand)]
        command: tally::TallyCommand,
    },
    /// データベースの控えを1つのファイルに書き出す（利用中でもよい）
    Backup {
        #[command(flatten)]
        place: Place,
        /// 控えのファイル
        file: PathBuf,
    },
    /// 控えからデータベースを復元する（データベースがない場所に限る）
    Restore {
        #[command(flatten)]
        place: Place,
        /// 控えのファイル
        file: PathBuf,
    },
}

/// Runs a command. 0: done; 1: it says no; 2: the input could not be read.
pub async fn run(cli: Cli, clock: Clock) -> ExitCode {
    let result = match cli.command {
        Command::Serve {
            place,
            listen,
            city,
            plain_http,
            smtp,
            smtp_ca,
            mail_hours,
            mail_from,
            trusted_proxies,
            directory,
        } => {
            let opened =
                directory.open().and_then(|directory| Ok((directory, smtp_ca.map(certificate).transpose()?)));
            let settings = opened.map(|(directory, smtp_ca)| Settings {
                data: place.data.clone(),
                city,
                secure_cookie: !plain_http,
                smtp,
                smtp_ca,
                mail_hours,
                mail_from,
                trusted_proxies,
                directory,
            });
            match settings {
                Ok(settings) => serve::serve(&place, &listen, settings, clock).await,
                Err(error) => Err(error),
            }
        }
        Command::Migrate { place } => migrate(&place).await,
        Command::Demo { place } => demo::demo(&place, clock).await,
        Command::Roster { command } => roster::run(command, clock).await,
        Command::User { command } => user::run(command, clock).await,
        Command::Policy { command } => policy::run(&command),
        Command::Form { command } => form::run(&command),
        Command::Export { command } => export::run(command, clock).await,
        Command::Ledger { command } => ledger::run(command, clock).await,
        Command::Tally { command } => tally::run(command).await,
        Command::Backup { place, file } => backup::backup(&place, &file).await,
        Command::Restore { place, file } => backup::restore(&place, &file).await,
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The hours of mail, or the reason why not.
fn hours(text: &str) -> Result<Hours, String> {
    Hours::parse(text).map_err(|refusal| refusal.text)
}

/// A file with a certificate.
fn certificate(file: PathBuf) -> anyhow::Result<Vec<u8>> {
    std::fs::read(&file)
        .with_context(|| format!("メールサーバーの認証局の証明書 {} を読めません。", file.display()))
}

/// A network, or a single address.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network
        .map_err(|_| "ネットワークは「10.1.0.0/16」又は「127.0.0.1」のように指定してください。".to_string())
}

/// Opens the database and brings it to the newest step.
async fn open(place: &Place) -> anyhow::Result<Db> {
    let db = match &place.database_url {
        Some(url) => Db::server(url).await?,
        None => {
            std::fs::create_dir_all(&place.data)?;
            Db::sqlite(&place.data.join("minaoshi.db")).await?
        }
    };
    db.migrate().await?;
    Ok(db)
}

async fn migrate(place: &Place) -> anyhow::Result<ExitCode> {
    open(place).await?;
    println!("データベースは最新です。");
    Ok(ExitCode::SUCCESS)
}
