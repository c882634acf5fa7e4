//! What the head does: give a sheet back, confirm the department, take the confirmation back.

use super::{Gathering, gathering, is_closed, targets};
use crate::Db;
use crate::access::{post_holds, require_department};
use crate::approval;
use crate::concern;
use crate::entity::{
    confirmation, confirmation_withdrawal, inspection, inspection_department, person, post, sheet_return,
    submission, target,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::outbox::{self, Message};
use crate::response::load::answers;
use crate::response::omitted;
use crate::response::standing::{standing, standings};
use crate::tally::{self, Counted, Sign};
use domain::actor::Actor;
use domain::approval::Level;
use domain::calendar::{day, short_day};
use domain::department::{may_confirm, may_withdraw};
use domain::duty::{Warning, may_go_on};
use domain::permission::Action;
use domain::post::Kind;
use domain::refusal::Refusal;
use domain::response::may_return;
use domain::role::Role;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Where a returned sheet belongs, for the way back to its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub inspection: Uuid,
    pub department: Uuid,
}

/// Gives a sheet back with a reason; its answers leave the tallies and its owner is told.
///
/// # Errors
/// `Forbidden` for those who head nothing, `NotFound` for another department's sheet, a refusal by the rule.
pub async fn return_sheet(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Place> {
    let place = return_sheets(db, actor, &[target], reason, now).await?;
    Ok(place)
}

/// Gives several sheets back with the same reason: all of them or none.
///
/// # Errors
/// As [`return_sheet`]; refused when none is chosen.
pub async fn return_sheets(
    db: &Db,
    actor: &Actor,
    targets: &[Uuid],
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Place> {
    crate::access::require(actor, Action::ConfirmDepartment)?;
    let txn = db.begin().await?;
    let rows = target::Entity::find()
        .filter(target::Column::Id.is_in(targets.iter().copied()))
        .order_by_asc(target::Column::Id)
        .lock_exclusive()
        .all(&txn)
        .await?;
    let missing = || StoreError::from(Refusal::field("sheets", "差し戻す点検票を選んでください。"));
    let first = rows.first().ok_or(if targets.is_empty() { missing() } else { StoreError::NotFound })?;
    let place = Place { inspection: first.inspection_id, department: first.department_id };
    for target in &rows {
        require_department(actor, Action::ConfirmDepartment, target.department_id)?;
        give_back(&txn, actor, target, reason, now).await?;
    }
    txn.commit().await?;
    Ok(place)
}

async fn give_back(
    txn: &DatabaseTransaction,
    actor: &Actor,
    target: &target::Model,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let facts = standing(txn, target).await?;
    may_return(facts.standing, reason).map_err(|refusal| named(refusal, target))?;
    let (submission_id, _) = facts.submission.ok_or(StoreError::NotFound)?;
    let row = sheet_return::ActiveModel {
        id: Set(Uuid::now_v7()),
        submission_id: Set(submission_id),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = sheet_return::Entity::insert(row).exec_without_returning(txn).await;
    on_double(inserted, "この点検票は既に差し戻されています。")?;
    let answers = answers(txn, target.id).await?;
    let omitted = omitted(txn, submission_id).await?;
    tally::add(txn, target, &Counted::new(answers.values(), omitted), Sign::Minus).await?;
    let (before, after) = (json!({ "submitted": true }), json!({ "submitted": false }));
    let event = NewEvent::changed("target", target.id, "response.returned", before, after)
        .beside(json!({ "submission": submission_id, "reason": reason.trim() }));
    ledger::record(txn, actor, now, event).await?;
    outbox::put(txn, now, vec![message(txn, actor, target, reason.trim()).await?]).await
}

/// What is wrong with one of several sheets says whose it is.
fn named(refusal: Refusal, target: &target::Model) -> Refusal {
    match refusal.field {
        Some(_) => refusal,
        None => Refusal::new(format!("{}：{}", target.person_name, refusal.text)),
    }
}

async fn message(
    txn: &DatabaseTransaction,
    actor: &Actor,
    target: &target::Model,
    reason: &str,
) -> StoreResult<Message> {
    let person = person::Entity::find_by_id(target.person_id).one(txn).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(txn).await?;
    let inspection = inspection.ok_or(StoreError::NotFound)?;
    let due = crate::extension::due_days(txn, &inspection).await?;
    let body = format!(
        "{} 様\n\n{}の点検票が差し戻されました。\n\n理由：{reason}\n差し戻した人：{}\n提出期限：{}\n\n\
         サインインして点検票を直し、もう一度提出してください。入力した回答は残っています。\n問合せ先：{}",
        person.name,
        inspection.name,
        actor.name,
        short_day(due.of(target.department_id, target.person_id)),
        inspection.contact
    );
    Ok(Message { kind: "return", person, subject: format!("【差戻し】{}", inspection.name), body })
}

/// What the head says when confirming.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    pub note: String,
    /// Why the head confirms sheets that the same hands handed in; blank where there are none.
    pub own_reason: String,
}

impl From<&str> for Word {
    fn from(note: &str) -> Word {
        Word { note: note.to_string(), own_reason: String::new() }
    }
}

/// Confirms the department's sheets. While somebody is missing, the note has to say why; sheets handed in by the
/// head need a reason.
///
/// # Errors
/// `Forbidden` for those who head nothing, `NotFound` for another department, a refusal by the rule or the
/// second time.
pub async fn confirm(
    db: &Db,
    actor: &Actor,
    inspection: Uuid,
    department: Uuid,
    word: impl Into<Word>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_department(actor, Action::ConfirmDepartment, department)?;
    let word = word.into();
    let note = word.note.as_str();
    let txn = db.begin().await?;
    let place = place_of(&txn, inspection, department).await?;
    let gathering = state_at(&txn, &place).await?;
    may_confirm(gathering, note)?;
    let own = own_sheets(&txn, actor, inspection, department).await?;
    let warnings = if own > 0 { vec![Warning::OwnSheet] } else { Vec::new() };
    may_go_on(&warnings, "own_reason", &word.own_reason)?;
    let about = concern::About { inspection, department, audit: None };
    for warning in warnings {
        concern::put(&txn, actor, about, warning, actor.person_id, &word.own_reason, now).await?;
    }
    let capacity = capacity(&txn, actor, department, Role::Manager, now).await?;
    let row = confirmation::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(inspection),
        department_id: Set(department),
        note: Set(note.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
        capacity: Set(capacity.clone()),
    };
    let inserted = confirmation::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この所属は確認済みです。")?;
    let after = json!({
        "note": note.trim(),
        "missing": gathering.missing,
        "total": gathering.total,
        "capacity": capacity,
        "own_sheets": own,
        "own_reason": word.own_reason.trim(),
    });
    let event = NewEvent::created("department", department, "department.confirmed", after)
        .beside(json!({ "inspection": inspection }));
    ledger::record(&txn, actor, now, event).await?;
    approval::tell_next(&txn, inspection, Some(place.division_id), now).await?;
    approval::tell_next(&txn, inspection, None, now).await?;
    Ok(txn.commit().await?)
}

/// How many of the department's sheets the actor handed in, for himself or in the place of others.
pub(crate) async fn own_sheets<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<usize> {
    let targets = targets(connection, inspection, department).await?;
    let facts = standings(connection, &targets).await?;
    let held: Vec<Uuid> = facts.values().filter_map(|one| one.submission.map(|(id, _)| id)).collect();
    let own = submission::Entity::find()
        .filter(submission::Column::Id.is_in(held))
        .filter(submission::Column::ByPersonId.eq(actor.person_id))
        .count(connection)
        .await?;
    Ok(usize::try_from(own).unwrap_or(usize::MAX))
}

/// 事務取扱 or 代理, if that is how the actor leads the department; empty for its own head.
pub(crate) async fn capacity<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    department: Uuid,
    role: Role,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let posts = post::Entity::find()
        .filter(post::Column::PersonId.eq(actor.person_id))
        .filter(post::Column::DepartmentId.eq(department))
        .filter(post::Column::Role.eq(role.key()))
        .filter(post_holds(day(now)))
        .all(connection)
        .await?;
    let kinds: Vec<Kind> = posts.iter().filter_map(|row| Kind::from_key(&row.kind)).collect();
    let own = kinds.iter().any(|kind| !kind.in_place());
    Ok(kinds.first().filter(|_| !own).map(|kind| kind.key().to_string()).unwrap_or_default())
}

/// Takes the confirmation back, so that sheets can be returned again. What was confirmed stays in the ledger.
///
/// # Errors
/// As [`confirm`].
pub async fn withdraw_confirmation(
    db: &Db,
    actor: &Actor,
    inspection: Uuid,
    department: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_department(actor, Action::ConfirmDepartment, department)?;
    let txn = db.begin().await?;
    may_withdraw(state(&txn, inspection, department).await?)?;
    let row = take_back(&txn, actor, (inspection, department), ("", None), now).await?;
    let before = json!({ "note": row.note, "capacity": row.capacity, "at": row.at, "by": row.by_person_id });
    let event = NewEvent::removed("department", department, "department.confirmation_withdrawn", before);
    ledger::record(&txn, actor, now, event.beside(json!({ "inspection": inspection }))).await?;
    Ok(txn.commit().await?)
}

/// Moves a confirmation to what was withdrawn, with who did it and why.
pub(crate) async fn take_back(
    txn: &DatabaseTransaction,
    actor: &Actor,
    (inspection, department): (Uuid, Uuid),
    (reason, level): (&str, Option<Level>),
    now: OffsetDateTime,
) -> StoreResult<confirmation::Model> {
    let row = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.eq(inspection))
        .filter(confirmation::Column::DepartmentId.eq(department))
        .one(txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    let withdrawn = confirmation_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(inspection),
        department_id: Set(department),
        note: Set(row.note.clone()),
        capacity: Set(row.capacity.clone()),
        confirmed_at: Set(row.at),
        confirmed_by_id: Set(row.by_person_id),
        reason: Set(reason.trim().to_string()),
        level: Set(level.map(|level| level.key().to_string())),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    confirmation_withdrawal::Entity::insert(withdrawn).exec_without_returning(txn).await?;
    confirmation::Entity::delete_by_id(row.id).exec(txn).await?;
    Ok(row)
}

/// The department's place in an inspection, locked until the transaction ends.
pub(crate) async fn place_of<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<inspection_department::Model> {
    let place = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection))
        .filter(inspection_department::Column::DepartmentId.eq(department))
        .lock_exclusive()
        .one(connection)
        .await?;
    place.ok_or(StoreError::NotFound)
}

/// The state of a department that takes part in an inspection.
pub(crate) async fn state<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<Gathering> {
    let place = place_of(connection, inspection, department).await?;
    state_at(connection, &place).await
}

async fn state_at<C: ConnectionTrait>(
    connection: &C,
    place: &inspection_department::Model,
) -> StoreResult<Gathering> {
    let targets = targets(connection, place.inspection_id, place.department_id).await?;
    let facts = standings(connection, &targets).await?;
    let confirmed = facts.values().any(|facts| facts.standing.confirmed);
    let closed = is_closed(connection, place.inspection_id).await?;
    let approved = approval::above_department(connection, place).await?;
    Ok(Gathering { approved, ..gathering(facts.values(), confirmed, closed) })
}
