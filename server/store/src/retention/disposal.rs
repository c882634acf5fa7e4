//! Lists of disposal: made by one person, approved and with that carried out, or rejected, by another.

use super::carry::{self, Removed};
use super::hold::{self, Holds};
use super::record::{Record, records};
use super::{classes, names};
use crate::Db;
use crate::access::require_city;
use crate::entity::{disposal, disposal_approval, disposal_item, disposal_rejection};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::retention::{Class, Kind, Standing, Way, due_on, may_decide, may_list, may_reject};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

const DECIDED: &str = "この一覧は、既に承認され、又は却下されています。";

/// A record that is due, with its day and the hold that keeps it.
struct Due {
    record: Record,
    due_on: Date,
    held: Option<Uuid>,
}

/// Everything that is due today and can be disposed of in this version.
async fn due<C: ConnectionTrait>(connection: &C, now: OffsetDateTime) -> StoreResult<Vec<Due>> {
    let today = day(now);
    let holds = Holds::load(connection, today).await?;
    let mut all = Vec::new();
    for (kind, class) in classes(connection).await? {
        if kind.way() == Way::Disposed {
            let found = records(connection, kind, Some((class, today))).await?;
            all.extend(found.into_iter().filter_map(|record| with_hold(record, class, &holds)));
        }
    }
    Ok(all)
}

fn with_hold(record: Record, class: Class, holds: &Holds) -> Option<Due> {
    let held = holds.keeping(&record).map(|held| held.id);
    Some(Due { due_on: due_on(record.ended_on, class)?, held, record })
}

/// Makes the list of today. What is under a hold stands on it as held.
///
/// # Errors
/// `Forbidden`; refused while another list waits, and when nothing can be disposed of.
pub async fn list(db: &Db, actor: &Actor, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRetention)?;
    let txn = db.begin().await?;
    let last = disposal::Entity::find().order_by_desc(disposal::Column::Number).one(&txn).await?;
    let waiting = match &last {
        Some(last) => decision(&txn, last.id).await?.standing() == Standing::Waiting,
        None => false,
    };
    let due = due(&txn, now).await?;
    let free = due.iter().filter(|due| due.held.is_none()).count();
    may_list(waiting, free)?;
    let (id, number) = (Uuid::now_v7(), last.map_or(1, |last| last.number + 1));
    let row = disposal::ActiveModel {
        id: Set(id),
        number: Set(number),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = disposal::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "同じ時に、ほかの職員が一覧を作成しました。保存期間の画面で確かめてください。")?;
    let (total, held) = (due.len(), due.len() - free);
    let rows = due.into_iter().map(|due| item(id, due)).collect();
    insert_in_portions::<disposal_item::Entity, _, _>(&txn, rows).await?;
    let after = json!({ "number": number, "entries": total - held, "held": held });
    ledger::record(&txn, actor, now, NewEvent::created("disposal", id, "disposal.listed", after)).await?;
    txn.commit().await?;
    Ok(id)
}

fn item(disposal: Uuid, due: Due) -> disposal_item::ActiveModel {
    disposal_item::ActiveModel {
        id: Set(Uuid::now_v7()),
        disposal_id: Set(disposal),
        kind: Set(due.record.kind.key().to_string()),
        object_id: Set(due.record.object_id),
        label: Set(due.record.label),
        ended_on: Set(due.record.ended_on),
        due_on: Set(due.due_on),
        hold_id: Set(due.held),
    }
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Waiting,
    Approved { at: OffsetDateTime, by: Uuid },
    Rejected { at: OffsetDateTime, by: Uuid, reason: String },
}

impl Decision {
    /// Where the list stands.
    pub fn standing(&self) -> Standing {
        match self {
            Decision::Waiting => Standing::Waiting,
            Decision::Approved { .. } => Standing::Disposed,
            Decision::Rejected { .. } => Standing::Rejected,
        }
    }

    fn by(&self) -> Option<Uuid> {
        match self {
            Decision::Waiting => None,
            Decision::Approved { by, .. } | Decision::Rejected { by, .. } => Some(*by),
        }
    }
}

async fn decision<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Decision> {
    let approval = disposal_approval::Entity::find()
        .filter(disposal_approval::Column::DisposalId.eq(id))
        .one(connection)
        .await?;
    if let Some(row) = approval {
        return Ok(Decision::Approved { at: row.at, by: row.by_person_id });
    }
    let rejection = disposal_rejection::Entity::find()
        .filter(disposal_rejection::Column::DisposalId.eq(id))
        .one(connection)
        .await?;
    Ok(rejection.map_or(Decision::Waiting, |row| Decision::Rejected {
        at: row.at,
        by: row.by_person_id,
        reason: row.reason,
    }))
}

/// A list as a line of the page.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: Uuid,
    pub number: i32,
    pub at: OffsetDateTime,
    pub by: String,
    pub decision: Decision,
    /// Who decided.
    pub decided_by: String,
}

/// All lists, newest first.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn all(db: &Db, actor: &Actor) -> StoreResult<Vec<Line>> {
    require_city(actor, Action::SeeRetention)?;
    let rows = disposal::Entity::find().order_by_desc(disposal::Column::Number).all(db.read()).await?;
    let approvals = disposal_approval::Entity::find().all(db.read()).await?.into_iter();
    let mut decisions: BTreeMap<Uuid, Decision> = approvals
        .map(|row| (row.disposal_id, Decision::Approved { at: row.at, by: row.by_person_id }))
        .collect();
    for row in disposal_rejection::Entity::find().all(db.read()).await? {
        let rejected = Decision::Rejected { at: row.at, by: row.by_person_id, reason: row.reason };
        decisions.insert(row.disposal_id, rejected);
    }
    let people = rows.iter().map(|row| row.by_person_id).chain(decisions.values().filter_map(Decision::by));
    let names = names(db.read(), people).await?;
    Ok(rows
        .into_iter()
        .map(|row| line(&row, decisions.remove(&row.id).unwrap_or(Decision::Waiting), &names))
        .collect())
}

