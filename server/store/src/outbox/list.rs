//! The outbox as a page shows it: waiting, sent, failed.

use super::send::TRIES;
use crate::Db;
use crate::access::require_city;
use crate::entity::{delivery, outbox, outbox_retry};
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
        let no_address =
            outbox::Column::ToAddress.is_null().and(outbox::Column::Id.not_in_subquery(retried()));
        let given_up = outbox::Column::Id.in_subquery(given_up()).or(no_address);
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

fn retried() -> SelectStatement {
    Query::select().column(outbox_retry::Column::OutboxId).from(outbox_retry::Entity).to_owned()
}

/// Given up: its tries are used up, each new word of the officer giving as many again.
fn given_up() -> SelectStatement {
    let again = Query::select()
        .expr(Expr::col((outbox_retry::Entity, outbox_retry::Column::Id)).count())
        .from(outbox_retry::Entity)
        .and_where(
            Expr::col((outbox_retry::Entity, outbox_retry::Column::OutboxId))
                .equals((delivery::Entity, delivery::Column::OutboxId)),
        )
        .to_owned();
    let again = Expr::SubQuery(None, ::std::boxed::Box::new(again.into()));
    let tries = i64::from(TRIES);
    let spent = Expr::col((delivery::Entity, delivery::Column::Id))
        .count()
        .add(Expr::col((delivery::Entity, delivery::Column::Spent)).sum());
    Query::select()
        .column((delivery::Entity, delivery::Column::OutboxId))
        .from(delivery::Entity)
        .group_by_col((delivery::Entity, delivery::Column::OutboxId))
        .and_having(spent.gte(again.add(1).mul(tries)))
        .to_owned()
}

/// A message with its tries.
#[derive(Debug, Clone)]
pub struct Entry {
    pub message: outbox::Model,
    pub pile: Pile,
    /// Where it goes: the address known when it was last sent again, otherwise that of the beginning.
    pub address: Option<String>,
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
    let entries = entries(db, pile, messages).await?;
    Ok(Box { entries, counts, page, pages })
}

/// All messages of a pile, newest first, for a file.
///
/// # Errors
/// As [`list`].
pub async fn all(db: &Db, actor: &Actor, pile: Pile) -> StoreResult<Vec<Entry>> {
    require_city(actor, Action::RunInspection)?;
    let messages = outbox::Entity::find()
        .filter(pile.condition())
        .order_by_desc(outbox::Column::At)
        .order_by_asc(outbox::Column::Id)
        .all(db.read())
        .await?;
    let mut all = Vec::new();
    for portion in messages.chunks(PORTION) {
        all.extend(entries(db, pile, portion.to_vec()).await?);
    }
    Ok(all)
}

/// Messages asked about at once: databases limit how many values a statement takes.
const PORTION: usize = 5_000;

async fn entries(db: &Db, pile: Pile, messages: Vec<outbox::Model>) -> StoreResult<Vec<Entry>> {
    let tries = tries(db, messages.iter().map(|message| message.id).collect()).await?;
    let again = addresses(db, messages.iter().map(|message| message.id).collect()).await?;
    let entries = messages
        .into_iter()
        .map(|message| {
            let own = tries.get(&message.id).map_or(&[][..], Vec::as_slice);
            let last = own.last().map(|one| (one.at, one.delivered, one.detail.clone()));
            let address = again.get(&message.id).cloned().or_else(|| message.to_address.clone());
            Entry { tries: own.len(), last, pile, address, message }
        })
        .collect();
    Ok(entries)
}

/// The newest address of messages that were sent again.
pub(super) async fn addresses(db: &Db, ids: Vec<Uuid>) -> StoreResult<BTreeMap<Uuid, String>> {
    let rows = outbox_retry::Entity::find()
        .filter(outbox_retry::Column::OutboxId.is_in(ids))
        .order_by_asc(outbox_retry::Column::At)
        .all(db.read())
        .await?;
    Ok(rows.into_iter().map(|row| (row.outbox_id, row.to_address)).collect())
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
