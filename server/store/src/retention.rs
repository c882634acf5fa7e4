//! Retention (保存期間): the class of each kind of record, holds, and lists of disposal.

mod carry;
pub mod disposal;
pub mod hold;
pub(crate) mod record;
mod trace;

pub(crate) use trace::disposed;
pub use trace::{Gone, gone, is_gone};

use crate::Db;
use crate::access::require_city;
use crate::entity::{person, retention_class};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::retention::{Class, Kind, due_on, is_due};
use hold::Holds;
use record::Record;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A kind of record with its class and what is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub kind: Kind,
    pub class: Class,
    /// Since when, and by whom; none for the class it comes with.
    pub set: Option<(OffsetDateTime, String)>,
    /// Records that are finished and still there.
    pub records: usize,
    /// The earliest day on which one may be disposed of.
    pub next: Option<Date>,
    /// Records whose day has come, with those under a hold.
    pub due: usize,
}

/// The classes that hold today.
///
/// # Errors
/// When the database fails.
pub(crate) async fn classes<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Kind, Class>> {
    let mut classes: BTreeMap<Kind, Class> =
        Kind::ALL.into_iter().map(|kind| (kind, kind.default_class())).collect();
    classes.extend(set(connection).await?.into_iter().filter_map(|row| kind_and_class(&row)));
    Ok(classes)
}

fn kind_and_class(row: &retention_class::Model) -> Option<(Kind, Class)> {
    Kind::from_key(&row.kind).zip(Class::from_key(&row.class))
}

/// What was set, oldest first.
async fn set<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<retention_class::Model>> {
    let rows = retention_class::Entity::find()
        .order_by_asc(retention_class::Column::At)
        .order_by_asc(retention_class::Column::Id);
    Ok(rows.all(connection).await?)
}

/// Every kind of record.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn overview(db: &Db, actor: &Actor, now: OffsetDateTime) -> StoreResult<Vec<Line>> {
    require_city(actor, Action::SeeRetention)?;
    let today = day(now);
    let rows = set(db.read()).await?;
    let names = names(db.read(), rows.iter().map(|row| row.by_person_id)).await?;
    let mut set: BTreeMap<Kind, (OffsetDateTime, String)> = BTreeMap::new();
    for row in &rows {
        if let Some((kind, _)) = kind_and_class(row) {
            set.insert(kind, (row.at, names.get(&row.by_person_id).cloned().unwrap_or_default()));
        }
    }
    let mut lines = Vec::new();
    for (kind, class) in classes(db.read()).await? {
        let ends = record::ends(db.read(), kind).await?;
        let due = ends.iter().filter(|(ended, _)| is_due(*ended, class, today));
        lines.push(Line {
            kind,
            class,
            set: set.remove(&kind),
            records: ends.iter().map(|(_, number)| number).sum(),
            next: ends.iter().filter_map(|(ended, _)| due_on(*ended, class)).min(),
            due: due.map(|(_, number)| number).sum(),
        });
    }
    Ok(lines)
}

/// Names of people by key.
async fn names<C: ConnectionTrait>(
    connection: &C,
    ids: impl Iterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = ids.collect();
    let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(connection).await?;
    Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
}

/// Records of the same name and day.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub label: String,
    pub ended_on: Date,
    /// None for 永年.
    pub due_on: Option<Date>,
    pub number: usize,
    /// Why these are kept, if a hold keeps them.
    pub held: Option<String>,
}

/// All records of a kind with their days.
#[derive(Debug, Clone)]
pub struct Records {
    pub kind: Kind,
    pub class: Class,
    /// In the order of their days.
    pub groups: Vec<Group>,
}

/// All records of a kind.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn records(db: &Db, actor: &Actor, kind: Kind, now: OffsetDateTime) -> StoreResult<Records> {
    require_city(actor, Action::SeeRetention)?;
    let class = classes(db.read()).await?.get(&kind).copied().unwrap_or(kind.default_class());
    let holds = Holds::load(db.read(), day(now)).await?;
    let found = record::records(db.read(), kind, None).await?;
    Ok(Records { kind, class, groups: grouped(found, class, &holds) })
}

fn grouped(records: Vec<Record>, class: Class, holds: &Holds) -> Vec<Group> {
    let mut groups: BTreeMap<(Date, String, Option<String>), usize> = BTreeMap::new();
    for record in records {
        let held = holds.keeping(&record).map(hold::Held::told);
        *groups.entry((record.ended_on, record.label, held)).or_default() += 1;
    }
    let group = |((ended_on, label, held), number)| Group {
        label,
        ended_on,
        due_on: due_on(ended_on, class),
        number,
        held,
    };
    groups.into_iter().map(group).collect()
}

/// Sets the class of a kind.
///
/// # Errors
/// `Forbidden` without the role; refused when it is the class already.
pub async fn set_class(
    db: &Db,
    actor: &Actor,
    kind: Kind,
    class: Class,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::ManageRetention)?;
    let txn = db.begin().await?;
    let before = classes(&txn).await?.get(&kind).copied().unwrap_or(kind.default_class());
    if before == class {
        let text = format!("「{}」の保存期間は、既に{}です。", kind.label(), class.label());
        return Err(StoreError::Refused(domain::Refusal::field("class", text)));
    }
    let row = retention_class::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(kind.key().to_string()),
        class: Set(class.key().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    retention_class::Entity::insert(row).exec_without_returning(&txn).await?;
    let stream = format!("retention:{}", kind.key());
    let payload = json!({
        "name": kind.label(), "before": { "class": before.label() }, "after": { "class": class.label() },
    });
    let event = NewEvent { stream, kind: "retention.class_set", payload };
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