fn line(row: &disposal::Model, decision: Decision, names: &BTreeMap<Uuid, String>) -> Line {
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    Line {
        id: row.id,
        number: row.number,
        at: row.at,
        by: name(row.by_person_id),
        decided_by: decision.by().map(name).unwrap_or_default(),
        decision,
    }
}

/// Records of one kind, name and day on a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub kind: Kind,
    pub label: String,
    pub ended_on: Date,
    pub due_on: Date,
    pub number: usize,
    /// The hold that kept them.
    pub held: Option<String>,
}

/// A list with what stands on it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub line: Line,
    /// To be disposed of, or disposed of.
    pub listed: Vec<Group>,
    /// Kept by a hold.
    pub held: Vec<Group>,
    /// This reader may decide now.
    pub may_decide: bool,
    /// This reader could decide, but made the list.
    pub own: bool,
}

/// One list.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown list.
pub async fn show(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Shown> {
    require_city(actor, Action::SeeRetention)?;
    let row = disposal::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let decision = decision(db.read(), id).await?;
    let names = names(db.read(), decision.by().into_iter().chain([row.by_person_id])).await?;
    let items = items(db.read(), id).await?;
    let reasons = hold::told(db.read(), items.iter().filter_map(|item| item.hold_id)).await?;
    let mut groups: BTreeMap<(Kind, Date, String, Date, Option<String>), usize> = BTreeMap::new();
    for item in items {
        let Some(kind) = Kind::from_key(&item.kind) else { continue };
        let held = item.hold_id.map(|id| reasons.get(&id).cloned().unwrap_or_default());
        *groups.entry((kind, item.ended_on, item.label, item.due_on, held)).or_default() += 1;
    }
    let group = |((kind, ended_on, label, due_on, held), number)| Group {
        kind,
        label,
        ended_on,
        due_on,
        number,
        held,
    };
    let (held, listed) = groups.into_iter().map(group).partition(|group| group.held.is_some());
    let decides = require_city(actor, Action::ApproveDisposal).is_ok();
    Ok(Shown {
        listed,
        held,
        may_decide: decides && may_decide(row.by_person_id, actor.person_id, decision.standing()).is_ok(),
        own: decides && row.by_person_id == actor.person_id,
        line: line(&row, decision, &names),
    })
}

async fn items<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<disposal_item::Model>> {
    let rows = disposal_item::Entity::find().filter(disposal_item::Column::DisposalId.eq(id));
    Ok(rows.all(connection).await?)
}

/// The list under the hands of who decides; nobody else does at the same time.
async fn open<C: ConnectionTrait>(connection: &C, actor: &Actor, id: Uuid) -> StoreResult<disposal::Model> {
    let list = disposal::Entity::find_by_id(id).lock_exclusive().one(connection).await?;
    let list = list.ok_or(StoreError::NotFound)?;
    let standing = decision(connection, id).await?.standing();
    may_decide(list.by_person_id, actor.person_id, standing)?;
    Ok(list)
}

/// Approves a list and disposes of what stands on it.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused for its maker, the second time, and when something on it may not be disposed of
/// any more (a hold, a longer class).
pub async fn approve(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ApproveDisposal)?;
    let txn = db.begin().await?;
    let list = open(&txn, actor, id).await?;
    let items: Vec<disposal_item::Model> =
        items(&txn, id).await?.into_iter().filter(|item| item.hold_id.is_none()).collect();
    let free = due(&txn, now).await?.into_iter().filter(|due| due.held.is_none());
    let free: BTreeSet<(&str, Uuid)> =
        free.map(|due| (due.record.kind.key(), due.record.object_id)).collect();
    if !items.iter().all(|item| free.contains(&(item.kind.as_str(), item.object_id))) {
        return Err(StoreError::refused(
            "一覧の作成の後に、廃棄が停止され、又は保存期間が改められた記録があります。この一覧を却下し、事務局に作り直しを依頼してください。",
        ));
    }
    let row = disposal_approval::ActiveModel {
        id: Set(Uuid::now_v7()),
        disposal_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = disposal_approval::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, DECIDED)?;
    let Removed { events, digest, older } = carry::out(&txn, id, &items).await?;
    let payload = json!({
        "number": list.number, "entries": items.len(),
        "payloads": events, "payloads_digest": digest, "older_payloads": older,
    });
    ledger::record(&txn, actor, now, NewEvent::new("disposal", id, carry::APPROVED, payload)).await?;
    Ok(txn.commit().await?)
}

/// Gives a list back with a reason; nothing is removed.
///
/// # Errors
/// As [`approve`]; refused without a reason.
pub async fn reject(db: &Db, actor: &Actor, id: Uuid, reason: &str, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::ApproveDisposal)?;
    let txn = db.begin().await?;
    let list = open(&txn, actor, id).await?;
    may_reject(reason)?;
    let row = disposal_rejection::ActiveModel {
        id: Set(Uuid::now_v7()),
        disposal_id: Set(id),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = disposal_rejection::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, DECIDED)?;
    let event = NewEvent::created("disposal", id, "disposal.rejected", json!({ "reason": reason.trim() }));
    ledger::record(&txn, actor, now, event.beside(json!({ "number": list.number }))).await?;
    Ok(txn.commit().await?)
}
