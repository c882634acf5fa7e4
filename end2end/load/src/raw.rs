//! The yardstick: the same three rows of a save straight on SQLite in one loop, with nothing around it.

use crate::seed;
use anyhow::Result;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use std::time::Instant;
use store::Db;

pub async fn run(saves: usize) -> Result<()> {
    for together in [1, 128] {
        let folder = tempfile::tempdir()?;
        let db = seed::open(folder.path(), None).await?;
        db.execute("CREATE TABLE a (id BLOB PRIMARY KEY, target BLOB, item BLOB, value TEXT, at INTEGER)")
            .await?;
        db.execute("CREATE UNIQUE INDEX a_place ON a (target, item)").await?;
        db.execute("CREATE TABLE e (id BLOB PRIMARY KEY, stream TEXT, seq INTEGER, payload TEXT, hash TEXT)")
            .await?;
        db.execute("CREATE UNIQUE INDEX e_place ON e (stream, seq)").await?;
        db.execute("CREATE TABLE h (stream TEXT PRIMARY KEY, seq INTEGER, hash TEXT)").await?;
        let begun = Instant::now();
        for first in (0..saves).step_by(together) {
            write(&db, first, together).await?;
        }
        let rate = saves as f64 / begun.elapsed().as_secs_f64();
        println!("raw loop, {together:>3} in a transaction: {rate:.0} saves/s");
    }
    Ok(())
}

async fn write(db: &Db, first: usize, number: usize) -> Result<()> {
    let txn = db.begin().await?;
    for save in first..first + number {
        let (target, seq) = (format!("target:{:036}", save / 40), i64::try_from(save % 40 + 1)?);
        let hash = format!("{save:064}");
        let rows: [(&str, Vec<Value>); 3] = [
            (
                "INSERT INTO a VALUES (randomblob(16), ?, ?, 'done', 0)",
                vec![target.clone().into(), format!("item-{seq:032}").into()],
            ),
            (
                "INSERT INTO e VALUES (randomblob(16), ?, ?, ?, ?)",
                vec![
                    target.clone().into(),
                    seq.into(),
                    format!("{{\"after\":\"done\",\"no\":{seq}}}").into(),
                    hash.clone().into(),
                ],
            ),
            (
                "INSERT INTO h VALUES (?, ?, ?) ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
                vec![target.into(), seq.into(), hash.into()],
            ),
        ];
        for (sql, values) in rows {
            txn.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await?;
        }
    }
    Ok(txn.commit().await?)
}
