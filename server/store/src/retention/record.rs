//! The records of each kind that are finished and still there, with what a hold needs to know of them.

mod answers;
mod other;

use super::trace::disposed;
use crate::entity::{closing, inspection, outbox, post, roster_import};
use crate::error::StoreResult;
use crate::outbox::Pile;
use domain::calendar::{day, fiscal_year, fiscal_year_label};
use domain::retention::{Class, Found, Kind, is_due};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// One record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub kind: Kind,
    pub object_id: Uuid,
    /// What it is, without the name of a person.
    pub label: String,
    pub ended_on: Date,
    pub found: Found,
}

/// The records of a kind; only those that are due by a class on a day, if one is given.
pub(super) async fn records<C: ConnectionTrait>(
    connection: &C,
    kind: Kind,
    due: Option<(Class, Date)>,
) -> StoreResult<Vec<Record>> {
    let wanted = |ended: Date| due.is_none_or(|(class, today)| is_due(ended, class, today));
    let mut records = match kind {
        Kind::Answers => answers::records(connection, wanted).await?,
        Kind::Outbox => messages(connection, wanted).await?,
        Kind::Rosters => rosters(connection).await?,
        Kind::AuditPapers | Kind::Reports => other::audits(connection, kind).await?,
        Kind::Improvements => other::improvements(connection).await?,
        Kind::Results => other::results(connection).await?,
        Kind::Policies => other::policies(connection).await?,
    };
    records.retain(|record| wanted(record.ended_on));
    Ok(records)
}

/// How many records of a kind were finished on which day.
pub(super) async fn ends<C: ConnectionTrait>(connection: &C, kind: Kind) -> StoreResult<Vec<(Date, usize)>> {
    // The only kind with very many: counted by the database.
    if kind == Kind::Answers {
        return answers::ends(connection).await;
    }
    let mut ends: BTreeMap<Date, usize> = BTreeMap::new();
    for record in records(connection, kind, None).await? {
        *ends.entry(record.ended_on).or_default() += 1;
    }
    Ok(ends.into_iter().collect())
}

/// When inspections were closed.
async fn closings<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, OffsetDateTime>> {
    let rows = closing::Entity::find().all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.inspection_id, row.at)).collect())
}

/// Messages that wait for nothing any more.
async fn messages<C: ConnectionTrait>(
    connection: &C,
    wanted: impl Fn(Date) -> bool,
) -> StoreResult<Vec<Record>> {
    let rows: Vec<(Uuid, Option<Uuid>, OffsetDateTime)> = outbox::Entity::find()
        .select_only()
        .columns([outbox::Column::Id, outbox::Column::PersonId, outbox::Column::At])
        .filter(Pile::Waiting.condition().not())
        .filter(outbox::Column::Id.not_in_subquery(disposed(Kind::Outbox)))
        .into_tuple()
        .all(connection)
        .await?;
    let departments = departments_of_people(connection).await?;
    let running = runs(connection).await?;
    let record = |(id, person, at): (Uuid, Option<Uuid>, OffsetDateTime)| Record {
        kind: Kind::Outbox,
        object_id: id,
        label: format!("{}に作成したメール", fiscal_year_label(fiscal_year(day(at)))),
        ended_on: day(at),
        found: Found {
            inspections: running.iter().filter(|run| run.covers(at)).map(|run| run.id).collect(),
            departments: person.and_then(|id| departments.get(&id).cloned()).unwrap_or_default(),
            people: person.into_iter().collect(),
        },
    };
    Ok(rows.into_iter().filter(|(.., at)| wanted(day(*at))).map(record).collect())
}

/// All departments somebody ever held a post in: a message names none, so rather too many than too few.
async fn departments_of_people<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, Vec<Uuid>>> {
    let rows: Vec<(Uuid, Uuid)> = post::Entity::find()
        .select_only()
        .columns([post::Column::PersonId, post::Column::DepartmentId])
        .into_tuple()
        .all(connection)
        .await?;
    let mut departments: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (person, department) in rows {
        departments.entry(person).or_default().push(department);
    }
    Ok(departments)
}

/// An inspection from its start to its end.
struct Run {
    id: Uuid,
    from: OffsetDateTime,
    to: Option<OffsetDateTime>,
}

impl Run {
    fn covers(&self, at: OffsetDateTime) -> bool {
        self.from <= at && self.to.is_none_or(|to| at <= to)
    }
}

async fn runs<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<Run>> {
    let closed = closings(connection).await?;
    let rows = inspection::Entity::find().all(connection).await?.into_iter();
    Ok(rows.map(|row| Run { id: row.id, from: row.at, to: closed.get(&row.id).copied() }).collect())
}

/// Uploaded rosters, without the roster itself.
async fn rosters<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<Record>> {
    let rows: Vec<(Uuid, String, OffsetDateTime)> = roster_import::Entity::find()
        .select_only()
        .columns([roster_import::Column::Id, roster_import::Column::FileName, roster_import::Column::At])
        .filter(roster_import::Column::Id.not_in_subquery(disposed(Kind::Rosters)))
        .into_tuple()
        .all(connection)
        .await?;
    let record = |(id, file, at): (Uuid, String, OffsetDateTime)| Record {
        kind: Kind::Rosters,
        object_id: id,
        label: format!("名簿「{file}」"),
        ended_on: day(at),
        found: Found::default(),
    };
    Ok(rows.into_iter().map(record).collect())
}
