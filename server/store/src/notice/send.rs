//! What the job does: writes the notices that are due into the outbox, each person once for each occasion.

use super::fill::{Recipient, Writer};
use super::rules;
use super::waiting::leading;
use crate::Db;
use crate::entity::{closing, inspection, notice_sent};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use crate::inspection::board::stamp;
use crate::inspection::hand_out;
use crate::ledger::{self, Author, NewEvent, insert_in_portions};
use crate::outbox::{self, Message};
use domain::calendar::office::{Calendar, Hours};
use domain::calendar::{day, iso};
use domain::inspection::notice::{Kind, Occasion, Rule, any_due, due};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set, SqlErr};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// So many people in one transaction, so that nobody who saves an answer waits for long.
const PORTION: usize = 500;

/// Writes every notice that is due at this moment; gives how many. Nothing at night or on closed days. It may be
/// stopped at any point and run twice at once: whom a notice reached stands in a row of the same transaction.
///
/// # Errors
/// When the database fails.
pub async fn send_due(db: &Db, hours: Hours, now: OffsetDateTime) -> StoreResult<usize> {
    send_due_unless(db, &mut Settled::default(), hours, now).await
}

/// Inspections in which nobody was left to tell, each with how things stood then.
#[derive(Debug, Default)]
pub struct Settled(BTreeMap<Uuid, String>);

/// The same for a job that asks every half minute: an inspection in which nobody was left to tell is read again only
/// when its sheets, its days or its rules changed, or another day began.
///
/// # Errors
/// When the database fails.
pub async fn send_due_unless(
    db: &Db,
    settled: &mut Settled,
    hours: Hours,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    let known = crate::closed_day::calendar(db.read()).await?;
    let calendar = Calendar { every_day: hours == Hours::Always, ..known };
    if !hours.are_open(&calendar, now) {
        return Ok(0);
    }
    let mut sent = 0;
    for inspection in running(db, day(now)).await? {
        sent += of_inspection(db, settled, inspection, &calendar, now).await?;
    }
    Ok(sent)
}

/// Begun, handed out to the last sheet and not closed.
async fn running(db: &Db, today: Date) -> StoreResult<Vec<inspection::Model>> {
    let closed = Query::select().column(closing::Column::InspectionId).from(closing::Entity).to_owned();
    Ok(inspection::Entity::find()
        .filter(inspection::Column::Id.not_in_subquery(closed))
        .filter(inspection::Column::OpensOn.lte(today))
        .filter(inspection::Column::Id.not_in_subquery(hand_out::under_way()))
        .all(db.read())
        .await?)
}

/// A rule, the occasion and who is still to be told.
type Batch<'a> = (&'a Rule, Occasion, Vec<Recipient>);

async fn of_inspection(
    db: &Db,
    settled: &mut Settled,
    inspection: inspection::Model,
    calendar: &Calendar,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    let rules = rules(db.read(), inspection.id).await?;
    if rules.iter().all(|rule| !rule.active) {
        return Ok(0);
    }
    let due = due_days(db.read(), &inspection).await?;
    if !any_due(&rules, inspection.opens_on, due.days(), day(now), calendar) {
        return Ok(0);
    }
    let (id, stamp) = (inspection.id, stamp(db.read(), inspection.id, now).await?);
    // Who leads and what is approved, too: a head appointed during the day gets the list the same day.
    let to_heads = |rule: &Rule| rule.active && matches!(rule.kind, Kind::Digest | Kind::Waiting);
    let leading = match rules.iter().any(to_heads) {
        true => leading(db.read(), id, day(now)).await?,
        false => Default::default(),
    };
    let stands = format!("{stamp:?} {rules:?} {calendar:?} {leading:?}");
    if settled.0.get(&id) == Some(&stands) {
        return Ok(0);
    }
    let writer = Writer::load(db.read(), inspection, day(now)).await?;
    let batches = batches(db, &rules, &writer, calendar, day(now)).await?;
    if batches.iter().all(|(.., recipients)| recipients.is_empty()) {
        settled.0.insert(id, stands);
    }
    let mut sent = 0;
    for (rule, occasion, recipients) in batches {
        for portion in recipients.chunks(PORTION) {
            sent += put(db, &writer, rule, occasion, portion, now).await?;
        }
    }
    Ok(sent)
}

