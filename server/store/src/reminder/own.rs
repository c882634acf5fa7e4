//! Reminders by the head: the missing of the own department, each of them once a day.

use super::{Missing, messages, put_row};
use crate::Db;
use crate::access::require_department;
use crate::department::act::place_of;
use crate::department::targets;
use crate::entity::{inspection, outbox};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use crate::inspection::is_closed;
use crate::ledger::{self, NewEvent};
use crate::response::standing::standings;
use domain::actor::Actor;
use domain::calendar::{day, start_of_day};
use domain::inspection::may_remind_own;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// Reminds the missing of a department that were not reminded today; gives how many people. The head's own sheet is
/// the head's own matter. The messages leave with all others, in the hours of the calendar.
///
/// # Errors
/// `Forbidden` for those who head nothing, `NotFound` for another department; refused when nobody is missing or all
/// were reminded today, the inspection is closed or has not begun.
pub async fn remind_own(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    department: Uuid,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_department(actor, Action::RemindDepartment, department)?;
    let txn = db.begin().await?;
    // Locked, so that two clicks at once remind nobody twice.
    place_of(&txn, inspection_id, department).await?;
    let inspection =
        inspection::Entity::find_by_id(inspection_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let targets = targets(&txn, inspection_id, department).await?;
    let facts = standings(&txn, &targets).await?;
    let mut missing = Missing::new();
    for target in targets.iter().filter(|target| target.person_id != actor.person_id) {
        if facts.get(&target.id).is_some_and(|facts| !facts.standing.submitted) {
            missing.entry(target.person_id).or_default().push(target);
        }
    }
    let all = missing.len();
    let told = reminded_today(&txn, missing.keys().copied(), now).await?;
    missing.retain(|person, _| !told.contains(person));
    let begun = day(now) >= inspection.opens_on;
    may_remind_own(is_closed(&txn, inspection_id).await?, begun, all, missing.len())?;
    let due = due_days(&txn, &inspection).await?;
    let messages = messages(&txn, &inspection, &due, &missing, day(now)).await?;
    let people = messages.len();
    crate::outbox::put(&txn, now, messages).await?;
    put_row(&txn, actor, inspection_id, Some(department), people, now).await?;
    let payload = json!({ "department": department, "people": people });
    let event = NewEvent::new("inspection", inspection_id, "reminder.sent", payload);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(people)
}

/// Who of some people was reminded by hand today, whoever did it.
pub(crate) async fn reminded_today<C: ConnectionTrait>(
    connection: &C,
    people: impl Iterator<Item = Uuid>,
    now: OffsetDateTime,
) -> StoreResult<BTreeSet<Uuid>> {
    let rows: Vec<Option<Uuid>> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::PersonId)
        .filter(outbox::Column::Kind.eq("reminder"))
        .filter(outbox::Column::At.gte(start_of_day(day(now))))
        .into_tuple()
        .all(connection)
        .await?;
    let told: BTreeSet<Uuid> = rows.into_iter().flatten().collect();
    Ok(people.filter(|person| told.contains(person)).collect())
}
