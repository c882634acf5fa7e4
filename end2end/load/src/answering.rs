//! The last day: everybody opens the page, saves each answer with a request of its own and hands in.

use crate::Setting;
use crate::client::{Browser, PACKED};
use crate::machine::Machine;
use crate::seed::{self, City, Respondent};
use crate::visit;
use anyhow::{Context, Result, ensure};
use hyper::header::{ETAG, HeaderMap};
use sea_orm::{EntityTrait, PaginatorTrait};
use std::cell::{Cell, RefCell};
use std::process::Stdio;
use std::rc::Rc;
use std::time::{Duration, Instant};
use store::entity::{answer, submission};
use tokio::process::Command;
use tokio::task::LocalSet;

/// What the browsers share.
struct Day {
    city: City,
    next: Cell<usize>,
    /// Microseconds of each save, page and handing in.
    saves: RefCell<Vec<u64>>,
    pages: RefCell<Vec<u64>>,
    submissions: RefCell<Vec<u64>>,
    /// There were several servers at the beginning.
    several: bool,
    /// The servers that answer.
    addresses: RefCell<Vec<String>>,
}

pub async fn run(setting: &Setting, kill_one: bool) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (data, url) = (folder.path(), setting.database_url.as_deref());
    let db = seed::open(data, url).await?;
    let city = seed::fill(&db, setting.people, setting.questions).await?;
    db.close().await?;
    let mut machines = Vec::new();
    for _ in 0..setting.servers {
        machines.push(Machine::start(&setting.program, data, url, "127.0.0.1:0").await?);
    }
    let kind = if url.is_some() { "PostgreSQL" } else { "SQLite" };
    println!(
        "{kind}, {} respondents, {} questions, {} browsers, {} server(s)",
        setting.people, setting.questions, setting.browsers, setting.servers
    );
    let first = machines.first().context("no server")?.address.clone();
    let (whole, again) = bytes(&city, &first).await?;
    let addresses = machines.iter().map(|machine| machine.address.clone()).collect();
    let day = Rc::new(Day {
        city,
        next: Cell::new(0),
        saves: RefCell::default(),
        pages: RefCell::default(),
        submissions: RefCell::default(),
        several: setting.servers > 1,
        addresses: RefCell::new(addresses),
    });
    let before = processor(&machines)?;
    let begun = Instant::now();
    let dying = if kill_one { machines.pop() } else { None };
    work(&day, setting.browsers, dying).await?;
    let took = begun.elapsed().as_secs_f64();
    let cpu = processor(&machines)? - before;
    let memory = machines.iter().map(Machine::memory).collect::<Result<Vec<_>>>()?.into_iter().max();
    drop(machines);
    let saves = day.saves.borrow().len();
    line("page", &day.pages);
    line("save", &day.saves);
    line("handing in", &day.submissions);
    verify(setting, data).await?;
    let (_, _, p99) = percentiles(&day.saves);
    println!(
        "saves/s {:.0}, p99 {:.0} ms, cpu {:.2} s/1000, rss {} MB, first {} KB, next {} KB",
        saves as f64 / took,
        p99,
        cpu / (saves as f64 / 1000.0),
        memory.unwrap_or_default(),
        whole.div_ceil(1024),
        again.div_ceil(1024)
    );
    Ok(())
}

fn processor(machines: &[Machine]) -> Result<f64> {
    machines.iter().map(Machine::processor).sum()
}

async fn work(day: &Rc<Day>, browsers: usize, dying: Option<Machine>) -> Result<()> {
    let local = LocalSet::new();
    let hands: Vec<_> = (0..browsers)
        .map(|number| {
            let day = day.clone();
            local.spawn_local(async move { browse(&day, number).await })
        })
        .collect();
    if let Some(machine) = dying {
        let day = day.clone();
        local.spawn_local(async move {
            while day.next.get() < day.city.respondents.len() / 2 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let gone = machine.address.clone();
            drop(machine.kill().await);
            day.addresses.borrow_mut().retain(|address| *address != gone);
        });
    }
    local.await;
    for hand in hands {
        hand.await??;
    }
    Ok(())
}

/// So often a browser goes on with another server before it gives up.
const TRIES: usize = 20;

