//! Saves that arrive together share one transaction, so that the disk is waited for once and not once each.
//! Whoever comes while one is being written waits; the next transaction takes all who wait.

use super::desk::{Desk, Put};
use super::{Draft, Outcome, Saved};
use crate::Db;
use crate::entity::session;
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use time::OffsetDateTime;
use tokio::sync::oneshot;
use uuid::Uuid;

/// So many saves in one transaction at most: few enough that the last of them still answers soon.
const TOGETHER: usize = 128;

/// An answer that somebody wants to save.
pub(super) struct Wish {
    pub actor: Actor,
    /// The session it came in by, if it was looked up a moment ago only; then it is looked at again.
    pub session: Option<Uuid>,
    pub target: Uuid,
    pub draft: Draft,
    pub now: OffsetDateTime,
}

struct Waiting {
    wish: Wish,
    done: oneshot::Sender<StoreResult<Outcome>>,
}

/// Who waits, and whether somebody is writing. One writer for all: a task for each save would stay behind, waiting for
/// its turn, long after another had taken its save along, and on a busy day there would be more of them every second.
#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    writing: bool,
}

/// Where saves of one process wait.
#[derive(Clone, Default)]
pub struct Lane(Arc<Mutex<Queue>>);

impl std::fmt::Debug for Lane {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Lane")
    }
}

impl Lane {
    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True if nobody is writing, so that the caller has to see to it.
    fn push(&self, one: Waiting) -> bool {
        let mut queue = self.queue();
        queue.waiting.push(one);
        !std::mem::replace(&mut queue.writing, true)
    }

    /// Those who are written together; with none left the writer has ended.
    fn take(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        let number = queue.waiting.len().min(TOGETHER);
        queue.writing = number > 0;
        queue.waiting.drain(..number).collect()
    }
}

/// Saves one answer with all that wait at this moment. A caller that goes away changes nothing for the others.
pub(super) async fn save(db: &Db, wish: Wish) -> StoreResult<Outcome> {
    let (done, outcome) = oneshot::channel();
    if db.save_lane().push(Waiting { wish, done }) {
        tokio::spawn(write_all(db.clone()));
    }
    outcome.await.map_err(|_| StoreError::Machine("a save ended without an outcome".to_string()))?
}

/// Writes until nobody waits. What panics in one round takes nobody of the next with it.
async fn write_all(db: Db) {
    loop {
        let waiting = db.save_lane().take();
        if waiting.is_empty() {
            return;
        }
        let db = db.clone();
        if let Err(error) = tokio::spawn(async move { write(&db, waiting).await }).await {
            tracing::error!(%error, "writing saves broke down");
        }
    }
}

/// If the machine fails for all of them, each is tried by itself, so that one can't harm the others.
async fn write(db: &Db, waiting: Vec<Waiting>) {
    let wishes: Vec<&Wish> = waiting.iter().map(|one| &one.wish).collect();
    let together = write_together(db, &wishes).await;
    let outcomes = match together {
        Ok(outcomes) => outcomes,
        Err(error) if wishes.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::warn!(cause = %error, saves = wishes.len(), "saving together failed; each by itself now");
            one_by_one(db, &wishes).await
        }
    };
    for (one, outcome) in waiting.into_iter().zip(outcomes) {
        // Whoever does not wait any more has gone away; the answer is saved all the same.
        drop(one.done.send(outcome));
    }
}

async fn one_by_one(db: &Db, wishes: &[&Wish]) -> Vec<StoreResult<Outcome>> {
    let mut outcomes = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let alone = write_together(db, &[wish]).await;
        outcomes.push(alone.and_then(|mut all| all.pop().unwrap_or(Err(StoreError::NotFound))));
    }
    outcomes
}

/// One outcome for each wish; an error of its own where a rule says no.
async fn write_together(db: &Db, wishes: &[&Wish]) -> StoreResult<Vec<StoreResult<Outcome>>> {
    let txn = db.begin().await?;
    let sessions = open_sessions(&txn, wishes).await?;
    let targets = wishes.iter().map(|wish| wish.target).collect();
    let items = wishes.iter().map(|wish| wish.draft.item).collect();
    let mut desk = Desk::open(&txn, db.editions(), targets, items).await?;
    let mut outcomes = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let open = wish.session.is_none_or(|session| sessions.contains(&session));
        let outcome = if open { put(&mut desk, wish).await } else { Err(StoreError::SignedOut) };
        match outcome {
            Err(error @ (StoreError::Database(_) | StoreError::Json(_) | StoreError::Machine(_))) => {
                return Err(error);
            }
            outcome => outcomes.push(outcome),
        }
    }
    desk.write().await?;
    txn.commit().await?;
    Ok(outcomes)
}

async fn put(desk: &mut Desk<'_>, wish: &Wish) -> StoreResult<Outcome> {
    desk.check_recent(wish.target, &wish.actor, wish.now).await?;
    Ok(match desk.put(&wish.actor, wish.target, &wish.draft, false, wish.now).await? {
        Put::Clash(clash) => Outcome::Clash(clash),
        Put::Written(row) | Put::Same(row) => Outcome::Saved(Saved { version: row.version, at: row.at }),
        Put::Nothing => Outcome::Saved(Saved { version: 0, at: wish.now }),
    })
}

/// The sessions among those named that have not ended.
async fn open_sessions(txn: &DatabaseTransaction, wishes: &[&Wish]) -> StoreResult<BTreeSet<Uuid>> {
    let named: BTreeSet<Uuid> = wishes.iter().filter_map(|wish| wish.session).collect();
    if named.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows = session::Entity::find().filter(session::Column::Id.is_in(named)).all(txn).await?;
    let now = wishes.iter().map(|wish| wish.now).max();
    let open = rows.into_iter().filter(|row| now.is_some_and(|now| crate::session::holds(row, now)));
    Ok(open.map(|row| row.id).collect())
}
