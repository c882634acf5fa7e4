//! Server functions of transfers.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::inspection::transfer::{self, ByHand};
use uuid::Uuid;

/// Takes the chosen proposals over, or leaves them.
#[server(endpoint = "inspection/transfers")]
pub async fn settle_transfers(
    inspection: Uuid,
    #[server(default)] keys: Vec<String>,
    #[server(default)] reason: String,
    then: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let done = match then.as_str() {
        "leave" => transfer::leave(&ask.db, &ask.actor, inspection, &keys, &reason, ask.now).await?,
        _ => transfer::take(&ask.db, &ask.actor, inspection, &keys, ask.now).await?,
    };
    let word = if then == "leave" { "left" } else { "taken" };
    redirect(&format!("/inspections/{inspection}/transfers?{word}={done}"));
    Ok(())
}

/// A change by hand.
#[server(endpoint = "inspection/change_target")]
pub async fn change_target(
    inspection: Uuid,
    act: String,
    staff_no: String,
    role: String,
    #[server(default)] department: String,
    reason: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let role = Role::from_key(&role).ok_or_else(|| Refusal::field("role", "点検票を選んでください。"))?;
    let by_hand = ByHand { inspection, staff_no, role, department: department.parse().ok(), reason };
    match act.as_str() {
        "withdraw" => transfer::withdraw(&ask.db, &ask.actor, by_hand, ask.now).await?,
        "restore" => transfer::restore(&ask.db, &ask.actor, by_hand, ask.now).await?,
        "move" => transfer::move_to(&ask.db, &ask.actor, by_hand, ask.now).await?,
        "add" => transfer::add(&ask.db, &ask.actor, by_hand, ask.now).await?,
        _ => return Err(AppError::Malformed),
    }
    let page = if back == "settings" { "settings" } else { "transfers" };
    redirect(&format!("/inspections/{inspection}/{page}?taken=1"));
    Ok(())
}

/// Adds everybody of a department.
#[server(endpoint = "inspection/add_department")]
pub async fn add_department(inspection: Uuid, department: String, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    let department = department.parse().map_err(|_| Refusal::field("department", "所属を選んでください。"))?;
    let added = transfer::add_department(&ask.db, &ask.actor, inspection, department, &reason, ask.now).await?;
    redirect(&format!("/inspections/{inspection}/settings?added={added}"));
    Ok(())
}
