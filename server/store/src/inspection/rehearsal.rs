//! Rehearsals (試行): a few people answer the sheets of a draft; nothing of it counts.

use super::start::begin;
use super::{draft, shut};
use crate::Db;
use crate::access::require_city;
use crate::entity::{closing, inspection, person, rehearsal, submission, target};
use crate::error::StoreResult;
use crate::ledger::{self, NewEvent};
use crate::outbox::{self, Message};
use crate::session::sign_in::fold_login;
use domain::Refusal;
use domain::actor::Actor;
use domain::calendar::{day, iso, wareki};
use domain::inspection::Start;
use domain::inspection::draft::{may_rehearse, pilots, rehearsal_name};
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A rehearsal of a draft.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    pub inspection: Uuid,
    pub name: String,
    pub opens_on: Date,
    pub due_on: Date,
    pub closed: bool,
    /// Sheets, and those that were handed in at least once.
    pub sheets: usize,
    pub submitted: usize,
}

/// What the officer enters.
#[derive(Debug, Clone)]
pub struct NewRehearsal {
    pub draft: Uuid,
    /// 職員番号, as they were typed.
    pub staff_nos: String,
    pub due_on: Date,
}

/// Hands the sheets of a draft to a few people, from today on, by the roster of today, and tells them.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused for unknown people, while another rehearsal runs, and as a start is.
pub async fn rehearse(db: &Db, actor: &Actor, new: NewRehearsal, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    let numbers = pilots(&new.staff_nos)?;
    let txn = db.begin().await?;
    let kept = draft::open(&txn, new.draft).await?;
    let earlier = of_draft(&txn, new.draft).await?;
    may_rehearse(earlier.iter().any(|one| !one.closed))?;
    let people = people(&txn, &numbers).await?;
    let name = match earlier.len() {
        0 => rehearsal_name(&kept.name),
        number => format!("{}（{}回目）", rehearsal_name(&kept.name), number + 1),
    };
    let today = day(now);
    let start = Start { name, base_on: today, opens_on: today, due_on: new.due_on, ..kept };
    let ids: BTreeSet<Uuid> = people.iter().map(|person| person.id).collect();
    let id = begin(&txn, actor, start.clone(), Some(&ids), now).await?;
    let row = rehearsal::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        draft_id: Set(new.draft),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    rehearsal::Entity::insert(row).exec_without_returning(&txn).await?;
    tell(&txn, id, &start, people, now).await?;
    let after = json!({ "name": start.name, "due_on": iso(start.due_on), "people": ids.len() });
    let event = NewEvent::created("draft", new.draft, "rehearsal.begun", after);
    ledger::record(&txn, actor, now, event.beside(json!({ "inspection": id }))).await?;
    txn.commit().await?;
    Ok(id)
}

/// The people of the numbers; each that is unknown is named.
async fn people(txn: &DatabaseTransaction, numbers: &[String]) -> StoreResult<Vec<person::Model>> {
    let folded: Vec<String> = numbers.iter().map(|number| fold_login(number)).collect();
    let found =
        person::Entity::find().filter(person::Column::StaffNo.is_in(folded.iter().cloned())).all(txn).await?;
    let known: BTreeSet<&str> = found.iter().map(|person| person.staff_no.as_str()).collect();
    let unknown: Vec<&str> =
        folded.iter().map(String::as_str).filter(|number| !known.contains(number)).collect();
    if unknown.is_empty() {
        return Ok(found);
    }
    let text = format!(
        "次の職員番号の職員は登録されていません：{}。番号を確かめるか、名簿を取り込んでください。",
        unknown.join("、")
    );
    Err(Refusal::field("staff_nos", text).into())
}

/// A message to everybody who got a sheet.
async fn tell(
    txn: &DatabaseTransaction,
    id: Uuid,
    start: &Start,
    people: Vec<person::Model>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let mut sheets: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for target in target::Entity::find().filter(target::Column::InspectionId.eq(id)).all(txn).await? {
        sheets.entry(target.person_id).or_default().push(target.id);
    }
    let message = |person: person::Model| {
        let addresses: Vec<String> =
            sheets.get(&person.id)?.iter().map(|sheet| format!("回答画面：/answer/{sheet}")).collect();
        let body = format!(
            "{}　様\n\n{}の点検票を試していただけますか。実際に回答し、分かりにくい設問があれば、備考に書いて提出してください。\nこの試行の回答は、点検の結果に数えません。本番の点検では、改めて回答していただきます。\n\n{}\n\n期限：{}\n問合せ先：{}\n",
            person.name,
            start.name,
            addresses.join("\n"),
            wareki(start.due_on),
            start.contact,
        );
        Some(Message { kind: "rehearsal", subject: format!("{}のお願い", start.name), body, person })
    };
    outbox::put(txn, now, people.into_iter().filter_map(message).collect()).await
}

/// The rehearsals of a draft, newest first.
pub(super) async fn of_draft<C: ConnectionTrait>(connection: &C, draft: Uuid) -> StoreResult<Vec<Rehearsal>> {
    let own = Query::select()
        .column(rehearsal::Column::InspectionId)
        .from(rehearsal::Entity)
        .and_where(rehearsal::Column::DraftId.eq(draft))
        .to_owned();
    let rows = inspection::Entity::find()
        .filter(inspection::Column::Id.in_subquery(own.clone()))
        .order_by_desc(inspection::Column::At)
        .all(connection)
        .await?;
    let closed: BTreeSet<Uuid> = closing::Entity::find()
        .filter(closing::Column::InspectionId.in_subquery(own.clone()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.inspection_id)
        .collect();
    let targets =
        target::Entity::find().filter(target::Column::InspectionId.in_subquery(own)).all(connection).await?;
    let handed: BTreeSet<Uuid> = submission::Entity::find()
        .filter(submission::Column::TargetId.is_in(targets.iter().map(|target| target.id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.target_id)
        .collect();
    let of = |id: Uuid| targets.iter().filter(move |target| target.inspection_id == id);
    Ok(rows
        .into_iter()
        .map(|row| Rehearsal {
            inspection: row.id,
            closed: closed.contains(&row.id),
            sheets: of(row.id).count(),
            submitted: of(row.id).filter(|target| handed.contains(&target.id)).count(),
            name: row.name,
            opens_on: row.opens_on,
            due_on: row.due_on,
        })
        .collect())
}

/// Ends what still runs of a draft.
pub(super) async fn end_all(
    txn: &DatabaseTransaction,
    actor: &Actor,
    draft: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    for one in of_draft(txn, draft).await?.into_iter().filter(|one| !one.closed) {
        shut(txn, actor, one.inspection, now).await?;
    }
    Ok(())
}

/// The draft a rehearsal belongs to; none for an inspection that counts.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn draft_of(db: &Db, actor: &Actor, inspection: Uuid) -> StoreResult<Option<Uuid>> {
    require_city(actor, Action::RunInspection)?;
    let row = rehearsal::Entity::find()
        .filter(rehearsal::Column::InspectionId.eq(inspection))
        .one(db.read())
        .await?;
    Ok(row.map(|row| row.draft_id))
}
