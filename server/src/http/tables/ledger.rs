//! The record: the search of the page without its pages, and the seals.

use super::{Asked, Listed, Made};
use app::ledger::text;
use documents::table::Columns;
use store::ledger::sealing::{SealLine, list};
use store::ledger::search::{Entry, Search, begin_export};

/// What the search finds.
pub async fn ledger(asked: Asked) -> Made {
    search(asked, false).await
}

/// What the reader did.
pub async fn own(asked: Asked) -> Made {
    search(asked, true).await
}

async fn search(asked: Asked, own: bool) -> Made {
    let search = Search::from_fields(own, |name| asked.text(name))?;
    let export = begin_export(&asked.db, &asked.actor, &search, asked.now).await?;
    let listed = Listed::read(columns(), export, |mut export| async move {
        let entries = export.next().await?;
        Ok((entries, export))
    });
    Ok(listed.recorded())
}

fn columns() -> Columns<Entry> {
    Columns::<Entry>::new()
        .moment("日時", |entry| Some(entry.at))
        .with("氏名", |entry| entry.actor_name.clone())
        .with("接続元", |entry| entry.address.clone())
        .with("操作", |entry| text::kind(&entry.kind).to_string())
        .with("対象", |entry| text::about(&entry.stream).0)
        .with("対象の名称", |entry| entry.subject.clone())
        .with("号", |entry| entry.seq)
        .with("内容（原文）", |entry| {
            entry.payload.clone().unwrap_or_else(|| "（この権限では表示しません）".to_string())
        })
        .with("照合値", |entry| entry.hash.clone())
}

/// The seals, newest first.
pub async fn seals(asked: Asked) -> Made {
    let before = asked.number("before", i64::MAX);
    let source = (asked.db.clone(), asked.actor.clone(), before);
    // Who may not is told before anything is sent.
    list(&asked.db, &asked.actor, before).await?;
    let columns = Columns::<SealLine>::new()
        .with("番号", |seal| seal.number)
        .moment("日時", |seal| Some(seal.at))
        .with("記録の数", |seal| seal.events)
        .with("系列の数", |seal| seal.streams)
        .with("照合値", |seal| seal.hash.clone())
        .with("前の封印の照合値", |seal| seal.prev_hash.clone());
    Ok(Listed::read(columns, source, |(db, actor, before)| async move {
        let seals = list(&db, &actor, before).await?;
        let before = seals.last().map_or(0, |seal| seal.number);
        Ok((seals, (db, actor, before)))
    }))
}
