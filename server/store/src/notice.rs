//! Notices (通知) of an inspection: what is sent by itself, when, in which words, and whom it reached.

mod fill;
mod send;
mod waiting;

pub(crate) use fill::left;
pub use send::{Settled, send_due, send_due_unless};

use crate::Db;
use crate::access::require_city;
use crate::entity::{closed_day, inspection, notice_rule, notice_sent};
use crate::error::{StoreError, StoreResult};
use crate::inspection::is_closed;
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::Refusal;
use domain::actor::Actor;
use domain::calendar::day;
use domain::calendar::office::{Calendar, Hours};
use domain::inspection::may_change_notices;
use domain::inspection::notice::{Kind, Occasion, Rule, check, plan, read_days};
use domain::permission::Action;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The rules of an inspection, one of each kind. An inspection from before has none: nothing is sent by itself.
pub(crate) async fn rules<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<Rule>> {
    let rows = notice_rule::Entity::find()
        .filter(notice_rule::Column::InspectionId.eq(id))
        .order_by_desc(notice_rule::Column::At)
        .order_by_desc(notice_rule::Column::Id)
        .all(connection)
        .await?;
    Ok(Kind::ALL
        .into_iter()
        .map(|kind| match rows.iter().find(|row| row.kind == kind.key()) {
            Some(row) => read(kind, row),
            None => Rule { active: false, ..Rule::usual(kind) },
        })
        .collect())
}

fn read(kind: Kind, row: &notice_rule::Model) -> Rule {
    Rule {
        kind,
        active: row.active,
        days: read_days(kind, &row.days).unwrap_or_default(),
        subject: row.subject.clone(),
        body: row.body.clone(),
    }
}

fn row(id: Uuid, rule: &Rule, by: Uuid, now: OffsetDateTime) -> notice_rule::ActiveModel {
    notice_rule::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        kind: Set(rule.kind.key().to_string()),
        active: Set(rule.active),
        days: Set(rule.days_text()),
        subject: Set(rule.subject.clone()),
        body: Set(rule.body.clone()),
        at: Set(now),
        by_person_id: Set(Some(by)),
    }
}

/// The usual rules of an inspection that starts, inside its transaction.
pub(crate) async fn begin<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    by: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let rows = Kind::ALL.into_iter().map(|kind| row(id, &Rule::usual(kind), by, now)).collect();
    insert_in_portions::<notice_rule::Entity, _, _>(connection, rows).await
}

/// What the officer enters for a notice.
#[derive(Debug, Clone)]
pub struct NewRule {
    pub inspection: Uuid,
    pub kind: Kind,
    pub active: bool,
    pub days: String,
    pub subject: String,
    pub body: String,
}

/// Changes a notice.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when the inspection is closed, for days that can't be read, and for an unknown
/// blank.
pub async fn set(db: &Db, actor: &Actor, new: NewRule, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    check(new.kind, "subject", &new.subject)?;
    if new.subject.contains(['\r', '\n']) {
        return Err(Refusal::field("subject", "件名は1行で入力してください。").into());
    }
    let body = new.body.replace("\r\n", "\n");
    check(new.kind, "body", &body)?;
    let days = read_days(new.kind, &new.days)?;
    let rule =
        Rule { kind: new.kind, active: new.active, days, subject: new.subject.trim().to_string(), body };
    let txn = db.begin().await?;
    inspection::Entity::find_by_id(new.inspection).one(&txn).await?.ok_or(StoreError::NotFound)?;
    may_change_notices(is_closed(&txn, new.inspection).await?)?;
    let known = rules(&txn, new.inspection).await?;
    let before = known.into_iter().find(|one| one.kind == new.kind).ok_or(StoreError::NotFound)?;
    if before == rule {
        return Ok(());
    }
    notice_rule::Entity::insert(row(new.inspection, &rule, actor.person_id, now))
        .exec_without_returning(&txn)
        .await?;
    let event = NewEvent::changed("inspection", new.inspection, "notice.set", said(&before), said(&rule))
        .beside(json!({ "kind": rule.kind.label() }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

fn said(rule: &Rule) -> Value {
    json!({ "active": rule.active, "days": rule.days_text(), "subject": rule.subject, "body": rule.body })
}

/// A notice as the page shows it.
#[derive(Debug, Clone)]
pub struct Line {
    pub rule: Rule,
    /// Subject and body for a real recipient, with the recipient's name; none if nobody would get it.
    pub preview: Option<(String, String, String)>,
}

/// An occasion with the day it goes out and how many it reached.
#[derive(Debug, Clone)]
pub struct Planned {
    pub occasion: Occasion,
    pub goes_out_on: Date,
    pub sent: i64,
}

/// The page of notices.
#[derive(Debug, Clone)]
pub struct Notices {
    pub inspection: inspection::Model,
    pub closed: bool,
    pub lines: Vec<Line>,
    pub planned: Vec<Planned>,
    /// Closed days of the city's own.
    pub closed_days: Vec<closed_day::Model>,
    /// When something goes out next, if not now.
    pub next: Option<String>,
}

/// Rules, texts, what is planned and what went out.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn notices(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    hours: Hours,
    now: OffsetDateTime,
) -> StoreResult<Notices> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let closed_days = crate::closed_day::list(db, actor).await?;
    let calendar = Calendar {
        closed: closed_days.iter().map(|row| row.day).collect(),
        every_day: hours == Hours::Always,
    };
    let rules = rules(connection, id).await?;
    let writer = fill::Writer::load(connection, inspection.clone(), day(now)).await?;
    let planned = planned(connection, &rules, &writer, &calendar).await?;
    let lines = rules.into_iter().map(|rule| Line { preview: writer.example(&rule), rule }).collect();
    Ok(Notices {
        closed: is_closed(connection, id).await?,
        lines,
        planned,
        closed_days,
        next: hours.next(&calendar, now),
        inspection,
    })
}

async fn planned<C: ConnectionTrait>(
    connection: &C,
    rules: &[Rule],
    writer: &fill::Writer,
    calendar: &Calendar,
) -> StoreResult<Vec<Planned>> {
    let inspection = &writer.inspection;
    let rows: Vec<(String, Date, i64)> = notice_sent::Entity::find()
        .select_only()
        .columns([notice_sent::Column::Kind, notice_sent::Column::PlannedOn])
        .column_as(Expr::col(notice_sent::Column::Id).count(), "number")
        .filter(notice_sent::Column::InspectionId.eq(inspection.id))
        .group_by(notice_sent::Column::Kind)
        .group_by(notice_sent::Column::PlannedOn)
        .into_tuple()
        .all(connection)
        .await?;
    let mut all: BTreeMap<Occasion, i64> =
        plan(rules, inspection.opens_on, writer.due.of_all()).into_iter().map(|one| (one, 0)).collect();
    for (kind, planned_on, number) in rows {
        if let Some(kind) = Kind::from_key(&kind) {
            all.insert(Occasion { planned_on, kind }, number);
        }
    }
    Ok(all
        .into_iter()
        .map(|(occasion, sent)| Planned {
            goes_out_on: calendar.open_from(occasion.planned_on),
            occasion,
            sent,
        })
        .collect())
}
