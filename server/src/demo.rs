//! The demo city 凪原市: a fictional city with two years of inspections, for trying out, tests and screenshots.
//!
//! What is written is in `server/demo/*.tsv`; who exists besides the named people and what they answered
//! comes from a small seeded generator, so that every demo city looks the same. All rows are put together in
//! memory and written in one transaction with their ledger events.

mod amendments;
mod answers;
mod audits;
mod city;
mod days;
mod dice;
mod improvements;
mod inspection;
mod next;
mod organisation;
mod people;
mod policy;
mod reminders;
mod rows;
mod sheets;
mod source;
mod stories;
mod titles;

use anyhow::Result;
use days::Days;
use domain::role::Role;
use rows::Rows;
use sea_orm::{ConnectionTrait, EntityTrait};
use source::Source;
use store::entity::{department, person, policy as policies};
use store::session::password;
use store::{Db, StoreError, StoreResult, ledger};
use time::OffsetDateTime;

/// The name of the city, for the head of the pages.
pub const CITY: &str = "凪原市";
/// The password of all named people.
pub const PASSWORD: &str = "minaoshi-demo";

/// What was loaded.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub departments: usize,
    pub people: usize,
    pub answers: usize,
    pub sign_ins: Vec<SignIn>,
}

/// Somebody one can sign in as.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Role as on the screen.
    pub role: &'static str,
    pub login: String,
    pub name: String,
    /// 所属 and 職名.
    pub position: String,
}

/// Loads the demo city into an empty database.
///
/// # Errors
/// Refused when the database holds anything already.
pub async fn load(db: &Db, now: OffsetDateTime) -> Result<Loaded> {
    let hash = password::hash(PASSWORD.to_string()).await?;
    let (rows, loaded) = build(&hash, now)?;
    let txn = db.begin().await?;
    refuse_if_used(&txn).await?;
    rows.write(&txn).await?;
    txn.commit().await?;
    next::import(db, now).await?;
    ledger::seal(db, now).await?;
    Ok(loaded)
}

async fn refuse_if_used<C: ConnectionTrait>(connection: &C) -> StoreResult<()> {
    let used = person::Entity::find().one(connection).await?.is_some()
        || department::Entity::find().one(connection).await?.is_some()
        || policies::Entity::find().one(connection).await?.is_some();
    if used {
        return Err(StoreError::refused(
            "このデータベースには既にデータがあるため、架空の市は読み込みません。--data で空のフォルダを指定してください。",
        ));
    }
    Ok(())
}

/// Everything in memory.
fn build(password_hash: &str, now: OffsetDateTime) -> Result<(Rows, Loaded)> {
    let (source, days) = (Source::read()?, Days::seen_from(now)?);
    let mut rows = Rows::default();
    let city = city::build(&source, &days, &mut rows)?;
    organisation::build(&city, &days, &mut rows)?;
    city::credentials(&city, password_hash, &days, &mut rows);
    let policy = policy::build(&city, &days, &mut rows)?;
    let forms = sheets::build(&source, &city, &policy, &days, &mut rows)?;
    let last = inspection::build(&source, &city, &forms, &days, false, &mut rows)?;
    let this = inspection::build(&source, &city, &forms, &days, true, &mut rows)?;
    reminders::build(&city, &days, &this, &mut rows)?;
    let stage = stories::Stage {
        source: &source,
        city: &city,
        forms: &forms,
        policy: &policy,
        days: &days,
        last: &last,
        this: &this,
    };
    let findings = audits::build(&stage, &mut rows)?;
    improvements::build(&stage, &findings, &mut rows)?;
    amendments::build(&stage, &findings, &mut rows)?;
    let loaded = Loaded {
        departments: city.departments.len(),
        people: city.members.iter().filter(|member| member.now.is_some()).count(),
        answers: rows.answer.len(),
        sign_ins: sign_ins(&source),
    };
    Ok((rows, loaded))
}

/// One person for each role, and the other named people as staff.
fn sign_ins(source: &Source) -> Vec<SignIn> {
    const SHOWN: [(Role, &str); 8] = [
        (Role::Secretariat, "201503"),
        (Role::Manager, "199521"),
        (Role::Staff, "201709"),
        (Role::SystemManager, "200114"),
        (Role::Auditor, "200305"),
        (Role::Auditor, "G00001"),
        (Role::Chief, "198807"),
        (Role::Ciso, "200001"),
    ];
    let shown = SHOWN.iter().filter_map(|(role, login)| {
        let line = source.people.iter().find(|line| line.staff_no == *login)?;
        Some(SignIn {
            role: role.label(),
            login: line.staff_no.clone(),
            name: line.name.clone(),
            position: format!("{} {}", line.department, line.title).trim().to_string(),
        })
    });
    shown.collect()
}
