//! The nightly file: the same difference and the same transaction, without a screen.

use super::apply::{record, take};
use super::{fold_numbers, no_rows};
use crate::Db;
use crate::department::succession::Act;
use crate::error::{StoreError, StoreResult};
use crate::ledger::Author;
use domain::roster::Roster;
use domain::roster::choice::{Applied, Choice};
use domain::roster::difference::{Difference, Kind};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What the command asks for.
#[derive(Debug, Clone)]
pub struct Command {
    pub file_name: String,
    pub since: Date,
    /// People missing from the file keep their posts.
    pub keep_missing: bool,
    /// More people than this may not go at once.
    pub max_changes: usize,
    /// Nothing is changed.
    pub dry_run: bool,
}

/// What the command did, or would do.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub difference: Difference,
    pub applied: Applied,
    /// False if nothing was to be changed, or nothing had to be.
    pub changed: bool,
}

/// Takes a roster over by command. A file that changes nothing leaves no trace.
///
/// # Errors
/// A refusal when no row can be taken over, too many people would go, or people would go although rows were
/// left out.
pub async fn by_command(
    db: &Db,
    mut roster: Roster,
    command: Command,
    now: OffsetDateTime,
) -> StoreResult<Outcome> {
    if roster.rows.is_empty() {
        return Err(StoreError::refused(no_rows(&roster)));
    }
    fold_numbers(&mut roster);
    let txn = db.begin().await?;
    let act = Act { author: Author::console(), on: command.since, now };
    let mut choice = Choice::all();
    if !command.keep_missing {
        choice.kinds.insert(Kind::Missing);
    }
    let taken = take(&txn, &act, &roster, &choice).await?;
    let (difference, applied) = (taken.difference.clone(), taken.applied.clone());
    let gone = if command.keep_missing { 0 } else { difference.count(Kind::Missing) };
    if gone > command.max_changes {
        return Err(StoreError::refused(format!(
            "名簿にない職員が{gone}人おり、上限の{}人を超えるため、取り込みません。名簿が全職員のものか確かめてください。",
            command.max_changes
        )));
    }
    let changes = difference.changes.len() - difference.count(Kind::Missing) + gone;
    let changed = changes + difference.new_departments.len() + difference.renamed.len() > 0;
    if command.dry_run || !changed {
        // Dropping the transaction takes everything back.
        return Ok(Outcome { difference, applied, changed: false });
    }
    record(&txn, &act, Uuid::now_v7(), &command.file_name, taken).await?;
    txn.commit().await?;
    Ok(Outcome { difference, applied, changed })
}
