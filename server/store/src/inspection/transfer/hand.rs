//! Changes by hand, each with its reason: a sheet leaves, comes back, goes elsewhere, or is added.

use super::apply::{Why, Work, locked};
use super::load::Situation;
use crate::Db;
use crate::access::require_city;
use crate::entity::{person, post, target};
use crate::error::{StoreError, StoreResult};
use crate::session::sign_in::fold_login;
use domain::Refusal;
use domain::actor::Actor;
use domain::inspection::Holder;
use domain::inspection::transfer::{Sheet, may_change_target, needs_reason};
use domain::permission::Action;
use domain::post::Kind;
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;

/// What is entered for a change by hand.
#[derive(Debug, Clone)]
pub struct ByHand {
    pub inspection: Uuid,
    /// 職員番号 as it was typed.
    pub staff_no: String,
    pub role: Role,
    /// Where to, or which of several sheets.
    pub department: Option<Uuid>,
    pub reason: String,
}

/// Takes a sheet out of the inspection (対象外). It stays out, whatever the roster says.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused without a reason, for an unknown person or sheet, and for one handed in.
pub async fn withdraw(db: &Db, actor: &Actor, by_hand: ByHand, now: OffsetDateTime) -> StoreResult<()> {
    change(db, actor, by_hand, now, Change::Withdraw).await
}

/// Brings a sheet back that was taken out.
///
/// # Errors
/// As [`withdraw`].
pub async fn restore(db: &Db, actor: &Actor, by_hand: ByHand, now: OffsetDateTime) -> StoreResult<()> {
    change(db, actor, by_hand, now, Change::Restore).await
}

/// Moves a sheet to another department, with everything entered in it.
///
/// # Errors
/// As [`withdraw`].
pub async fn move_to(db: &Db, actor: &Actor, by_hand: ByHand, now: OffsetDateTime) -> StoreResult<()> {
    change(db, actor, by_hand, now, Change::Move).await
}

/// Adds a sheet for somebody whom the roster does not make a target.
///
/// # Errors
/// As [`withdraw`]; refused if the person owes that sheet already.
pub async fn add(db: &Db, actor: &Actor, by_hand: ByHand, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    needs_reason(&by_hand.reason)?;
    let department = by_hand.department.ok_or_else(no_department)?;
    let txn = db.begin().await?;
    let (inspection, situation) = locked(&txn, by_hand.inspection, now).await?;
    let person = person_of(&txn, &by_hand.staff_no).await?;
    if !situation.editions.contains_key(&by_hand.role) {
        return Err(Refusal::field("role", "この点検では、この役割の点検票を配付していません。").into());
    }
    if !situation.departments.contains_key(&department) {
        return Err(StoreError::NotFound);
    }
    let held = post::Entity::find().filter(post::Column::PersonId.eq(person.id)).all(&txn).await?;
    let of_role = |row: &&post::Model| row.role == by_hand.role.key();
    let owed_for = |system: &String| {
        let same = |sheet: &Sheet| sheet.person_id == person.id && sheet.system.as_ref() == Some(system);
        situation.sheets.iter().any(same)
    };
    // Of several systems the first that has no sheet yet.
    let mut systems: Vec<String> = held.iter().filter(of_role).filter_map(|row| row.system.clone()).collect();
    systems.sort_by_key(owed_for);
    let system = systems.into_iter().next();
    let doubled = situation.sheets.iter().any(|sheet| {
        sheet.person_id == person.id
            && sheet.role == by_hand.role
            && sheet.system == system.clone().filter(|_| by_hand.role == Role::SystemManager)
            && (by_hand.role != Role::Manager || sheet.department_id == department)
    });
    if doubled {
        return Err(Refusal::field(
            "staff_no",
            "この人には、この点検票が既にあります。対象から外れているときは「対象に戻す」を選んでください。",
        )
        .into());
    }
    let title = held.iter().max_by_key(|row| row.valid_from).map(|row| row.title.clone()).unwrap_or_default();
    let owed = Holder {
        person_id: person.id,
        department_id: department,
        role: by_hand.role,
        kind: Kind::Main,
        title,
        system: system.filter(|_| by_hand.role == Role::SystemManager),
    };
    let mut work = Work::begin(&txn, actor, &inspection, &situation, now).await?;
    work.add(&owed, &Why { rule: None, reason: by_hand.reason.trim().to_string() }).await?;
    work.finish().await?;
    Ok(txn.commit().await?)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Withdraw,
    Restore,
    Move,
}

async fn change(
    db: &Db,
    actor: &Actor,
    by_hand: ByHand,
    now: OffsetDateTime,
    what: Change,
) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    needs_reason(&by_hand.reason)?;
    let txn = db.begin().await?;
    let (inspection, situation) = locked(&txn, by_hand.inspection, now).await?;
    let person = person_of(&txn, &by_hand.staff_no).await?;
    let target = sheet_of(&situation, person.id, &by_hand, what)?;
    may_change_target(situation.begun(target.id), &by_hand.reason)?;
    let why = Why { rule: None, reason: by_hand.reason.trim().to_string() };
    let mut work = Work::begin(&txn, actor, &inspection, &situation, now).await?;
    match what {
        Change::Withdraw => work.withdraw(&target, &why).await?,
        Change::Restore => work.restore(&target, &why).await?,
        Change::Move => {
            let to = by_hand.department.ok_or_else(no_department)?;
            if !situation.departments.contains_key(&to) {
                return Err(StoreError::NotFound);
            }
            work.move_to(&target, to, "", &why).await?;
        }
    }
    work.finish().await?;
    Ok(txn.commit().await?)
}

fn no_department() -> Refusal {
    Refusal::field("department", "所属を選んでください。")
}

async fn person_of<C: ConnectionTrait>(connection: &C, staff_no: &str) -> StoreResult<person::Model> {
    let found = person::Entity::find()
        .filter(person::Column::StaffNo.eq(fold_login(staff_no)))
        .one(connection)
        .await?;
    let unknown = "この職員番号の職員は登録されていません。番号を確かめるか、名簿を取り込んでください。";
    found.ok_or_else(|| Refusal::field("staff_no", unknown).into())
}

/// The one sheet that is meant.
fn sheet_of(
    situation: &Situation,
    person: Uuid,
    by_hand: &ByHand,
    what: Change,
) -> StoreResult<target::Model> {
    let wanted = |withdrawn: bool| withdrawn == (what == Change::Restore);
    let mut found: Vec<&target::Model> = situation
        .sheets
        .iter()
        .filter(|sheet| sheet.person_id == person && sheet.role == by_hand.role)
        .filter(|sheet| wanted(sheet.withdrawn.is_some()))
        .filter_map(|sheet| situation.targets.get(&sheet.target))
        .collect();
    if found.len() > 1 && what != Change::Move {
        found.retain(|target| by_hand.department.is_none_or(|one| target.department_id == one));
    }
    match (found.as_slice(), what) {
        ([one], Change::Move) if Some(one.department_id) == by_hand.department => {
            Err(Refusal::field("department", "点検票は、既にこの所属にあります。別の所属を選んでください。")
                .into())
        }
        ([one], _) => Ok((*one).clone()),
        ([], Change::Restore) => {
            Err(Refusal::field("staff_no", "この人に、対象から外れている点検票はありません。").into())
        }
        ([], _) => Err(Refusal::field("staff_no", "この人に、この役割の点検票はありません。").into()),
        _ => Err(Refusal::field(
            "department",
            "この人には、この役割の点検票が二つ以上あります。どの所属のものかを選んでください。",
        )
        .into()),
    }
}
