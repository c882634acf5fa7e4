//! Reading the ledger: newest first, paged by the place of the last entry seen.

mod export;
mod scope;
mod subject;

pub use export::{Export, begin_export};

use crate::Db;
use crate::access::require_city;
use crate::entity::event;
use crate::error::StoreResult;
use domain::actor::Actor;
use domain::calendar::day_field;
use domain::permission::Action;
use domain::permission::record::{Sight, sight};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Entries of a page.
pub const PAGE: u64 = 50;

/// What is searched; an empty text does not limit.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Staff number, name or reading of who acted or was affected.
    pub person: String,
    /// Code or name of a department whose things are concerned.
    pub department: String,
    /// Noun of what it is about, e.g. `improvement`.
    pub noun: String,
    /// The history of one thing, e.g. `improvement:<id>`.
    pub stream: String,
    /// E.g. `role.granted`.
    pub kind: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Beginning of the address of the request.
    pub address: String,
    /// Only what the reader did; open to everybody.
    pub own: bool,
}

impl Search {
    /// From the fields of the search form.
    ///
    /// # Errors
    /// A refusal that names the field for a day that can't be read.
    pub fn from_fields(own: bool, field: impl Fn(&str) -> String) -> StoreResult<Search> {
        let text = |name: &str| field(name).trim().to_string();
        let date = |name: &str| match text(name) {
            day if day.is_empty() => Ok(None),
            day => day_field(name, &day).map(Some),
        };
        Ok(Search {
            person: text("person"),
            department: text("department"),
            noun: text("noun"),
            stream: text("stream"),
            kind: text("kind"),
            from: date("from")?,
            to: date("to")?,
            address: text("address"),
            own,
        })
    }
}

/// The place of an entry in the order; written as `micros.id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub at_micros: i64,
    pub id: Uuid,
}

impl Place {
    /// The place of such a text, if it is one.
    pub fn parse(text: &str) -> Option<Place> {
        let (at, id) = text.split_once('.')?;
        Some(Place { at_micros: at.parse().ok()?, id: id.parse().ok()? })
    }

    /// The text for an address.
    pub fn text(self) -> String {
        format!("{}.{}", self.at_micros, self.id)
    }
}

/// One entry as the page shows it.
#[derive(Debug, Clone)]
pub struct Entry {
    pub place: Place,
    pub at: OffsetDateTime,
    pub actor_name: String,
    pub address: String,
    pub kind: String,
    pub stream: String,
    pub seq: i64,
    /// The name of what it is about, as it is today; empty where there is none.
    pub subject: String,
    /// What it said; none where the reader sees the headline only.
    pub payload: Option<String>,
    pub hash: String,
}

/// A page of entries, newest first.
#[derive(Debug, Clone)]
pub struct Entries {
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there are older entries.
    pub older: Option<Place>,
}

/// Entries older than a place.
///
/// # Errors
/// `Forbidden` without the permission to read the ledger, unless only the own acts are asked for.
pub async fn search(
    db: &Db,
    actor: &Actor,
    search: &Search,
    after: Option<Place>,
    most: u64,
) -> StoreResult<Entries> {
    if !search.own {
        require_city(actor, Action::ReadLedger)?;
    }
    page(db, actor, search, after.map(behind), most).await
}

/// Entries within a bound, for who may see them.
async fn page(
    db: &Db,
    actor: &Actor,
    search: &Search,
    bound: Option<Condition>,
    most: u64,
) -> StoreResult<Entries> {
    let mut rows = event::Entity::find()
        .filter(scope::condition(db.read(), actor, search).await?.add_option(bound))
        .order_by_desc(event::Column::AtMicros)
        .order_by_desc(event::Column::Id)
        .limit(most + 1)
        .all(db.read())
        .await?;
    let more = rows.len() as u64 > most;
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let older = rows.last().filter(|_| more).map(|row| Place { at_micros: row.at_micros, id: row.id });
    let subjects = subject::names(db.read(), &rows).await?;
    let entries = rows.into_iter().map(|row| {
        let subject = subjects.get(&row.stream).cloned().unwrap_or_default();
        entry(actor, row, subject)
    });
    Ok(Entries { entries: entries.collect(), older })
}

/// Older than a place, in the order of the pages.
fn behind(place: Place) -> Condition {
    let (columns, values) = pairs(place);
    Condition::all().add(ExprTrait::lt(columns, values))
}

/// The same with the place itself.
fn at_or_behind(place: Place) -> Condition {
    let (columns, values) = pairs(place);
    Condition::all().add(ExprTrait::lte(columns, values))
}

/// A comparison of pairs goes straight to its place in the index.
fn pairs(place: Place) -> (Expr, Expr) {
    let columns = Expr::tuple([Expr::col(event::Column::AtMicros), Expr::col(event::Column::Id)]);
    let values = Expr::tuple([Expr::val(place.at_micros), Expr::val(place.id)]);
    (columns, values)
}

fn entry(actor: &Actor, row: event::Model, subject: String) -> Entry {
    let nanos = i128::from(row.at_micros) * 1000;
    let own = row.actor_id == Some(actor.person_id);
    let whole = sight(actor, &row.kind, own) == Sight::Whole;
    Entry {
        place: Place { at_micros: row.at_micros, id: row.id },
        at: OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH),
        actor_name: row.actor_name,
        address: row.address,
        kind: row.kind,
        stream: row.stream,
        seq: row.seq,
        subject,
        payload: whole.then_some(row.payload),
        hash: row.hash,
    }
}
