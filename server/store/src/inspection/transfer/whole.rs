//! Adding a whole department to a running inspection: everybody who would owe a sheet there by the rules of the start.

use super::apply::{Why, Work, locked};
use crate::Db;
use crate::access::require_city;
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::{absent, holders};
use domain::actor::Actor;
use domain::inspection::transfer::{needs_reason, new_in_department};
use domain::inspection::{Holder, owed};
use domain::permission::Action;
use domain::role::Role;
use time::OffsetDateTime;
use uuid::Uuid;

/// Adds the sheets of everybody in a department by the roster of today; gives how many. Who has a sheet already, or
/// was taken out, gets none: doing it twice adds nobody twice.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused without a reason, when the inspection is closed, or nobody is left to add.
pub async fn add_department(
    db: &Db,
    actor: &Actor,
    inspection: Uuid,
    department: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    needs_reason(reason)?;
    let txn = db.begin().await?;
    let (inspection, situation) = locked(&txn, inspection, now).await?;
    if !situation.departments.contains_key(&department) {
        return Err(StoreError::NotFound);
    }
    let away = absent(&txn, situation.on).await?;
    let mut present = holders(&txn, situation.on).await?;
    present.retain(|one| !away.contains_key(&one.person_id));
    let roles: Vec<Role> = situation.editions.keys().copied().collect();
    let missing: Vec<Holder> = new_in_department(owed(&present, &roles), &situation.sheets, department)?;
    let mut work = Work::begin(&txn, actor, &inspection, &situation, now).await?;
    let why = Why { rule: None, reason: reason.trim().to_string() };
    for one in &missing {
        work.add(one, &why).await?;
    }
    work.finish().await?;
    txn.commit().await?;
    Ok(missing.len())
}
