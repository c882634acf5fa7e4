//! `minaoshi user add`: the first account, and the way back in when nobody can sign in.

use super::{Place, open};
use crate::settings::Clock;
use anyhow::bail;
use clap::Subcommand;
use domain::role::Role;
use std::io::BufRead;
use std::process::ExitCode;
use store::access::{NewUser, add_user};

#[derive(Subcommand)]
pub enum UserCommand {
    /// 利用者を登録する。パスワードは標準入力の1行目から読む
    Add {
        #[command(flatten)]
        place: Place,
        /// 利用者ID（職員番号）
        #[arg(long)]
        login: String,
        /// 氏名
        #[arg(long)]
        name: String,
        /// 役割: secretariat（事務局）, auditor（監査人）, audit_chief, committee, ciso
        #[arg(long)]
        role: String,
    },
}

/// Runs `user ...`.
pub async fn run(command: UserCommand, clock: Clock) -> anyhow::Result<ExitCode> {
    let UserCommand::Add { place, login, name, role } = command;
    let Some(role) = Role::from_key(&role).filter(|role| Role::GRANTED.contains(role)) else {
        bail!(
            "役割「{role}」はありません。secretariat, auditor, audit_chief, committee, ciso のいずれかを指定してください。"
        );
    };
    eprintln!("パスワード（10文字以上）を入力してください。");
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let db = open(&place).await?;
    let user =
        NewUser { login: login.clone(), name: name.clone(), password: password.trim_end().to_string(), role };
    add_user(&db, user, clock()).await?;
    println!("{name}（{}）を利用者ID {login} で登録しました。", role.label());
    Ok(ExitCode::SUCCESS)
}
