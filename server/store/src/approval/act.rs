//! What 部長 and 統括 do: approve, withdraw an approval, give back what is below.

use super::course::Course;
use super::message::{To, inspection, tell};
use super::step::above;
use crate::Db;
use crate::access::{require_city, require_department};
use crate::concern;
use crate::department::act::{capacity, state, take_back};
use crate::entity::{approval, approval_withdrawal, inspection_department};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::approval::{Level, may_approve, may_withdraw};
use domain::department::may_send_back;
use domain::duty::{Warning, may_go_on};
use domain::permission::Action;
use domain::role::Role;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// What is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A 部, by its 部長.
    Division(Uuid),
    /// The city, by the 統括.
    City,
}

impl Place {
    /// The 部; none for the city.
    pub fn division(self) -> Option<Uuid> {
        match self {
            Place::Division(id) => Some(id),
            Place::City => None,
        }
    }

    /// The step that is taken here.
    pub fn level(self) -> Level {
        match self {
            Place::Division(_) => Level::Division,
            Place::City => Level::Chief,
        }
    }

    /// The actor may take the step here.
    pub(super) fn require(self, actor: &Actor) -> StoreResult<()> {
        match self {
            Place::Division(id) => require_department(actor, Action::ApproveDivision, id),
            Place::City => require_city(actor, Action::ApproveCity),
        }
    }

    fn event(self, inspection: Uuid) -> (&'static str, Uuid) {
        match self {
            Place::Division(id) => ("department", id),
            Place::City => ("inspection", inspection),
        }
    }
}

/// What is said with an approval.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    pub note: String,
    /// Why who confirmed or approved below approves above; blank where nobody did.
    pub own_reason: String,
}

/// Approves. What is open below needs a note that says why; hands that took the step below need a reason.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for another 部 or one that is not part of the inspection; a refusal by the
/// rule or the second time.
pub async fn approve(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    place: Place,
    word: Word,
    now: OffsetDateTime,
) -> StoreResult<()> {
    place.require(actor)?;
    let txn = db.begin().await?;
    let course = locked(&txn, id, place.division()).await?;
    let stand = course.stand(place.division());
    may_approve(stand, &word.note)?;
    let own = own_steps(&course, actor, place);
    let warnings = if own.is_empty() { Vec::new() } else { vec![Warning::OwnStep] };
    may_go_on(&warnings, "own_reason", &word.own_reason)?;
    for department in &own {
        let about = concern::About { inspection: id, department: *department, audit: None };
        concern::put(&txn, actor, about, Warning::OwnStep, actor.person_id, &word.own_reason, now).await?;
    }
    let capacity = match place {
        Place::Division(division) => capacity(&txn, actor, division, Role::Responsible, now).await?,
        Place::City => String::new(),
    };
    let row = approval::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        level: Set(place.level().key().to_string()),
        department_id: Set(place.division()),
        note: Set(word.note.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
        capacity: Set(capacity.clone()),
    };
    approval::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({
        "level": place.level().key(), "note": word.note.trim(), "open": stand.open, "total": stand.units,
        "capacity": capacity, "own_reason": word.own_reason.trim(),
    });
    let (noun, key) = place.event(id);
    let event = NewEvent::created(noun, key, "approval.given", after).beside(json!({ "inspection": id }));
    ledger::record(&txn, actor, now, event).await?;
    if place != Place::City {
        tell_next(&txn, id, None, now).await?;
    }
    Ok(txn.commit().await?)
}

/// The departments or 部 whose step below was taken by the same hands.
pub(super) fn own_steps(course: &Course, actor: &Actor, place: Place) -> Vec<Uuid> {
    let confirmed = course
        .departments(place.division())
        .filter(|place| {
            let row = course.confirmations.get(&place.department_id);
            row.is_some_and(|row| row.by_person_id == actor.person_id)
        })
        .map(|place| place.department_id);
    let approved = course
        .approvals
        .iter()
        .filter(|row| place == Place::City && row.by_person_id == actor.person_id)
        .filter_map(|row| row.department_id);
    confirmed.chain(approved).collect()
}

/// Tells who has the next step that everything below is through: the 部長 of a 部, the 統括 without one.
pub(crate) async fn tell_next(
    txn: &DatabaseTransaction,
    id: Uuid,
    division: Option<Uuid>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let course = Course::load(txn, id).await?;
    let stand = course.stand(division);
    if !stand.asked || stand.approved || stand.open > 0 {
        return Ok(());
    }
    let inspection = inspection(txn, id).await?;
    let (to, what, path) = match division {
        Some(division) => {
            let place = course.places.iter().find(|place| place.division_id == division);
            let name = place.map(|place| place.division_name.clone()).unwrap_or_default();
            let path = format!("/inspections/{id}/divisions/{division}");
            (
                To::Post(division, Role::Responsible),
                format!("{name}の全ての所属で、所属長の確認が済みました。"),
                path,
            )
        }
        None => {
            let text = "全ての部及び所属で、承認又は確認が済みました。".to_string();
            (To::Grant(Role::Chief), text, format!("/inspections/{id}/approval"))
        }
    };
    let subject = format!("【承認のお願い】{}", inspection.name);
    let body = format!(
        "{}について、{what}\n内容を確かめて、承認してください。\n\n画面：{path}\n\n問合せ先：{}\n",
        inspection.name, inspection.contact
    );
    tell(txn, to, "approval", (subject, body), now).await
}

