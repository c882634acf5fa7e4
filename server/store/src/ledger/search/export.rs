//! The entries of a search as a whole, for a file: read in portions, so that memory does not grow with the ledger.

use super::{Entry, Place, Search, at_or_behind, behind, page, scope};
use crate::Db;
use crate::access::require_city;
use crate::entity::event;
use crate::error::StoreResult;
use crate::ledger::{NewEvent, look};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

/// Entries read at once.
const PORTION: u64 = 2_000;

/// Where an export goes on.
#[derive(Debug, Clone, Copy)]
enum Next {
    From(Place),
    Behind(Place),
    End,
}

/// An export that is being read: what stood in the ledger when it was asked for, newest first.
#[derive(Debug)]
pub struct Export {
    db: Db,
    actor: Actor,
    asked: Search,
    next: Next,
}

/// Begins an export. That it is made, and of how many entries, is recorded before the first of them is read.
///
/// # Errors
/// As [`super::search`].
pub async fn begin_export(
    db: &Db,
    actor: &Actor,
    asked: &Search,
    now: OffsetDateTime,
) -> StoreResult<Export> {
    if !asked.own {
        require_city(actor, Action::ReadLedger)?;
    }
    let found = event::Entity::find().filter(scope::condition(db.read(), actor, asked).await?);
    let entries = found.clone().count(db.read()).await?;
    let newest: Option<(i64, uuid::Uuid)> = found
        .select_only()
        .columns([event::Column::AtMicros, event::Column::Id])
        .order_by_desc(event::Column::AtMicros)
        .order_by_desc(event::Column::Id)
        .into_tuple()
        .one(db.read())
        .await?;
    look::export(db, &actor.into(), now, told(actor, asked, entries)).await?;
    let next = newest.map_or(Next::End, |(at_micros, id)| Next::From(Place { at_micros, id }));
    Ok(Export { db: db.clone(), actor: actor.clone(), asked: asked.clone(), next })
}

fn told(actor: &Actor, asked: &Search, entries: u64) -> NewEvent {
    let facts = serde_json::json!({
        "entries": entries, "own": asked.own, "person": asked.person, "department": asked.department,
        "kind": asked.kind, "noun": asked.noun, "stream": asked.stream, "address": asked.address,
        "from": asked.from.map(domain::calendar::iso), "to": asked.to.map(domain::calendar::iso),
    });
    NewEvent::new("person", actor.person_id, "ledger.exported", facts)
}

impl Export {
    /// The next entries; none at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> StoreResult<Vec<Entry>> {
        let bound = match self.next {
            Next::From(place) => at_or_behind(place),
            Next::Behind(place) => behind(place),
            Next::End => return Ok(Vec::new()),
        };
        let page = page(&self.db, &self.actor, &self.asked, Some(bound), PORTION).await?;
        self.next = page.older.map_or(Next::End, Next::Behind);
        Ok(page.entries)
    }

    /// All of them.
    ///
    /// # Errors
    /// As [`Export::next`].
    pub async fn all(mut self) -> StoreResult<Vec<Entry>> {
        let mut all = Vec::new();
        loop {
            let entries = self.next().await?;
            if entries.is_empty() {
                return Ok(all);
            }
            all.extend(entries);
        }
    }
}
