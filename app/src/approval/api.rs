//! Server functions of 部長 and 統括.

use crate::context::ask;
use crate::error::AppError;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::approval::{self, Place, Word};
use uuid::Uuid;

fn division_path(inspection: Uuid, division: Uuid) -> String {
    format!("/inspections/{inspection}/divisions/{division}")
}

fn city_path(inspection: Uuid) -> String {
    format!("/inspections/{inspection}/approval")
}

/// The 部長 approves a 部.
#[server(endpoint = "approval/approve_division")]
pub async fn approve_division(
    inspection: Uuid,
    division: Uuid,
    #[server(default)] note: String,
    #[server(default)] own_reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = Word { note, own_reason };
    approval::approve(&ask.db, &ask.actor, inspection, Place::Division(division), word, ask.now).await?;
    redirect(&division_path(inspection, division));
    Ok(())
}

/// The 部長 withdraws the approval.
#[server(endpoint = "approval/withdraw_division")]
pub async fn withdraw_division(inspection: Uuid, division: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    let place = Place::Division(division);
    approval::withdraw(&ask.db, &ask.actor, inspection, place, &reason, ask.now).await?;
    redirect(&division_path(inspection, division));
    Ok(())
}

/// The 部長 gives a department's confirmation back.
#[server(endpoint = "approval/send_department_back")]
pub async fn send_department_back(
    inspection: Uuid,
    department: Uuid,
    reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let division =
        approval::send_department_back(&ask.db, &ask.actor, inspection, department, &reason, ask.now).await?;
    redirect(&division_path(inspection, division));
    Ok(())
}

/// The 統括 approves the city.
#[server(endpoint = "approval/approve_city")]
pub async fn approve_city(
    inspection: Uuid,
    #[server(default)] note: String,
    #[server(default)] own_reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = Word { note, own_reason };
    approval::approve(&ask.db, &ask.actor, inspection, Place::City, word, ask.now).await?;
    redirect(&city_path(inspection));
    Ok(())
}

/// The 統括 withdraws the approval.
#[server(endpoint = "approval/withdraw_city")]
pub async fn withdraw_city(inspection: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    approval::withdraw(&ask.db, &ask.actor, inspection, Place::City, &reason, ask.now).await?;
    redirect(&city_path(inspection));
    Ok(())
}

/// The 統括 gives a 部's approval or a department's confirmation back.
#[server(endpoint = "approval/send_unit_back")]
pub async fn send_unit_back(inspection: Uuid, unit: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    approval::send_back(&ask.db, &ask.actor, inspection, unit, &reason, ask.now).await?;
    redirect(&city_path(inspection));
    Ok(())
}
