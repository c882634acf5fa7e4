//! A copy of the SQLite database in one file, and the check of such a file before it is used.

use crate::Db;
use crate::error::{StoreError, StoreResult};
use crate::ledger::verify::{Proof, verify};
use std::path::Path;

/// Writes a consistent copy of a SQLite database while it is in use.
///
/// # Errors
/// When the file exists already or can't be written.
pub async fn write(db: &Db, file: &Path) -> StoreResult<()> {
    if file.exists() {
        return Err(StoreError::refused(format!(
            "{} は既にあります。別の名前を指定してください。",
            file.display()
        )));
    }
    let path = file.to_string_lossy().replace('\'', "''");
    db.execute(&format!("VACUUM INTO '{path}'")).await?;
    Ok(())
}

/// Brings a copied database file to the newest step and proves its ledger. The file is changed; give it a copy.
///
/// # Errors
/// A refusal if it is no database of this product, newer than this program, or its ledger is broken.
pub async fn check(file: &Path) -> StoreResult<Proof> {
    let foreign = || StoreError::refused("このファイルは、見直しのデータベースの控えではありません。");
    let db = Db::sqlite(file).await.map_err(|_| foreign())?;
    let checked = check_open(&db, foreign).await;
    db.close().await?;
    checked
}

async fn check_open(db: &Db, foreign: impl Fn() -> StoreError) -> StoreResult<Proof> {
    for table in ["event", "seal", "person", "improvement"] {
        db.execute(&format!("SELECT count(*) FROM {table}")).await.map_err(|_| foreign())?;
    }
    db.migrate().await.map_err(|_| {
        StoreError::refused(
            "この控えは、今のプログラムで読めない形です。新しいプログラムで復元してください。",
        )
    })?;
    let proof = verify(db).await?;
    match &proof.broken {
        None => Ok(proof),
        Some(fault) => Err(StoreError::refused(format!(
            "この控えの記録は壊れているため、復元しません。最初の箇所: {fault}"
        ))),
    }
}
