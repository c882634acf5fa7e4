//! The outbox as a page shows it: waiting, sent, failed.

use super::send::TRIES;
use crate::Db;
use crate::access::require_city;
use crate::entity::{delivery, outbox};
use crate::error::StoreResult;
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// So many messages stand on a page.
pub const PER_PAGE: u64 = 50;

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pile {
    /// Not sent yet.
    Waiting,
    /// Taken by the mail server.
    Sent,
    /// No address, or given up after the last try.
    Failed,
}

impl Pile {
    /// All, in the order of the page.
    pub const ALL: [Pile; 3] = [Pile::Waiting, Pile::Sent, Pile::Failed];

    /// The key in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Pile::Waiting => "waiting",
            Pile::Sent => "sent",
            Pile::Failed => "failed",
        }
    }

    /// The pile of a key.
    pub fn from_key(key: &str) -> Option<Pile> {
        Pile::ALL.into_iter().find(|pile| pile.key() == key)
    }

    /// Messages of this pile, in SQL.
    pub(crate) fn condition(self) -> Condition {
        let sent = outbox::Column::Id.in_subquery(delivered());
        let given_up = outbox::Column::Id.in_subquery(given_up()).or(outbox::Column::ToAddress.is_null());
        match self {
            Pile::Sent => Condition::all().add(sent),
            Pile::Failed => Condition::all().add(sent.not()).add(given_up),
            Pile::Waiting => Condition::all().add(sent.not()).add(given_up.not()),
        }
    }
}

fn delivered() -> SelectStatement {
    Query::select()
        .column(delivery::Column::OutboxId)
        .from(delivery::Entity)
        .and_where(delivery::Column::Delivered.eq(true))
        .to_owned()
}

fn given_up() -> SelectStatement {
    Query::select()
        .column(delivery::Column::OutboxId)
        .from(delivery::Entity)
        .group_by_col(delivery::Column::OutboxId)
        .and_having(Expr::col(delivery::Column::Id).count().gte(i64::from(TRIES)))
        .to_owned()
}

/// A message with its tries.
#[derive(Debug, Clone)]
pub struct Entry {
    pub message: outbox::Model,
    pub tries: usize,
    /// When it was tried last, and what came of it.
    pub last: Option<(OffsetDateTime, bool, String)>,
}

/// One page of a pile, and how many are in each.
#[derive(Debug, Clone)]
pub struct Box {
    pub entries: Vec<Entry>,
    /// In the order of [`Pile::ALL`].
    pub counts: [u64; 3],
    pub page: u64,
    pub pages: u64,
}

/// Messages of a pile, newest first. Pages count from 1.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn list(db: &Db, actor: &Actor, pile: Pile, page: u64) -> StoreResult<Box> {
    require_city(actor, Action::RunInspection)?;
    let mut counts = [0; 3];
    for (count, one) in counts.iter_mut().zip(Pile::ALL) {
        *count = outbox::Entity::find().filter(one.condition()).count(db.read()).await?;
    }
    let own = counts.into_iter().zip(Pile::ALL).find(|(_, one)| *one == pile).map_or(0, |(count, _)| count);
    let pages = Ord::max(own.div_ceil(PER_PAGE), 1);
    let page = page.clamp(1, pages);
    let messages = outbox::Entity::find()
        .filter(pile.condition())
        .order_by_desc(outbox::Column::At)
        .order_by_asc(outbox::Column::Id)
        .paginate(db.read(), PER_PAGE)
        .fetch_page(page - 1)
        .await?;
    let tries = tries(db, messages.iter().map(|message| message.id).collect()).await?;
    let entries = messages
        .into_iter()
        .map(|message| {
            let own = tries.get(&message.id).map_or(&[][..], Vec::as_slice);
            let last = own.last().map(|one| (one.at, one.delivered, one.detail.clone()));
            Entry { tries: own.len(), last, message }
        })
        .collect();
    Ok(Box { entries, counts, page, pages })
}

/// Tries by message, oldest first.
async fn tries(db: &Db, ids: Vec<Uuid>) -> StoreResult<BTreeMap<Uuid, Vec<delivery::Model>>> {
    let mut tries: BTreeMap<Uuid, Vec<delivery::Model>> = BTreeMap::new();
    let rows = delivery::Entity::find()
        .filter(delivery::Column::OutboxId.is_in(ids))
        .order_by_asc(delivery::Column::At)
        .all(db.read())
        .await?;
    for row in rows {
        tries.entry(row.outbox_id).or_default().push(row);
    }
    Ok(tries)
}
