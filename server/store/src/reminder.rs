//! Reminders (督促) to those who have not handed in.

mod own;
mod preview;

pub use own::remind_own;
pub(crate) use own::reminded_today;
pub(crate) use preview::of_department;
pub use preview::{Addressee, Preview, preview};

use crate::Db;
use crate::access::require_city;
use crate::entity::{edition, inspection, inspection_department, reminder, target};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use crate::inspection::board::{self, Sheets};
use crate::inspection::hand_out::is_under_way;
use crate::inspection::is_closed;
use crate::ledger::{self, NewEvent};
use crate::notice::left;
use crate::outbox::{self, Message};
use domain::actor::Actor;
use domain::calendar::{day, wareki};
use domain::inspection::extension::DueDays;
use domain::inspection::{all_handed_out, may_remind};
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Reminds everybody who is missing, or the missing of some departments (a row of the board, or those it shows);
/// gives how many people. Whoever misses sheets in several of them gets one message.
///
/// # Errors
/// `Forbidden`; `NotFound` for an unknown inspection, or a department that is not part of it; refused when
/// nobody is missing, the inspection is closed or has not begun.
pub async fn remind(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    departments: Option<&[Uuid]>,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let inspection =
        inspection::Entity::find_by_id(inspection_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    all_handed_out(is_under_way(&txn, inspection_id).await?)?;
    let names = match departments {
        Some(departments) => names_of(&txn, inspection_id, departments).await?,
        None => Vec::new(),
    };
    let sheets = board::sheets(&txn, inspection_id).await?;
    let missing = missing(&sheets, departments);
    let begun = day(now) >= inspection.opens_on;
    may_remind(is_closed(&txn, inspection_id).await?, begun, missing.len())?;
    let due = due_days(&txn, &inspection).await?;
    let messages = messages(&txn, &inspection, &due, &missing, day(now)).await?;
    let people = messages.len();
    outbox::put(&txn, now, messages).await?;
    match departments {
        None => put_row(&txn, actor, inspection_id, None, people, now).await?,
        Some(departments) => {
            for department in departments {
                let here = missing.values().flatten().filter(|target| target.department_id == *department);
                let here: BTreeSet<Uuid> = here.map(|target| target.person_id).collect();
                if !here.is_empty() {
                    put_row(&txn, actor, inspection_id, Some(*department), here.len(), now).await?;
                }
            }
        }
    }
    let payload = match departments {
        Some([one]) => json!({ "department": one, "people": people }),
        Some(_) => json!({ "departments": names, "people": people }),
        None => json!({ "department": null, "people": people }),
    };
    let event = NewEvent::new("inspection", inspection_id, "reminder.sent", payload);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(people)
}

/// What people miss, by person.
type Missing<'a> = BTreeMap<Uuid, Vec<&'a target::Model>>;

fn missing<'a>(sheets: &'a Sheets, departments: Option<&[Uuid]>) -> Missing<'a> {
    let asked =
        |target: &target::Model| departments.is_none_or(|known| known.contains(&target.department_id));
    let mut missing = Missing::new();
    for target in sheets.targets.iter().filter(|target| asked(target)) {
        if !sheets.submitted.contains_key(&target.id) {
            missing.entry(target.person_id).or_default().push(target);
        }
    }
    missing
}

/// The departments by name; all of them have to be part of the inspection.
async fn names_of<C: ConnectionTrait>(
    connection: &C,
    inspection_id: Uuid,
    departments: &[Uuid],
) -> StoreResult<Vec<String>> {
    let found: BTreeMap<Uuid, String> = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection_id))
        .filter(inspection_department::Column::DepartmentId.is_in(departments.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.department_id, row.name))
        .collect();
    let names = departments.iter().map(|department| found.get(department).cloned());
    names.collect::<Option<Vec<_>>>().ok_or(StoreError::NotFound)
}

async fn put_row<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    inspection_id: Uuid,
    department_id: Option<Uuid>,
    people: usize,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = reminder::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(inspection_id),
        department_id: Set(department_id),
        people: Set(i32::try_from(people).unwrap_or(i32::MAX)),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    reminder::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

async fn messages<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
    due: &DueDays,
    missing: &Missing<'_>,
    today: Date,
) -> StoreResult<Vec<Message>> {
    let people = crate::person::people(connection, missing.keys().copied().collect()).await?;
    let editions: BTreeMap<Uuid, String> = edition::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|edition| (edition.id, edition.title))
        .collect();
    Ok(people
        .into_iter()
        .map(|person| {
            let sheets = missing.get(&person.id).map_or(&[][..], Vec::as_slice);
            let days = sheets.iter().map(|target| due.of(target.department_id, target.person_id));
            let due_on = days.min().unwrap_or(inspection.due_on);
            Message {
                kind: "reminder",
                subject: format!("【再度のお願い】{}への回答について", inspection.name),
                body: body(inspection, &person.name, sheets, &editions, (due_on, today)),
                person,
            }
        })
        .collect())
}

/// The message: what is owed, until when, where, whom to ask.
fn body(
    inspection: &inspection::Model,
    name: &str,
    sheets: &[&target::Model],
    editions: &BTreeMap<Uuid, String>,
    (due_on, today): (Date, Date),
) -> String {
    let list: Vec<String> = sheets
        .iter()
        .map(|target| {
            let title = editions.get(&target.edition_id).map_or("点検票", String::as_str);
            let system = target.system.as_ref().map(|system| format!("（{system}）")).unwrap_or_default();
            format!("・{title}{system}\n　回答画面：/answer/{}", target.id)
        })
        .collect();
    let when = left(due_on, today);
    format!(
        "{name}　様\n\n{}の回答が、まだ提出されていません。\n回答期限は{}です。{when}\n\n{}\n\n\
         見直しにサインインすると、最初の画面に回答する点検票が表示されます。\n既に提出された場合は、行き違いですので御容赦ください。\n\n問合せ先：{}\n",
        inspection.name,
        wareki(due_on),
        list.join("\n"),
        inspection.contact,
    )
}
