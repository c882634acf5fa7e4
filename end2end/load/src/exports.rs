//! A whole inspection taken out as a file: so many answers, as CSV and as a workbook, from the running executable.

use crate::machine::Machine;
use crate::seed::{City, fill, open, person_session};
use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::{COOKIE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use sea_orm::ConnectionTrait;
use std::path::Path;
use std::time::{Duration, Instant};
use store::Db;
use tokio::net::TcpStream;
use uuid::Uuid;

/// Questions on each sheet.
const QUESTIONS: usize = 40;
/// Now, as the product writes it into SQLite.
const AT: &str = "strftime('%Y-%m-%d %H:%M:%S+00:00', 'now')";

/// What a download took.
struct Taken {
    bytes: u64,
    lines: u64,
    time: Duration,
}

/// Makes the database, starts the executable, downloads both files and prints the figures.
pub async fn run(program: &Path, answers: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let people = answers.div_ceil(QUESTIONS);
    let begun = Instant::now();
    let db = open(folder.path(), None).await?;
    let city = fill(&db, people, QUESTIONS).await?;
    let rows = answer_all(&db, &city).await?;
    let (token, inspection) = person_session(&db, "900001").await?;
    db.close().await?;
    println!(
        "database made         {people} people, {rows} answers, in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let machine = Machine::start(program, folder.path(), None, "127.0.0.1:0").await?;
    let address = format!("/export/inspections/{inspection}/answers/answers");
    let at_rest = machine.memory()?;
    let csv = download(&machine.address, &format!("{address}?as=csv"), &token).await?;
    // The headings, and no line break inside of a cell.
    ensure!(csv.lines == rows as u64 + 1, "{} lines for {rows} answers", csv.lines);
    told("csv", rows, &csv, machine.memory()?);
    let xlsx = download(&machine.address, &format!("{address}?as=xlsx"), &token).await?;
    told("xlsx", rows, &xlsx, machine.memory()?);
    println!("memory                {at_rest} MiB before, at most {} MiB", machine.memory()?);
    let (csv, xlsx, peak) = (csv.time.as_secs_f64(), xlsx.time.as_secs_f64(), machine.memory()?);
    machine.kill().await?;
    println!("rows {rows}, csv {csv:.1} s, xlsx {xlsx:.1} s, rss {peak} MB");
    Ok(())
}

fn told(form: &str, rows: usize, taken: &Taken, peak: usize) {
    let seconds = taken.time.as_secs_f64();
    println!(
        "{form:<22}{:.0} rows/s, {seconds:.1} s, {} bytes, peak {peak} MiB",
        rows as f64 / seconds,
        taken.bytes
    );
}

/// Everybody has answered and handed in: written straight into the tables, since it is the reading that is measured.
async fn answer_all(db: &Db, city: &City) -> Result<usize> {
    let txn = db.begin().await?;
    txn.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
    let mut all = 0;
    for (number, respondent) in city.respondents.iter().enumerate() {
        let target = blob(respondent.target);
        let person = format!("(SELECT person_id FROM target WHERE id = {target})");
        let row = |(question, item): (usize, &Uuid)| {
            let value = ["done", "done", "done", "partial", "not_done", "na"][(number + question) % 6];
            let comment = if value == "done" {
                ""
            } else {
                "離席時の施錠を、毎月の点検で確かめる。"
            };
            format!(
                "({}, {target}, {}, '{value}', '', '{comment}', 1, 'web', {AT}, {person})",
                blob(Uuid::now_v7()),
                blob(*item)
            )
        };
        let rows: Vec<String> = city.items.iter().enumerate().map(row).collect();
        all += rows.len();
        let sql = format!(
            "INSERT INTO answer (id, target_id, item_id, value, evidence, comment, version, source, at, by_person_id) VALUES {}",
            rows.join(",")
        );
        txn.execute_unprepared(&sql).await.context("inserting answers")?;
        let sql = format!(
            "INSERT INTO submission (id, target_id, at, by_person_id) VALUES ({}, {target}, {AT}, {person})",
            blob(Uuid::now_v7())
        );
        txn.execute_unprepared(&sql).await.context("inserting submissions")?;
    }
    txn.commit().await?;
    Ok(all)
}

/// A key as SQLite writes it.
fn blob(id: Uuid) -> String {
    format!("x'{}'", id.simple())
}

/// Reads the answer as it comes, keeping nothing.
async fn download(address: &str, path: &str, token: &str) -> Result<Taken> {
    let begun = Instant::now();
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move { drop(connection.await) });
    let request = Request::builder()
        .uri(path)
        .header(HOST, address)
        .header(COOKIE, format!("minaoshi={token}"))
        .body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    ensure!(response.status() == StatusCode::OK, "{path}: {}", response.status());
    let (mut body, mut bytes, mut lines) = (response.into_body(), 0, 0);
    while let Some(frame) = body.frame().await {
        if let Some(data) = frame?.data_ref() {
            bytes += data.len() as u64;
            lines += data.iter().filter(|byte| **byte == b'\n').count() as u64;
        }
    }
    Ok(Taken { bytes, lines, time: begun.elapsed() })
}
