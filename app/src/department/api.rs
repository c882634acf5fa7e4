//! Server functions of the head.

use crate::context::ask;
use crate::error::AppError;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::department;
use uuid::Uuid;

fn path(inspection: Uuid, department: Uuid) -> String {
    format!("/inspections/{inspection}/departments/{department}")
}

/// Gives a sheet back.
#[server(endpoint = "response/return_sheet")]
pub async fn return_sheet(target: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    let place = department::return_sheet(&ask.db, &ask.actor, target, &reason, ask.now).await?;
    redirect(&path(place.inspection, place.department));
    Ok(())
}

/// Confirms the department's sheets.
#[server(endpoint = "department/confirm")]
pub async fn confirm_department(
    inspection: Uuid,
    department: Uuid,
    note: String,
    #[server(default)] own_reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = department::Word { note, own_reason };
    department::confirm(&ask.db, &ask.actor, inspection, department, word, ask.now).await?;
    redirect(&path(inspection, department));
    Ok(())
}

/// Takes the confirmation back.
#[server(endpoint = "department/withdraw_confirmation")]
pub async fn withdraw_confirmation(inspection: Uuid, department: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    department::withdraw_confirmation(&ask.db, &ask.actor, inspection, department, ask.now).await?;
    redirect(&path(inspection, department));
    Ok(())
}

/// Begins to enter the answers of somebody of the department.
#[server(endpoint = "response/begin_proxy")]
pub async fn begin_proxy(target: Uuid, #[server(default)] reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::proxy::begin(&ask.db, &ask.actor, target, &reason, ask.now).await?;
    redirect(&format!("/answer/{target}"));
    Ok(())
}