/// One browser takes the next respondent until nobody is left. With one server a failure ends the measurement.
async fn browse(day: &Day, number: usize) -> Result<()> {
    let mut turn = number;
    while let Some(who) = day.city.respondents.get(day.next.replace(day.next.get() + 1)) {
        let mut left = if day.several { TRIES } else { 0 };
        loop {
            // The next respondent goes to the next server, as behind a balancer.
            turn += 1;
            let mut browser = day.connect(turn).await?;
            match answer(day, &mut browser, who).await {
                Ok(()) => break,
                Err(error) if left == 0 => return Err(error),
                Err(_) => left -= 1,
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    Ok(())
}

impl Day {
    async fn connect(&self, turn: usize) -> Result<Browser> {
        let all = self.addresses.borrow().clone();
        let mut last = None;
        for step in 0..all.len() {
            let Some(address) = all.get((turn + step) % all.len()) else { continue };
            match Browser::connect(address).await {
                Ok(browser) => return Ok(browser),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("no server is left")?)
    }
}

/// What was done already is done again: the same answer in the same words is saved once.
async fn answer(day: &Day, browser: &mut Browser, who: &Respondent) -> Result<()> {
    timed(&day.pages, visit::open(browser, who)).await?;
    for item in &day.city.items {
        timed(&day.saves, visit::save(browser, who, *item)).await?;
    }
    timed(&day.submissions, visit::hand_in(browser, who)).await?;
    Ok(())
}

async fn timed<T>(into: &RefCell<Vec<u64>>, what: impl Future<Output = Result<T>>) -> Result<T> {
    let begun = Instant::now();
    let done = what.await?;
    into.borrow_mut().push(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
    Ok(done)
}

/// Milliseconds within which half, 95 % and 99 % were done.
fn percentiles(of: &RefCell<Vec<u64>>) -> (f64, f64, f64) {
    let mut sorted = of.borrow().clone();
    sorted.sort_unstable();
    let at =
        |share: usize| sorted.get(sorted.len() * share / 100).copied().unwrap_or_default() as f64 / 1000.0;
    (at(50), at(95), at(99))
}

fn line(name: &str, of: &RefCell<Vec<u64>>) {
    let (p50, p95, p99) = percentiles(of);
    println!(
        "{name:<12}{:>8} requests   p50 {p50:.1} ms   p95 {p95:.1} ms   p99 {p99:.1} ms",
        of.borrow().len()
    );
}

/// Every answer once, every sheet handed in once, record and tallies whole.
async fn verify(setting: &Setting, data: &std::path::Path) -> Result<()> {
    let db = seed::open(data, setting.database_url.as_deref()).await?;
    let answers = answer::Entity::find().count(db.read()).await?;
    let handed_in = submission::Entity::find().count(db.read()).await?;
    db.close().await?;
    let (people, wanted) = (setting.people as u64, (setting.people * setting.questions) as u64);
    ensure!(answers == wanted, "{answers} answers instead of {wanted}");
    ensure!(handed_in == people, "{handed_in} submissions instead of {people}");
    for check in [["ledger", "verify"], ["tally", "verify"]] {
        ensure!(passes(setting, data, check).await?, "{} {} failed", check[0], check[1]);
    }
    Ok(())
}

/// Whether a check of the executable passes.
pub async fn passes(setting: &Setting, data: &std::path::Path, check: [&str; 2]) -> Result<bool> {
    let mut command = Command::new(&setting.program);
    command.args(check).arg("--data").arg(data).stdout(Stdio::null());
    if let Some(url) = &setting.database_url {
        command.args(["--database-url", url]);
    }
    Ok(command.status().await?.success())
}

/// Bytes of the page with everything it loads: on the first visit, and on the next with what the browser kept.
async fn bytes(city: &City, address: &str) -> Result<(usize, usize)> {
    let who = city.respondents.first().context("nobody")?;
    let mut browser = Browser::connect(address).await?;
    let page = visit::open(&mut browser, who).await?;
    let plain = browser.get(&format!("/answer/{}", who.target), &who.token, &[]).await?;
    let text = String::from_utf8_lossy(&plain.body);
    let (mut first, mut next) = (size(&page.headers, &page.body), size(&page.headers, &page.body));
    for path in files(&text) {
        let file = browser.get(&path, &who.token, &[PACKED]).await?;
        first += size(&file.headers, &file.body);
        let fresh = file.headers.get("cache-control").is_some_and(|value| value.to_str().is_ok_and(is_kept));
        if let (false, Some(tag)) = (fresh, file.headers.get(ETAG).and_then(|tag| tag.to_str().ok())) {
            let again = browser.get(&path, &who.token, &[PACKED, ("if-none-match", tag)]).await?;
            next += size(&again.headers, &again.body);
        } else if !fresh {
            next += size(&file.headers, &file.body);
        }
    }
    Ok((first, next))
}

fn is_kept(value: &str) -> bool {
    value.contains("immutable")
}

fn size(headers: &HeaderMap, body: &[u8]) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>() + body.len()
}

/// The style, the script and what the script loads.
fn files(page: &str) -> Vec<String> {
    let mut found: Vec<String> = page
        .split('"')
        .filter(|part| part.starts_with("/pkg/") || part.starts_with("/icon"))
        .map(ToString::to_string)
        .collect();
    found.sort();
    found.dedup();
    found
}
