//! `minaoshi demo`: a fictional city to try everything out.

use super::{Place, open};
use crate::demo::{self, CITY, PASSWORD};
use crate::settings::Clock;
use std::process::ExitCode;

/// Loads the demo city and prints a sign-in for each role.
pub async fn demo(place: &Place, clock: Clock) -> anyhow::Result<ExitCode> {
    let db = open(place).await?;
    let loaded = demo::load(&db, clock()).await?;
    println!(
        "架空の市「{CITY}」を読み込みました（{}所属、職員{}人、回答{}件）。",
        loaded.departments, loaded.people, loaded.answers
    );
    println!();
    println!("次の利用者IDでサインインできます。パスワードは全員「{PASSWORD}」です。");
    for person in &loaded.sign_ins {
        println!("  {}  {PASSWORD}  {}（{}）  {}", person.login, person.name, person.position, person.role);
    }
    println!();
    println!(
        "画面を開くには「minaoshi serve --city {CITY}」を実行してください。架空のデータのほかは入力しないでください。"
    );
    Ok(ExitCode::SUCCESS)
}
