//! Frozen editions with their questions. Nothing in them changes any more, so each is read once for the process.

use super::asked::{Asked, asked};
use crate::entity::edition;
use crate::error::{StoreError, StoreResult};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// An edition.
pub(crate) struct Frozen {
    pub row: edition::Model,
    /// In the order of the sheet.
    pub asked: Vec<Asked>,
}

/// The editions that were needed so far. A city freezes a handful of them a year.
#[derive(Clone, Default)]
pub struct Editions(Arc<Mutex<BTreeMap<Uuid, Arc<Frozen>>>>);

impl std::fmt::Debug for Editions {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Editions")
    }
}

impl Editions {
    fn known(&self) -> MutexGuard<'_, BTreeMap<Uuid, Arc<Frozen>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One edition.
    ///
    /// # Errors
    /// `NotFound` for an unknown one.
    pub(crate) async fn get<C: ConnectionTrait>(&self, connection: &C, id: Uuid) -> StoreResult<Arc<Frozen>> {
        if let Some(known) = self.known().get(&id).cloned() {
            return Ok(known);
        }
        let row = edition::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
        let frozen = Arc::new(Frozen { row, asked: asked(connection, [id]).await? });
        Ok(self.known().entry(id).or_insert(frozen).clone())
    }

    /// Several.
    ///
    /// # Errors
    /// As [`Editions::get`].
    pub(crate) async fn of<C: ConnectionTrait>(
        &self,
        connection: &C,
        ids: impl Iterator<Item = Uuid>,
    ) -> StoreResult<BTreeMap<Uuid, Arc<Frozen>>> {
        let mut found = BTreeMap::new();
        for id in ids.collect::<BTreeSet<Uuid>>() {
            found.insert(id, self.get(connection, id).await?);
        }
        Ok(found)
    }
}
