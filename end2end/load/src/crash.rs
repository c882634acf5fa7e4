//! The server is killed in the middle of the work and started again on the same port; the browsers go on. At the end
//! every answer the server acknowledged has to be there, once.

use crate::answering::passes;
use crate::client::Browser;
use crate::machine::Machine;
use crate::seed::{self, City};
use crate::{Setting, visit};
use anyhow::{Context, Result};
use sea_orm::{EntityTrait, QuerySelect};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;
use store::entity::answer;
use tokio::task::LocalSet;
use uuid::Uuid;

/// What was acknowledged: target and question.
type Acknowledged = RefCell<BTreeSet<(Uuid, Uuid)>>;

struct Field {
    city: City,
    next: Cell<usize>,
    over: Cell<bool>,
    address: String,
    acknowledged: Acknowledged,
}

pub async fn run(setting: &Setting, kills: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (data, url) = (folder.path(), setting.database_url.as_deref());
    let db = seed::open(data, url).await?;
    let city = seed::fill(&db, setting.people, setting.questions).await?;
    db.close().await?;
    let machine = Machine::start(&setting.program, data, url, "127.0.0.1:0").await?;
    let field = Rc::new(Field {
        city,
        next: Cell::new(0),
        over: Cell::new(false),
        address: machine.address.clone(),
        acknowledged: RefCell::default(),
    });
    let local = LocalSet::new();
    for _ in 0..setting.browsers {
        let field = field.clone();
        local.spawn_local(async move { browse(&field).await });
    }
    let done = local.run_until(kill(setting, data, &field, machine, kills)).await?;
    local.await;
    report(setting, data, &field, done).await
}

/// Kills and restarts, until it was done often enough or nothing is left to do.
async fn kill(
    setting: &Setting,
    data: &std::path::Path,
    field: &Field,
    mut machine: Machine,
    kills: usize,
) -> Result<usize> {
    let url = setting.database_url.as_deref();
    let mut done = 0;
    for round in 0..kills {
        // Not always at the same moment of a transaction.
        tokio::time::sleep(Duration::from_millis(120 + u64::try_from(round * 37 % 90)?)).await;
        if field.next.get() >= field.city.respondents.len() {
            break;
        }
        machine.kill().await?;
        done += 1;
        machine = Machine::start(&setting.program, data, url, &field.address).await?;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    field.over.set(true);
    // The browsers finish what they are at.
    tokio::time::sleep(Duration::from_secs(1)).await;
    machine.kill().await?;
    Ok(done)
}

/// One browser after another respondent; what the server did not acknowledge is sent again.
async fn browse(field: &Field) {
    let mut browser = None;
    while let Some(who) = field.city.respondents.get(field.next.replace(field.next.get() + 1)) {
        for item in &field.city.items {
            loop {
                if field.over.get() {
                    return;
                }
                let saved = match &mut browser {
                    Some(browser) => visit::save(browser, who, *item).await.is_ok(),
                    None => false,
                };
                if saved {
                    field.acknowledged.borrow_mut().insert((who.target, *item));
                    break;
                }
                browser = Browser::connect(&field.address).await.ok();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        if let Some(open) = &mut browser
            && visit::hand_in(open, who).await.is_err()
        {
            browser = None;
        }
    }
}

async fn report(setting: &Setting, data: &std::path::Path, field: &Field, kills: usize) -> Result<()> {
    let db = seed::open(data, setting.database_url.as_deref()).await?;
    let rows: Vec<(Uuid, Uuid)> = answer::Entity::find()
        .select_only()
        .columns([answer::Column::TargetId, answer::Column::ItemId])
        .into_tuple()
        .all(db.read())
        .await?;
    db.close().await?;
    let mut stored: BTreeMap<(Uuid, Uuid), usize> = BTreeMap::new();
    for row in rows {
        *stored.entry(row).or_default() += 1;
    }
    let acknowledged: BTreeSet<(Uuid, Uuid)> = field.acknowledged.take();
    let lost = acknowledged.iter().filter(|one| !stored.contains_key(one)).count();
    let doubled = stored.values().filter(|times| **times > 1).count();
    let word = |passed: bool| if passed { "ok" } else { "broken" };
    let ledger = word(passes(setting, data, ["ledger", "verify"]).await?);
    let tallies = word(passes(setting, data, ["tally", "verify"]).await?);
    println!("acknowledged {}, stored {}", acknowledged.len(), stored.len());
    println!("kills {kills}, lost {lost}, doubled {doubled}, ledger {ledger}, tallies {tallies}");
    (lost == 0 && doubled == 0 && ledger == "ok" && tallies == "ok")
        .then_some(())
        .context("answers were harmed")
}
