//! A city with one running inspection, made with the product's own use cases, and a session for everybody.

use anyhow::{Context, Result};
use domain::actor::Actor;
use domain::calendar::{day, fiscal_year};
use domain::inspection::{Start, Visibility};
use domain::role::Role;
use domain::roster::choice::Choice;
use domain::session::Way;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use store::access::{self, NewUser};
use store::entity::{edition_item, person, target};
use store::roster::Application;
use store::session::{Entry, Origin};
use store::{Db, inspection, policy, question, roster, session, sheet};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const THINGS: [&str; 14] = [
    "端末",
    "書類",
    "記録媒体",
    "合鍵",
    "名札",
    "電子メール",
    "仮パスワード",
    "複合機の原稿",
    "来客",
    "設定書",
    "契約書",
    "持出し許可簿",
    "ソフトウェア",
    "バックアップ",
];
const ACTS: [&str; 8] =
    ["施錠して保管", "毎月点検", "上司に報告", "台帳に記載", "細断して廃棄", "二人で確認", "暗号化", "返却"];

/// Somebody with a sheet.
#[derive(Debug, Clone)]
pub struct Respondent {
    pub token: String,
    pub target: Uuid,
}

/// What the load needs to know.
#[derive(Debug, Clone)]
pub struct City {
    pub respondents: Vec<Respondent>,
    /// The questions of the sheet in their order.
    pub items: Vec<Uuid>,
}

/// SQLite in a folder, or a server.
pub async fn open(folder: &Path, url: Option<&str>) -> Result<Db> {
    Ok(match url {
        Some(url) => Db::server(url).await?,
        None => Db::sqlite(&folder.join("minaoshi.db")).await?,
    })
}

#[expect(clippy::disallowed_methods, reason = "what measures from outside has a clock of its own")]
fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// Fills an empty database.
pub async fn fill(db: &Db, people: usize, questions: usize) -> Result<City> {
    db.migrate().await?;
    let now = now();
    let officer = officer(db, now).await?;
    let edition = edition(db, &officer, questions, now).await?;
    staff(db, &officer, people, now).await?;
    let today = day(now);
    let start = Start {
        levels: Vec::new(),
        about: domain::inspection::About::default(),
        fiscal_year: fiscal_year(today),
        name: "負荷の測定".into(),
        base_on: today,
        opens_on: today,
        due_on: today + Duration::days(1),
        visibility: Visibility::Named,
        contact: "情報政策課".into(),
        editions: vec![(Role::Staff, edition)],
    };
    let id = inspection::start(db, &officer, start, now).await?;
    // No server is there yet whose job would do it.
    inspection::hand_out::hand_out_left(db, now).await?;
    let items = edition_item::Entity::find()
        .filter(edition_item::Column::EditionId.eq(edition))
        .order_by_asc(edition_item::Column::No)
        .all(db.read())
        .await?;
    let respondents = sessions(db, id, now).await?;
    Ok(City { respondents, items: items.into_iter().map(|item| item.id).collect() })
}

async fn officer(db: &Db, now: OffsetDateTime) -> Result<Actor> {
    let (login, name) = ("900001".to_string(), "測定担当".to_string());
    let password = "hashiru-mae-ni-hakaru".to_string();
    access::add_user(db, NewUser { login: login.clone(), name, password, role: Role::Secretariat }, now)
        .await?;
    let row = person::Entity::find().filter(person::Column::StaffNo.eq(login)).one(db.read()).await?;
    Ok(access::actor(db.read(), row.context("the officer is missing")?.id, day(now)).await?)
}

/// A policy of so many duties, its questions, and the frozen sheet.
async fn edition(db: &Db, officer: &Actor, questions: usize, now: OffsetDateTime) -> Result<Uuid> {
    let mut text = String::from("# 凪原市情報セキュリティ対策基準\n\n## 1　利用\n\n");
    for number in 0..questions {
        // Different enough that no two are taken for the same question.
        let (what, act) = (THINGS[number % THINGS.len()], ACTS[number / THINGS.len() % ACTS.len()]);
        writeln!(text, "- ({}) 職員等は、{what}を{act}しなければならない。", number + 1)?;
    }
    let read = documents::policy::read("kijun.md", text.as_bytes())?;
    let revision = policy::import(db, officer, &read, "kijun.md", "00", now).await?;
    question::accept_all(db, officer, revision, now).await?;
    let id = sheet::create(db, officer, Role::Staff, fiscal_year(day(now)), now).await?;
    Ok(sheet::freeze(db, officer, id, now).await?)
}

/// Departments of forty.
async fn staff(db: &Db, officer: &Actor, people: usize, now: OffsetDateTime) -> Result<()> {
    let mut file = String::from("職員番号,氏名,ふりがな,所属,職名,雇用区分\n");
    for number in 0..people {
        let department = number / 40 + 1;
        writeln!(
            file,
            "{:06},職員 {number},しょくいん {number},総務部第{department}課,主事,正規",
            number + 1
        )?;
    }
    let roster = documents::roster::read("meibo.csv", file.as_bytes())?;
    let upload = roster::Upload { file_name: "meibo.csv".into(), roster, ..Default::default() };
    let id = roster::import(db, officer, upload, now).await?;
    let application = Application { since: day(now), choice: Choice::all() };
    roster::apply(db, officer, id, application, now).await?;
    Ok(())
}

/// Everybody is signed in already: signing in is made slow on purpose, and is spread over the days before.
async fn sessions(db: &Db, inspection: Uuid, now: OffsetDateTime) -> Result<Vec<Respondent>> {
    let targets = target::Entity::find()
        .filter(target::Column::InspectionId.eq(inspection))
        .order_by_asc(target::Column::Id)
        .all(db.read())
        .await?;
    let people = person::Entity::find().all(db.read()).await?;
    let people: HashMap<Uuid, person::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let txn = db.begin().await?;
    let mut all = Vec::new();
    for target in targets {
        let person = people.get(&target.person_id).context("a target without its person")?;
        let origin = Origin { address: "127.0.0.1".into(), agent: "load".into() };
        let entry = Entry { login: person.staff_no.clone(), way: Way::Password, origin };
        all.push(Respondent { token: session::open(&txn, person, &entry, now).await?, target: target.id });
    }
    txn.commit().await?;
    Ok(all)
}

/// A session for somebody, and the inspection that runs.
pub async fn person_session(db: &Db, staff_no: &str) -> Result<(String, Uuid)> {
    let row = person::Entity::find().filter(person::Column::StaffNo.eq(staff_no)).one(db.read()).await?;
    let target = target::Entity::find().one(db.read()).await?.context("no sheet")?;
    let origin = Origin { address: "127.0.0.1".into(), agent: "load".into() };
    let entry = Entry { login: staff_no.to_string(), way: Way::Password, origin };
    let txn = db.begin().await?;
    let token = session::open(&txn, &row.context("nobody")?, &entry, now()).await?;
    txn.commit().await?;
    Ok((token, target.inspection_id))
}
