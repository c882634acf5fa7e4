//! `minaoshi backup FILE` and `minaoshi restore FILE`, for the embedded database.

use super::Place;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::Db;

/// The database file; PostgreSQL has its own tools.
fn database(place: &Place) -> anyhow::Result<PathBuf> {
    if place.database_url.is_some() {
        bail!("PostgreSQLを使うときは、pg_dump で控えを取り、pg_restore で復元してください。");
    }
    Ok(place.data.join("minaoshi.db"))
}

/// Writes a consistent copy, also while the server runs.
pub async fn backup(place: &Place, file: &Path) -> anyhow::Result<ExitCode> {
    let database = database(place)?;
    if !database.is_file() {
        bail!("{} がありません。--data でデータフォルダを指定してください。", database.display());
    }
    let db = Db::sqlite(&database).await?;
    let written = store::backup::write(&db, file).await;
    db.close().await?;
    written.with_context(|| format!("{} に書き出せません。", file.display()))?;
    println!("{} に控えを書き出しました。", file.display());
    Ok(ExitCode::SUCCESS)
}

/// Puts a copy in place after proving it. Works on a copy of the copy, so that a bad file leaves nothing behind.
pub async fn restore(place: &Place, file: &Path) -> anyhow::Result<ExitCode> {
    let database = database(place)?;
    if database.exists() {
        bail!(
            "{} は既にあります。上書きはしません。別のデータフォルダを指定するか、今のデータベースを移してください。",
            database.display()
        );
    }
    if !file.is_file() {
        bail!("{} がありません。控えのファイルを指定してください。", file.display());
    }
    std::fs::create_dir_all(&place.data)?;
    let trial = place.data.join("minaoshi.db.restoring");
    std::fs::copy(file, &trial).with_context(|| format!("{} を読めません。", file.display()))?;
    let proof = match store::backup::check(&trial).await {
        Ok(proof) => proof,
        Err(error) => {
            remove_trial(&trial);
            return Err(error.into());
        }
    };
    std::fs::rename(&trial, &database)?;
    remove_trial(&trial);
    println!("{} に復元しました。記録 {} 件の連鎖を確かめました。", database.display(), proof.events);
    Ok(ExitCode::SUCCESS)
}

/// What is left of a trial is of no use; failing to remove it harms nobody.
fn remove_trial(trial: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = trial.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}