/// People of one deadline share their occasions; those who were told already are left out.
async fn batches<'a>(
    db: &Db,
    rules: &'a [Rule],
    writer: &Writer,
    calendar: &Calendar,
    today: Date,
) -> StoreResult<Vec<Batch<'a>>> {
    let mut batches = Vec::new();
    for rule in rules.iter().filter(|rule| rule.active) {
        let mut by_day: BTreeMap<Date, Vec<Recipient>> = BTreeMap::new();
        for one in writer.recipients(rule.kind) {
            by_day.entry(one.due_on).or_default().push(one);
        }
        for (due_on, recipients) in by_day {
            let occasions = due(rules, writer.inspection.opens_on, due_on, today, calendar);
            let Some(occasion) = occasions.into_iter().find(|one| one.kind == rule.kind) else { continue };
            let told = told(db, writer.inspection.id, occasion).await?;
            let left: Vec<Recipient> =
                recipients.into_iter().filter(|one| !told.contains(&one.person)).collect();
            batches.push((rule, occasion, once(left)));
        }
    }
    Ok(batches)
}

/// A head of two departments gets one list: that of the first, with the others' missing below.
fn once(recipients: Vec<Recipient>) -> Vec<Recipient> {
    let mut found: Vec<Recipient> = Vec::new();
    let mut place: BTreeMap<Uuid, usize> = BTreeMap::new();
    for one in recipients {
        match place.get(&one.person) {
            Some(index) => {
                found[*index].missing.extend(one.missing);
                found[*index].waiting.extend(one.waiting);
            }
            None => {
                place.insert(one.person, found.len());
                found.push(one);
            }
        }
    }
    found
}

async fn told(db: &Db, inspection: Uuid, occasion: Occasion) -> StoreResult<BTreeSet<Uuid>> {
    let rows: Vec<Uuid> = notice_sent::Entity::find()
        .select_only()
        .column(notice_sent::Column::PersonId)
        .filter(notice_sent::Column::InspectionId.eq(inspection))
        .filter(notice_sent::Column::Kind.eq(occasion.kind.key()))
        .filter(notice_sent::Column::PlannedOn.eq(occasion.planned_on))
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(rows.into_iter().collect())
}

/// One portion: messages, whom they reached, and the event, or nothing at all.
async fn put(
    db: &Db,
    writer: &Writer,
    rule: &Rule,
    occasion: Occasion,
    portion: &[Recipient],
    now: OffsetDateTime,
) -> StoreResult<usize> {
    let txn = db.begin().await?;
    let people = crate::person::people(&txn, portion.iter().map(|one| one.person).collect()).await?;
    let mut people: BTreeMap<Uuid, _> = people.into_iter().map(|person| (person.id, person)).collect();
    let (mut messages, mut told) = (Vec::new(), Vec::new());
    for one in portion {
        let Some(person) = people.remove(&one.person) else { continue };
        let (subject, body) = writer.write(rule, one);
        told.push(person.id);
        messages.push(Message { kind: name(rule.kind), person, subject, body });
    }
    let number = messages.len();
    let outbox_ids = outbox::put_with_ids(&txn, now, messages).await?;
    let rows = told.into_iter().zip(outbox_ids).map(|(person_id, outbox_id)| notice_sent::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(writer.inspection.id),
        kind: Set(rule.kind.key().to_string()),
        planned_on: Set(occasion.planned_on),
        person_id: Set(person_id),
        outbox_id: Set(outbox_id),
        at: Set(now),
    });
    match insert_in_portions::<notice_sent::Entity, _, _>(&txn, rows.collect()).await {
        // Another process was faster; the next round looks again.
        Err(StoreError::Database(error))
            if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) =>
        {
            return Ok(0);
        }
        other => other?,
    }
    let facts = json!({ "kind": rule.kind.label(), "on": iso(occasion.planned_on), "people": number });
    let event = NewEvent::new("inspection", writer.inspection.id, "notice.sent", facts);
    ledger::append(&txn, &Author::schedule(), now, vec![event]).await?;
    txn.commit().await?;
    Ok(number)
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Start => "notice_start",
        Kind::Before | Kind::OnDay => "notice_before",
        Kind::Overdue => "notice_overdue",
        Kind::Digest => "notice_digest",
        Kind::Waiting => "notice_waiting",
    }
}