/// Withdraws an approval, by who may give it.
///
/// # Errors
/// As [`approve`]; refused while the step above is taken.
pub async fn withdraw(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    place: Place,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    place.require(actor)?;
    let txn = db.begin().await?;
    let course = locked(&txn, id, place.division()).await?;
    take_approval_back(&txn, actor, &course, (id, place), "approval.withdrawn", reason, now).await?;
    Ok(txn.commit().await?)
}

async fn take_approval_back(
    txn: &DatabaseTransaction,
    actor: &Actor,
    course: &Course,
    (id, place): (Uuid, Place),
    kind: &'static str,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    may_withdraw(course.stand(place.division()), reason)?;
    let held = course.approval(place.division()).ok_or(StoreError::NotFound)?;
    let row = approval_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        approval_id: Set(held.id),
        reason: Set(reason.trim().to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = approval_withdrawal::Entity::insert(row).exec_without_returning(txn).await;
    on_double(inserted, "この承認は、既に取り消されています。")?;
    let before = json!({ "level": held.level, "note": held.note, "at": held.at, "by": held.by_person_id });
    let (noun, key) = place.event(id);
    let event = NewEvent::removed(noun, key, kind, before)
        .beside(json!({ "inspection": id, "reason": reason.trim() }));
    ledger::record(txn, actor, now, event).await
}

/// The 統括 gives back what is below: a 部's approval to its 部長, or a department's confirmation to its head where no
/// 部長 approved.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for what is not part of the inspection; a refusal by the rule.
pub async fn send_back(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    unit: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::ApproveCity)?;
    let txn = db.begin().await?;
    let course = locked(&txn, id, None).await?;
    must_have(&course, Level::Chief)?;
    if course.approval(Some(unit)).is_none() {
        send_confirmation_back(&txn, actor, (id, unit), Level::Chief, reason, now).await?;
        return Ok(txn.commit().await?);
    }
    let place = Place::Division(unit);
    take_approval_back(&txn, actor, &course, (id, place), "approval.sent_back", reason, now).await?;
    let inspection = inspection(&txn, id).await?;
    let body = format!(
        "{}の部長の承認が差し戻されました。\n\n理由：{}\n差し戻した人：{}（統括情報セキュリティ責任者）\n\n\
         画面：/inspections/{id}/divisions/{unit}\n\n問合せ先：{}\n",
        inspection.name,
        reason.trim(),
        actor.name,
        inspection.contact
    );
    let subject = format!("【差戻し】{}", inspection.name);
    tell(&txn, To::Post(unit, Role::Responsible), "approval", (subject, body), now).await?;
    Ok(txn.commit().await?)
}

/// The 部長 gives a department's confirmation back to its head.
///
/// # Errors
/// As [`send_back`].
pub async fn send_department_back(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    department: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_department(actor, Action::ApproveDivision, department)?;
    let txn = db.begin().await?;
    let place = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .filter(inspection_department::Column::DepartmentId.eq(department))
        .one(&txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    let course = locked(&txn, id, Some(place.division_id)).await?;
    must_have(&course, Level::Division)?;
    send_confirmation_back(&txn, actor, (id, department), Level::Division, reason, now).await?;
    txn.commit().await?;
    Ok(place.division_id)
}

fn must_have(course: &Course, level: Level) -> StoreResult<()> {
    match course.steps.contains(&level) {
        true => Ok(()),
        false => Err(StoreError::refused(format!("この点検では、{}は行いません。", level.label()))),
    }
}

async fn send_confirmation_back(
    txn: &DatabaseTransaction,
    actor: &Actor,
    (id, department): (Uuid, Uuid),
    level: Level,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    may_send_back(state(txn, id, department).await?, reason)?;
    let row = take_back(txn, actor, (id, department), (reason, Some(level)), now).await?;
    let before = json!({ "note": row.note, "capacity": row.capacity, "at": row.at, "by": row.by_person_id });
    let event = NewEvent::removed("department", department, "department.confirmation_sent_back", before)
        .beside(json!({ "inspection": id, "level": level.key(), "reason": reason.trim() }));
    ledger::record(txn, actor, now, event).await?;
    let inspection = inspection(txn, id).await?;
    let body = format!(
        "{}の所属長の確認が差し戻されました。\n\n理由：{}\n差し戻した人：{}\n\n\
         所属の画面で点検票を確かめ、必要なものは本人に差し戻し、もう一度確認してください。\n画面：\
         /inspections/{id}/departments/{department}\n\n問合せ先：{}\n",
        inspection.name,
        reason.trim(),
        actor.name,
        inspection.contact
    );
    let subject = format!("【差戻し】{}", inspection.name);
    tell(txn, To::Post(department, Role::Manager), "return", (subject, body), now).await
}

/// The course with the departments of the place locked: confirming, giving back and approving wait for one another.
async fn locked(txn: &DatabaseTransaction, id: Uuid, division: Option<Uuid>) -> StoreResult<Course> {
    let part =
        Condition::all().add_option(division.map(|id| inspection_department::Column::DivisionId.eq(id)));
    let rows = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .filter(part)
        .order_by_asc(inspection_department::Column::Id)
        .lock_exclusive()
        .all(txn)
        .await?;
    if rows.is_empty() {
        return Err(StoreError::NotFound);
    }
    Course::load(txn, id).await
}

/// The nearest step taken over a department of an inspection.
pub(crate) async fn above_department<C: ConnectionTrait>(
    connection: &C,
    place: &inspection_department::Model,
) -> StoreResult<Option<Level>> {
    above(connection, place.inspection_id, place.division_id).await
}
